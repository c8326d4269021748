import type { ReactNode } from 'react';
import type { ActionOf, Corruption, CorruptionKind } from '../../../workspace/rule-action.ts';
import { Choice } from '../../components/choice.tsx';
import { CORRUPTION_NAMES } from './action-words.ts';
import { NumberField, TextField } from './fields.tsx';
import { firstCorruption } from './new-rule.ts';
import css from './rules.module.css';

const WAYS = (Object.keys(CORRUPTION_NAMES) as CorruptionKind[]).map((value) => ({
  value,
  label: CORRUPTION_NAMES[value],
}));

/** How a message is spoilt. */
export function CorruptFields({
  action,
  errors,
  onChange,
}: {
  action: ActionOf<'corrupt'>;
  errors: Readonly<Record<string, string>>;
  /** `chosen`: it was not typed, so that it counts at once. */
  onChange: (action: ActionOf<'corrupt'>, chosen?: boolean) => void;
}): ReactNode {
  const { corruption } = action;
  const change = (next: Corruption, chosen?: boolean): void => onChange({ ...action, corruption: next }, chosen);
  return (
    <>
      <div className={css.field}>
        <span>How</span>
        <Choice
          label="How it is spoilt"
          options={WAYS}
          value={corruption.how}
          onChange={(how) => how && change(firstCorruption(how), true)}
        />
      </div>
      <WayFields key={corruption.how} corruption={corruption} errors={errors} onChange={change} />
    </>
  );
}

function WayFields({
  corruption,
  errors,
  onChange,
}: {
  corruption: Corruption;
  errors: Readonly<Record<string, string>>;
  onChange: (corruption: Corruption) => void;
}): ReactNode {
  const error = (name: string): string | undefined => errors[`corruption.${name}`];
  switch (corruption.how) {
    case 'break-json':
      return null;
    case 'truncate':
      return (
        <NumberField
          label="Characters that are kept"
          optional
          placeholder="half of them"
          value={corruption.keep}
          error={error('keep')}
          onChange={(keep) => onChange({ how: 'truncate', ...(keep === undefined ? {} : { keep }) })}
        />
      );
    case 'message-type':
      return (
        <NumberField
          label="Message type number"
          value={corruption.number}
          error={error('number')}
          onChange={(number = 9) => onChange({ ...corruption, number })}
        />
      );
    case 'message-id':
      return (
        <TextField
          label="Message id"
          value={corruption.messageId ?? ''}
          mono
          placeholder="a new one each time"
          error={error('messageId')}
          onChange={(messageId) => onChange({ how: 'message-id', ...(messageId === '' ? {} : { messageId }) })}
        />
      );
    case 'huge-field':
      return (
        <NumberField
          label="Characters"
          value={corruption.characters}
          error={error('characters')}
          onChange={(characters = 1) => onChange({ ...corruption, characters })}
        />
      );
    case 'oversize':
      return (
        <>
          <PlaceField corruption={corruption} error={error('pointer')} onChange={onChange} />
          <NumberField
            label="Characters"
            optional
            placeholder="one too many"
            value={corruption.characters}
            error={error('characters')}
            onChange={(characters) => {
              const { characters: _, ...rest } = corruption;
              onChange({ ...rest, ...(characters === undefined ? {} : { characters }) });
            }}
          />
        </>
      );
    case 'wrong-enum':
    case 'strip-required':
      return <PlaceField corruption={corruption} error={error('pointer')} onChange={onChange} />;
  }
}

type WithPlace = Extract<Corruption, { pointer?: string | undefined }>;

function PlaceField({
  corruption,
  error,
  onChange,
}: {
  corruption: WithPlace;
  error: string | undefined;
  onChange: (corruption: Corruption) => void;
}): ReactNode {
  return (
    <TextField
      label="Place in the payload"
      value={corruption.pointer ?? ''}
      mono
      placeholder="another each time"
      hint={corruption.pointer === undefined ? 'The schema says which places there are; they take turns.' : undefined}
      error={error}
      onChange={(pointer) => {
        const { pointer: _, ...rest } = corruption;
        onChange({ ...rest, ...(pointer === '' ? {} : { pointer }) } as Corruption);
      }}
    />
  );
}

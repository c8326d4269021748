import type { ComponentType, ReactNode } from 'react';
import type { JsonObject, JsonValue } from '../../../ocpp/json.ts';
import { RPC_ERROR_CODES_1_6, RPC_ERROR_CODES_2 } from '../../../ocpp/rpc-error.ts';
import type { ActionOf, RuleAction, RuleActionKind } from '../../../workspace/rule-action.ts';
import { Check } from '../../components/check.tsx';
import { Choice } from '../../components/choice.tsx';
import { CorruptFields } from './corrupt-fields.tsx';
import { JsonField, NumberField, TextField } from './fields.tsx';
import { FilterField } from './filter-field.tsx';
import css from './rules.module.css';

/** What the fields of an action are given: it, what is wrong with its parts, and who is told of changes. */
export interface ActionFieldsProps<K extends RuleActionKind> {
  readonly action: ActionOf<K>;
  /** By the path within the action, such as `pointer`. */
  readonly errors: Readonly<Record<string, string>>;
  /** `chosen`: it was not typed, so that it counts at once. */
  readonly onChange: (action: ActionOf<K>, chosen?: boolean) => void;
}

const VARIABLES = 'Variables: {{now}}, {{now+1h}}, {{uuid}}, {{messageId}}, {{station}}, {{payload.idToken.type}}';
const ERROR_CODES = [...new Set<string>([...RPC_ERROR_CODES_2, ...RPC_ERROR_CODES_1_6])].sort();
const IDS = [
  { value: 'same', label: 'The same message id' },
  { value: 'new', label: 'A new message id each' },
] as const;

/** The fields of an action, of whatever kind it is. */
export function ActionFields({
  action,
  errors,
  onChange,
}: {
  action: RuleAction;
  errors: Readonly<Record<string, string>>;
  onChange: (action: RuleAction, chosen?: boolean) => void;
}): ReactNode {
  // Each entry takes the action of its own kind, which is what it is looked up by.
  const Fields = FIELDS[action.kind] as ComponentType<{
    action: RuleAction;
    errors: Readonly<Record<string, string>>;
    onChange: (action: RuleAction, chosen?: boolean) => void;
  }> | null;
  return Fields && <Fields key={action.kind} action={action} errors={errors} onChange={onChange} />;
}

function PointerField({
  pointer,
  error,
  onChange,
}: {
  pointer: string;
  error: string | undefined;
  onChange: (pointer: string) => void;
}): ReactNode {
  return (
    <TextField
      label="Place in the payload"
      value={pointer}
      mono
      placeholder="/idToken/type"
      hint={pointer === '' ? 'A JSON pointer; empty for the whole payload.' : undefined}
      error={error}
      onChange={onChange}
    />
  );
}

function SetFields({ action, errors, onChange }: ActionFieldsProps<'set'>): ReactNode {
  return (
    <>
      <PointerField
        pointer={action.pointer}
        error={errors.pointer}
        onChange={(pointer) => onChange({ ...action, pointer })}
      />
      <JsonField
        label="Value, as JSON"
        value={action.value}
        rows={2}
        hint={VARIABLES}
        error={errors.value}
        onChange={(value) => onChange({ ...action, value })}
      />
    </>
  );
}

function RemoveFields({ action, errors, onChange }: ActionFieldsProps<'remove'>): ReactNode {
  return (
    <PointerField
      pointer={action.pointer}
      error={errors.pointer}
      onChange={(pointer) => onChange({ ...action, pointer })}
    />
  );
}

function PatchFields({ action, errors, onChange }: ActionFieldsProps<'patch'>): ReactNode {
  return (
    <JsonField
      label="Operations, as JSON"
      value={action.operations as JsonValue}
      rows={6}
      error={firstOf(errors, 'operations')}
      // What is no list of operations is said to be wrong, and not taken.
      onChange={(operations) => onChange({ ...action, operations: operations as ActionOf<'patch'>['operations'] })}
    />
  );
}

function AnswerFields({ action, errors, onChange }: ActionFieldsProps<'answer'>): ReactNode {
  return (
    <JsonField
      label="Payload of the CALLRESULT"
      value={action.payload as JsonObject}
      rows={6}
      hint={VARIABLES}
      error={firstOf(errors, 'payload')}
      onChange={(payload) => onChange({ ...action, payload: payload as JsonObject })}
    />
  );
}

function ErrorFields({ action, errors, onChange }: ActionFieldsProps<'error'>): ReactNode {
  return (
    <>
      <TextField
        label="Error code"
        value={action.code}
        list={ERROR_CODES}
        error={errors.code}
        onChange={(code) => onChange({ ...action, code })}
      />
      <TextField
        label="Description"
        value={action.description}
        error={errors.description}
        onChange={(description) => onChange({ ...action, description })}
      />
      <JsonField
        label="Details, as JSON"
        value={action.details as JsonObject}
        rows={2}
        error={firstOf(errors, 'details')}
        onChange={(details) => onChange({ ...action, details: details as JsonObject })}
      />
    </>
  );
}

function DelayFields({ action, errors, onChange }: ActionFieldsProps<'delay'>): ReactNode {
  return (
    <>
      <NumberField
        label="Time"
        unit="ms"
        value={action.ms}
        error={errors.ms}
        onChange={(ms = 0) => onChange({ ...action, ms })}
      />
      <NumberField
        label="Jitter, either way"
        unit="ms"
        optional
        placeholder="none"
        value={action.jitterMs}
        error={errors.jitterMs}
        onChange={(jitterMs) => onChange(withOptional(action, { jitterMs }))}
      />
      <FilterField
        label="And until a message passes that matches"
        value={action.until ?? ''}
        placeholder={'action == "Heartbeat"'}
        onChange={(until) => onChange(withOptional(action, { until: until === '' ? undefined : until }))}
      />
    </>
  );
}

function DuplicateFields({ action, errors, onChange }: ActionFieldsProps<'duplicate'>): ReactNode {
  return (
    <>
      <NumberField
        label="Copies"
        value={action.times}
        error={errors.times}
        onChange={(times = 1) => onChange({ ...action, times })}
      />
      <div className={css.field}>
        <span>Of the copies</span>
        <Choice
          label="Message id of the copies"
          options={IDS}
          value={action.messageId}
          onChange={(messageId) => messageId && onChange({ ...action, messageId }, true)}
        />
      </div>
    </>
  );
}

function CloseFields({ action, errors, onChange }: ActionFieldsProps<'close'>): ReactNode {
  return (
    <>
      <NumberField
        label="Close code"
        value={action.code}
        error={errors.code}
        onChange={(code = 1000) => onChange({ ...action, code })}
      />
      <TextField
        label="Reason"
        value={action.reason}
        error={errors.reason}
        onChange={(reason) => onChange({ ...action, reason })}
      />
      <Check
        label="The message goes on first"
        checked={action.passOn}
        onChange={(passOn) => onChange({ ...action, passOn }, true)}
      />
    </>
  );
}

function SubprotocolFields({ action, errors, onChange }: ActionFieldsProps<'subprotocols'>): ReactNode {
  return (
    <TextField
      label="Only these, in this order"
      value={action.only.join(', ')}
      mono
      wide
      placeholder="ocpp2.0.1, ocpp1.6"
      hint="Of a filter, station and kind == opened have a meaning here."
      error={firstOf(errors, 'only')}
      onChange={(text) => onChange({ ...action, only: text === '' ? [] : text.split(/,\s*/) })}
    />
  );
}

const FIELDS: { readonly [K in RuleActionKind]: ComponentType<ActionFieldsProps<K>> | null } = {
  set: SetFields,
  remove: RemoveFields,
  patch: PatchFields,
  answer: AnswerFields,
  error: ErrorFields,
  delay: DelayFields,
  drop: null,
  duplicate: DuplicateFields,
  reorder: null,
  corrupt: CorruptFields,
  close: CloseFields,
  stall: null,
  subprotocols: SubprotocolFields,
};

/** The first error at a path or below it. */
function firstOf(errors: Readonly<Record<string, string>>, path: string): string | undefined {
  const key = Object.keys(errors).find(
    (name) => name === path || name.startsWith(`${path}.`) || name.startsWith(`${path}[`),
  );
  return key === undefined ? undefined : `${key === path ? '' : `${key}: `}${errors[key]}`;
}

/** The action with a part that is left out where it is undefined. */
function withOptional<A extends RuleAction>(action: A, part: Partial<A>): A {
  return Object.fromEntries(Object.entries({ ...action, ...part }).filter(([, value]) => value !== undefined)) as A;
}

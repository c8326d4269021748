import type { ReactNode } from 'react';
import { KINDS, PURPOSES, type Purpose } from '../../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import {
  type Edit,
  keptNames,
  type ProfileFields,
  type ScheduleFields,
} from '../../../../session/energy/profile-draft/edits.ts';
import type { DraftFacts } from '../../../../session/energy/profile-draft/facts.ts';
import { Button } from '../../../components/button.tsx';
import { Check } from '../../../components/check.tsx';
import { NumberField, SelectField, TextField } from './fields.tsx';
import { offsetText, parsedOffset } from './plot-words.ts';
import css from './profile-form.module.css';

interface FormProps {
  readonly draft: ProfileDraft;
  readonly schedule: number;
  readonly version: OcppVersion;
  readonly facts: DraftFacts | null;
  readonly onEdit: (...edits: readonly Edit[]) => void;
}

/** What the profile says beside its periods. */
export function ProfileForm(props: FormProps): ReactNode {
  const { draft, schedule: index, version, facts, onEdit } = props;
  const schedule = draft.schedules[index];
  if (!schedule) return null;
  const is16 = version === '1.6';
  const set = (change: Partial<{ [N in keyof ProfileFields]: ProfileFields[N] | undefined }>): void =>
    onEdit({ kind: 'profile', change });
  const setSchedule = (change: Partial<{ [N in keyof ScheduleFields]: ScheduleFields[N] | undefined }>): void =>
    onEdit({ kind: 'schedule', schedule: index, change });
  const anchored = draft.kind === 'Absolute' || draft.kind === 'Recurring';
  return (
    <form className={css.form} aria-label="Profile" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="Purpose"
        value={draft.purpose}
        options={purposesOf(version, draft.purpose)}
        onChange={(purpose) => set({ purpose })}
      />
      <NumberField
        label={is16 ? 'Connector' : 'EVSE'}
        whole
        step={1}
        value={draft.evseId}
        onCommit={(evseId) => set({ evseId: evseId ?? 0 })}
      />
      {(draft.purpose === 'TxProfile' || draft.transactionId !== undefined) && (
        <Transaction draft={draft} facts={facts} onChange={(transactionId) => set({ transactionId })} />
      )}
      <SelectField
        label="Kind"
        value={draft.kind}
        options={KINDS.filter((kind) => kind !== 'Dynamic' || version === '2.1' || draft.kind === kind).map(option)}
        onChange={(to) => onEdit({ kind: 'kind', to, start: quarter(facts?.at ?? 0) })}
      />
      {draft.kind === 'Recurring' && (
        <SelectField
          label="Recurs"
          value={draft.recurrency ?? 'Daily'}
          options={[option('Daily' as const), option('Weekly' as const)]}
          onChange={(recurrency) => set({ recurrency })}
        />
      )}
      {(anchored || schedule.startSchedule !== undefined) && (
        <TextField
          label="Starts"
          value={schedule.startSchedule ?? ''}
          placeholder="2026-11-21T08:00:00Z"
          invalid={schedule.startSchedule !== undefined && Number.isNaN(Date.parse(schedule.startSchedule))}
          onCommit={(text) => {
            setSchedule({ startSchedule: text.trim() === '' ? undefined : text.trim() });
            return true;
          }}
        />
      )}
      <DurationField
        label="Duration"
        placeholder="no end"
        value={schedule.duration}
        onCommit={(duration) => setSchedule({ duration })}
      />
      <NumberField
        label="Stack level"
        whole
        step={1}
        value={draft.stackLevel}
        onCommit={(stackLevel) => set({ stackLevel: stackLevel ?? 0 })}
      />
      <NumberField label="Profile id" whole step={1} value={draft.id} onCommit={(id) => set({ id: id ?? 0 })} />
      <details className={css.more}>
        <summary>More</summary>
        <Moment label="Valid from" value={draft.validFrom} onCommit={(validFrom) => set({ validFrom })} />
        <Moment label="Valid to" value={draft.validTo} onCommit={(validTo) => set({ validTo })} />
        <NumberField
          label={`Least rate (${schedule.unit})`}
          optional
          value={schedule.minChargingRate}
          onCommit={(minChargingRate) => setSchedule({ minChargingRate })}
        />
        {!is16 && (
          <NumberField label="Schedule id" whole optional value={schedule.id} onCommit={(id) => setSchedule({ id })} />
        )}
        {version === '2.1' && <More21 {...props} />}
      </details>
      <Kept draft={draft} onEdit={onEdit} />
    </form>
  );
}

/** What only 2.1 has. */
function More21({ draft, schedule: index, onEdit }: FormProps): ReactNode {
  const schedule = draft.schedules[index];
  if (!schedule) return null;
  const { limitAtSoC } = schedule;
  const set = (change: Extract<Edit, { kind: 'profile' }>['change']): void => onEdit({ kind: 'profile', change });
  const setSchedule = (change: Extract<Edit, { kind: 'schedule' }>['change']): void =>
    onEdit({ kind: 'schedule', schedule: index, change });
  return (
    <>
      <DurationField
        label="Max. offline"
        placeholder="any time"
        value={draft.maxOfflineDuration}
        onCommit={(maxOfflineDuration) => set({ maxOfflineDuration })}
      />
      <Check
        label="Invalid after being offline so long"
        checked={draft.invalidAfterOfflineDuration ?? false}
        onChange={(on) => set({ invalidAfterOfflineDuration: on || undefined })}
      />
      <DurationField
        label="Random delay"
        placeholder="none"
        value={schedule.randomizedDelay}
        onCommit={(randomizedDelay) => setSchedule({ randomizedDelay })}
      />
      <Check
        label="Start is local time"
        checked={schedule.useLocalTime ?? false}
        onChange={(on) => setSchedule({ useLocalTime: on || undefined })}
      />
      <NumberField
        label="From SoC (%)"
        optional
        whole
        value={limitAtSoC?.soc}
        onCommit={(soc) =>
          setSchedule({
            limitAtSoC: soc === undefined ? undefined : { ...limitAtSoC, soc, limit: limitAtSoC?.limit ?? 0 },
          })
        }
      />
      {limitAtSoC && (
        <NumberField
          label={`at most (${schedule.unit})`}
          value={limitAtSoC.limit}
          onCommit={(limit) => setSchedule({ limitAtSoC: { ...limitAtSoC, limit: limit ?? 0 } })}
        />
      )}
      {(draft.kind === 'Dynamic' || draft.dynUpdateInterval !== undefined) && (
        <NumberField
          label="Update every (s)"
          optional
          whole
          value={draft.dynUpdateInterval}
          onCommit={(dynUpdateInterval) => set({ dynUpdateInterval })}
        />
      )}
      {(draft.kind === 'Dynamic' || draft.dynUpdateTime !== undefined) && (
        <Moment label="Updated at" value={draft.dynUpdateTime} onCommit={(dynUpdateTime) => set({ dynUpdateTime })} />
      )}
    </>
  );
}

/** One of those that go on, or any other. */
function Transaction({
  draft,
  facts,
  onChange,
}: {
  draft: ProfileDraft;
  facts: DraftFacts | null;
  onChange: (id: string | undefined) => void;
}): ReactNode {
  const ongoing = facts?.ongoing.filter(({ evseId }) => draft.evseId === 0 || evseId === draft.evseId) ?? [];
  const other = ongoing.findLast(({ id }) => id !== draft.transactionId);
  return (
    <>
      <TextField
        label="Transaction"
        value={draft.transactionId ?? ''}
        placeholder={ongoing.length === 0 ? 'none goes on' : 'of which transaction'}
        onCommit={(text) => {
          onChange(text.trim() === '' ? undefined : text.trim());
          return true;
        }}
      />
      {other && (
        <Button look="quiet" className={css.use} onClick={() => onChange(other.id)}>
          {`Use ${other.id}, which goes on`}
        </Button>
      )}
    </>
  );
}

function DurationField({
  value,
  onCommit,
  ...rest
}: {
  label: string;
  placeholder: string;
  value: number | undefined;
  onCommit: (seconds: number | undefined) => void;
}): ReactNode {
  return (
    <TextField
      {...rest}
      value={value === undefined ? '' : offsetText(value)}
      onCommit={(text) => {
        const seconds = parsedOffset(text);
        if (text.trim() === '') onCommit(undefined);
        else if (seconds !== undefined) onCommit(seconds);
        else return false;
        return true;
      }}
    />
  );
}

function Moment({
  label,
  value,
  onCommit,
}: {
  label: string;
  value: string | undefined;
  onCommit: (text: string | undefined) => void;
}): ReactNode {
  return (
    <TextField
      label={label}
      value={value ?? ''}
      placeholder="2026-11-21T08:00:00Z"
      invalid={value !== undefined && Number.isNaN(Date.parse(value))}
      onCommit={(text) => {
        onCommit(text.trim() === '' ? undefined : text.trim());
        return true;
      }}
    />
  );
}

/** What the message has beside all that is shown here: it is sent as it was. */
function Kept({ draft, onEdit }: Pick<FormProps, 'draft' | 'onEdit'>): ReactNode {
  const names = keptNames(draft);
  if (names.length === 0) return null;
  return (
    <ul className={css.kept} aria-label="Kept as it was">
      {names.map((name) => (
        <li key={name}>
          <span>{`${name}: kept as it was`}</span>
          <Button look="quiet" onClick={() => onEdit({ kind: 'drop', name })}>
            Take away
          </Button>
        </li>
      ))}
    </ul>
  );
}

function purposesOf(version: OcppVersion, present: Purpose) {
  const earlier = ['ChargingStationMaxProfile', 'TxDefaultProfile', 'TxProfile'];
  return PURPOSES.filter(
    (purpose) =>
      purpose === present ||
      (purpose !== 'ChargingStationExternalConstraints' && (version === '2.1' || earlier.includes(purpose))),
  ).map((purpose) => ({
    value: purpose,
    label: version === '1.6' && purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : purpose,
  }));
}

function option<T extends string>(value: T): { readonly value: T; readonly label: T } {
  return { value, label: value };
}

/** The quarter of an hour that has begun. */
function quarter(at: number): number {
  return Math.floor(at / 900_000) * 900_000;
}

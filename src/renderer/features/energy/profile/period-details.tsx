import type { ReactNode } from 'react';
import type { JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import { modeOf, type ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { Edit, PeriodFields } from '../../../../session/energy/profile-draft/edits.ts';
import { Check } from '../../../components/check.tsx';
import { curveText, parsedCurve } from './curve-text.ts';
import { NumberField, TextField } from './fields.tsx';
import css from './period-details.module.css';

/** What a period of 2.1 may have beside numbers: curves of LocalFrequency, sleep, preconditioning. */
export function PeriodDetails({
  schedule,
  index,
  version,
  selected,
  onEdit,
}: {
  schedule: ScheduleDraft;
  index: number;
  version: OcppVersion;
  selected: number;
  onEdit: (...edits: readonly Edit[]) => void;
}): ReactNode {
  const period = schedule.periods[selected];
  if (version !== '2.1' || !period) return null;
  const mode = modeOf(period);
  const set = (change: Partial<{ [N in keyof PeriodFields]: PeriodFields[N] | undefined }>): void =>
    onEdit({ kind: 'period', schedule: index, index: selected, change });
  const curves =
    mode === 'LocalFrequency' || period.v2xFreqWattCurve !== undefined || period.v2xSignalWattCurve !== undefined;
  const idle = mode === 'Idle' || period.evseSleep !== undefined;
  if (!curves && !idle && mode === 'ChargingOnly' && period.preconditioningRequest === undefined) return null;
  return (
    <fieldset className={css.details}>
      <legend>{`Period ${selected + 1}, mode ${mode}`}</legend>
      {curves && (
        <>
          <NumberField
            label="Baseline (W)"
            optional
            value={period.v2xBaseline}
            onCommit={(v2xBaseline) => set({ v2xBaseline })}
          />
          <Curve
            label="Frequency (Hz: W)"
            axis="frequency"
            points={period.v2xFreqWattCurve}
            placeholder="49.8: -10000, 50: 0, 50.2: 10000"
            onChange={(v2xFreqWattCurve) => set({ v2xFreqWattCurve })}
          />
          <Curve
            label="aFRR signal (: W)"
            axis="signal"
            points={period.v2xSignalWattCurve}
            placeholder="-1: -2000, 0: 0, 1: 2000"
            onChange={(v2xSignalWattCurve) => set({ v2xSignalWattCurve })}
          />
        </>
      )}
      <Check
        label="Precondition the EV"
        checked={period.preconditioningRequest ?? false}
        onChange={(on) => set({ preconditioningRequest: on || undefined })}
      />
      {idle && (
        <Check
          label="The EVSE may sleep"
          checked={period.evseSleep ?? false}
          onChange={(on) => set({ evseSleep: on || undefined })}
        />
      )}
    </fieldset>
  );
}

function Curve({
  label,
  axis,
  points,
  placeholder,
  onChange,
}: {
  label: string;
  axis: string;
  points: readonly JsonObject[] | undefined;
  placeholder: string;
  onChange: (points: readonly JsonObject[] | undefined) => void;
}): ReactNode {
  return (
    <TextField
      label={label}
      value={curveText(points, axis)}
      placeholder={placeholder}
      onCommit={(text) => {
        const parsed = parsedCurve(text, axis, points);
        if (parsed === null) return false;
        onChange(parsed.length === 0 ? undefined : parsed);
        return true;
      }}
    />
  );
}

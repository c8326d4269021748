import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { OPERATION_MODES, type ValueName } from '../../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { Electrics } from '../../../../session/energy/profile-draft/convert.ts';
import { modeOf, type PeriodDraft, type ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { Edit } from '../../../../session/energy/profile-draft/edits.ts';
import type { DraftFinding } from '../../../../session/energy/profile-draft/facts.ts';
import { isWritable } from '../../../../session/energy/profile-draft/modes.ts';
import { LEVEL_STEP } from '../../../../session/energy/profile-draft/snap.ts';
import { IconButton } from '../../../components/button.tsx';
import { NumberField, SelectField, TextField } from './fields.tsx';
import css from './period-table.module.css';
import { offsetText, otherUnitText, parsedOffset, wallText } from './plot-words.ts';

export interface PeriodTableProps {
  readonly schedule: ScheduleDraft;
  readonly index: number;
  readonly version: OcppVersion;
  readonly electrics: Electrics;
  readonly anchor: number;
  readonly offset: number;
  readonly perPhase: boolean;
  readonly selected: number;
  readonly findings: readonly DraftFinding[];
  readonly onSelect: (period: number) => void;
  readonly onEdit: (...edits: readonly Edit[]) => void;
}

/** The schedule as a table: what the drawing shows, and all that it cannot. */
export function PeriodTable(props: PeriodTableProps): ReactNode {
  const { schedule, version, perPhase } = props;
  const columns = columnsOf(schedule, version, perPhase);
  return (
    <table className={css.table} aria-label="Periods of the schedule">
      <thead>
        <tr>
          <th scope="col">#</th>
          <th scope="col">Start</th>
          <th scope="col">Clock</th>
          {columns.map((name) => (
            <th scope="col" key={name}>{`${name} (${unitOf(name, schedule)})`}</th>
          ))}
          <th scope="col">In the other unit</th>
          <th scope="col">Phases</th>
          {version !== '1.6' && <th scope="col">Phase to use</th>}
          {version === '2.1' && <th scope="col">Operation mode</th>}
          <td />
        </tr>
      </thead>
      <tbody>
        {schedule.periods.map((period, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a period is known by its place
          <Row key={at} {...props} period={period} at={at} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  schedule,
  index,
  version,
  electrics,
  anchor,
  offset,
  selected,
  findings,
  onSelect,
  onEdit,
  period,
  at,
  columns,
}: PeriodTableProps & { period: PeriodDraft; at: number; columns: readonly ValueName[] }): ReactNode {
  const mode = modeOf(period);
  const wrong = findings.some(({ place, severity }) => place?.period === at && severity === 'error');
  const start = (seconds: number): void => onEdit({ kind: 'start', schedule: index, index: at, seconds });
  const label = (name: string): string => `${name} of period ${at + 1}`;
  const shown = period.values.limit ?? period.values.setpoint ?? period.values.dischargeLimit;
  return (
    <tr aria-selected={at === selected} data-wrong={wrong || undefined} onFocus={() => onSelect(at)}>
      <th scope="row">
        <button type="button" className={css.number} onClick={() => onSelect(at)}>
          {at + 1}
        </button>
      </th>
      <td>
        {at === 0 ? (
          <span className={css.fixed}>0:00</span>
        ) : (
          <TextField
            bare
            label={label('Start')}
            width={62}
            value={offsetText(period.startPeriod)}
            onCommit={(text) => {
              const seconds = parsedOffset(text);
              if (seconds !== undefined) start(seconds);
              return seconds !== undefined;
            }}
            onStep={(by, large) => start(period.startPeriod + by * (large ? 900 : 60))}
          />
        )}
      </td>
      <td>
        {at === 0 ? (
          <span className={css.fixed}>{wallText(anchor, offset)}</span>
        ) : (
          <TextField
            bare
            label={label('Clock')}
            width={62}
            value={wallText(anchor + period.startPeriod * 1000, offset)}
            onCommit={(text) => {
              const seconds = clockSeconds(text, schedule.periods[at - 1]?.startPeriod ?? 0, anchor + offset);
              if (seconds !== undefined) start(seconds);
              return seconds !== undefined;
            }}
          />
        )}
      </td>
      {columns.map((name) => (
        <td key={name}>
          {isWritable(mode, name, version) || period.values[name] !== undefined ? (
            <NumberField
              bare
              optional
              label={label(name)}
              width={72}
              step={LEVEL_STEP[schedule.unit]}
              invalid={!isWritable(mode, name, version)}
              value={period.values[name]}
              onCommit={(value) => onEdit({ kind: 'value', schedule: index, index: at, name, value })}
            />
          ) : (
            <span className={css.none} title={`Mode ${mode} has no ${name}`}>
              –
            </span>
          )}
        </td>
      ))}
      <td className={css.other}>
        {shown === undefined ? '' : otherUnitText(shown, schedule.unit, period.numberPhases ?? 3, electrics)}
      </td>
      <td>
        <SelectField
          bare
          label={label('Phases')}
          value={period.numberPhases === undefined ? '' : String(period.numberPhases)}
          options={PHASES}
          onChange={(text) =>
            onEdit({
              kind: 'period',
              schedule: index,
              index: at,
              change: { numberPhases: text === '' ? undefined : Number(text) },
            })
          }
        />
      </td>
      {version !== '1.6' && (
        <td>
          <SelectField
            bare
            label={label('Phase to use')}
            value={period.phaseToUse === undefined ? '' : String(period.phaseToUse)}
            options={PHASE_TO_USE}
            onChange={(text) =>
              onEdit({
                kind: 'period',
                schedule: index,
                index: at,
                change: { phaseToUse: text === '' ? undefined : Number(text) },
              })
            }
          />
        </td>
      )}
      {version === '2.1' && (
        <td>
          <SelectField
            bare
            label={label('Operation mode')}
            value={period.operationMode ?? ''}
            options={MODES}
            onChange={(text) =>
              onEdit({ kind: 'mode', schedule: index, index: at, to: text === '' ? undefined : text, version })
            }
          />
        </td>
      )}
      <td>
        <IconButton
          label={`Delete period ${at + 1}`}
          disabled={schedule.periods.length < 2}
          onClick={() => onEdit({ kind: 'remove', schedule: index, index: at })}
        >
          <Trash2 size={14} aria-hidden />
        </IconButton>
      </td>
    </tr>
  );
}

const PHASES = [
  { value: '', label: '3 (not said)' },
  { value: '1', label: '1' },
  { value: '2', label: '2' },
  { value: '3', label: '3' },
  { value: '0', label: '0' },
] as const;

const PHASE_TO_USE = [
  { value: '', label: 'any' },
  { value: '1', label: 'L1' },
  { value: '2', label: 'L2' },
  { value: '3', label: 'L3' },
] as const;

const MODES = [
  { value: '', label: 'ChargingOnly (not said)' } as const,
  ...OPERATION_MODES.map((mode) => ({ value: mode, label: mode })),
];

const TOTALS = ['limit', 'dischargeLimit', 'setpoint', 'setpointReactive'] as const;

/** Numbers that have a column: those that any period may have or has. */
function columnsOf({ periods }: ScheduleDraft, version: OcppVersion, perPhase: boolean): readonly ValueName[] {
  const all: readonly ValueName[] = TOTALS.flatMap((name) =>
    perPhase && version === '2.1' ? ([name, `${name}_L2`, `${name}_L3`] as const) : [name],
  );
  const shown = all.filter(
    (name) =>
      name === 'limit' ||
      periods.some((period) => period.values[name] !== undefined || isWritable(modeOf(period), name, version)),
  );
  // Numbers of single phases that are there are never hidden.
  const there = TOTALS.flatMap((name) => [`${name}_L2`, `${name}_L3`] as const).filter(
    (name) => !shown.includes(name) && periods.some((period) => period.values[name] !== undefined),
  );
  return [...shown, ...there];
}

function unitOf(name: ValueName, { unit }: ScheduleDraft): string {
  return name.startsWith('setpointReactive') && unit === 'W' ? 'var' : unit;
}

/** Seconds from the start at which the clock next shows a time after the period before. */
function clockSeconds(text: string, after: number, start: number): number | undefined {
  const match = /^\s*(\d{1,2}):([0-5]\d)(?::([0-5]\d))?\s*$/.exec(text);
  if (!match || Number(match[1]) > 23) return undefined;
  const wanted = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  const day = 86_400;
  const first = Math.floor(start / 1000) % day;
  let seconds = wanted - first;
  while (seconds <= after) seconds += day;
  return seconds;
}

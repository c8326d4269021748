import type { JsonObject } from '../../../ocpp/json.ts';
import type { Kind, OperationMode, RateUnit, ValueName } from '../../../ocpp/schedule/profile.ts';
import { VALUE_NAMES } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { type Electrics, inUnit } from './convert.ts';
import { instantText, modeOf, type PeriodDraft, type ProfileDraft, type ScheduleDraft } from './draft.ts';
import { allowanceOf, isWritable } from './modes.ts';

/** Fields of a profile that are simply set; undefined takes one away. */
export type ProfileFields = Omit<ProfileDraft, 'schedules' | 'rest' | 'restOfRequest' | 'kind'>;
/** Fields of a schedule that are simply set. */
export type ScheduleFields = Omit<ScheduleDraft, 'periods' | 'rest' | 'unit'>;
/** Fields of a period that are simply set. */
export type PeriodFields = Omit<PeriodDraft, 'startPeriod' | 'values' | 'operationMode' | 'rest'>;

/** Something done to a draft. Those of a period name the schedule that it is of and its index there. */
export type Edit =
  | { readonly kind: 'profile'; readonly change: Changes<ProfileFields> }
  | { readonly kind: 'kind'; readonly to: Kind; readonly start: number }
  | { readonly kind: 'schedule'; readonly schedule: number; readonly change: Changes<ScheduleFields> }
  | { readonly kind: 'unit'; readonly schedule: number; readonly to: RateUnit; readonly electrics: Electrics }
  | {
      readonly kind: 'period';
      readonly schedule: number;
      readonly index: number;
      readonly change: Changes<PeriodFields>;
    }
  | { readonly kind: 'start'; readonly schedule: number; readonly index: number; readonly seconds: number }
  | {
      readonly kind: 'value';
      readonly schedule: number;
      readonly index: number;
      readonly name: ValueName;
      readonly value: number | undefined;
    }
  | {
      readonly kind: 'mode';
      readonly schedule: number;
      readonly index: number;
      readonly to: OperationMode | undefined;
      readonly version: OcppVersion;
    }
  | { readonly kind: 'add'; readonly schedule: number; readonly seconds: number }
  | { readonly kind: 'remove'; readonly schedule: number; readonly index: number }
  /** Takes away what was kept as it was under a name, wherever it is. */
  | { readonly kind: 'drop'; readonly name: string };

type Changes<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** The draft after an edit; the same one where the edit comes to nothing. */
export function edited(draft: ProfileDraft, edit: Edit): ProfileDraft {
  switch (edit.kind) {
    case 'profile':
      return changed(draft, edit.change);
    case 'kind':
      return ofKind(draft, edit.to, edit.start);
    case 'drop':
      return withoutKept(draft, edit.name);
    default: {
      const schedule = draft.schedules[edit.schedule];
      if (!schedule) return draft;
      const next = editedSchedule(schedule, edit);
      if (next === schedule) return draft;
      return { ...draft, schedules: draft.schedules.map((each, at) => (at === edit.schedule ? next : each)) };
    }
  }
}

type ScheduleEdit = Exclude<Edit, { readonly kind: 'profile' | 'kind' | 'drop' }>;

function editedSchedule(schedule: ScheduleDraft, edit: ScheduleEdit): ScheduleDraft {
  switch (edit.kind) {
    case 'schedule':
      return changed(schedule, edit.change);
    case 'unit':
      return inOtherUnit(schedule, edit.to, edit.electrics);
    case 'add':
      return withPeriod(schedule, edit.seconds);
    case 'remove':
      return withoutPeriod(schedule, edit.index);
    case 'start':
      return moved(schedule, edit.index, edit.seconds);
    case 'period':
      return onPeriod(schedule, edit.index, (period) => changed(period, edit.change));
    case 'value':
      return onPeriod(schedule, edit.index, (period) => ({
        ...period,
        values: changed(period.values, { [edit.name]: edit.value }),
      }));
    case 'mode':
      return onPeriod(schedule, edit.index, (period) => ofMode(period, edit.to, edit.version));
  }
}

/** With some fields set, and those taken away that are undefined. */
function changed<T extends object>(holder: T, change: Changes<NoInfer<T>>): T {
  return Object.fromEntries(Object.entries({ ...holder, ...change }).filter(([, value]) => value !== undefined)) as T;
}

function onPeriod(schedule: ScheduleDraft, index: number, edit: (period: PeriodDraft) => PeriodDraft): ScheduleDraft {
  if (!schedule.periods[index]) return schedule;
  return { ...schedule, periods: schedule.periods.map((period, at) => (at === index ? edit(period) : period)) };
}

/** Splits the period that is in force then; one that starts at that very second is already there. */
function withPeriod(schedule: ScheduleDraft, seconds: number): ScheduleDraft {
  const { periods } = schedule;
  const before = periods.findLastIndex(({ startPeriod }) => startPeriod <= seconds);
  const split = periods[before];
  if (!split || split.startPeriod === seconds) return schedule;
  return { ...schedule, periods: periods.toSpliced(before + 1, 0, { ...split, startPeriod: seconds }) };
}

/** The period before lasts longer instead. What comes first starts at 0 (K01.FR.31), and the last one stays. */
function withoutPeriod(schedule: ScheduleDraft, index: number): ScheduleDraft {
  const { periods } = schedule;
  if (periods.length < 2 || !periods[index]) return schedule;
  const kept = periods.toSpliced(index, 1);
  return { ...schedule, periods: kept.map((period, at) => (at === 0 ? { ...period, startPeriod: 0 } : period)) };
}

/** A period starts between the ones beside it (K01.FR.35), at least a second apart; the first one at 0. */
function moved(schedule: ScheduleDraft, index: number, seconds: number): ScheduleDraft {
  const { periods } = schedule;
  const before = periods[index - 1];
  if (!before) return schedule;
  const after = periods[index + 1];
  const latest = after ? after.startPeriod - 1 : Number.POSITIVE_INFINITY;
  const startPeriod = Math.round(Math.min(Math.max(seconds, before.startPeriod + 1), latest));
  return onPeriod(schedule, index, (period) => ({ ...period, startPeriod }));
}

/** Takes away what the mode does not allow; a number that it needs is that of the limit or setpoint before. */
function ofMode(period: PeriodDraft, to: OperationMode | undefined, version: OcppVersion): PeriodDraft {
  const next = changed(period, { operationMode: to });
  const mode = modeOf(next);
  const values: { [Name in ValueName]?: number } = {};
  for (const name of VALUE_NAMES) {
    const value = period.values[name];
    if (value !== undefined && isWritable(mode, name, version)) values[name] = value;
  }
  const { limit, setpoint } = period.values;
  if (allowanceOf(mode, 'limit', version) === 'required') values.limit ??= Math.max(0, limit ?? setpoint ?? 0);
  if (allowanceOf(mode, 'setpoint', version) === 'required') values.setpoint ??= setpoint ?? limit ?? 0;
  const curves = mode === 'LocalFrequency';
  return changed(
    { ...next, values },
    {
      v2xBaseline: curves ? (period.v2xBaseline ?? 0) : undefined,
      v2xFreqWattCurve: curves ? (period.v2xFreqWattCurve ?? FLAT_CURVE) : undefined,
      v2xSignalWattCurve: curves ? period.v2xSignalWattCurve : undefined,
      evseSleep: mode === 'Idle' ? period.evseSleep : undefined,
    },
  );
}

/** The least that Q08.FR.03 asks for, which changes nothing. */
const FLAT_CURVE: readonly JsonObject[] = [
  { frequency: 49.8, power: 0 },
  { frequency: 50.2, power: 0 },
];

/** What a kind needs is filled in, and what it must not have is taken away (K01.FR.40, K01.FR.41, K28.FR.01, K28.FR.04). */
function ofKind(draft: ProfileDraft, kind: Kind, start: number): ProfileDraft {
  if (kind === draft.kind) return draft;
  const anchored = kind === 'Absolute' || kind === 'Recurring';
  const dynamic = kind === 'Dynamic';
  const schedules = dynamic ? draft.schedules.slice(0, 1) : draft.schedules;
  return changed(
    {
      ...draft,
      kind,
      schedules: schedules.map((schedule) =>
        changed(
          { ...schedule, periods: dynamic ? schedule.periods.slice(0, 1) : schedule.periods },
          { startSchedule: anchored ? (schedule.startSchedule ?? instantText(start)) : undefined },
        ),
      ),
    },
    {
      recurrency: kind === 'Recurring' ? (draft.recurrency ?? 'Daily') : undefined,
      dynUpdateInterval: dynamic ? draft.dynUpdateInterval : undefined,
      dynUpdateTime: dynamic ? draft.dynUpdateTime : undefined,
    },
  );
}

/** All numbers in the other unit; reactive power has none in amperes of its own and is converted like the others. */
function inOtherUnit(schedule: ScheduleDraft, to: RateUnit, electrics: Electrics): ScheduleDraft {
  const { unit, limitAtSoC, minChargingRate, periods } = schedule;
  if (unit === to) return schedule;
  const convert = (value: number, phases: number, perPhase = false) =>
    inUnit(value, { from: unit, to, phases: perPhase ? 1 : phases }, electrics);
  const phases = periods[0]?.numberPhases ?? 3;
  return changed(
    {
      ...schedule,
      unit: to,
      periods: periods.map((period) => {
        const perPhase = VALUE_NAMES.some((name) => name.includes('_') && period.values[name] !== undefined);
        const values = Object.fromEntries(
          Object.entries(period.values).map(([name, value]) => [
            name,
            convert(value, period.numberPhases ?? 3, perPhase),
          ]),
        );
        return { ...period, values };
      }),
    },
    {
      minChargingRate: minChargingRate === undefined ? undefined : convert(minChargingRate, phases),
      limitAtSoC: limitAtSoC && { ...limitAtSoC, limit: convert(limitAtSoC.limit, phases) },
    },
  );
}

function withoutKept(draft: ProfileDraft, name: string): ProfileDraft {
  const drop = <T extends { readonly rest: JsonObject }>(holder: T): T =>
    Object.hasOwn(holder.rest, name) ? { ...holder, rest: omit(holder.rest, name) } : holder;
  return {
    ...drop(draft),
    restOfRequest: omit(draft.restOfRequest, name),
    schedules: draft.schedules.map((schedule) => ({ ...drop(schedule), periods: schedule.periods.map(drop) })),
  };
}

function omit(holder: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(holder).filter(([each]) => each !== name));
}

/** The names of what is kept as it was, wherever it is. */
export function keptNames({ rest, restOfRequest, schedules }: ProfileDraft): readonly string[] {
  const holders = schedules.flatMap((schedule) => [schedule.rest, ...schedule.periods.map((period) => period.rest)]);
  return [...new Set([restOfRequest, rest, ...holders].flatMap((holder) => Object.keys(holder)))];
}

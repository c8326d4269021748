import { isJsonObject, type JsonObject, type JsonValue } from '../../../ocpp/json.ts';
import {
  KINDS,
  OPERATION_MODES,
  PURPOSES,
  type Purpose,
  VALUE_NAMES,
  type ValueName,
  type Values,
} from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { failure, type Outcome, success } from '../../outcome.ts';
import type { PeriodDraft, ProfileDraft, ScheduleDraft } from './draft.ts';

/** The request of a version, with all that the version has of the draft; `lacking` says what it has not. */
export function toPayload(draft: ProfileDraft, version: OcppVersion): JsonObject {
  const { restOfRequest, evseId } = draft;
  const profile = writeProfile(draft, version);
  return version === '1.6'
    ? { ...restOfRequest, connectorId: evseId, csChargingProfiles: profile }
    : { ...restOfRequest, evseId, chargingProfile: profile };
}

function writeProfile(draft: ProfileDraft, version: OcppVersion): JsonObject {
  const is16 = version === '1.6';
  const schedules = draft.schedules.map((schedule) => writeSchedule(schedule, version));
  return {
    ...draft.rest,
    ...present({
      [is16 ? 'chargingProfileId' : 'id']: draft.id,
      transactionId: transactionOf(draft.transactionId, version),
      stackLevel: draft.stackLevel,
      chargingProfilePurpose: purposeName(draft.purpose, version),
      chargingProfileKind: draft.kind,
      recurrencyKind: draft.recurrency,
      validFrom: draft.validFrom,
      validTo: draft.validTo,
      ...(version === '2.1' ? only21(draft, PROFILE_21) : {}),
      chargingSchedule: is16 ? schedules[0] : schedules,
    }),
  };
}

const PROFILE_21 = ['maxOfflineDuration', 'invalidAfterOfflineDuration', 'dynUpdateInterval', 'dynUpdateTime'] as const;
const SCHEDULE_21 = ['useLocalTime', 'randomizedDelay', 'limitAtSoC'] as const;
const PERIOD_21 = [
  'operationMode',
  'evseSleep',
  'preconditioningRequest',
  'v2xBaseline',
  'v2xFreqWattCurve',
  'v2xSignalWattCurve',
] as const;

function writeSchedule(schedule: ScheduleDraft, version: OcppVersion): JsonObject {
  return {
    ...schedule.rest,
    ...present({
      id: version === '1.6' ? undefined : schedule.id,
      startSchedule: schedule.startSchedule,
      duration: schedule.duration,
      chargingRateUnit: schedule.unit,
      minChargingRate: schedule.minChargingRate,
      ...(version === '2.1' ? only21(schedule, SCHEDULE_21) : {}),
      chargingSchedulePeriod: schedule.periods.map((period) => writePeriod(period, version)),
    }),
  };
}

function writePeriod(period: PeriodDraft, version: OcppVersion): JsonObject {
  const { values } = period;
  return {
    ...period.rest,
    ...present({
      startPeriod: period.startPeriod,
      ...(version === '2.1' ? values : { limit: values.limit }),
      numberPhases: period.numberPhases,
      phaseToUse: version === '1.6' ? undefined : period.phaseToUse,
      ...(version === '2.1' ? only21(period, PERIOD_21) : {}),
    }),
  };
}

/** What the draft has and the version lacks, so that it is not in its request; each once, by its name. */
export function lacking(draft: ProfileDraft, version: OcppVersion): readonly string[] {
  const names = new Set<string>();
  const note = (holder: object, wanted: readonly string[]) => {
    for (const name of wanted) if ((holder as Record<string, unknown>)[name] !== undefined) names.add(name);
  };
  if (version === '2.1') return [];
  note(draft, PROFILE_21);
  for (const schedule of draft.schedules) {
    note(schedule, SCHEDULE_21);
    for (const period of schedule.periods) {
      note(period, version === '1.6' ? [...PERIOD_21, 'phaseToUse'] : PERIOD_21);
      note(
        period.values,
        VALUE_NAMES.filter((name) => name !== 'limit'),
      );
    }
  }
  if (version === '1.6' && draft.schedules.length > 1) names.add('second and third chargingSchedule');
  return [...names];
}

/** The draft of a request, or why there is none. What has no place in a draft is kept as it was. */
export function fromPayload(payload: JsonValue, version: OcppVersion): Outcome<ProfileDraft> {
  const is16 = version === '1.6';
  const name = is16 ? 'csChargingProfiles' : 'chargingProfile';
  if (!isJsonObject(payload)) return failure('no-profile', 'The request is no object.');
  const profile = payload[name];
  const evseId = payload[is16 ? 'connectorId' : 'evseId'];
  if (!isJsonObject(profile)) return failure('no-profile', `The request has no ${name}.`);
  if (typeof evseId !== 'number') return failure('no-profile', 'The request does not say for which EVSE it is.');
  const read = readProfile(profile, evseId, version);
  if (!read.ok) return read;
  return success({ ...read.value, restOfRequest: without(payload, [name, is16 ? 'connectorId' : 'evseId']) });
}

/** The draft of a profile that came some other way, such as in a report of the station. */
export function fromProfile(profile: JsonObject, evseId: number, version: OcppVersion): Outcome<ProfileDraft> {
  return readProfile(profile, evseId, version);
}

function readProfile(profile: JsonObject, evseId: number, version: OcppVersion): Outcome<ProfileDraft> {
  const is16 = version === '1.6';
  const reader = new Reader(profile);
  const id = reader.number(is16 ? 'chargingProfileId' : 'id');
  const stackLevel = reader.number('stackLevel');
  const purpose = purposeOf(reader.text('chargingProfilePurpose'), version);
  const kind = reader.choice('chargingProfileKind', KINDS);
  const held = profile.chargingSchedule;
  const holders = is16 ? [held] : Array.isArray(held) ? (held as readonly JsonValue[]) : [];
  reader.taken.add('chargingSchedule');
  if (id === undefined || stackLevel === undefined || purpose === undefined || kind === undefined) {
    return failure('no-profile', 'The profile lacks its id, stack level, purpose or kind, so it cannot be drawn.');
  }
  const schedules = holders.map((holder) => (isJsonObject(holder) ? readSchedule(holder, version) : undefined));
  if (schedules.length === 0 || schedules.some((schedule) => schedule === undefined)) {
    return failure('no-schedule', 'The profile has no schedule with periods, so it cannot be drawn.');
  }
  return success({
    evseId,
    id,
    stackLevel,
    purpose,
    kind,
    ...present({
      recurrency: reader.choice('recurrencyKind', ['Daily', 'Weekly']),
      validFrom: reader.text('validFrom'),
      validTo: reader.text('validTo'),
      transactionId: is16 ? reader.number('transactionId')?.toString() : reader.text('transactionId'),
      ...(version === '2.1'
        ? {
            maxOfflineDuration: reader.number('maxOfflineDuration'),
            invalidAfterOfflineDuration: reader.boolean('invalidAfterOfflineDuration'),
            dynUpdateInterval: reader.number('dynUpdateInterval'),
            dynUpdateTime: reader.text('dynUpdateTime'),
          }
        : {}),
    }),
    schedules: schedules.filter((schedule) => schedule !== undefined),
    rest: reader.rest(),
    restOfRequest: {},
  });
}

function readSchedule(holder: JsonObject, version: OcppVersion): ScheduleDraft | undefined {
  const reader = new Reader(holder);
  const unit = reader.choice('chargingRateUnit', ['A', 'W']);
  const list = holder.chargingSchedulePeriod;
  reader.taken.add('chargingSchedulePeriod');
  if (unit === undefined || !Array.isArray(list) || list.length === 0 || !list.every(isJsonObject)) return undefined;
  const periods = list.map((period) => readPeriod(period, version));
  if (periods.some((period) => period === undefined)) return undefined;
  return {
    ...present({
      id: version === '1.6' ? undefined : reader.number('id'),
      startSchedule: reader.text('startSchedule'),
      duration: reader.number('duration'),
      minChargingRate: reader.number('minChargingRate'),
      ...(version === '2.1'
        ? {
            useLocalTime: reader.boolean('useLocalTime'),
            randomizedDelay: reader.number('randomizedDelay'),
            limitAtSoC: reader.limitAtSoC(),
          }
        : {}),
    }),
    unit,
    periods: periods.filter((period) => period !== undefined),
    rest: reader.rest(),
  };
}

function readPeriod(holder: JsonObject, version: OcppVersion): PeriodDraft | undefined {
  const reader = new Reader(holder);
  const startPeriod = reader.number('startPeriod');
  if (startPeriod === undefined) return undefined;
  const values: { [Name in ValueName]?: number } = {};
  for (const name of version === '2.1' ? VALUE_NAMES : (['limit'] as const)) {
    const value = reader.number(name);
    if (value !== undefined) values[name] = value;
  }
  return {
    startPeriod,
    values: values as Values,
    ...present({
      numberPhases: reader.number('numberPhases'),
      phaseToUse: version === '1.6' ? undefined : reader.number('phaseToUse'),
      ...(version === '2.1'
        ? {
            operationMode: reader.choice('operationMode', OPERATION_MODES),
            evseSleep: reader.boolean('evseSleep'),
            preconditioningRequest: reader.boolean('preconditioningRequest'),
            v2xBaseline: reader.number('v2xBaseline'),
            v2xFreqWattCurve: reader.objects('v2xFreqWattCurve'),
            v2xSignalWattCurve: reader.objects('v2xSignalWattCurve'),
          }
        : {}),
    }),
    rest: reader.rest(),
  };
}

/** Takes fields of the type that is expected; every other one is kept. */
class Reader {
  readonly #holder: JsonObject;
  readonly taken = new Set<string>();

  constructor(holder: JsonObject) {
    this.#holder = holder;
  }

  number(name: string): number | undefined {
    return this.#take(name, (value) => typeof value === 'number');
  }

  text(name: string): string | undefined {
    return this.#take(name, (value) => typeof value === 'string');
  }

  boolean(name: string): boolean | undefined {
    return this.#take(name, (value) => typeof value === 'boolean');
  }

  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    return this.#take(name, (value): value is T => choices.some((choice) => choice === value));
  }

  objects(name: string): readonly JsonObject[] | undefined {
    return this.#take(
      name,
      (value): value is readonly JsonObject[] => Array.isArray(value) && value.every(isJsonObject),
    );
  }

  limitAtSoC(): ScheduleDraft['limitAtSoC'] {
    return this.#take(
      'limitAtSoC',
      (value): value is { readonly soc: number; readonly limit: number } =>
        isJsonObject(value) && typeof value.soc === 'number' && typeof value.limit === 'number',
    );
  }

  rest(): JsonObject {
    return without(this.#holder, [...this.taken]);
  }

  #take<T extends JsonValue>(name: string, is: (value: JsonValue) => value is T): T | undefined {
    const value = Object.hasOwn(this.#holder, name) ? this.#holder[name] : undefined;
    if (value === undefined || !is(value)) return undefined;
    this.taken.add(name);
    return value;
  }
}

/** 1.6 counts its transactions; an id that is no number stays a text, of which the schema then complains. */
function transactionOf(id: string | undefined, version: OcppVersion): string | number | undefined {
  if (id === undefined || version !== '1.6') return id;
  return String(Number(id)) === id ? Number(id) : id;
}

function purposeName(purpose: Purpose, version: OcppVersion): string {
  return version === '1.6' && purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : purpose;
}

function purposeOf(name: string | undefined, version: OcppVersion): Purpose | undefined {
  return PURPOSES.find((purpose) => purposeName(purpose, version) === name);
}

function only21<T extends object, K extends keyof T>(holder: T, names: readonly K[]): { readonly [N in K]: T[N] } {
  return Object.fromEntries(names.map((name) => [name, holder[name]])) as { readonly [N in K]: T[N] };
}

/** Without what is undefined. */
function present<T extends object>(holder: T): { readonly [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(holder).filter(([, value]) => value !== undefined)) as never;
}

function without(holder: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(holder).filter(([name]) => !names.includes(name)));
}

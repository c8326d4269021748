import {
  booleanAt,
  choiceAt,
  FieldFault,
  numberAt,
  objectAt,
  objectsAt,
  type Parsed,
  parsed,
  requiredChoiceAt,
  requiredNumberAt,
  timeAt,
} from '../fields.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { OcppVersion } from '../version.ts';
import {
  type ChargingProfile,
  type ChargingSchedule,
  type CurvePoint,
  KINDS,
  type Kind,
  OPERATION_MODES,
  PURPOSES,
  type Purpose,
  type SchedulePeriod,
  type Source,
  VALUE_NAMES,
  type ValueName,
} from './profile.ts';

/** What a payload does not say of a profile that it carries. */
export interface Arrival {
  readonly version: OcppVersion;
  readonly source: Source;
  readonly evseId: number;
  readonly receivedAt: number;
}

const PURPOSES_16 = ['ChargePointMaxProfile', 'TxDefaultProfile', 'TxProfile'] as const;

/**
 * The profile in a `csChargingProfiles` of 1.6 or a `chargingProfile` of 2.x. A profile that cannot be calculated with
 * fails, with the requirement that it breaks; whether a station should accept it otherwise is not decided here.
 */
export function parseProfile(payload: JsonValue | undefined, arrival: Arrival): Parsed<ChargingProfile> {
  return parsed(() => {
    if (!isJsonObject(payload)) throw new FieldFault('field', 'The charging profile is no object.');
    return readProfile(payload, arrival);
  });
}

/** The numbers of a period or of an update of a dynamic schedule (`ChargingScheduleUpdateType`). */
export function readValues(holder: JsonObject): Partial<Record<ValueName, number>> {
  const values: Partial<Record<ValueName, number>> = {};
  for (const name of VALUE_NAMES) {
    const value = numberAt(holder, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function readProfile(payload: JsonObject, arrival: Arrival): ChargingProfile {
  const { version } = arrival;
  const is16 = version === '1.6';
  const kind = requiredChoiceAt(payload, 'chargingProfileKind', KINDS);
  const recurrency = choiceAt(payload, 'recurrencyKind', ['Daily', 'Weekly']);
  const holders = is16 ? [objectAt(payload, 'chargingSchedule')] : objectsAt(payload, 'chargingSchedule');
  if (holders.length === 0) throw new FieldFault('field', 'chargingSchedule is missing.');
  const schedules = holders.map((holder) => readSchedule(holder, kind, version));
  if (kind === 'Recurring' && recurrency === undefined) {
    throw new FieldFault('recurrency', 'A recurring profile says with recurrencyKind how often it recurs.');
  }
  if (kind === 'Dynamic' && (schedules.length > 1 || schedules.some((schedule) => schedule.periods.length > 1))) {
    throw new FieldFault('K28.FR.01', 'A dynamic profile has one schedule with one period (K28.FR.01).');
  }
  const transactionId = payload.transactionId;
  return {
    ...arrival,
    id: requiredNumberAt(payload, is16 ? 'chargingProfileId' : 'id'),
    stackLevel: requiredNumberAt(payload, 'stackLevel'),
    purpose: readPurpose(payload, is16),
    kind,
    recurrency: kind === 'Recurring' ? recurrency : undefined,
    validFrom: timeAt(payload, 'validFrom'),
    validTo: timeAt(payload, 'validTo'),
    transactionId: transactionId === undefined ? undefined : String(transactionId),
    maxOfflineDuration: numberAt(payload, 'maxOfflineDuration'),
    invalidAfterOfflineDuration: booleanAt(payload, 'invalidAfterOfflineDuration') ?? false,
    // K28.FR.05: the time of receipt where the profile says none.
    dynUpdateTime: kind === 'Dynamic' ? (timeAt(payload, 'dynUpdateTime') ?? arrival.receivedAt) : undefined,
    schedules,
  };
}

function readPurpose(payload: JsonObject, is16: boolean): Purpose {
  if (!is16) return requiredChoiceAt(payload, 'chargingProfilePurpose', PURPOSES);
  const purpose = requiredChoiceAt(payload, 'chargingProfilePurpose', PURPOSES_16);
  return purpose === 'ChargePointMaxProfile' ? 'ChargingStationMaxProfile' : purpose;
}

function readSchedule(holder: JsonObject, kind: Kind, version: OcppVersion): ChargingSchedule {
  const local = booleanAt(holder, 'useLocalTime') ?? false;
  const start = timeAt(holder, 'startSchedule', local);
  if (version !== '1.6' && start === undefined && (kind === 'Absolute' || kind === 'Recurring')) {
    throw new FieldFault('K01.FR.40', `A profile of kind ${kind} needs a startSchedule (K01.FR.40).`);
  }
  if (version !== '1.6' && start !== undefined && kind === 'Relative') {
    throw new FieldFault('K01.FR.41', 'A relative profile has no startSchedule (K01.FR.41).');
  }
  const anchored = kind === 'Absolute' || kind === 'Recurring';
  const limitAtSoC = holder.limitAtSoC === undefined ? undefined : objectAt(holder, 'limitAtSoC');
  return {
    id: numberAt(holder, 'id'),
    start: anchored && start !== undefined ? { milliseconds: start, local } : undefined,
    duration: numberAt(holder, 'duration'),
    unit: requiredChoiceAt(holder, 'chargingRateUnit', ['A', 'W']),
    minChargingRate: numberAt(holder, 'minChargingRate'),
    randomizedDelay: numberAt(holder, 'randomizedDelay') ?? 0,
    limitAtSoC: limitAtSoC && {
      soc: requiredNumberAt(limitAtSoC, 'soc'),
      limit: requiredNumberAt(limitAtSoC, 'limit'),
    },
    periods: readPeriods(objectsAt(holder, 'chargingSchedulePeriod'), version),
  };
}

function readPeriods(holders: readonly JsonObject[], version: OcppVersion): readonly SchedulePeriod[] {
  const periods = holders.map((holder) => readPeriod(holder, version));
  if (periods[0]?.startPeriod !== 0) {
    throw new FieldFault('K01.FR.31', 'The first period starts at 0 (K01.FR.31, in 1.6 errata 3.45).');
  }
  if (periods.some((period, index) => index > 0 && period.startPeriod < (periods[index - 1]?.startPeriod ?? 0))) {
    throw new FieldFault('K01.FR.35', 'The periods are not in the order of their startPeriod (K01.FR.35).');
  }
  return periods;
}

function readPeriod(holder: JsonObject, version: OcppVersion): SchedulePeriod {
  const startPeriod = requiredNumberAt(holder, 'startPeriod');
  const numberPhases = numberAt(holder, 'numberPhases');
  if (version !== '2.1') {
    const limit = requiredNumberAt(holder, 'limit');
    return {
      startPeriod,
      values: { limit },
      numberPhases,
      phaseToUse: version === '1.6' ? undefined : numberAt(holder, 'phaseToUse'),
      operationMode: 'ChargingOnly',
    };
  }
  return {
    startPeriod,
    values: readValues(holder),
    numberPhases,
    phaseToUse: numberAt(holder, 'phaseToUse'),
    operationMode: choiceAt(holder, 'operationMode', OPERATION_MODES) ?? 'ChargingOnly',
    evseSleep: booleanAt(holder, 'evseSleep'),
    preconditioningRequest: booleanAt(holder, 'preconditioningRequest'),
    v2xBaseline: numberAt(holder, 'v2xBaseline'),
    frequencyCurve: readCurve(holder, 'v2xFreqWattCurve', 'frequency'),
    signalCurve: readCurve(holder, 'v2xSignalWattCurve', 'signal'),
  };
}

function readCurve(holder: JsonObject, name: string, axis: string): readonly CurvePoint[] | undefined {
  const points = objectsAt(holder, name).map((point) => ({
    at: requiredNumberAt(point, axis),
    power: requiredNumberAt(point, 'power'),
  }));
  return points.length === 0 ? undefined : points.sort((a, b) => a.at - b.at);
}

import type { JsonObject } from '../json.ts';
import type { OcppVersion } from '../version.ts';
import type { Piece } from './composite.ts';
import type { CurvePoint, RateUnit } from './profile.ts';
import { VALUE_NAMES } from './profile.ts';

/** What GetCompositeSchedule asked for. */
export interface CompositeQuestion {
  readonly version: OcppVersion;
  readonly evseId: number;
  /** Seconds. */
  readonly duration: number;
  readonly unit: RateUnit;
  /** When the request came, which is where the pieces begin. */
  readonly at: number;
  /**
   * What to write where nothing is limited. 1.6 and 2.0.1 know no period without a limit, and 2.1 none in mode
   * ChargingOnly, so that a station has to say what it can deliver.
   */
  readonly unlimited: number;
}

/**
 * The answer to GetCompositeSchedule that follows from a composite schedule: `Rejected` where phases contradict each
 * other or there is no time to report on (5.7 of 1.6; K08.FR.05).
 */
export function compositeAnswer(pieces: readonly Piece[], question: CompositeQuestion): JsonObject {
  const periods = periodsOf(pieces, question);
  if (!periods || periods.length === 0) return { status: 'Rejected' };
  const scheduleStart = new Date(question.at).toISOString();
  const common = { duration: question.duration, chargingRateUnit: question.unit, chargingSchedulePeriod: periods };
  if (question.version === '1.6') {
    const minimum = pieces.find((piece) => piece.minChargingRate)?.minChargingRate?.value;
    return {
      status: 'Accepted',
      connectorId: question.evseId,
      scheduleStart,
      // Without startSchedule, by errata 3.57.
      chargingSchedule: minimum === undefined ? common : { ...common, minChargingRate: Math.ceil(minimum * 10) / 10 },
    };
  }
  return { status: 'Accepted', schedule: { evseId: question.evseId, scheduleStart, ...common } };
}

function periodsOf(pieces: readonly Piece[], question: CompositeQuestion): readonly JsonObject[] | undefined {
  const end = question.at + question.duration * 1000;
  const periods: { readonly startPeriod: number; readonly text: string; readonly period: JsonObject }[] = [];
  let before = 0;
  for (const piece of pieces) {
    if (piece.from >= end || piece.to <= question.at) continue;
    if (piece.phaseConflict) return undefined;
    const limit = piece.values.limit?.value ?? Number.POSITIVE_INFINITY;
    // Whole seconds: what begins within one is written at its start, so that a lower limit is never late, and at its end
    // where it lets more flow than before.
    const seconds = Math.max(0, (piece.from - question.at) / 1000);
    const startPeriod = limit > before ? Math.ceil(seconds) : Math.floor(seconds);
    before = limit;
    if (startPeriod >= question.duration) continue;
    const period = periodOf(piece, question);
    const text = JSON.stringify(period);
    while ((periods.at(-1)?.startPeriod ?? -1) >= startPeriod) periods.pop();
    if (periods.at(-1)?.text !== text) periods.push({ startPeriod, text, period });
  }
  return periods.map(({ startPeriod, period }) => ({ startPeriod, ...period }));
}

function periodOf(piece: Piece, { version, unlimited }: CompositeQuestion): JsonObject {
  const phases = {
    ...(piece.numberPhases ? { numberPhases: piece.numberPhases.value } : {}),
    ...(piece.phaseToUse && version !== '1.6' ? { phaseToUse: piece.phaseToUse.value } : {}),
  };
  const { settings } = piece;
  const mode = settings?.operationMode ?? 'ChargingOnly';
  const limit = piece.values.limit?.value ?? (mode === 'ChargingOnly' ? unlimited : undefined);
  if (version !== '2.1') return { limit: rounded(limit ?? unlimited, version), ...phases };
  const values: { [name: string]: number } = {};
  // Q10.FR.01: an EV that is to be idle is given no numbers.
  for (const name of mode === 'Idle' ? [] : VALUE_NAMES) {
    const value = name === 'limit' ? limit : piece.values[name]?.value;
    if (value !== undefined) values[name] = rounded(value, version);
  }
  const curve = (axis: string, points: readonly CurvePoint[]) => points.map(({ at, power }) => ({ [axis]: at, power }));
  return {
    ...values,
    ...phases,
    ...(settings && mode !== 'ChargingOnly' ? { operationMode: mode } : {}),
    ...(settings?.evseSleep === undefined ? {} : { evseSleep: settings.evseSleep }),
    ...(settings?.preconditioningRequest === undefined
      ? {}
      : { preconditioningRequest: settings.preconditioningRequest }),
    ...(settings?.v2xBaseline === undefined ? {} : { v2xBaseline: settings.v2xBaseline }),
    ...(settings?.frequencyCurve ? { v2xFreqWattCurve: curve('frequency', settings.frequencyCurve) } : {}),
    ...(settings?.signalCurve ? { v2xSignalWattCurve: curve('signal', settings.signalCurve) } : {}),
  };
}

/** One digit in 1.6 (7.14), three else; always towards zero, as more energy than allowed must not be reported. */
function rounded(value: number, version: OcppVersion): number {
  const factor = version === '1.6' ? 10 : 1000;
  return Math.trunc(Number((value * factor).toPrecision(12))) / factor;
}

import type { DerCurve, Point, TripType } from './control.ts';
import { isPercentOfNominal } from './nominal-voltage.ts';
import type { Ratings } from './ratings.ts';

/** What a trip curve watches, on which side, and what happens beyond it. */
export interface TripMeaning {
  readonly quantity: 'frequency' | 'voltage' | 'power';
  readonly side: 'above' | 'below';
  /** `ride-through`: before it the station stays connected, beyond it it may trip (R, 2.7). */
  readonly beyond: 'must trip' | 'may trip' | 'momentary cessation';
}

export const TRIP_MEANINGS: Record<TripType, TripMeaning> = {
  HFMustTrip: { quantity: 'frequency', side: 'above', beyond: 'must trip' },
  HFMayTrip: { quantity: 'frequency', side: 'above', beyond: 'may trip' },
  LFMustTrip: { quantity: 'frequency', side: 'below', beyond: 'must trip' },
  HVMustTrip: { quantity: 'voltage', side: 'above', beyond: 'must trip' },
  HVMomCess: { quantity: 'voltage', side: 'above', beyond: 'momentary cessation' },
  HVMayTrip: { quantity: 'voltage', side: 'above', beyond: 'may trip' },
  LVMustTrip: { quantity: 'voltage', side: 'below', beyond: 'must trip' },
  LVMomCess: { quantity: 'voltage', side: 'below', beyond: 'momentary cessation' },
  LVMayTrip: { quantity: 'voltage', side: 'below', beyond: 'may trip' },
  PowerMonitoringMustTrip: { quantity: 'power', side: 'above', beyond: 'must trip' },
};

/** A threshold that a value may be beyond for some seconds. */
export interface TripStep {
  readonly seconds: number;
  readonly value: number;
}

/** The boundary of a zone over time (how long a value is beyond) and value. */
export interface TripReading {
  readonly type: TripType;
  readonly meaning: TripMeaning;
  /** Of the values. */
  readonly unit: 'Hz' | 'V' | '%';
  /** `steps`: thresholds with a time each. `line`: a straight line between points of time and value. */
  readonly shape: 'steps' | 'line';
  /** Ascending in time. */
  readonly boundary: readonly TripStep[];
  readonly notes: readonly string[];
}

/**
 * Reads the axes of a trip curve. With `Not_Applicable` x is the value and y the seconds for which it may be exceeded
 * (R04, scenario 3). With a unit for y the axes are those of IEEE 2030.5: y is the value, x the seconds.
 */
export function readTrip(type: TripType, curve: DerCurve, ratings: Ratings): TripReading {
  const meaning = TRIP_MEANINGS[type];
  const notes: string[] = [];
  const timeFirst = isTimeFirst(meaning, curve, notes);
  const raw = curve.points.map(({ x, y }) => (timeFirst ? { seconds: x, value: y } : { seconds: y, value: x }));
  const { factor, unit } = unitOf(meaning, curve, ratings, raw, notes);
  const boundary = raw
    .map(({ seconds, value }) => ({ seconds, value: value * factor }))
    .sort((a, b) => a.seconds - b.seconds || outermostFirst(meaning, a, b));
  return { type, meaning, unit, shape: timeFirst ? 'line' : 'steps', boundary, notes };
}

/** The value beyond which a zone begins after some seconds; undefined where it has not begun by then. */
export function thresholdAt({ meaning, shape, boundary }: TripReading, seconds: number): number | undefined {
  const first = boundary[0];
  if (!first || seconds < first.seconds) return undefined;
  let threshold: number | undefined;
  for (const [index, step] of boundary.entries()) {
    if (step.seconds > seconds) {
      const before = boundary[index - 1];
      if (shape === 'line' && before && step.seconds > before.seconds) {
        const share = (seconds - before.seconds) / (step.seconds - before.seconds);
        return before.value * (1 - share) + step.value * share;
      }
      break;
    }
    threshold = shape === 'line' || threshold === undefined ? step.value : innermost(meaning, threshold, step.value);
  }
  return threshold;
}

/** Whether a value that has been beyond for some seconds lies in the zone. */
export function isInZone(reading: TripReading, seconds: number, value: number): boolean {
  const threshold = thresholdAt(reading, seconds);
  return threshold !== undefined && isBeyond(reading.meaning, value, threshold);
}

/** Whether a value is beyond a threshold. */
export function isBeyond({ side }: Pick<TripMeaning, 'side'>, value: number, threshold: number): boolean {
  return side === 'above' ? value > threshold : value < threshold;
}

/** The threshold nearest to normal operation: what is not beyond it is never in the zone. */
export function innermostOf(reading: TripReading): number | undefined {
  return reading.boundary
    .map((step) => step.value)
    .reduce<number | undefined>(
      (found, value) => (found === undefined ? value : innermost(reading.meaning, found, value)),
      undefined,
    );
}

/** The boundary as corners to be drawn, up to the last second that is shown. */
export function cornersOf(reading: TripReading, until: number): readonly Point[] {
  const corners: Point[] = [];
  let previous: TripStep | undefined;
  for (const step of reading.boundary) {
    const value = thresholdAt(reading, step.seconds) ?? step.value;
    if (previous && reading.shape === 'steps') corners.push({ x: step.seconds, y: previous.value });
    corners.push({ x: step.seconds, y: reading.shape === 'line' ? step.value : value });
    previous = { seconds: step.seconds, value };
  }
  const last = corners.at(-1);
  if (last && last.x < until) corners.push({ x: until, y: last.y });
  return corners;
}

function isTimeFirst(meaning: TripMeaning, curve: DerCurve, notes: string[]): boolean {
  if (meaning.quantity === 'power' || curve.yUnit !== 'Not_Applicable') return true;
  const can = meaning.quantity === 'frequency' ? canBeFrequency : canBeVoltage;
  const swapped = curve.points.every(({ x, y }) => !can(x) && can(y));
  if (swapped) notes.push(`x is read as seconds and y as ${meaning.quantity}, since the values fit no other way.`);
  return swapped;
}

function canBeFrequency(value: number): boolean {
  return value >= 40 && value <= 70;
}

function canBeVoltage(value: number): boolean {
  return value > 30;
}

function unitOf(
  { quantity }: TripMeaning,
  curve: DerCurve,
  { vNom }: Ratings,
  raw: readonly TripStep[],
  notes: string[],
): { readonly factor: number; readonly unit: TripReading['unit'] } {
  if (quantity === 'power') return { factor: 1, unit: '%' };
  if (quantity === 'frequency') return { factor: 1, unit: 'Hz' };
  const percent = curve.yUnit === 'PctEffectiveV';
  const around100 = isPercentOfNominal(
    raw.map(({ value }) => value),
    vNom,
  );
  if (!percent && !around100) return { factor: 1, unit: 'V' };
  if (!percent) notes.push(`The voltages are read as percent of the nominal ${vNom} V.`);
  if (vNom !== undefined) return { factor: vNom / 100, unit: 'V' };
  notes.push('The nominal voltage is not known: the curve is in percent of it.');
  return { factor: 1, unit: '%' };
}

function innermost({ side }: TripMeaning, a: number, b: number): number {
  return side === 'above' ? Math.min(a, b) : Math.max(a, b);
}

function outermostFirst({ side }: TripMeaning, a: TripStep, b: TripStep): number {
  return side === 'above' ? b.value - a.value : a.value - b.value;
}

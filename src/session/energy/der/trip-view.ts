import type { DerCurve, TripType } from '../../../ocpp/der/control.ts';
import { holdsSince } from '../../../ocpp/der/grid-return.ts';
import {
  cornersOf,
  innermostOf,
  isBeyond,
  isInZone,
  readTrip,
  type TripReading,
  thresholdAt,
} from '../../../ocpp/der/trip-curve.ts';
import type { GridQuantity, GridSample } from '../grid/measured.ts';
import type { CurveShape, DerVerdict, ShapePoint, ShapeZone, TrailPoint } from './der-picture.ts';
import { quantity, secondsText } from './der-words.ts';
import { type ControlView, historyOf, measuredAt, roundSpan, type Situation, spanOf, TRAIL_MAX } from './situation.ts';

/** A trip or ride-through curve, with how long the measured value is beyond what. */
export function tripView(
  type: TripType,
  curve: DerCurve,
  situation: Situation,
  /** Power monitoring begins above so many percent (2.64), not above the lowest point. */
  monitorsFrom?: number,
): ControlView {
  const reading = readTrip(type, curve, situation.ratings);
  const watched = WATCHED[reading.meaning.quantity];
  const longest = Math.max(...reading.boundary.map((step) => step.seconds), 1);
  const values = historyOf(situation, watched, (longest * 2 + 60) * 1000).flatMap((sample) =>
    onAxis(reading, sample, situation),
  );
  const normal = monitorsFrom ?? innermostOf(reading) ?? Number.NaN;
  const since = holdsSince(values, situation.at, (value) => isBeyond(reading.meaning, value, normal));
  const now = measuredAt(situation, watched) ? values.at(-1)?.value : undefined;
  const point = now === undefined ? null : { x: since === undefined ? 0 : (situation.at - since) / 1000, y: now };
  const verdict = verdictOf(reading, values, situation.at, normal, point);
  return {
    verdict,
    notes: reading.notes,
    shape: () => shapeOf(reading, longest, point, excursion(values, since)),
  };
}

const WATCHED = { frequency: 'frequency', voltage: 'voltage', power: 'activePower' } as const satisfies Record<
  TripReading['meaning']['quantity'],
  GridQuantity
>;

/** A sample in the unit of the curve; none where that takes a rating that is not known. */
function onAxis({ meaning, unit }: TripReading, sample: GridSample, { ratings }: Situation): readonly GridSample[] {
  if (unit !== '%') return [sample];
  const rating = meaning.quantity === 'power' ? ratings.maxW : ratings.vNom;
  return rating ? [{ ...sample, value: (sample.value / rating) * 100 }] : [];
}

function verdictOf(
  reading: TripReading,
  values: readonly GridSample[],
  at: number,
  normal: number,
  point: ShapePoint | null,
): DerVerdict {
  const { meaning, unit } = reading;
  if (!point) return { tone: 'plain', sentence: `No ${NAMES[meaning.quantity]} was measured.` };
  const value = quantity(point.y, unit);
  const limit = quantity(normal, unit);
  if (!isBeyond(meaning, point.y, normal)) {
    return { tone: 'good', sentence: `Measured ${value}, not ${meaning.side} ${limit}.` };
  }
  const lasting = `${meaning.side} ${limit} for ${secondsText(point.x)}, by its samples`;
  if (isZone(reading, values, at, point)) {
    const tone = meaning.beyond === 'may trip' ? 'plain' : 'error';
    return { tone, sentence: `Measured ${value}, ${lasting}: ${BEYOND[meaning.beyond]}.` };
  }
  const left = reading.boundary
    .filter((step) => isBeyond(meaning, point.y, step.value) && step.seconds > point.x)
    .map((step) => step.seconds - point.x);
  const until = left.length === 0 ? '' : `, ${COMING[meaning.beyond]} in ${secondsText(Math.min(...left))}`;
  return { tone: 'warning', sentence: `Measured ${value}, ${lasting}${until}.` };
}

/** Whether the zone is reached: of steps, each threshold has its own time (R04, scenario 3). */
function isZone(reading: TripReading, values: readonly GridSample[], at: number, point: ShapePoint): boolean {
  if (reading.shape === 'line') return isInZone(reading, point.x, point.y);
  return reading.boundary.some(({ seconds, value: threshold }) => {
    const since = holdsSince(values, at, (value) => isBeyond(reading.meaning, value, threshold));
    return since !== undefined && (at - since) / 1000 > seconds;
  });
}

/** How the value went since it left normal operation, over the seconds since then. */
function excursion(values: readonly GridSample[], since: number | undefined): readonly TrailPoint[] {
  if (since === undefined) return [];
  return values
    .filter(({ at }) => at >= since)
    .slice(-TRAIL_MAX)
    .map(({ at, value, entry }) => ({ x: (at - since) / 1000, y: value, at, entry }));
}

function shapeOf(
  reading: TripReading,
  longest: number,
  point: ShapePoint | null,
  trail: readonly TrailPoint[],
): CurveShape {
  const { meaning, unit } = reading;
  const until = roundSpan(0, Math.max(longest * 1.15, (point?.x ?? 0) * 1.05, 1)).to;
  const corners = cornersOf(reading, until);
  const marks = [...trail, ...(point ? [point] : [])];
  const span = spanOf(
    [...corners, ...marks].map(({ y }) => y),
    unit === 'Hz' ? 0.5 : 5,
  );
  // Room for the zone beyond the outermost threshold.
  const room = (span.to - span.from) * 0.15;
  const ys = meaning.side === 'above' ? roundSpan(span.from, span.to + room) : roundSpan(span.from - room, span.to);
  return {
    x: { label: `Time ${meaning.side} the limit`, unit: 's', from: 0, to: until },
    y: { label: LABELS[meaning.quantity], unit, ...ys },
    lines: [{ label: TITLES[meaning.beyond], dash: 'solid', points: corners }],
    zones: zonesOf(reading, until),
    point,
    asked: null,
    trail,
  };
}

/** The zone as rectangles; a slope becomes steps so fine that they look like one. */
function zonesOf(reading: TripReading, until: number): readonly ShapeZone[] {
  const { meaning, boundary } = reading;
  const tone = meaning.beyond === 'may trip' ? 'plain' : meaning.beyond === 'must trip' ? 'error' : 'warning';
  const edges = new Set(boundary.map((step) => step.seconds).filter((seconds) => seconds < until));
  if (reading.shape === 'line') {
    for (const [index, step] of boundary.entries()) {
      const before = boundary[index - 1];
      if (!before || before.value === step.value || before.seconds === step.seconds) continue;
      for (let part = 1; part < 16; part++) edges.add(before.seconds + ((step.seconds - before.seconds) * part) / 16);
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.flatMap((from, index): readonly ShapeZone[] => {
    const to = sorted[index + 1] ?? until;
    const threshold = thresholdAt(reading, (from + to) / 2);
    if (threshold === undefined) return [];
    const rows = meaning.side === 'above' ? { y1: threshold, y2: null } : { y1: null, y2: threshold };
    return [{ label: TITLES[meaning.beyond], tone, x1: from, x2: index === sorted.length - 1 ? null : to, ...rows }];
  });
}

const NAMES = { frequency: 'frequency', voltage: 'voltage', power: 'active power' } as const;
const LABELS = { frequency: 'Frequency', voltage: 'Voltage', power: 'Power into the grid, of rated' } as const;
const TITLES = { 'must trip': 'Must trip', 'may trip': 'May trip', 'momentary cessation': 'Cease' } as const;
const BEYOND = {
  'must trip': 'it must trip',
  'may trip': 'it may trip',
  'momentary cessation': 'it ceases momentarily',
} as const;
const COMING = {
  'must trip': 'must trip',
  'may trip': 'may trip',
  'momentary cessation': 'ceases',
} as const;

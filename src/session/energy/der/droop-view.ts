import type { Droop } from '../../../ocpp/der/control.ts';
import { type DroopReading, droopAt, readDroop, responseShare } from '../../../ocpp/der/droop.ts';
import type { CurveShape, DerVerdict, ShapePoint } from './der-picture.ts';
import { decimal, quantity, secondsText } from './der-words.ts';
import {
  type ControlView,
  historyOf,
  inSight,
  LOOK_BACK,
  measuredAt,
  pathOf,
  type Situation,
  spanAround,
  spanOf,
  toleranceOf,
  trailOf,
} from './situation.ts';

/** What a droop asks: a change from the power that there was before the deviation. */
export function droopView(droop: Droop, situation: Situation): ControlView {
  const reading = readDroop(droop);
  const before = powerBefore(reading, situation);
  const frequency = measuredAt(situation, 'frequency')?.value;
  const power = measuredAt(situation, 'activePower')?.value;
  const { maxW } = situation.ratings;
  const share = frequency === undefined ? undefined : droopAt(reading, frequency);
  const wanted =
    share === undefined || maxW === undefined ? undefined : bounded((before ?? 0) + share * maxW, situation);
  const verdict = verdictOf(reading, situation, { frequency, power, before, share, wanted });
  const notes = [
    ...reading.notes,
    ...(maxW === undefined ? ['Rated active power is not known, so that the change is shown in percent of it.'] : []),
    ...(before === undefined ? ['Power before the deviation was not measured; 0 W is drawn.'] : []),
  ];
  return { verdict, notes, shape: () => shapeOf(reading, situation, before ?? 0, frequency, power) };
}

interface Now {
  readonly frequency: number | undefined;
  readonly power: number | undefined;
  readonly before: number | undefined;
  readonly share: number | undefined;
  readonly wanted: number | undefined;
}

/** Measured power at the last moment at which frequency was in the dead band. */
function powerBefore(reading: DroopReading, situation: Situation): number | undefined {
  const inBand = historyOf(situation, 'frequency', LOOK_BACK).findLast(
    ({ value }) => value >= reading.from && value <= reading.to,
  );
  return inBand && measuredAt({ ...situation, at: inBand.at }, 'activePower')?.value;
}

function verdictOf(reading: DroopReading, situation: Situation, now: Now): DerVerdict {
  const { frequency, power, before, share, wanted } = now;
  if (frequency === undefined) return { tone: 'plain', sentence: 'No frequency was measured.' };
  const where = quantity(frequency, 'Hz');
  if (share === undefined) return { tone: 'plain', sentence: 'A droop of zero has no slope.' };
  if (share === 0) return { tone: 'good', sentence: `Measured ${where}, in the dead band: nothing is asked.` };
  const change = `${share < 0 ? '−' : '+'}${decimal(Math.abs(share) * 100, 1)} % of rated power`;
  if (wanted === undefined || power === undefined || before === undefined) {
    return { tone: 'plain', sentence: `At ${where} the droop asks for a change of ${change} into the grid.` };
  }
  const off = Math.abs(power - wanted);
  const since = deviationSince(reading, situation);
  const reached = since === undefined ? 1 : responseShare((situation.at - since) / 1000, reading.responseTime);
  const settled = reached >= 0.9;
  const sentence = `Measured ${quantity(power, 'W')} into the grid, at ${where} the droop asks ${quantity(wanted, 'W')} (${change}): ${quantity(off, 'W')} apart`;
  if (off <= toleranceOf(situation.ratings.maxW, wanted)) return { tone: 'good', sentence: `${sentence}.` };
  if (settled) return { tone: 'warning', sentence: `${sentence}.` };
  return { tone: 'plain', sentence: `${sentence}; it may still take up to ${secondsText(reading.responseTime)}.` };
}

/** Since when frequency is out of the dead band, by its samples. */
function deviationSince(reading: DroopReading, situation: Situation): number | undefined {
  let since: number | undefined;
  for (const { at, value } of historyOf(situation, 'frequency', LOOK_BACK)) {
    if (value >= reading.from && value <= reading.to) since = undefined;
    else since ??= at;
  }
  return since;
}

function bounded(power: number, { ratings: { maxW, maxChargeRateW } }: Situation): number {
  if (maxW === undefined) return power;
  return Math.min(maxW, Math.max(-(maxChargeRateW ?? maxW), power));
}

function shapeOf(
  reading: DroopReading,
  situation: Situation,
  before: number,
  frequency: number | undefined,
  power: number | undefined,
): CurveShape {
  const { maxW } = situation.ratings;
  const y = (share: number) => (maxW === undefined ? share * 100 : bounded(before + share * maxW, situation));
  const trail =
    maxW === undefined ? [] : trailOf(situation, 'frequency', 'activePower', (x, value) => ({ x, y: value }));
  // As far as a droop takes to change power by all of what is rated, but no further than is worth to be drawn.
  const reach = (droop: number) => Math.min(2, Math.max(0.2, reading.nominal * Math.max(droop, 0)));
  const xs = spanOf(
    [reading.from - reach(reading.underDroop), reading.to + reach(reading.overDroop), ...trail.map((each) => each.x)],
    0.5,
  );
  const at = (x: number): ShapePoint | null => {
    const share = droopAt(reading, x);
    return share === undefined ? null : { x, y: y(share) };
  };
  const corners = [xs.from, reading.from, reading.to, xs.to, ...saturations(reading, before, situation)]
    .filter((x) => x >= xs.from && x <= xs.to)
    .sort((a, b) => a - b)
    .map(at)
    .filter((corner) => corner !== null);
  const point =
    frequency === undefined || power === undefined || maxW === undefined ? null : { x: frequency, y: power };
  const asked = frequency === undefined ? null : at(frequency);
  const ys = spanAround(
    [...corners, ...(point ? [point] : [])].map((each) => each.y).concat(0),
    trail.map((each) => each.y),
  );
  const unit = maxW === undefined ? '%' : 'W';
  const label = maxW === undefined ? 'Change of power into the grid, of rated' : 'Active power into the grid';
  return {
    x: { label: 'Frequency', unit: 'Hz', ...xs },
    y: { label, unit, ...ys },
    lines: [{ label: 'Asked', dash: 'solid', points: corners }],
    zones: [{ label: 'Dead band', tone: 'plain', x1: reading.from, x2: reading.to, y1: null, y2: null }],
    point,
    asked,
    trail: inSight(trail, xs, ys),
    path: pathOf(trail, point, situation.at),
  };
}

/** Frequencies at which power reaches what is rated, where the line bends. */
function saturations(reading: DroopReading, before: number, { ratings }: Situation): readonly number[] {
  const { maxW, maxChargeRateW } = ratings;
  if (maxW === undefined || maxW <= 0) return [];
  const down = (before + (maxChargeRateW ?? maxW)) / maxW;
  const up = (maxW - before) / maxW;
  return [
    reading.to + down * reading.nominal * reading.overDroop,
    reading.from - up * reading.nominal * reading.underDroop,
  ];
}

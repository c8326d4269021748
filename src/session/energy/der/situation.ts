import type { PowerPoint, Ratings } from '../../../ocpp/der/ratings.ts';
import { type GridMeasurements, type GridQuantity, type GridSample, thinned } from '../grid/measured.ts';
import type { CurveShape, DerVerdict, TrailPoint } from './der-picture.ts';

/** What a control is looked at with. */
export interface Situation {
  readonly at: number;
  readonly range: { readonly from: number; readonly to: number };
  readonly grid: GridMeasurements;
  readonly ratings: Ratings;
  /** Whether the control was executed at an instant: only then does its trail say anything of it. */
  readonly during: (at: number) => boolean;
}

/** What there is to say and to draw of a control. */
export interface ControlView {
  readonly verdict: DerVerdict | null;
  readonly notes: readonly string[];
  shape(): CurveShape | null;
}

/** Milliseconds after which a measured value no longer says anything of an instant. */
const STALE = 20 * 60_000;
/** How far back an event of the grid, and the power before it, are looked for, in milliseconds. */
export const LOOK_BACK = 60 * 60_000;
/** Points of a trail. */
export const TRAIL_MAX = 240;

/** The measured value at an instant, unless it is too old. Power into the grid is positive, as in DER controls. */
export function measuredAt({ grid, at }: Situation, quantity: GridQuantity): GridSample | undefined {
  const sample = grid.latest(quantity, at);
  if (!sample || at - sample.at > STALE) return undefined;
  return intoGrid(sample, quantity);
}

/** Measured values from before the range up to the instant, for what has to hold for some time. */
export function historyOf(
  { grid, at }: Situation,
  quantity: GridQuantity,
  milliseconds: number,
): readonly GridSample[] {
  const first = grid.latest(quantity, at - milliseconds);
  const rest = grid.between(quantity, at - milliseconds, at + 1);
  const all = first && first.at < (rest[0]?.at ?? Number.POSITIVE_INFINITY) ? [first, ...rest] : rest;
  return all.map((sample) => intoGrid(sample, quantity));
}

/** Measured active and reactive power at the instant. */
export function powerAt(situation: Situation): PowerPoint {
  return {
    activePower: measuredAt(situation, 'activePower')?.value,
    reactivePower: measuredAt(situation, 'reactivePower')?.value,
  };
}

/** Where two measured quantities were over the range; `place` says where on the axes, undefined where nowhere. */
export function trailOf(
  { grid, range, during }: Situation,
  x: GridQuantity,
  y: GridQuantity,
  place: (x: number, y: number) => { readonly x: number; readonly y: number } | undefined,
): readonly TrailPoint[] {
  const all = grid.between(y, range.from, range.to + 1, TRAIL_MAX * 8).filter((sample) => during(sample.at));
  const samples = thinned(all, TRAIL_MAX);
  return samples.flatMap((sample) => {
    const other = grid.latest(x, sample.at);
    if (!other || sample.at - other.at > STALE) return [];
    const placed = place(intoGrid(other, x).value, intoGrid(sample, y).value);
    return placed ? [{ ...placed, at: sample.at, entry: sample.entry }] : [];
  });
}

/** How far back the way of the operating point is shown, in milliseconds. */
const PATH = 10 * 60_000;

/** The way of the operating point until now, in the order of time. */
export function pathOf(
  trail: readonly TrailPoint[],
  now: { readonly x: number; readonly y: number } | null,
  at: number,
): readonly { readonly x: number; readonly y: number }[] {
  const before = trail.filter((point) => point.at > at - PATH && point.at <= at).map(({ x, y }) => ({ x, y }));
  return [...before, ...(now ? [now] : [])];
}

/** By how much measured power may differ from what is asked: 5 % of the rating (IEEE 1547-2018, table 3). */
export function toleranceOf(rating: number | undefined, asked: number): number {
  return 0.05 * (rating ?? Math.max(Math.abs(asked), 1000));
}

/** Values beyond are not on an axis: there would be no numbers for its ends. */
const DRAWN_MAX = 1e100;

/** A stretch of an axis. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The smallest and largest of some numbers with a margin, ending at round values. */
export function spanOf(values: readonly number[], least = 1): Span {
  const finite = values.filter((value) => Math.abs(value) < DRAWN_MAX);
  if (finite.length === 0) return { from: 0, to: least };
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const margin = Math.max((high - low) * 0.05, (least - (high - low)) / 2, 0);
  return roundSpan(low - margin, high + margin);
}

/** A stretch that ends at round values, so that what is drawn up to its ends reaches the edges of the chart. */
export function roundSpan(from: number, to: number): Span {
  const raw = (to - from) / 8;
  // So large that a double has no room for a margin.
  if (raw <= 0) return { from, to };
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5].find((factor) => factor * power >= raw) ?? 10) * power;
  // Without the noise of binary fractions.
  const tidy = (value: number) => Number(value.toPrecision(12));
  return { from: tidy(Math.floor(from / step) * step), to: tidy(Math.ceil(to / step) * step) };
}

/**
 * The stretch that shows what matters, wider by measured values that are not far from it: one that was measured in a
 * fault of the grid would press everything else together.
 */
export function spanAround(what: readonly number[], measured: readonly number[], least = 1): Span {
  const core = spanOf(what, least);
  const reach = core.to - core.from;
  return spanOf(
    [...what, ...measured.filter((value) => value >= core.from - reach && value <= core.to + reach)],
    least,
  );
}

/** The points of a trail that lie in sight. */
export function inSight(trail: readonly TrailPoint[], xs: Span, ys: Span): readonly TrailPoint[] {
  return trail.filter(({ x, y }) => x >= xs.from && x <= xs.to && y >= ys.from && y <= ys.to);
}

function intoGrid(sample: GridSample, quantity: GridQuantity): GridSample {
  const flips = quantity === 'activePower' || quantity === 'reactivePower';
  return flips && sample.value !== 0 ? { ...sample, value: -sample.value } : sample;
}

import type { Point } from './control.ts';
import { curveAt } from './curve.ts';
import type { FunctionReading } from './function-curve.ts';
import type { Sample } from './grid-return.ts';
import { isPercentOfNominal } from './nominal-voltage.ts';
import type { Ratings } from './ratings.ts';

/** When a curve that has acted lets operation return to normal (HysteresisType, 2.59), on the x axis of the curve. */
export interface ReturnBand {
  /** Bounds of what was measured; undefined where none was given. */
  readonly low?: number;
  readonly high?: number;
  /** What the curve asks for in normal operation, in its own unit. */
  readonly normal: number;
  /** Seconds between the bounds before operation returns. */
  readonly delay: number;
  /** Percent a second, of what the curve is a percentage of; undefined is at once. */
  readonly gradient?: number;
}

/** How the hysteresis of a curve was read. */
export interface HysteresisReading {
  /** Undefined where there is none, or none that can be followed. */
  readonly band?: ReturnBand;
  /** What the specification leaves open, and how it was read. */
  readonly notes: readonly string[];
}

/**
 * Reads the hysteresis of a curve. Its bounds have "the same unit as defined by yUnit", yet it is the grid parameter that
 * has to be within them (2.59): they are read as voltage or frequency, like the points of the curve.
 */
export function readHysteresis(reading: FunctionReading, { vNom }: Ratings): HysteresisReading {
  const { axes, curve, points } = reading;
  const { high, low, delay = 0, gradient } = curve.hysteresis ?? {};
  if (!curve.hysteresis) return { notes: [] };
  const not = (why: string): HysteresisReading => ({ notes: [`Its hysteresis is not followed: ${why}`] });
  if (axes.x === 'activePower') return not('2.59 speaks of a parameter of the grid, which power is not.');
  const given = [high, low].filter((bound) => bound !== undefined);
  if (given.length === 0) return not('it has no bounds, and 2.59 does not say what is normal without.');
  if (axes.x === 'frequency' && !given.every((bound) => bound >= 40 && bound <= 70)) {
    return not('its bounds are no frequencies; 2.59 gives them the unit of y, but holds the frequency against them.');
  }
  const inPercent = axes.x === 'voltage' && isPercentOfNominal(given, vNom);
  const scaled = given.map((bound) => (inPercent ? (bound * vNom) / 100 : bound));
  const [from, to] = [Math.min(...scaled), Math.max(...scaled)];
  if (high !== undefined && low !== undefined && low > high) return not('its low bound is above its high one.');
  const normal = curveAt(points, from);
  const inside = [to, ...points.map(({ x }) => x).filter((x) => x > from && x < to)];
  if (normal === undefined || inside.some((x) => !isSame(curveAt(points, x), normal))) {
    return not('the curve asks for different amounts between its bounds, so that none of them is normal.');
  }
  return {
    band: {
      low: low === undefined ? undefined : from,
      high: high === undefined ? undefined : to,
      normal,
      delay,
      gradient: gradient !== undefined && gradient > 0 ? gradient : undefined,
    },
    notes: [
      `Bounds of the hysteresis are read as ${axes.x}: 2.59 gives them the unit of y, but holds a parameter of the grid against them.`,
      'When a grid event begins is not specified: it is taken to be where the curve asks for something else than between the bounds. What counts after it until operation is back to normal is not specified either: from what the curve says to the farthest that it asked for.',
    ],
  };
}

/** Where a curve is on its way from normal operation and back. */
export interface Course {
  /**
   * `acting`: it asks for something else than normal. `held`: no longer, but the measured value is not yet between the
   * bounds. `waiting`: it is, but not yet for the delay. `ramping`: on the way back along the gradient.
   */
  readonly phase: 'normal' | 'acting' | 'held' | 'waiting' | 'ramping';
  /** What the curve says at the measured value, whatever was before. */
  readonly onCurve: number;
  /** The farthest from normal that may still count; `onCurve` where the specification leaves no choice. */
  readonly held: number;
  /** Where on the x axis the curve asked for the farthest. */
  readonly heldX: number;
  /** Since when the value has been back between the bounds; null where it has not. */
  readonly backSince: number | null;
  /** When operation is back to normal, if the value stays; null where that is not known yet. */
  readonly normalAt: number | null;
}

/** What happened since operation was last normal. */
interface Event {
  readonly held: number;
  readonly heldX: number;
  readonly backSince: number | null;
}

/**
 * Follows a curve with its hysteresis along measured values, each of which holds until the next one.
 * @param points of the curve, ascending
 * @returns undefined where nothing was measured by then
 */
export function courseAt(
  points: readonly Point[],
  band: ReturnBand,
  samples: readonly Sample[],
  at: number,
): Course | undefined {
  let event: Event | null = null;
  let last: Sample | undefined;
  for (const sample of samples) {
    if (sample.at > at) break;
    event = stepped(points, band, event, sample);
    last = sample;
  }
  const onCurve = last && curveAt(points, last.value);
  if (!last || onCurve === undefined) return undefined;
  const now = { onCurve, held: onCurve, heldX: last.value, backSince: null, normalAt: null };
  if (!isSame(onCurve, band.normal)) return { ...now, phase: 'acting' };
  if (event === null) return { ...now, phase: 'normal' };
  const { heldX, backSince } = event;
  if (backSince === null) return { ...now, phase: 'held', held: event.held, heldX };
  const normalAt = normalFrom(band, event, backSince);
  if (at >= normalAt) return { ...now, phase: 'normal' };
  const ramps = at >= backSince + band.delay * 1000;
  const held = heldAt(band, event, backSince, at);
  return { phase: ramps ? 'ramping' : 'waiting', onCurve, held, heldX, backSince, normalAt };
}

function stepped(
  points: readonly Point[],
  band: ReturnBand,
  before: Event | null,
  { at, value }: Sample,
): Event | null {
  const y = curveAt(points, value);
  if (y === undefined) return before;
  const open = before && !isOver(band, before, at) ? before : null;
  const held = open ? heldNow(band, open, at) : band.normal;
  if (!isSame(y, band.normal)) {
    // What it asks for on the other side of normal is another event.
    const farther = Math.sign(y - band.normal) !== Math.sign(held - band.normal) || isFarther(band, y, held);
    return farther
      ? { held: y, heldX: value, backSince: null }
      : { held, heldX: open?.heldX ?? value, backSince: null };
  }
  if (!open || !isCovered(band, open)) return null;
  if (!isBetween(band, value)) return open.backSince === null ? open : { ...open, held, backSince: null };
  return open.backSince === null ? { ...open, backSince: at } : open;
}

/** Whether a curve asks for the same, but for the rounding of what lies between two points. */
function isSame(y: number | undefined, normal: number): boolean {
  return y !== undefined && Math.abs(y - normal) <= 1e-9 * Math.max(1, Math.abs(normal));
}

/** Whether the side on which the curve acted has a bound at all. */
function isCovered({ low, high }: ReturnBand, { heldX }: Event): boolean {
  if (low !== undefined && high !== undefined) return true;
  return high === undefined ? heldX < (low ?? 0) : heldX > high;
}

function isBetween({ low, high }: ReturnBand, value: number): boolean {
  return (high === undefined || value <= high) && (low === undefined || value >= low);
}

function isFarther({ normal }: ReturnBand, a: number, b: number): boolean {
  return Math.abs(a - normal) > Math.abs(b - normal);
}

function isOver(band: ReturnBand, event: Event, at: number): boolean {
  return event.backSince !== null && at >= normalFrom(band, event, event.backSince);
}

function normalFrom({ normal, delay, gradient }: ReturnBand, { held }: Event, backSince: number): number {
  const ramp = gradient === undefined ? 0 : Math.abs(normal - held) / gradient;
  return backSince + (delay + ramp) * 1000;
}

function heldNow(band: ReturnBand, event: Event, at: number): number {
  return event.backSince === null ? event.held : heldAt(band, event, event.backSince, at);
}

function heldAt({ normal, delay, gradient }: ReturnBand, { held }: Event, backSince: number, at: number): number {
  const seconds = (at - backSince) / 1000 - delay;
  if (seconds < 0) return held;
  if (gradient === undefined) return normal;
  const way = Math.min(Math.abs(normal - held), seconds * gradient);
  return held < normal ? held + way : held - way;
}

import type { Point } from './control.ts';
import { curveAt } from './curve.ts';

/**
 * The power factor of a WattPF curve at x, with its sign: positive absorbs reactive power, negative injects it (2.36).
 * From one sign to the other it goes through 1, not through 0: what is drawn as a straight line is the distance from 1.
 */
export function powerFactorAt(ascending: readonly Point[], x: number): number | undefined {
  const distance = curveAt(
    ascending.map((point) => ({ x: point.x, y: distanceFromOne(point.y) })),
    x,
  );
  return distance === undefined ? undefined : powerFactorOf(distance);
}

/** How far a signed power factor is from 1, with its sign. */
export function distanceFromOne(powerFactor: number): number {
  const distance = 1 - Math.min(1, Math.abs(powerFactor));
  return powerFactor < 0 ? -distance : distance;
}

/** The signed power factor at a signed distance from 1. */
export function powerFactorOf(distance: number): number {
  return distance < 0 ? -(1 + distance) : 1 - distance;
}

/** Reactive power into the grid at an active power in W, whichever its sign, and a power factor. */
export function reactivePowerAt(activePower: number, displacement: number, absorbs: boolean): number {
  const cosine = Math.min(1, Math.max(0, Math.abs(displacement)));
  if (cosine === 0) return Number.NaN;
  const amount = Math.abs(activePower) * (Math.sqrt(1 - cosine * cosine) / cosine);
  return absorbs && amount !== 0 ? -amount : amount;
}

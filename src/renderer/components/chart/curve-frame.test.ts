import { describe, expect, it } from 'vitest';
import type { Curve } from './curve-chart-spec.ts';
import { curveAt, curveFrame } from './curve-frame.ts';

const curve = (x: readonly number[], y: readonly (number | null)[], step = false): Curve => ({
  id: 'one',
  label: 'One',
  colour: 1,
  x,
  y,
  step,
});

describe('the value of a curve', () => {
  it('lies on the line between two points, or is that of the last step', () => {
    expect(curveAt(curve([0, 10], [0, 100]), 2.5)).toBe(25);
    expect(curveAt(curve([0, 10], [0, 100], true), 2.5)).toBe(0);
    expect(curveAt(curve([0, 10], [0, 100], true), 10)).toBe(100);
  });

  it('is nothing beside the curve and in gaps', () => {
    expect(curveAt(curve([0, 10], [0, 100]), 11)).toBeNull();
    expect(curveAt(curve([0, 10, 20], [0, null, 5]), 15)).toBeNull();
  });
});

it('keeps zones, lines and points in sight', () => {
  const spec = {
    title: 'Volt-var',
    x: { label: 'Voltage', unit: 'V', scales: false },
    y: { label: 'Reactive power', unit: 'var', scales: true },
    curves: [curve([207, 253], [4000, -4000])],
    zones: [{ id: 'trip', label: 'Trip', tone: 'error' as const, x1: 260 }],
    points: [{ id: 'now', label: 'Now', colour: 2 as const, x: 230, y: -6000 }],
    lines: [{ id: 'low', label: 'Low', at: { x: 184 } }],
  };
  const frame = curveFrame(spec, spec.curves, { width: 600, height: 300 });
  expect(frame.x.min).toBeLessThanOrEqual(184);
  expect(frame.x.max).toBeGreaterThanOrEqual(260);
  expect(frame.y.min).toBeLessThanOrEqual(-6000);
  expect(frame.valueAt(frame.xOf(230))).toBeCloseTo(230);
});

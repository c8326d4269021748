import type { JsonObject, JsonValue } from '../../json.ts';
import type { DerControl, DerCurve, DerUnit } from '../control.ts';
import { parseSetControl } from '../parse-control.ts';

/** A point in time of the tests: seconds after noon. */
export const NOON = Date.parse('2026-06-01T12:00:00Z');

/** A SetDERControlRequest with a volt-watt curve, and what a test says otherwise. */
export function voltWattRequest(
  id: string,
  more: {
    readonly isDefault?: boolean;
    readonly priority?: number;
    readonly start?: number;
    readonly duration?: number;
  },
): JsonObject {
  const { isDefault = false, priority = 0, start, duration } = more;
  const curve: { [name: string]: JsonValue } = {
    priority,
    yUnit: 'PctMaxW',
    curveData: [
      { x: 240, y: 100 },
      { x: 253, y: 20 },
    ],
  };
  if (start !== undefined) curve.startTime = new Date(start).toISOString();
  if (duration !== undefined) curve.duration = duration;
  return { isDefault, controlId: id, controlType: 'VoltWatt', curve };
}

/** A scheduled (or default) control of type VoltWatt; times in seconds after noon. */
export function voltWatt(id: string, priority: number, start?: number, duration?: number): DerControl {
  const request = voltWattRequest(id, {
    isDefault: start === undefined,
    priority,
    start: start === undefined ? undefined : NOON + start * 1000,
    duration,
  });
  return controlOf(request);
}

/** The control of a request that can be read. */
export function controlOf(request: JsonObject): DerControl {
  const { control, faults } = parseSetControl(request);
  if (!control) throw new Error(faults.map((fault) => fault.sentence).join(' '));
  return control;
}

/** A curve with its points as pairs. */
export function curveOf(
  yUnit: DerUnit,
  pairs: readonly (readonly [number, number])[],
  more: Partial<DerCurve> = {},
): DerCurve {
  return { yUnit, points: pairs.map(([x, y]) => ({ x, y })), ...more };
}

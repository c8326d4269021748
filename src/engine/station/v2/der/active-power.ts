import type { ControlType, Hysteresis } from '../../../../ocpp/der/control.ts';
import { droopAt, readDroop } from '../../../../ocpp/der/droop.ts';
import { functionAt, readFunction, xOf } from '../../../../ocpp/der/function-curve.ts';
import { isBackToNormal, returnShare } from '../../../../ocpp/der/grid-return.ts';
import type { InstalledControl } from '../../../../ocpp/der/installed.ts';
import type { Ratings } from '../../../../ocpp/der/ratings.ts';
import { NOMINAL_FREQUENCY } from './inverter.ts';

/** What is measured at an EVSE. Power is from the grid, in W and var. */
export interface GridNow {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly frequency: number;
  readonly voltage: number;
  readonly activePower: number;
  readonly reactivePower: number;
}

/** What hysteresis holds on to, by the type of the curve. */
export type HeldFloors = Map<ControlType, { readonly floor: number; backSince?: number }>;

/** Active power from the grid, and the control that asks for it where it is not what was planned. */
export interface Wanted {
  readonly power: number;
  readonly by?: ControlType;
  /** Seconds in which 90 % of it are reached. */
  readonly responseTime?: number;
}

export interface ActivePowerQuestion {
  /** What the EVSE would do by its profiles, from the grid in W. */
  readonly planned: number;
  readonly grid: GridNow;
  readonly ratings: Required<Ratings>;
  readonly held: HeldFloors;
  active(type: ControlType): InstalledControl | undefined;
}

/**
 * What the controls of active power make of what was planned: a droop moves it, curves and LimitMaxDischarge keep what
 * goes into the grid at or below a bound. Of several bounds the strictest counts.
 */
export function wantedPower(question: ActivePowerQuestion): Wanted {
  let wanted = afterDroop(question);
  for (const { floor, type, responseTime } of floorsOf(question)) {
    if (floor > wanted.power) wanted = { power: floor, by: type, responseTime };
  }
  return wanted;
}

function afterDroop({ planned, grid, ratings, active }: ActivePowerQuestion): Wanted {
  const setting = active('FreqDroop')?.control.setting;
  if (setting?.type !== 'FreqDroop') return { power: planned };
  const reading = readDroop(setting.droop, NOMINAL_FREQUENCY);
  // Into the grid, so that it is taken off what comes from there.
  const share = droopAt(reading, grid.frequency) ?? 0;
  if (share === 0) return { power: planned };
  return { power: planned - share * ratings.maxW, by: 'FreqDroop', responseTime: reading.responseTime };
}

interface Floor {
  readonly type: ControlType;
  /** The least power from the grid. */
  readonly floor: number;
  readonly responseTime?: number;
}

function floorsOf({ grid, ratings, held, active }: ActivePowerQuestion): readonly Floor[] {
  const floors: Floor[] = [];
  const now = { activePower: -grid.activePower, reactivePower: -grid.reactivePower };
  for (const type of ['FreqWatt', 'VoltWatt'] as const) {
    const setting = active(type)?.control.setting;
    if (setting?.type !== type) {
      held.delete(type);
      continue;
    }
    const reading = readFunction(type, setting.curve, ratings);
    const x = xOf(reading, type === 'FreqWatt' ? grid.frequency : grid.voltage, ratings);
    const most = x === undefined ? undefined : functionAt(reading, x, ratings, now)?.value;
    if (x === undefined || most === undefined) continue;
    const floor = withHysteresis(type, -most, x, setting.curve.hysteresis, held, grid.at);
    floors.push({ type, floor, responseTime: setting.curve.responseTime });
  }
  const limit = active('LimitMaxDischarge')?.control.setting;
  if (limit?.type === 'LimitMaxDischarge' && limit.percent !== undefined) {
    floors.push({ type: 'LimitMaxDischarge', floor: -(limit.percent / 100) * ratings.maxW });
  }
  return floors;
}

/** A bound that was stricter stays until the value is back to normal, and then gives way as fast as it may. */
function withHysteresis(
  type: ControlType,
  asked: number,
  x: number,
  hysteresis: Hysteresis | undefined,
  held: HeldFloors,
  at: number,
): number {
  const before = held.get(type);
  if (!hysteresis || !before || asked >= before.floor) {
    held.set(type, { floor: asked });
    return asked;
  }
  if (!isBackToNormal(hysteresis, x)) {
    before.backSince = undefined;
    return before.floor;
  }
  before.backSince ??= at;
  const share = returnShare(hysteresis, (at - before.backSince) / 1000);
  if (share >= 1) held.set(type, { floor: asked });
  return before.floor + (asked - before.floor) * share;
}

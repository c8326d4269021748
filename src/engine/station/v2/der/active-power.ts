import type { ControlType } from '../../../../ocpp/der/control.ts';
import { curveAt } from '../../../../ocpp/der/curve.ts';
import { droopAt, readDroop } from '../../../../ocpp/der/droop.ts';
import { type FunctionReading, readFunction } from '../../../../ocpp/der/function-curve.ts';
import type { Sample } from '../../../../ocpp/der/grid-return.ts';
import { courseAt, readHysteresis } from '../../../../ocpp/der/hysteresis.ts';
import type { InstalledControl } from '../../../../ocpp/der/installed.ts';
import { amountOf, type Ratings } from '../../../../ocpp/der/ratings.ts';
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

/** What was measured since operation was normal, by the type of the curve whose hysteresis needs it. */
export type Held = Map<ControlType, readonly Sample[]>;

/** Measured values that are held on to at most. */
const HELD_MAX = 1000;

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
  readonly held: Held;
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

function floorsOf(question: ActivePowerQuestion): readonly Floor[] {
  const { grid, ratings, held, active } = question;
  const floors: Floor[] = [];
  const now = { activePower: -grid.activePower, reactivePower: -grid.reactivePower };
  for (const type of ['FreqWatt', 'VoltWatt'] as const) {
    const setting = active(type)?.control.setting;
    if (setting?.type !== type) {
      held.delete(type);
      continue;
    }
    const reading = readFunction(type, setting.curve, ratings);
    const asked = askedOf(reading, type === 'FreqWatt' ? grid.frequency : grid.voltage, question);
    const most = asked === undefined ? undefined : amountOf(asked, setting.curve.yUnit, 'activePower', ratings, now);
    if (!most) continue;
    floors.push({ type, floor: -most.value, responseTime: setting.curve.responseTime });
  }
  const limit = active('LimitMaxDischarge')?.control.setting;
  if (limit?.type === 'LimitMaxDischarge' && limit.percent !== undefined) {
    floors.push({ type: 'LimitMaxDischarge', floor: -(limit.percent / 100) * ratings.maxW });
  }
  return floors;
}

/** What a curve asks for at a measured value, with what its hysteresis holds on to, in the unit of the curve. */
function askedOf(reading: FunctionReading, measured: number, question: ActivePowerQuestion): number | undefined {
  const { grid, held, ratings } = question;
  const { band } = readHysteresis(reading, ratings);
  if (!band) {
    held.delete(reading.type);
    return curveAt(reading.points, measured);
  }
  const samples = [...(held.get(reading.type) ?? []), { at: grid.at, value: measured }].slice(-HELD_MAX);
  const course = courseAt(reading.points, band, samples, grid.at);
  // In normal operation nothing is held on to.
  held.set(reading.type, course?.phase === 'normal' ? samples.slice(-1) : samples);
  return course?.phase === 'normal' ? course.onCurve : course?.held;
}

import { type ScheduleContext, valueAt } from './context.ts';
import type { CurvePoint, OperationMode, Quantity, SchedulePeriod, ValueName } from './profile.ts';
import { QUANTITIES } from './profile.ts';
import type { PeriodReference } from './segments.ts';

/** Numbers of a period or of their result. */
export type Numbers = Partial<Record<ValueName, number>>;

/** What can change the numbers of a period while it is executed. */
export interface Conditions {
  readonly stateOfCharge?: number;
  readonly frequency?: number;
  readonly signal?: number;
}

/** What is known of the conditions at an instant. */
export function conditionsAt(context: ScheduleContext, instant: number): Conditions {
  return {
    stateOfCharge: valueAt(context.stateOfCharge, instant),
    frequency: valueAt(context.frequency, instant),
    signal: valueAt(context.signal, instant),
  };
}

/** Which quantities a mode uses: "Limits and setpoints per operation mode" in block Q, and Q09.FR.05. */
export const USED: Record<OperationMode, readonly Quantity[]> = {
  ChargingOnly: ['limit'],
  CentralSetpoint: QUANTITIES,
  CentralFrequency: ['limit', 'dischargeLimit', 'setpoint'],
  ExternalSetpoint: QUANTITIES,
  ExternalLimits: ['limit', 'dischargeLimit'],
  LocalFrequency: [],
  LocalLoadBalancing: ['limit', 'dischargeLimit'],
  Idle: [],
};

/** The numbers that a period asks for under given conditions, in its own unit. */
export function numbersOf({ period, schedule }: PeriodReference, conditions: Conditions): Numbers {
  const numbers: Numbers = {};
  for (const quantity of USED[period.operationMode]) {
    for (const name of namesOf(quantity)) {
      const value = period.values[name];
      if (value !== undefined) numbers[name] = value;
    }
  }
  if (period.operationMode === 'LocalFrequency') {
    const setpoint = setpointOfCurves(period, conditions);
    if (setpoint !== undefined) numbers.setpoint = setpoint;
  }
  const { limitAtSoC } = schedule;
  const { stateOfCharge } = conditions;
  // K01.FR.100; where the state of charge is unknown, nothing is limited.
  if (limitAtSoC && stateOfCharge !== undefined && stateOfCharge >= limitAtSoC.soc) {
    for (const name of [...namesOf('limit'), ...namesOf('setpoint')]) {
      const value = numbers[name];
      if (value !== undefined) numbers[name] = Math.min(value, limitAtSoC.limit);
    }
  }
  return numbers;
}

/** A quantity and its numbers of L2 and L3. */
export function namesOf<Q extends Quantity>(quantity: Q): readonly [Q, `${Q}_L2`, `${Q}_L3`] {
  return NAMES[quantity] as never;
}

const NAMES = Object.fromEntries(
  QUANTITIES.map((quantity) => [quantity, [quantity, `${quantity}_L2`, `${quantity}_L3`]]),
);

/** Q08.FR.06 and Q08.FR.10: baseline plus curve at the frequency, plus curve at the signal. */
function setpointOfCurves(period: SchedulePeriod, { frequency, signal }: Conditions): number | undefined {
  if (!period.frequencyCurve || frequency === undefined) return undefined;
  const setpoint = (period.v2xBaseline ?? 0) + interpolate(period.frequencyCurve, frequency);
  if (!period.signalCurve || signal === undefined) return setpoint;
  return setpoint + interpolate(period.signalCurve, signal);
}

/** Power on a straight line between points; beyond the ends that of the nearest end. */
export function interpolate(curve: readonly CurvePoint[], at: number): number {
  let before = curve[0];
  for (const point of curve) {
    if (point.at > at) {
      if (!before || before.at >= point.at) return point.power;
      if (before.at > at) return before.power;
      return before.power + ((point.power - before.power) * (at - before.at)) / (point.at - before.at);
    }
    before = point;
  }
  return before?.power ?? 0;
}

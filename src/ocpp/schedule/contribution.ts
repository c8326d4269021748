import { type ScheduleContext, valueAt } from './context.ts';
import { type Numbers, namesOf } from './numbers.ts';
import type { CurvePoint, SchedulePeriod, ValueName } from './profile.ts';
import type { PeriodReference } from './segments.ts';

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

/** The numbers that a period asks for under given conditions, in its own unit. */
export function numbersOf({ period, schedule, numbers: fixed }: PeriodReference, conditions: Conditions): Numbers {
  const { limitAtSoC } = schedule;
  const { stateOfCharge } = conditions;
  // K01.FR.100; where the state of charge is unknown, nothing is limited.
  const limited = limitAtSoC && stateOfCharge !== undefined && stateOfCharge >= limitAtSoC.soc;
  const setpoint = period.operationMode === 'LocalFrequency' ? setpointOfCurves(period, conditions) : undefined;
  if (!limited && setpoint === undefined) return fixed;
  const numbers: { [Name in ValueName]?: number } = { ...fixed };
  if (setpoint !== undefined) numbers.setpoint = setpoint;
  if (limited) {
    for (const name of [...namesOf('limit'), ...namesOf('setpoint')]) {
      const value = numbers[name];
      if (value !== undefined) numbers[name] = Math.min(value, limitAtSoC.limit);
    }
  }
  return numbers;
}

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

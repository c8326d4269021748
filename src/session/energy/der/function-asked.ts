import { type FunctionReading, functionAt, xOf } from '../../../ocpp/der/function-curve.ts';
import { type Course, courseAt, type ReturnBand } from '../../../ocpp/der/hysteresis.ts';
import { amountOf } from '../../../ocpp/der/ratings.ts';
import { targetsWithin } from '../../../ocpp/der/response-time.ts';
import { historyOf, LOOK_BACK, powerAt, type Situation } from './situation.ts';

/** What a curve asks for at an instant, after what was before. */
export interface FunctionAsked {
  /** On the x axis of the reading. */
  readonly x: number;
  /** What the curve says, in its own unit, and in W or var where the rating is known. */
  readonly onCurve: number;
  readonly value?: number;
  /** In W or var, whatever may count: it may still be on the way, or not yet back to normal. */
  readonly low?: number;
  readonly high?: number;
  /** Where the curve has a hysteresis that can be followed. */
  readonly course?: Course;
  /** What is normal, in W or var. */
  readonly normal?: number;
  /** The target changed less than the response time before. */
  readonly responding: boolean;
}

/** What a curve asks for at the measured value, with its hysteresis and its response time. */
export function askedOf(
  reading: FunctionReading,
  band: ReturnBand | undefined,
  situation: Situation,
  measured: number,
): FunctionAsked | undefined {
  const { axes, curve, points } = reading;
  const { ratings, at } = situation;
  const power = powerAt(situation);
  const x = xOf(reading, measured, ratings);
  const answer = x === undefined ? undefined : functionAt(reading, x, ratings, power);
  if (x === undefined || !answer) return undefined;
  const { onCurve, value } = answer;
  const history = historyOf(situation, axes.x, LOOK_BACK).filter((sample) => situation.during(sample.at));
  const onAxis = history.flatMap((sample) => {
    const place = xOf(reading, sample.value, ratings);
    return place === undefined ? [] : [{ at: sample.at, value: place, measured: sample.value }];
  });
  const targets = onAxis.flatMap((sample) => {
    const then = axes.x === 'activePower' ? { ...power, activePower: sample.measured } : power;
    const target = functionAt(reading, sample.value, ratings, then)?.value;
    return target === undefined ? [] : [{ at: sample.at, value: target }];
  });
  const course = band && courseAt(points, band, onAxis, at);
  const inWatts = (percent: number | undefined): number | undefined =>
    percent === undefined || axes.y === 'powerFactor'
      ? undefined
      : amountOf(percent, curve.yUnit, axes.y, ratings, power)?.value;
  if (value === undefined) return { x, onCurve, course, responding: false };
  const { responseTime } = curve;
  const before = band && responseTime ? courseAt(points, band, onAxis, at - responseTime * 1000) : undefined;
  const span = targetsWithin(targets, at, responseTime) ?? { low: value, high: value };
  const held = [inWatts(course?.held), inWatts(before?.held)].filter((each) => each !== undefined);
  return {
    x,
    onCurve,
    value,
    low: Math.min(value, span.low, ...held),
    high: Math.max(value, span.high, ...held),
    course,
    normal: inWatts(band?.normal),
    responding: span.low !== span.high,
  };
}

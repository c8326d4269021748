import type { FunctionReading } from '../../../ocpp/der/function-curve.ts';
import type { ReturnBand } from '../../../ocpp/der/hysteresis.ts';
import type { DerVerdict } from './der-picture.ts';
import { decimal, quantity, secondsText } from './der-words.ts';
import type { FunctionAsked } from './function-asked.ts';
import { type Situation, toleranceOf } from './situation.ts';

export const NAMES = {
  voltage: 'voltage',
  frequency: 'frequency',
  activePower: 'active power',
  reactivePower: 'reactive power',
} as const;
const X_UNITS = { voltage: 'V', frequency: 'Hz', activePower: 'W' } as const;

/** What measured power means for a curve. */
export function functionVerdict(
  { axes, curve }: FunctionReading,
  band: ReturnBand | undefined,
  asked: FunctionAsked,
  { ratings, at }: Situation,
  input: number,
  measured: number | undefined,
): DerVerdict {
  const yQuantity = axes.y === 'activePower' ? 'activePower' : 'reactivePower';
  const unit = yQuantity === 'activePower' ? 'W' : 'var';
  const inputUnit = X_UNITS[axes.x];
  const where = `at ${quantity(input, inputUnit)}`;
  const { value, low, high, course, normal, responding } = asked;
  const way = band && course ? wayBack(band, asked, at, NAMES[axes.x], inputUnit) : '';
  if (value === undefined || low === undefined || high === undefined) {
    return plain(`What the curve asks ${where} cannot be said without a rating.${way}`);
  }
  const atMost = axes.relation === 'atMost';
  const demand = `the curve ${atMost ? 'allows at most' : 'asks'} ${quantity(value, unit)} ${where}`;
  if (measured === undefined) return plain(`${capital(demand)}; ${NAMES[yQuantity]} was not measured.${way}`);
  const tolerance = toleranceOf(yQuantity === 'activePower' ? ratings.maxW : ratings.maxVar, value);
  const off = atMost ? Math.max(0, measured - value) : Math.abs(measured - value);
  const apart = atMost ? `${quantity(off, unit)} too much` : `${quantity(off, unit)} apart`;
  const fits = atMost && measured <= value;
  const sentence = `Measured ${quantity(measured, unit)}, ${demand}${fits ? '' : `: ${apart}`}.`;
  // In every way in which it may be read.
  const surely = atMost ? measured <= low + tolerance : off <= tolerance && high - low <= 2 * tolerance;
  if (surely) return { tone: 'good', sentence: `${sentence}${way}` };
  const outside = measured > high + tolerance || (!atMost && measured < low - tolerance);
  if (outside) return { tone: 'warning', sentence: `${sentence}${way}` };
  if (way !== '') {
    const held = quantity(atMost || value > low ? low : high, unit);
    if (normal !== undefined && Math.abs(measured - normal) <= tolerance && high - low > 2 * tolerance) {
      return { tone: 'warning', sentence: `${sentence}${way} Measured power is back too early.` };
    }
    const until = `Until then anything from ${quantity(value, unit)} to ${held} may count: that is not specified.`;
    return plain(`${sentence}${way} ${until}`);
  }
  if (off <= tolerance) return { tone: 'good', sentence };
  const time = curve.responseTime ?? 0;
  return responding
    ? plain(`${sentence} It may still take up to ${secondsText(time)}.`)
    : { tone: 'warning', sentence };
}

/** What is still missing until operation is back to normal; empty where it is, or where the curve acts. */
function wayBack(
  { low, high, delay, gradient }: ReturnBand,
  { x, course }: FunctionAsked,
  at: number,
  name: string,
  unit: string,
): string {
  switch (course?.phase) {
    case 'held': {
      const missing =
        high !== undefined && x > high
          ? `at or below ${quantity(high, unit)}`
          : `at or above ${quantity(low ?? 0, unit)}`;
      return ` It is not back to normal before ${name} is ${missing} (2.59).`;
    }
    case 'waiting': {
      const left = secondsText(((course.backSince ?? at) - at) / 1000 + delay);
      return ` It may return to normal in ${left}: ${secondsText(delay)} after ${name} came back between the bounds (2.59).`;
    }
    case 'ramping': {
      const left = secondsText(((course.normalAt ?? at) - at) / 1000);
      return ` It returns to normal with ${decimal(gradient ?? 0, 3)} %/s, which takes ${left} more (2.59).`;
    }
    default:
      return '';
  }
}

function plain(sentence: string): DerVerdict {
  return { tone: 'plain', sentence };
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

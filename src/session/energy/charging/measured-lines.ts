import type { Interval } from '../../../ocpp/schedule/context.ts';
import type { ChargingView } from './charging-context.ts';
import type { Measured, MeasuredValue } from './measured.ts';
import { type PowerLine, type PowerPoint, powerLine } from './power-line.ts';

/** A measured value, and how it came about where it was not measured as such. */
export interface MeasuredRate extends MeasuredValue {
  readonly note?: string;
}

/** What was measured or offered, in the unit of the picture. */
export function ratesOf(
  view: ChargingView,
  what: 'measured' | 'offered',
  range: Interval,
  most?: number,
): readonly MeasuredRate[] {
  const found = sourceOf(view, what);
  if (!found) return [];
  return view.measured.between(found.quantity, range.from, range.to, most).map((sample) => rateOf(view, found, sample));
}

/** The latest that was measured or offered by an instant. */
export function latestRate(
  view: ChargingView,
  what: 'measured' | 'offered',
  instant: number,
): MeasuredRate | undefined {
  const found = sourceOf(view, what);
  const sample = found && view.measured.latest(found.quantity, instant);
  return sample && rateOf(view, found, sample);
}

interface RateSource {
  readonly quantity: Measured;
  /** Of what was measured, where another one is asked for. */
  readonly convert: boolean;
}

/** The quantity of the unit, else the other one, which is converted. */
function sourceOf({ measured, unit }: ChargingView, what: 'measured' | 'offered'): RateSource | undefined {
  const [power, current]: readonly [Measured, Measured] =
    what === 'measured' ? ['power', 'current'] : ['powerOffered', 'currentOffered'];
  const [wanted, other] = unit === 'W' ? [power, current] : [current, power];
  if (measured.has(wanted)) return { quantity: wanted, convert: false };
  return measured.has(other) ? { quantity: other, convert: true } : undefined;
}

function rateOf(
  { unit, supply }: ChargingView,
  { quantity, convert }: RateSource,
  sample: MeasuredValue,
): MeasuredRate {
  if (!convert) return sample;
  const phases = supply.current === 'DC' ? 1 : (supply.phases ?? 3);
  const times = phases === 1 ? '' : ` × ${phases} phases`;
  const factor = supply.voltage * phases;
  const value = unit === 'W' ? sample.value * factor : sample.value / factor;
  const from = quantity.startsWith('power') ? 'power' : 'current';
  const words = unit === 'W' ? `${from} × ${supply.voltage} V${times}` : `${from} ÷ (${supply.voltage} V${times})`;
  return { ...sample, value, note: `calculated: ${words}` };
}

/** Measured and offered power or current, and the state of charge. */
export function measuredLines(view: ChargingView, range: Interval, most: number): readonly PowerLine[] {
  const { unit, measured } = view;
  const converted = (what: 'measured' | 'offered') => (sourceOf(view, what)?.convert ? ' (calculated)' : '');
  const soc = measured.between('stateOfCharge', range.from, range.to, most);
  const heads = [
    {
      id: 'offered',
      kind: 'offered',
      label: `Offered${converted('offered')}`,
      steps: true,
      points: ratesOf(view, 'offered', range, most),
      unit,
    },
    {
      id: 'measured',
      kind: 'measured',
      label: `Measured${converted('measured')}`,
      steps: false,
      points: ratesOf(view, 'measured', range, most),
      unit,
    },
    { id: 'soc', kind: 'stateOfCharge', label: 'State of charge', steps: false, points: soc, unit: '%' },
  ] as const;
  return heads.flatMap(({ points, ...head }) => {
    if (points.length === 0) return [];
    const all: readonly PowerPoint[] = points;
    return [powerLine({ ...head, hidden: false }, all, most)];
  });
}

import type { JsonObject } from '../../ocpp/json.ts';
import { parseMeterValues } from '../../ocpp/metering/parse-meter-values.ts';
import type { SampledValue } from '../../ocpp/metering/sampled-value.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { decimal } from '../words.ts';
import { count, objects } from './payload.ts';

/** The kinds of samples that a summary picks, in the order in which it says them. */
const PICKED = {
  'Power.Active.Import': (value: number, unit: string) => power(value, unit),
  'Power.Active.Export': (value: number, unit: string) => `${power(value, unit)} exported`,
  'Energy.Active.Import.Register': (value: number, unit: string) => energy(value, unit),
  SoC: (value: number) => `SoC ${decimal(value, 0)} %`,
  'Current.Import': (value: number) => `${decimal(value, 1)} A`,
  Voltage: (value: number) => `${decimal(value, 0)} V`,
} as const;

type Picked = keyof typeof PICKED;

/** Said only where there is nothing better to say. */
const SECOND_BEST: readonly Picked[] = ['Current.Import', 'Voltage'];

interface Sample {
  readonly value: number;
  readonly unit: string;
  /** Power is given phase by phase: a sum is being made. */
  readonly byPhase: boolean;
}

/** Power, energy and state of charge of the latest of some meter values, of 1.6 and of 2.x. */
export function measurements(payload: JsonObject, version: OcppVersion): readonly (string | undefined)[] {
  const latest = parseMeterValues(objects(payload, 'meterValue').at(-1), version).at(-1);
  if (latest === undefined) return [];
  const picked = new Map<Picked, Sample>();
  for (const sampled of latest.values) pick(sampled, picked);
  // What goes back is news; that nothing does is none, where it is said what comes in.
  if (picked.has('Power.Active.Import') && picked.get('Power.Active.Export')?.value === 0) {
    picked.delete('Power.Active.Export');
  }
  const kinds = (Object.keys(PICKED) as Picked[]).filter((kind) => picked.has(kind));
  const better = kinds.filter((kind) => !SECOND_BEST.includes(kind));
  const said = (better.length > 0 ? better : kinds).map((kind) => {
    const sample = picked.get(kind);
    return sample === undefined ? undefined : PICKED[kind](sample.value, sample.unit);
  });
  return said.length > 0 ? said : [count(latest.values.length, 'sample')];
}

function pick({ measurand, phase, value, unit }: SampledValue, picked: Map<Picked, Sample>): void {
  if (value === undefined || !Object.hasOwn(PICKED, measurand)) return;
  const kind = measurand as Picked;
  const before = picked.get(kind);
  if (phase === '') {
    picked.set(kind, { value, unit, byPhase: false });
  } else if (before === undefined || before.byPhase) {
    // The phases of power and energy add up; of current and voltage the highest is said.
    const sum = kind.startsWith('Power') || kind.startsWith('Energy');
    const known = before?.value ?? (sum ? 0 : value);
    picked.set(kind, { value: sum ? known + value : Math.max(known, value), unit, byPhase: true });
  }
}

/** Power with its unit: `11.0 kW`, `850 W`. */
export function power(value: number, unit: string): string {
  if (unit !== 'W') return `${decimal(value, 1)} ${unit}`;
  return Math.abs(value) < 1000 ? `${decimal(value, 0)} W` : `${(value / 1000).toFixed(1)} kW`;
}

/** Energy with its unit: `12.35 kWh`, `850 Wh`. */
export function energy(value: number, unit = 'Wh'): string {
  if (unit !== 'Wh') return `${decimal(value, 1)} ${unit}`;
  return Math.abs(value) < 1000 ? `${decimal(value, 0)} Wh` : `${(value / 1000).toFixed(2)} kWh`;
}

/** A charging rate: power, or current. */
export function rate(value: number, unit: string | undefined): string {
  if (unit === 'A') return `${decimal(value, 1)} A`;
  return unit === undefined ? decimal(value, 1) : power(value, unit);
}

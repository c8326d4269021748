import type { JsonObject, JsonValue } from '../../ocpp/json.ts';
import { decimal } from '../words.ts';
import { count, number, object, objects, text } from './payload.ts';

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
export function measurements(payload: JsonObject, key = 'meterValue'): readonly (string | undefined)[] {
  const meterValues = objects(payload, key);
  const latest = meterValues.at(-1);
  if (latest === undefined) return [];
  const samples = objects(latest, 'sampledValue');
  const picked = new Map<Picked, Sample>();
  for (const sample of samples) pick(sample, picked);
  const kinds = (Object.keys(PICKED) as Picked[]).filter((kind) => picked.has(kind));
  const better = kinds.filter((kind) => !SECOND_BEST.includes(kind));
  const said = (better.length > 0 ? better : kinds).map((kind) => {
    const sample = picked.get(kind);
    return sample === undefined ? undefined : PICKED[kind](sample.value, sample.unit);
  });
  return said.length > 0 ? said : [count(samples.length, 'sample')];
}

function pick(sample: JsonObject, picked: Map<Picked, Sample>): void {
  const measurand = sample.measurand ?? 'Energy.Active.Import.Register';
  if (typeof measurand !== 'string' || !Object.hasOwn(PICKED, measurand)) return;
  const kind = measurand as Picked;
  const value = numeric(sample.value);
  if (value === undefined) return;
  const unitOfMeasure = object(sample, 'unitOfMeasure');
  const given = text(sample, 'unit') ?? text(unitOfMeasure, 'unit') ?? (kind.startsWith('Energy') ? 'Wh' : 'W');
  const kilo = given === 'kW' || given === 'kWh';
  const unit = kilo ? given.slice(1) : given;
  const scaled = value * 10 ** ((number(unitOfMeasure, 'multiplier') ?? 0) + (kilo ? 3 : 0));
  const before = picked.get(kind);
  if (sample.phase === undefined) {
    picked.set(kind, { value: scaled, unit, byPhase: false });
  } else if (before === undefined || before.byPhase) {
    // The phases of power and energy add up; of current and voltage the highest is said.
    const sum = kind.startsWith('Power') || kind.startsWith('Energy');
    const known = before?.value ?? (sum ? 0 : scaled);
    picked.set(kind, { value: sum ? known + scaled : Math.max(known, scaled), unit, byPhase: true });
  }
}

/** 1.6 has its values as strings. */
function numeric(value: JsonValue | undefined): number | undefined {
  const read = typeof value === 'string' && value !== '' && value.length < 40 ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
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

/** How a unit becomes its base unit: times ten to a power, then for temperatures a shift or a formula. */
interface UnitRule {
  readonly base: string;
  readonly exponent?: number;
  readonly convert?: (value: number) => number;
}

/**
 * The units that become another one: of 1.6 (7.45 UnitOfMeasure) and of "Standardized Units of Measurements" in the
 * appendices of 2.x. A multiplier multiplies the value and says nothing of the unit (UnitOfMeasureType), so that kW
 * with a multiplier of 3 is megawatts. `Celcius` is how 1.6 spelled it first.
 */
const RULES: Readonly<Record<string, UnitRule>> = {
  kWh: { base: 'Wh', exponent: 3 },
  kVAh: { base: 'VAh', exponent: 3 },
  kvarh: { base: 'varh', exponent: 3 },
  kW: { base: 'W', exponent: 3 },
  kVA: { base: 'VA', exponent: 3 },
  kvar: { base: 'var', exponent: 3 },
  mHz: { base: 'Hz', exponent: -3 },
  kPa: { base: 'Pa', exponent: 3 },
  Percent: { base: '%' },
  Celsius: { base: '°C' },
  Celcius: { base: '°C' },
  K: { base: '°C', convert: (kelvin) => tidy(kelvin - 273.15) },
  Fahrenheit: { base: '°C', convert: (fahrenheit) => tidy(((fahrenheit - 32) * 5) / 9) },
};

/** Units that stay as they are. */
const PLAIN = new Set(
  ['Wh', 'VAh', 'varh', 'W', 'VA', 'var', 'A', 'V', 'Hz', 's', 'RPM', 'm', 'N', 'B', 'dB', 'dBm', 'lx', 'Ohm'].concat([
    ...['ASU', 'Deg', 'ms2', 'RH'],
  ]),
);

/** A value in its base unit. */
export interface BaseValue {
  readonly value: number;
  readonly unit: string;
  /** Whether the unit is one of the standard. Another one is kept as it is. */
  readonly known: boolean;
}

/** A value in its base unit: kWh in Wh, K in °C; a unit that is not of the standard is kept as it is. */
export function inBaseUnit(value: number, unit: string, multiplier = 0): BaseValue {
  const rule = Object.hasOwn(RULES, unit) ? RULES[unit] : undefined;
  const scaled = shifted(value, multiplier + (rule?.exponent ?? 0));
  if (rule === undefined) return { value: scaled, unit, known: PLAIN.has(unit) };
  return { value: rule.convert === undefined ? scaled : rule.convert(scaled), unit: rule.base, known: true };
}

/** Times ten to a power, with the decimal point moved rather than multiplied: 1.005 kW are 1005 W. */
export function shifted(value: number, exponent: number): number {
  if (exponent === 0 || value === 0) return value;
  if (exponent > 0 && Number.isSafeInteger(value)) return value * 10 ** exponent;
  const text = String(value);
  return text.includes('e') ? value * 10 ** exponent : Number(`${text}e${exponent}`);
}

/** Without the last digits, which are the noise of a subtraction or a division. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

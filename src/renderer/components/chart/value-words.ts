/** How large values are shown: divided by a factor, with a letter before the unit. */
export interface UnitScale {
  readonly factor: number;
  readonly unit: string;
}

/** A unit, and whether large values of it are shown with `k` or `M`. */
export interface ScaledUnit {
  readonly unit: string;
  readonly scales: boolean;
}

/** The scale for values up to a size. */
export function unitScale({ unit, scales }: ScaledUnit, size: number): UnitScale {
  if (!scales || Math.abs(size) < 1000) return { factor: 1, unit };
  return Math.abs(size) < 1e6 ? { factor: 1e3, unit: `k${unit}` } : { factor: 1e6, unit: `M${unit}` };
}

/**
 * A value with its unit, exact to a thousandth of the base unit, such as `11.04 kW`, `229.7 V`: nobody has to ask which
 * watt was meant.
 */
export function valueWords(value: number, unit: ScaledUnit): string {
  const scale = unitScale(unit, value);
  const digits = 3 + Math.round(Math.log10(scale.factor));
  const text = plainNumber(value / scale.factor, scale.factor === 1 ? 3 : digits);
  return scale.unit === '' ? text : `${text} ${scale.unit}`;
}

/** A number without an exponent and without zeros at its end, with a true minus. */
export function plainNumber(value: number, digitsMax: number): string {
  const text = value
    .toFixed(digitsMax)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
  return text === '-0' ? '0' : text.replace('-', '−');
}

/** A label of an axis and its unit, such as `Power (kW)`. */
export function axisWords(label: string, unit: string): string {
  return unit === '' ? label : `${label} (${unit})`;
}

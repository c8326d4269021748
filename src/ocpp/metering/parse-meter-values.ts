import { FieldFault, timeAt } from '../fields.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { OcppVersion } from '../version.ts';
import { DEFAULT_MEASURAND, measurand as knownMeasurand } from './measurands.ts';
import type { MeterReading, SampledValue, SampleFault } from './sampled-value.ts';
import { DEFAULT_CONTEXT, DEFAULT_LOCATION } from './terms.ts';
import { inBaseUnit } from './units.ts';

/** The most characters of a name that a value is kept under. */
const NAME_MAX = 60;
/** Nothing that is measured is larger in its base unit; sums of what is beyond have no number. */
const VALUE_MAX = 1e18;
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/**
 * The readings in a `meterValue` (1.6 and 2.x) or `transactionData` (1.6). Nothing is left out: what cannot be read is
 * there with the faults that say why.
 */
export function parseMeterValues(meterValues: JsonValue | undefined, version: OcppVersion): readonly MeterReading[] {
  if (meterValues === undefined) return [];
  if (isJsonObject(meterValues)) return [parseReading(meterValues, version)];
  if (!Array.isArray(meterValues)) return [reading(undefined, [], [fault('no-list', 'The meter values are no list.')])];
  return (meterValues as readonly JsonValue[]).map((one) => parseReading(one, version));
}

function parseReading(meterValue: JsonValue, version: OcppVersion): MeterReading {
  if (!isJsonObject(meterValue)) return reading(undefined, [], [fault('no-object', 'A meter value is no object.')]);
  const sampled = meterValue.sampledValue;
  const list = Array.isArray(sampled)
    ? (sampled as readonly JsonValue[])
    : isJsonObject(sampled)
      ? [sampled]
      : undefined;
  const faults: SampleFault[] = [];
  if (list === undefined) faults.push(fault('no-list', 'sampledValue is no list.'));
  const values: SampledValue[] = [];
  for (const one of list ?? []) {
    if (isJsonObject(one)) values.push(parseSampledValue(one, version));
    else faults.push(fault('no-object', 'A sampled value is no object.'));
  }
  return reading(readTime(meterValue, faults), values, faults);
}

function readTime(meterValue: JsonObject, faults: SampleFault[]): number | undefined {
  try {
    const at = timeAt(meterValue, 'timestamp');
    if (at === undefined) faults.push(fault('no-time', 'A meter value has no timestamp.'));
    return at;
  } catch (reason) {
    if (!(reason instanceof FieldFault)) throw reason;
    faults.push(fault('no-time', reason.message));
    return undefined;
  }
}

/** A sampled value of a version in the form of all. */
export function parseSampledValue(raw: JsonObject, version: OcppVersion): SampledValue {
  const faults: SampleFault[] = [];
  const name = nameAt(raw, 'measurand', faults) ?? DEFAULT_MEASURAND;
  const known = knownMeasurand(name);
  if (known === undefined || !known.versions.includes(version)) {
    faults.push(fault('measurand-unknown', `OCPP ${version} has no measurand ${name}.`));
  }
  const signedText = version === '1.6' && raw.format === 'SignedData';
  const number = signedText ? undefined : readNumber(raw.value, version, faults);
  const given = version === '1.6' ? raw : isJsonObject(raw.unitOfMeasure) ? raw.unitOfMeasure : {};
  const unit = nameAt(given, 'unit', faults);
  const multiplier = version === '1.6' ? 0 : readMultiplier(given, faults);
  const base = inBaseUnit(number ?? 0, unit ?? known?.unit ?? '', multiplier);
  if (number !== undefined) checkUnit(name, unit, base.unit, base.known, faults);
  const isMeasurable = number !== undefined && Math.abs(base.value) <= VALUE_MAX;
  if (Math.abs(base.value) > VALUE_MAX)
    faults.push(fault('no-number', `value is too large: ${said(raw.value ?? null)}.`));
  return {
    measurand: name,
    context: nameAt(raw, 'context', faults) ?? DEFAULT_CONTEXT,
    phase: nameAt(raw, 'phase', faults) ?? '',
    location: nameAt(raw, 'location', faults) ?? DEFAULT_LOCATION,
    value: isMeasurable ? base.value : undefined,
    unit: base.unit,
    signed: signedText || isJsonObject(raw.signedMeterValue),
    raw,
    faults,
  };
}

/**
 * Only energy has a unit by default, "Wh"; 1.6 says Hertz of a frequency, as it has no unit for it. The others are
 * taken to be in their base unit, and are marked so.
 */
function checkUnit(
  name: string,
  given: string | undefined,
  base: string,
  standard: boolean,
  faults: SampleFault[],
): void {
  const expected = knownMeasurand(name)?.unit;
  if (given === undefined) {
    if (expected !== undefined && expected !== '' && !['Wh', 'Hz', '%'].includes(expected)) {
      faults.push(fault('unit-assumed', `${name} is given without a unit; taken to be ${expected}.`));
    }
  } else if (!standard) {
    faults.push(fault('unit-unknown', `${given} is no unit of the standard; the value is kept as it is.`));
  } else if (expected !== undefined && base !== expected && expected !== '') {
    faults.push(fault('unit-unfit', `${name} is given in ${given}, which does not measure it.`));
  }
}

function readNumber(value: JsonValue | undefined, version: OcppVersion, faults: SampleFault[]): number | undefined {
  const is16 = version === '1.6';
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (is16) faults.push(fault('number-for-text', 'The value is a number, where 1.6 has it as text.'));
    return value;
  }
  if (typeof value === 'string' && value.length < NAME_MAX && DECIMAL.test(value)) {
    const read = Number(value);
    if (Number.isFinite(read)) {
      if (!is16) faults.push(fault('text-for-number', 'The value is text, where 2.x has it as a number.'));
      return read;
    }
  }
  faults.push(
    fault('no-number', value === undefined ? 'value is missing.' : `value is no decimal number: ${said(value)}.`),
  );
  return undefined;
}

function readMultiplier(unitOfMeasure: JsonObject, faults: SampleFault[]): number {
  const multiplier = unitOfMeasure.multiplier;
  if (multiplier === undefined) return 0;
  if (typeof multiplier === 'number' && Number.isInteger(multiplier) && Math.abs(multiplier) <= 30) return multiplier;
  faults.push(fault('field', `multiplier is no power of ten: ${said(multiplier)}.`));
  return Number.NaN;
}

function nameAt(holder: JsonObject, key: string, faults: SampleFault[]): string | undefined {
  const value = holder[key];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '' && value.length <= NAME_MAX) return value;
  faults.push(fault('field', `${key} is no name: ${said(value)}.`));
  // Under a name of its own, so that it is not taken for a value of which nothing else was said.
  return value === '' ? undefined : said(value);
}

function said(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > NAME_MAX ? `${text.slice(0, NAME_MAX - 1)}…` : text;
}

function reading(
  at: number | undefined,
  values: readonly SampledValue[],
  faults: readonly SampleFault[],
): MeterReading {
  return { at, values, faults };
}

function fault(code: SampleFault['code'], sentence: string): SampleFault {
  return { code, sentence };
}

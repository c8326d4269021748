import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../json.ts';
import { MEASURANDS } from './measurands.ts';
import { parseMeterValues, parseSampledValue } from './parse-meter-values.ts';
import { LOCATIONS, PHASES, READING_CONTEXTS } from './terms.ts';
import { allowedBySchema } from './testing/schema-terms.ts';
import { inBaseUnit } from './units.ts';

const codes = (value: { faults: readonly { code: string }[] }) => value.faults.map((fault) => fault.code);

describe('sampled values of 1.6', () => {
  test('have defaults for all but the value', () => {
    const raw = { value: '1234.5' };
    expect(parseSampledValue(raw, '1.6')).toEqual({
      measurand: 'Energy.Active.Import.Register',
      context: 'Sample.Periodic',
      phase: '',
      location: 'Outlet',
      value: 1234.5,
      unit: 'Wh',
      signed: false,
      raw,
      faults: [],
    });
  });

  test('are in base units', () => {
    const raw = { value: '7.36', measurand: 'Power.Active.Import', unit: 'kW', phase: 'L1', context: 'Sample.Clock' };
    const found = parseSampledValue(raw, '1.6');
    expect(found).toMatchObject({ value: 7360, unit: 'W', phase: 'L1', context: 'Sample.Clock', faults: [] });
  });

  test('keep signed data aside', () => {
    const raw = { value: 'OCMF|{}|{"SD":"30"}', format: 'SignedData', context: 'Transaction.End' };
    expect(parseSampledValue(raw, '1.6')).toMatchObject({ value: undefined, signed: true, raw, faults: [] });
  });

  test('have Hertz for a frequency, as 7.31 says, and an assumed unit where nothing says it', () => {
    expect(codes(parseSampledValue({ value: '50.01', measurand: 'Frequency' }, '1.6'))).toEqual([]);
    const power = parseSampledValue({ value: '11', measurand: 'Power.Active.Import' }, '1.6');
    expect(power).toMatchObject({ value: 11, unit: 'W' });
    expect(codes(power)).toEqual(['unit-assumed']);
  });

  test.each<[JsonValue, string]>([
    ['', 'no-number'],
    ['12,5', 'no-number'],
    ['0x10', 'no-number'],
    ['NaN', 'no-number'],
    ['Infinity', 'no-number'],
    ['1e999', 'no-number'],
    ['-1e19', 'no-number'],
    [null, 'no-number'],
    [['1'], 'no-number'],
    ['1'.repeat(1_000_000), 'no-number'],
  ])('do not take %j for a number', (value, code) => {
    const found = parseSampledValue({ value }, '1.6');
    expect(found.value).toBeUndefined();
    expect(codes(found)).toEqual([code]);
    expect(found.faults[0]?.sentence.length).toBeLessThan(120);
  });

  test('are read where they are numbers, and say so', () => {
    const found = parseSampledValue({ value: 5 }, '1.6');
    expect(found.value).toBe(5);
    expect(codes(found)).toEqual(['number-for-text']);
  });
});

describe('sampled values of 2.x', () => {
  test('have their unit and multiplier beside them', () => {
    const raw = { value: 1.005, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'kW', multiplier: 3 } };
    expect(parseSampledValue(raw, '2.1')).toMatchObject({ value: 1_005_000, unit: 'W', faults: [] });
    const tenths = { value: 123, measurand: 'Current.Import', unitOfMeasure: { unit: 'A', multiplier: -1 } };
    expect(parseSampledValue(tenths, '2.0.1')).toMatchObject({ value: 12.3, unit: 'A', faults: [] });
  });

  test('keep the signed value aside', () => {
    const raw = { value: 5, signedMeterValue: { signedMeterData: 'T0NNRg==', encodingMethod: 'OCMF' } };
    expect(parseSampledValue(raw, '2.1')).toMatchObject({ value: 5, signed: true, raw });
  });

  test('keep a measurand that no version has under its own name, and say so', () => {
    const found = parseSampledValue({ value: 5, measurand: 'Vendor.Flux', unitOfMeasure: { unit: 'GW' } }, '2.1');
    expect(found).toMatchObject({ measurand: 'Vendor.Flux', value: 5, unit: 'GW' });
    expect(codes(found)).toEqual(['measurand-unknown', 'unit-unknown']);
  });

  test('say where a version has no such measurand, or a unit does not measure it', () => {
    expect(codes(parseSampledValue({ value: 5, measurand: 'Display.TargetSOC' }, '2.0.1'))).toEqual([
      'measurand-unknown',
    ]);
    const power = { value: 5, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'Wh' } };
    expect(parseSampledValue(power, '2.1')).toMatchObject({ unit: 'Wh' });
    expect(codes(parseSampledValue(power, '2.1'))).toEqual(['unit-unfit']);
  });

  test('are not taken for something else where a name is none', () => {
    const found = parseSampledValue({ value: 5, phase: 1, location: '', measurand: 'x'.repeat(5000) }, '2.1');
    expect(found.phase).toBe('1');
    expect(found.location).toBe('Outlet');
    expect(found.measurand.length).toBeLessThan(100);
    expect(codes(found)).toEqual(['field', 'measurand-unknown', 'field', 'field']);
    const power = parseSampledValue({ value: 5, unitOfMeasure: { multiplier: 'k' } }, '2.1');
    expect(power.value).toBeUndefined();
  });
});

describe('meter values', () => {
  test('are readings at an instant', () => {
    const found = parseMeterValues(
      [
        { timestamp: '2026-03-01T10:00:00+01:00', sampledValue: [{ value: 1 }, { value: 2, phase: 'L2' }] },
        { timestamp: '2026-03-01T10:15:00.250Z', sampledValue: [] },
      ],
      '2.1',
    );
    expect(found.map((reading) => reading.at)).toEqual([
      Date.parse('2026-03-01T09:00:00Z'),
      Date.parse('2026-03-01T10:15:00.250Z'),
    ]);
    expect(found[0]?.values.map((value) => value.value)).toEqual([1, 2]);
  });

  test.each<[JsonValue, string]>([
    ['text', 'no-list'],
    [[5], 'no-object'],
    [[{ sampledValue: [] }], 'no-time'],
    [[{ timestamp: 'yesterday', sampledValue: [] }], 'no-time'],
    [[{ timestamp: '2026-03-01T10:00:00Z' }], 'no-list'],
    [[{ timestamp: '2026-03-01T10:00:00Z', sampledValue: [null] }], 'no-object'],
  ])('have every fault as a value: %j', (meterValues, code) => {
    expect(parseMeterValues(meterValues, '2.1').flatMap(codes)).toEqual([code]);
  });
});

describe('units', () => {
  test.each([
    [1.005, 'kW', 0, 1005, 'W'],
    [4.35, 'kWh', 0, 4350, 'Wh'],
    [1e-7, 'kW', 0, 1e-4, 'W'],
    [12345, 'mHz', 0, 12.345, 'Hz'],
    [298.15, 'K', 0, 25, '°C'],
    [212, 'Fahrenheit', 0, 100, '°C'],
    [21.5, 'Celcius', 0, 21.5, '°C'],
    [-4.5, 'Celsius', 0, -4.5, '°C'],
    [55, 'Percent', 0, 55, '%'],
    [3, 'kvarh', -1, 300, 'varh'],
    [7, 'constructor', 0, 7, 'constructor'],
  ])('%d %s with multiplier %d is %d %s', (value, unit, multiplier, base, baseUnit) => {
    const found = inBaseUnit(value, unit, multiplier);
    expect(found.value).toBeCloseTo(base, 12);
    expect(found.unit).toBe(baseUnit);
  });
});

describe('the terms', () => {
  test.each(['1.6', '2.0.1', '2.1'] as const)('are those of the schema of %s', (version) => {
    const names = Object.entries(MEASURANDS)
      .filter(([, { versions }]) => versions.includes(version))
      .map(([name]) => name);
    expect(names.toSorted()).toEqual(allowedBySchema(version, 'measurand'));
    expect([...PHASES].toSorted()).toEqual(allowedBySchema(version, 'phase'));
    expect([...READING_CONTEXTS].toSorted()).toEqual(allowedBySchema(version, 'context'));
    const locations = LOCATIONS.filter((location) => version === '2.1' || location !== 'Upstream');
    expect([...locations].toSorted()).toEqual(allowedBySchema(version, 'location'));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OcmfRecord, parseOcmf } from './ocmf.ts';
import { OF_OTHER_CURVES, PUBLISHED } from './testing/published-records.ts';

function record(text: string): OcmfRecord {
  const parsed = parseOcmf(text);
  if (!parsed.ok) throw new Error(parsed.error.sentence);
  return parsed.value;
}
const withReadings = (...readings: readonly object[]): string =>
  `OCMF|${JSON.stringify({ FV: '1.2', PG: 'T1', RD: readings })}|{"SD":"00"}`;
const reading = { TM: '2026-11-20T08:00:00,000+0100 S', TX: 'B', RV: 1, RI: '1-b:1.8.0', RU: 'kWh', ST: 'G' };

describe('a record', () => {
  it('has begin and end, with their times, digits and states', () => {
    const [keba] = PUBLISHED;
    expect(record(keba?.text ?? '')).toMatchObject({
      formatVersion: '1.0',
      pagination: 'T32',
      gateway: 'KEBA_KCP30',
      meterSerial: null,
      signature: { method: 'ECDSA-secp256r1-SHA256', methodIsDefault: true, encoding: 'hex' },
      readings: [
        { at: Date.UTC(2019, 7, 13, 10, 3, 15), role: 'begin', value: 0.2596, unit: 'kWh', timeState: 'informative' },
        { at: Date.UTC(2019, 7, 13, 10, 3, 36), role: 'end', value: 0.2597, meterState: 'good', unusable: [] },
      ],
    });
  });

  it('keeps the digits that were signed, trailing zeros too', () => {
    expect(record(OF_OTHER_CURVES[0]?.text ?? '').readings.map(({ digits }) => digits)).toEqual([
      '2.10720',
      '10.10108',
    ]);
  });

  it('repeats in a reading what the one before said (table 7)', () => {
    const { readings } = record(
      withReadings(
        reading,
        { TM: '2026-11-20T08:15:00,000+0100 S', TX: 'C', RV: 2, ST: 'G' },
        { TX: 'A', RV: 3, EF: 'Et' },
      ),
    );
    expect(readings).toMatchObject([
      { value: 1, unit: 'kWh', role: 'begin' },
      { value: 2, unit: 'kWh', role: 'other', at: Date.UTC(2026, 10, 20, 7, 15) },
      {
        value: 3,
        obis: '1-b:1.8.0',
        role: 'end',
        transaction: 'end, aborted by an error',
        unusable: ['energy', 'time'],
      },
    ]);
  });

  it.each(['E', 'L', 'R', 'A', 'P'])('ends with the mark %s', (TX) => {
    expect(record(withReadings({ ...reading, TX })).readings[0]?.role).toBe('end');
  });

  it('says that a meter was not good', () => {
    expect(record(withReadings({ ...reading, ST: 'M' })).readings[0]?.meterState).toBe('manipulation was detected');
    expect(record(withReadings({ ...reading, ST: '?' })).readings[0]?.meterState).toBe('unknown (?)');
  });

  it('has a value of null where an event alone is told', () => {
    expect(record(withReadings({ TM: reading.TM, TX: 'X', ST: 'T' })).readings[0]).toMatchObject({
      value: null,
      digits: null,
      transaction: 'exception',
    });
  });

  it('is refused with a time that is none', () => {
    expect(parseOcmf(withReadings({ ...reading, TM: 'today' }))).toMatchObject({
      ok: false,
      error: { code: 'ocmf-time' },
    });
  });

  it('never throws', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json().map((json) => `OCMF|${json}|{"SD":"00"}`),
    );
    const readings = fc.array(fc.dictionary(fc.constantFrom('TM', 'TX', 'RV', 'ST', '__proto__'), fc.jsonValue()));
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          readings.map((list) => withReadings(...list)),
        ),
        (text) => {
          expect(typeof parseOcmf(text).ok).toBe('boolean');
        },
      ),
      { numRuns: 300 },
    );
  });
});

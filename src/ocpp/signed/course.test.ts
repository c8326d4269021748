import { describe, expect, it } from 'vitest';
import { signedCourse } from './course.ts';
import { type OcmfRecord, parseOcmf } from './ocmf.ts';

interface Given {
  readonly PG?: string;
  readonly MS?: string;
  readonly RD: readonly object[];
}

function record({ PG = 'T1', MS = 'M-1', RD }: Given): OcmfRecord {
  const parsed = parseOcmf(`OCMF|${JSON.stringify({ FV: '1.0', PG, MS, RD })}|{"SD":"00"}`);
  if (!parsed.ok) throw new Error(parsed.error.sentence);
  return parsed.value;
}
const reading = (TX: string, minute: string, RV: number, more: object = {}) => ({
  TM: `2026-11-20T08:${minute}:00,000+0000 S`,
  TX,
  RV,
  RI: '1-b:1.8.0',
  RU: 'kWh',
  ST: 'G',
  ...more,
});

describe('the signed course of a transaction', () => {
  it('is begin and end in one record', () => {
    const course = signedCourse([record({ RD: [reading('B', '00', 0.2596), reading('E', '30', 0.2597)] })]);
    expect(course).toMatchObject({ energy: 0.1, problems: [], begin: { record: 0 }, end: { value: 0.2597 } });
  });

  it('is begin, readings between and end in records that follow each other, one of them sent twice', () => {
    const begin = record({ PG: 'T7', RD: [reading('B', '00', 10)] });
    const between = record({ PG: 'T8', RD: [reading('T', '15', 11)] });
    const end = record({ PG: 'T9', RD: [reading('L', '30', 12_500, { RU: 'Wh' })] });
    const course = signedCourse([begin, between, begin, end]);
    expect(course).toMatchObject({ energy: 2500, problems: [], begin: { value: 10 }, end: { record: 3 } });
  });

  const faults: readonly [why: string, records: readonly OcmfRecord[], problem: string][] = [
    [
      'a page is missing',
      [record({ PG: 'T7', RD: [reading('B', '00', 1)] }), record({ PG: 'T9', RD: [reading('E', '30', 2)] })],
      'Between the records T7 and T9 others are missing.',
    ],
    [
      'the meter was exchanged',
      [record({ PG: 'T7', RD: [reading('B', '00', 1)] }), record({ PG: 'T8', MS: 'M-2', RD: [reading('E', '30', 2)] })],
      'The records are of different meters: M-1; M-2.',
    ],
    [
      'the meter says so itself',
      [record({ RD: [reading('B', '00', 1), reading('E', '30', 2, { ST: 'M', EF: 'E' })] })],
      'The reading at the end has the meter state "manipulation was detected".',
    ],
    [
      'energy was lost',
      [record({ RD: [reading('B', '00', 1), reading('E', '30', 2, { EF: 'E' })] })],
      'The reading at the end says that energy can no longer be used for billing.',
    ],
    [
      'the register went back',
      [record({ RD: [reading('B', '00', 2), reading('E', '30', 1)] })],
      'The signed reading at the end is below the one at the begin.',
    ],
    [
      'there is no begin',
      [record({ RD: [reading('E', '30', 1)] })],
      'No signed reading is marked as the begin of the transaction (TX=B).',
    ],
    [
      'it goes on',
      [record({ RD: [reading('B', '00', 1), reading('C', '30', 2)] })],
      'No signed reading is marked as an end of the transaction (TX=E, L, R, A or P).',
    ],
  ];
  it.each(faults)('has a problem: %s', (_, records, problem) => {
    expect(signedCourse(records).problems).toContain(problem);
  });

  it('has no energy between different registers, or in a unit that is none of energy', () => {
    const registers = record({ RD: [reading('B', '00', 1), reading('E', '30', 2, { RI: '1-b:2.8.0' })] });
    expect(signedCourse([registers]).energy).toBeNull();
    const units = record({ RD: [reading('B', '00', 1), reading('E', '30', 2, { RU: 'mOhm' })] });
    expect(signedCourse([units])).toMatchObject({ energy: null, problems: [expect.stringContaining('kWh and mOhm')] });
  });
});

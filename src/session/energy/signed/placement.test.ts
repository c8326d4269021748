import { describe, expect, it } from 'vitest';
import { parseOcmf } from '../../../ocpp/signed/ocmf.ts';
import { placementProblems } from './placement.ts';

/** A record with readings of these marks (OCMF, `TX`). */
function recordOf(...marks: readonly string[]) {
  const readings = marks.map((mark, index) => ({ TM: `2026-11-20T08:0${index}:00,000+0000 S`, TX: mark, RV: index }));
  const parsed = parseOcmf(`OCMF|${JSON.stringify({ PG: 'T1', RD: readings })}|{"SD":"00"}`);
  if (!parsed.ok) throw new Error(parsed.error.sentence);
  return parsed.value;
}

const closing = (context: string, ...marks: readonly string[]) => ({
  ...{ context, closing: true, record: recordOf(...marks) },
});

describe('the message that ends a transaction (Signed Meter Values, 3.1.4 and 4.1.2)', () => {
  it('has the signed begin and end, each in its context, or both in one', () => {
    expect(placementProblems([closing('Transaction.Begin', 'B'), closing('Transaction.End', 'E')])).toEqual([]);
    expect(placementProblems([closing('Transaction.End', 'B', 'E')])).toEqual([]);
    expect(placementProblems([{ ...closing('Transaction.Begin', 'B'), closing: false }])).toEqual([]);
  });

  it.each([
    [[closing('Transaction.End', 'E')], 'has no signed begin'],
    [[closing('Transaction.Begin', 'B')], 'has no signed end'],
    [[closing('Transaction.End', 'B'), closing('Transaction.End', 'E')], 'instead of Transaction.Begin'],
    [[closing('Transaction.Begin', 'B', 'E')], 'end stands in a value of context Transaction.Begin'],
  ])('%#: tells what is missing or elsewhere', (values, why) => {
    const problems = placementProblems(values);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(why);
  });

  it('misses nothing where a value cannot be read', () => {
    const unread = { context: 'Transaction.Begin', closing: true, record: undefined };
    expect(placementProblems([unread, closing('Transaction.End', 'E')])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { readFilter } from './check.ts';
import { schemaKnowledge } from './schema-knowledge.ts';

const KNOWLEDGE = schemaKnowledge({ stations: ['CS-1'], actions: ['Heartbeat'], rules: [] });

/** The places and sentences of what is wrong with a text. */
function faults(text: string): readonly (readonly [string, string, string])[] {
  return readFilter(text, KNOWLEDGE).problems.map(({ severity, start, end, sentence }) => [
    severity,
    text.slice(start, end),
    sentence,
  ]);
}

describe('readFilter', () => {
  it.each([
    ['actoin == x', 'actoin', 'There is no field actoin; did you mean action?'],
    ['a.b.c', 'a.b.c', 'There is no field a.b.c.'],
    ['link[0] == 1', 'link[0]', 'There is no field link[0].'],
    ['latency > 5parsecs', '5parsecs', 'parsecs is no unit of it: latency has the units us, µs, ms, s and min.'],
    ['entry == 5ms', '5ms', 'ms is no unit of it: entry has no unit.'],
    ['latency > "x"', '"x"', 'latency is a number, such as 500ms.'],
    ['size > big', 'big', 'size is a number, such as 2kB.'],
    ['latency > 1e999', '1e999', 'This number is too large.'],
    ['time > 25:00', '25:00', 'There is no such time; write it as 10:05:00, 2026-11-20 or 2026-11-20T10:05:00Z.'],
    ['time > noon', 'noon', 'time is compared with a time; write it as 10:05:00, 2026-11-20 or 2026-11-20T10:05:00Z.'],
    ['type == CALLL', 'CALLL', '"CALLL" is no value of type; did you mean call?'],
    ['type > call', 'type > call', 'type cannot be compared by >; use ==, != or in.'],
    ['version == 2.0', '2.0', 'This is no value of version; it is 1.6, 2.0.1 or 2.1.'],
    ['finding == maybe', 'maybe', 'finding is yes or no: write finding or not finding.'],
    ['finding > true', 'finding > true', 'finding is yes or no: write finding or not finding.'],
    ['station < a', 'station < a', 'station cannot be compared by <; use ==, !=, contains, matches or in.'],
    ['station == 5', '5', 'station is a text: write "5".'],
    ['station matches "("', '"("', 'This is no regular expression: missing closing ): `(`.'],
    ['payload.a > true', 'true', 'true is neither less nor more than anything; use == or !=.'],
    ['payload.a contains 5', '5', 'contains takes a text: write "5".'],
    ['payload.a > 5s', '5s', 'Values of a payload have no unit: write 5.'],
    ['payload.a == 2026-02-30', '2026-02-30', /^There is no such time/],
    ['payload.a matches "(?=x)"', '"(?=x)"', /^This is no regular expression/],
    ['action in []', 'action in []', 'The list has no values.'],
    ['action not in [5]', '5', 'action is a text: write "5".'],
  ])('refuses %s: at %s %s', (text, place, sentence) => {
    const read = readFilter(text, KNOWLEDGE);
    expect(read.filter).toBeUndefined();
    const [fault] = faults(text).filter(([severity]) => severity === 'error');
    expect(fault?.slice(0, 2)).toEqual(['error', place]);
    if (typeof sentence === 'string') expect(fault?.[2]).toBe(sentence);
    else expect(fault?.[2]).toMatch(sentence);
  });

  it.each([
    ['action == Heartbet', 'Heartbet', '"Heartbet" is no known value of action; did you mean Heartbeat?'],
    [
      'action == TransactionEvent and payload.eventTyp == Started',
      'payload.eventTyp',
      'TransactionEvent has no "eventTyp" there; did you mean eventType?',
    ],
    [
      '(payload.eventType == Strted or edited) and action == TransactionEvent',
      'Strted',
      '"Strted" is no known value of payload.eventType; did you mean Started?',
    ],
    ['""', '""', 'This text is empty; every frame contains it.'],
  ])('warns of %s: at %s %s', (text, place, sentence) => {
    expect(faults(text)).toEqual([['warning', place, sentence]]);
    expect(readFilter(text, KNOWLEDGE).filter).toBeDefined();
  });

  it('does not judge what it does not know', () => {
    expect(faults('action == DataTransfer and payload.data.anything == 1')).toEqual([]);
    expect(faults('payload.anything == "whatever"')).toEqual([]);
    expect(faults('action == TransactionEvent or payload.whatever == 1')).toEqual([]);
    expect(readFilter('action == Whatever').problems).toEqual([]);
  });

  it('does not judge what is half written as well', () => {
    expect(faults('acti == "x')).toHaveLength(2);
    expect(faults('type == "x')).toEqual([['error', '"x', 'This text has no closing quote.']]);
  });
});

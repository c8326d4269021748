import { describe, expect, it } from 'vitest';
import type { TimelineRow } from '../timeline.ts';
import { readFilter } from './check.ts';
import { compilePredicate } from './predicate.ts';
import type { FilterSubject } from './subject.ts';

/** A place one hour ahead of UTC until noon of the day, two from then on. */
const NOON = Date.UTC(2026, 10, 20, 12);
const PLACE = { offsetAt: (instant: number) => (instant < NOON ? 3_600_000 : 7_200_000) };

const ROW: TimelineRow = {
  entry: 7,
  kind: 'frame',
  wall: Date.UTC(2026, 10, 20, 9, 5, 30, 250),
  link: 2,
  station: 'CS-1',
  version: '2.0.1',
  direction: 'to-csms',
  type: 'CALL',
  action: 'Authorize',
  messageId: 'id-7',
  summary: 'Card CARD7',
  call: null,
  answer: 8,
  latency: null,
  severity: 'warning',
  findings: 2,
  size: 1500,
  origin: 'received',
  original: null,
  fate: 'delayed',
};

interface Given {
  readonly row?: Partial<TimelineRow>;
  readonly text?: string;
  readonly answer?: string;
}

function subject({ row, text, answer }: Given): FilterSubject {
  return {
    row: { ...ROW, ...row },
    conversation: 1,
    text: () => text,
    findingRules: () => ['schema.required', 'rpc.late'],
    counterpart: () => (answer === undefined ? undefined : { type: 'CALLRESULT', text: answer }),
  };
}

function passes(filter: string, given: Given = {}): boolean {
  const read = readFilter(filter);
  if (read.filter === undefined) throw new Error(read.problems.map(({ sentence }) => sentence).join(' '));
  return compilePredicate(read.filter, PLACE)(subject(given));
}

describe('a filter on one entry', () => {
  it.each([
    ['entry == 7 and number != 8', true],
    ['station == "cs-1"', false],
    ['station contains "cs-" and station matches "S-[0-9]$"', true],
    ['type == call and type == CALL and not type in [result, error]', true],
    ['version >= 2.0.1 and version < 2.1', true],
    ['finding.severity > info and finding.severity < error', true],
    ['finding.rule == "rpc.late" and finding.rule matches "^schema"', true],
    ['finding.rule != "rpc.late"', false],
    ['finding.count == 2 and finding == true', true],
    ['size == 1.5kB and size > 1499B', true],
    ['latency < 1s', false],
    ['latency != 1s', true],
    ['latency', false],
    ['answered and received and not sent', true],
    ['fate == delayed and not edited and not dropped', true],
    ['conversation == 1 and link == 2', true],
    ['"x"', false],
    ['errorCode != "x"', true],
  ])('%s: %s', (filter, expected) => {
    expect(passes(filter)).toBe(expected);
  });

  it.each([
    ['latency >= 1.5s', 1500, true],
    ['latency > 1500ms', 1500, false],
    ['latency == 1500000us', 1500, true],
    ['latency <= 0.025min', 1500, true],
  ])('%s of %d ms: %s', (filter, latency, expected) => {
    expect(passes(filter, { row: { latency } })).toBe(expected);
  });

  it.each([
    // 10:05:30.250 in the morning, local time.
    ['time == 10:05', true],
    ['time > 10:05', false],
    ['time >= 10:05', true],
    ['time < 10:05:31 and time > 10:05:29', true],
    ['time == 10:05:30.2', true],
    ['time == 10:05:30.25', true],
    ['time == 10:05:30.26', false],
    ['time == 2026-11-20', true],
    ['time > 2026-11-20', false],
    ['time == 2026-11-20T09:05Z', true],
    ['time == 2026-11-20T10:05:30+01:00', true],
    ['time < "2026-11-20T10:05:30"', false],
  ])('%s: %s', (filter, expected) => {
    expect(passes(filter)).toBe(expected);
  });

  it('takes a time of day by the clock of the instant', () => {
    const row = { wall: NOON };
    expect(passes('time == 14:00', { row })).toBe(true);
    expect(passes('time == 13:00', { row })).toBe(false);
    expect(passes('time == 12:59:59', { row: { wall: NOON - 1000 } })).toBe(true);
  });

  it.each([
    ['payload.a == 1', '{"a":1}', true],
    ['payload.a == "1"', '{"a":1}', false],
    ['payload.a', '{"a":null}', true],
    ['payload.a', '{"b":1}', false],
    ['payload.a != 1', '{"b":1}', true],
    ['payload.a == null', '{"a":null}', true],
    ['payload.a[0].b == "x"', '{"a":[{"b":"x"}]}', true],
    ['payload.a[*].b == "x"', '{"a":[{"b":"y"},{"b":"x"}]}', true],
    ['payload.a[*].b == "x"', '{"a":{"b":"x"}}', false],
    ['payload.toString', '{}', false],
    ['payload.__proto__ == 1', '{"__proto__":1}', true],
    ['payload.a == 2', '{"a":1,"a":2}', true],
    ['payload.t < 2026-11-20T10:00:00Z', '{"t":"2026-11-20T09:00:00.000Z"}', true],
    ['payload.t == 10:00', '{"t":"2026-11-20T09:00:30Z"}', true],
    ['payload.t < 2026-11-21', '{"t":"2026-11-20T09:00:00"}', false],
    ['payload.a contains "STRASSE"', '{"a":"Straße"}', false],
    ['payload.a contains "straßE"', '{"a":"In der Straße"}', true],
    ['payload.a > 9 and payload.b > "B"', '{"a":10,"b":"a"}', true],
    ['payload', 'null', true],
    ['request.a == 1 and payload.a == 1', '{"a":1}', true],
    ['response.a == 1', '{"a":1}', false],
  ])('%s of %s: %s', (filter, payload, expected) => {
    expect(passes(filter, { text: `[2,"id-7","Authorize",${payload}]` })).toBe(expected);
  });

  it('looks at the other side of the exchange', () => {
    const given = { text: '[2,"a","Authorize",{"b":1}]', answer: '[3,"a",{"status":"Invalid"}]' };
    expect(passes('response.status == "Invalid" and request.b == 1', given)).toBe(true);
    expect(passes('payload.status', given)).toBe(false);
    expect(passes('response.status', { ...given, row: { answer: null } })).toBe(false);
  });

  it('knows what was edited from both of its frames', () => {
    expect(passes('edited', { row: { origin: 'edited', fate: null, original: 6 } })).toBe(true);
    expect(passes('edited and received', { row: { fate: 'edited' } })).toBe(true);
    expect(passes('injected', { row: { origin: 'injected' } })).toBe(true);
    expect(passes('original == 6', { row: { original: 6 } })).toBe(true);
  });

  it.each([undefined, '', 'null', '[', '[2]', '{"3":{"a":1}}', '[2,"id","A",{a:1}]'])(
    'survives the frame %s',
    (text) => {
      expect(passes('payload.a or payload[0] or response.a or text contains "a" and payload', { text })).toBe(false);
      expect(passes('errorCode', { text, row: { type: 'CALLERROR' } })).toBe(false);
    },
  );

  it('takes no time over an expression that other engines choke on', () => {
    expect(passes('text matches "^(a+)+$"', { text: `${'a'.repeat(50_000)}!` })).toBe(false);
  });
});

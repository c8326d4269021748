import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterNode } from '../../../session/filter/ast.ts';
import { readFilter } from '../../../session/filter/check.ts';
import type { FilterEnvironment } from '../../../session/filter/environment.ts';
import { compilePredicate } from '../../../session/filter/predicate.ts';
import { filterText } from '../../../session/filter/print.ts';
import { meaningfulFilter } from '../../../session/filter/testing/arbitrary-filter.ts';
import { compileFilter } from './compile-filter.ts';
import { FilterScans } from './filter-scans.ts';
import { fewWords, type MadeEntry, madeEntries } from './testing/arbitrary-session.ts';
import { madeSession, subjectsOf } from './testing/made-session.ts';

/** A place whose clocks change in the midst of the session. */
const PLACE: FilterEnvironment = { offsetAt: (instant) => (instant < 1_795_169_130_500 ? 7_200_000 : -5_400_000) };
const RUNS = Number(process.env.FILTER_RUNS ?? 60);

/** A session and filters that ask for what could be in it. */
const questions = fewWords.chain((words) =>
  fc.record({
    entries: madeEntries(words),
    filters: fc.array(meaningfulFilter(words), { minLength: 1, maxLength: 30, size: 'max' }),
  }),
);

describe('a filter as SQL', () => {
  it('lets the same entries pass as on live frames', () => {
    fc.assert(
      fc.property(questions, ({ entries, filters }) => {
        const session = madeSession();
        for (const entry of entries) session.add(entry);
        session.commit();
        const scans = new FilterScans(session.database, PLACE);
        const subjects = subjectsOf(session.queries);
        for (const filter of filters) {
          const passes = compilePredicate(filter, PLACE);
          const expected = subjects.filter(passes).map(({ row }) => row.entry);
          const scan = scans.open(filter);
          expect(scan.matching(0, entries.length), filterText(filter)).toEqual(expected);
          expect(scan.among(subjects.map(({ row }) => row.entry)), filterText(filter)).toEqual(expected);
          // What is not in the range is not looked at.
          expect(expected.filter((entry) => entry < scan.range.from || entry > scan.range.to)).toEqual([]);
          scan.release();
        }
        session.database.close();
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    // What LIKE does not see, for it stops at the character NUL.
    ['summary contains "b"', { summary: 'a\0b' }, true],
    ['text contains "b"', { text: '[2,"a\0b"]' }, true],
    // The order of UTF-16, in which the second plane comes before the end of the first.
    ['payload.a < "\uffee"', { text: '[2,"i","Boot",{"a":"😀"}]' }, true],
    ['payload.a > "😀"', { text: '[2,"i","Boot",{"a":"\uffee"}]' }, true],
    // A property that is there twice: the last one counts.
    ['payload.a == 2', { text: '[2,"i","Boot",{"a":1,"a":2}]' }, true],
    ['payload.a', { text: '[2,"i","Boot",{"\\u0061":1}]' }, true],
    ['payload.a == "x"', { text: '[2,"i","Boot",{"a":"\\u0078"}]' }, true],
    // Numbers as JavaScript has them.
    ['payload.a == 9007199254740992', { text: '[2,"i","Boot",{"a":9007199254740993}]' }, true],
    ['payload.a == 0', { text: '[2,"i","Boot",{"a":-0.0}]' }, true],
    ['payload.a < 0', { text: '[2,"i","Boot",{"a":-9223372036854775808}]' }, true],
    ['payload.a > 1e308', { text: '[2,"i","Boot",{"a":1e999}]' }, true],
    ['payload.a == 0.1', { text: '[2,"i","Boot",{"a":0.1000000000000000055}]' }, true],
    // JSON that SQLite reads and JavaScript does not, and the other way round.
    ['payload.a', { text: '[2,"i","Boot",{a:1}]' }, false],
    ['payload.a', { text: `[2,"i","Boot",{"a":1,"b":${'['.repeat(1500)}${']'.repeat(1500)}}]` }, true],
    ['payload', { text: '[2,"i","Boot",null]' }, true],
    ['payload.a', { text: '[2,"i","Boot",null]' }, false],
    ['payload.a == "[1]"', { text: '[2,"i","Boot",{"a":[1]}]' }, false],
    ['payload["a\0b"] == 1', { text: '[2,"i","Boot",{"a":1}]' }, false],
    ['payload.a contains "straSSE"', { text: '[2,"i","Boot",{"a":"Straße"}]' }, false],
    ['payload.a contains "ÄÖ"', { text: '[2,"i","Boot",{"a":"xäöx"}]' }, true],
  ] as const)('%s of %j: %s', (text, { summary, text: frame }: { summary?: string; text?: string }, expected) => {
    expect(passing(text, { ...FRAME, summary: summary ?? '', data: Buffer.from(frame ?? '[]') })).toBe(expected);
  });

  it.each([
    `station == "x'; DROP TABLE entry; --"`,
    "payload[\"a') OR 1=1 --\"] == \"' OR '1'='1\"",
    'payload["\\" || (SELECT name FROM station) || \\""]',
    'summary contains "%\' OR 1=1 --" or "\') OR (1=1"',
    'finding.rule matches "x\'. OR .1=1"',
    'errorCode in ["a\', \'b", "c\');--"]',
  ])('keeps what a user wrote out of the SQL: %s', (text) => {
    expect(passing(text, FRAME)).toBe(false);
    const numbers = { value: () => 1, frame: () => 2 };
    const node = readFilter(text).filter;
    const { sql, values } = compileFilter(node as FilterNode, numbers, PLACE);
    expect(sql).toMatch(/^[\w\s.,?()<>=|*+\-$[\]'%\\]*$/);
    expect(sql).not.toMatch(/DROP|OR 1=1|--|SELECT name/);
    expect(values.length).toBe(sql.split('?').length - 1);
  });

  it.each([
    [Array.from({ length: 900 }, () => '""').join('or')],
    [Array.from({ length: 300 }, () => 'payload.a').join(' or ')],
    [`payload.a in [${Array.from({ length: 1900 }, () => '1').join()}]`],
    [`payload.a in [${Array.from({ length: 700 }, () => '"ab"').join()}]`],
    [`${'not ('.repeat(32)}${Array.from({ length: 190 }, () => 'response.a == 1').join(' and ')}${')'.repeat(32)}`],
    [`payload${'.a'.repeat(1990)}`],
    [`text contains "${'_%'.repeat(1900)}"`],
    [`payload.a == "${'ä'.repeat(3900)}"`],
  ])('takes the longest filters that there can be: %.30s', (text) => {
    expect(typeof passing(text, FRAME)).toBe('boolean');
  });
});

/** A frame like others. */
const FRAME: MadeEntry = {
  kind: 'frame',
  wall: 0,
  link: 1,
  direction: 'to-csms',
  type: 'CALL',
  action: 'A',
  messageId: 'i',
  summary: '',
  answers: 0,
  latency: null,
  findings: [],
  content: 'text',
  data: Buffer.from('[2,"i","Boot",{"a":1}]'),
  origin: 'received',
  fate: null,
};

/** Whether an entry passes a filter in SQL, which has to be so on live frames too. */
function passing(text: string, entry: MadeEntry): boolean {
  const read = readFilter(text);
  if (read.filter === undefined) throw new Error(read.problems.map(({ sentence }) => sentence).join(' '));
  const session = madeSession();
  session.add(entry);
  session.commit();
  const found = new FilterScans(session.database, PLACE).open(read.filter).matching(0, 1).length === 1;
  expect(subjectsOf(session.queries).filter(compilePredicate(read.filter, PLACE)).length === 1, 'on live frames').toBe(
    found,
  );
  session.database.close();
  return found;
}

import fc from 'fast-check';
import type { Vocabulary } from '../../../../session/filter/testing/arbitrary-filter.ts';
import type { Finding } from '../../../../session/finding.ts';
import { FATES, type Fate, FRAME_ORIGINS, type FrameOrigin, type RowType } from '../../../../session/timeline.ts';

/** Words that are awkward in SQL, in LIKE, in JSON paths, in UTF-8 or in UTF-16. */
const WORDS: Vocabulary = {
  texts: [
    ...[
      'a',
      'A',
      'b',
      'Started',
      '',
      'null',
      'true',
      '5',
      '%',
      '_',
      'a_b',
      '100%',
      "' OR 1=1 --",
      '"',
      '\\',
      'x"y',
      '[1]',
    ],
    ...[
      'ß',
      'SS',
      'Straße',
      'ÄÖ',
      'äö',
      'σς',
      'ΣΣ',
      'İ',
      'i̇',
      '\u212a',
      'k',
      '\u0000',
      'a\u0000b',
      '\ud83d\ude00',
      '\ufffd',
    ],
    ...['\uffee', 'z', '2026-11-20T10:05:30Z', '2026-11-20T12:05:30+02:00', '{"a":1}', '*', '?', '\n'],
  ],
  keys: ['a', 'b', 'A', 'é', 'a.b', 'a b', '%', '_', '$', '0', '', '__proto__', 'x"y', '\\', '\u0000', '[0]', '#-1'],
  numbers: [
    ...[0, 1, -1, 2, 3, 0.1, 0.30000000000000004, 1e21, -5, 1.5, 230, 9007199254740992],
    ...[2 ** 63, -(2 ** 63), 2 ** 64, 1e308, 5e-324, 100, 1_795_169_130_000],
  ],
  times: ['10:05', '10:05:30', '2026-11-20', '2026-11-20T10:05:30Z', '2026-11-20T10:05', '23:59:59', '0:00'],
  patterns: [
    ...['Star[a-z]', 'a_b?', '100%', 'x"y', 'STRA', 'null', '05:30Z$'],
    'a',
    '^a',
    'a$',
    '.',
    '^$',
    'St.*d',
    '[äß]',
    '(?i)ss',
    String.raw`\d+`,
    '\u212a',
    '\ud83d\ude00',
    String.raw`\x00`,
  ],
};

/** A few of the words: what is asked for is to be there. */
export const fewWords: fc.Arbitrary<Vocabulary> = fc.record({
  texts: few(WORDS.texts, 5),
  keys: few(WORDS.keys, 2),
  numbers: few(WORDS.numbers, 4),
  times: few(WORDS.times, 3),
  patterns: few(WORDS.patterns, 3),
});

function few<T>(words: readonly T[], count: number): fc.Arbitrary<readonly T[]> {
  return fc.uniqueArray(fc.constantFrom(...words), { minLength: count, maxLength: count });
}

/** Texts of JSON numbers that the two readers of JSON could take differently. */
const NUMBERS = [
  ...['0', '-0', '1', '1.0', '1e0', '10e-1', '-1', '0.1', '0.30000000000000004', '0.3', '1e21', '1e400', '-1e400'],
  ...['9007199254740992', '9007199254740993', '9007199254740992.5', '9223372036854775807', '9223372036854775808'],
  ...['-9223372036854775808', '18446744073709551616', '5e-324', '1e-400', '2', '3', '230.0', '0.1000000000000000055'],
  ...['123456789012345678901234567890', '1.7976931348623157e308', '1.7976931348623159e308', '-5', '1.50'],
];

/** An entry as the session of a test has it. */
export interface MadeEntry {
  readonly kind: 'frame' | 'opened' | 'closed';
  readonly wall: number;
  readonly link: number;
  readonly direction: 'to-csms' | 'to-station';
  /** What the row says of the frame, whatever the frame is. */
  readonly type: RowType;
  readonly action: string | null;
  readonly messageId: string | null;
  readonly summary: string;
  /** How many entries before this one is the CALL that it answers; 0 for none. */
  readonly answers: number;
  readonly latency: number | null;
  readonly findings: readonly Finding[];
  readonly content: 'text' | 'binary' | 'invalid-utf-8';
  readonly data: Buffer;
  readonly origin: FrameOrigin;
  readonly fate: Fate | null;
}

const MESSAGE = [2, 3, 4, 5, 6] as const;
const TYPE_OF: Readonly<Record<(typeof MESSAGE)[number], RowType>> = {
  2: 'CALL',
  3: 'CALLRESULT',
  4: 'CALLERROR',
  5: 'CALLRESULTERROR',
  6: 'SEND',
};

/** JSON texts, with anything that JSON allows and a parser may stumble over. */
function jsonText({ texts, keys, numbers }: Vocabulary, start: 'value' | 'object'): fc.Arbitrary<string> {
  const string = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...texts).chain(encoded) },
    { weight: 1, arbitrary: fc.constantFrom(String.raw`"\ud800"`, String.raw`"\udc00a"`) },
  );
  const number = fc.oneof(fc.constantFrom(...NUMBERS), fc.constantFrom(...numbers).map(String));
  return fc.letrec<{ value: string; object: string }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: string },
      { weight: 3, arbitrary: number },
      { weight: 1, arbitrary: fc.constantFrom('true', 'false', 'null', '{}', '[]') },
      { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join()}]`) },
      { weight: 1, arbitrary: tie('object') },
    ),
    object: fc
      .array(fc.tuple(fc.constantFrom(...keys).chain(encoded), tie('value')), {
        minLength: 1,
        maxLength: 3,
        size: 'max',
      })
      // The same name twice is what JSON allows as well.
      .map((properties) => `{${properties.map(([name, value]) => `${name} : ${value}`).join(', ')}}`),
  }))[start];
}

/** A string of JSON, some of its characters by escapes. */
function encoded(text: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(JSON.stringify(text)) },
    {
      weight: 1,
      arbitrary: fc.constant(
        `"${text.replace(/[\s\S]/g, (unit) => String.raw`\u` + unit.charCodeAt(0).toString(16).padStart(4, '0'))}"`,
      ),
    },
  );
}

/** The JSON text of a frame, and what it is. */
interface Whole {
  readonly type: RowType;
  readonly text: string;
}

function whole(words: Vocabulary): fc.Arbitrary<Whole> {
  const payload = fc.oneof(
    { weight: 8, arbitrary: jsonText(words, 'object') },
    { weight: 1, arbitrary: jsonText(words, 'value') },
  );
  return fc
    .tuple(fc.constantFrom(...MESSAGE), payload, fc.constantFrom('', ' ', '\n\t'), fc.constantFrom(...words.texts))
    .map(([type, json, blank, text]) => {
      const words = type > 3 && type < 6 ? `,${JSON.stringify(text)},"words"` : type === 3 ? '' : ',"Heartbeat"';
      return { type: TYPE_OF[type], text: `${blank}[${type},"id"${words},${blank}${json}]` };
    });
}

/** Frames that are no messages; what their rows say of them is a lie, as in a file that someone made. */
function broken(words: Vocabulary): fc.Arbitrary<Whole> {
  const key = JSON.stringify(words.keys[0]);
  const near = (payload: string): string => `[2,"id","Boot",${payload}]`;
  const text = fc.oneof(
    jsonText(words, 'value'),
    fc.constantFrom(
      ...['', '[', near('{a:1}'), `[2,'id','A',{'a':1}]`, `[2,"id","Boot",{${key}:1},]`, near(`{${key}:+1}`)],
      ...[near(`{${key}:NaN}`), near(`{${key}:.5}`), near(`{${key}:0x10}`), `${near(`{${key}:1}`)} x`],
      ...[`\ufeff${near(`{${key}:1}`)}`, near(`{${key}:"\u0001"}`), near(`{${key}:"\n"}`), `{"3":{${key}:1}}`],
      ...[near(`${'['.repeat(3000)}${']'.repeat(3000)}`), `${near(`{${key}:1}`)}\u0000`, near(`{${key}:"\u0000"}`)],
      near(`{${key}:1,"deep":${'{"a":'.repeat(1200)}1${'}'.repeat(1200)}}`),
    ),
    whole(words).chain(({ text }) => fc.nat(text.length).map((length) => text.slice(0, length).toWellFormed())),
  );
  return fc.record({ type: fc.constantFrom<RowType[]>('CALL', 'CALLRESULT', 'CALLERROR', 'malformed'), text });
}

function frame(words: Vocabulary): fc.Arbitrary<Pick<MadeEntry, 'type' | 'content' | 'data'>> {
  const content = fc.oneof(
    { weight: 8, arbitrary: fc.constant('text' as const) },
    { weight: 1, arbitrary: fc.constantFrom('binary' as const, 'invalid-utf-8' as const) },
  );
  return fc
    .tuple(fc.oneof({ weight: 6, arbitrary: whole(words) }, { weight: 1, arbitrary: broken(words) }), content)
    .map(([{ type, text }, kind]) => ({
      type,
      content: kind,
      data: kind === 'invalid-utf-8' ? Buffer.concat([Buffer.from(text), Buffer.from([0xff])]) : Buffer.from(text),
    }));
}

const WALLS = [
  ...[1_795_169_130_000, 1_795_169_130_999.75, 1_795_169_131_000, 1_795_169_100_000, 1_795_132_800_000],
  ...[1_795_132_799_999.5, 1_795_219_200_000, 0, 1_795_165_530_000],
];

/** A finding whose rule is one of these words. */
export function madeFinding({ texts }: Vocabulary): fc.Arbitrary<Finding> {
  return fc.record({
    severity: fc.constantFrom('info', 'warning', 'error'),
    rule: fc.constantFrom(...texts),
    requirements: fc.constant([]),
    sentence: fc.constant(''),
  });
}

/** A few entries of these words. */
export function madeEntries(words: Vocabulary): fc.Arbitrary<readonly MadeEntry[]> {
  const word = fc.constantFrom(...words.texts);
  const row = fc.record({
    kind: fc.constantFrom('frame', 'frame', 'frame', 'frame', 'frame', 'frame', 'opened', 'closed'),
    wall: fc.constantFrom(...WALLS),
    link: fc.integer({ min: 1, max: 3 }),
    direction: fc.constantFrom('to-csms', 'to-station'),
    action: fc.option(word),
    messageId: fc.option(word),
    summary: word,
    answers: fc.nat(3),
    latency: fc.option(fc.constantFrom(0, 1, 1.5, 100, 230)),
    findings: fc.oneof(fc.constant([]), fc.array(madeFinding(words), { maxLength: 2 })),
    origin: fc.constantFrom(...FRAME_ORIGINS),
    fate: fc.option(fc.constantFrom(...FATES)),
  } as const);
  const entry = fc.tuple(row, frame(words)).map(([facts, made]): MadeEntry => ({ ...facts, ...made }));
  return fc.array(entry, { minLength: 1, maxLength: 12 });
}

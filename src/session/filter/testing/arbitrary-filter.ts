import fc from 'fast-check';
import { OCPP_VERSIONS } from '../../../ocpp/version.ts';
import type { FieldRef, FilterNode, Literal, Operator, PathStep } from '../ast.ts';
import { joined, PAYLOAD_SIDES } from '../ast.ts';
import { FIELDS, type FieldName, type FieldType, operatorsOf } from '../fields.ts';

/** What filters speak of, so that they meet what a session of the same words holds. */
export interface Vocabulary {
  readonly texts: readonly string[];
  readonly keys: readonly string[];
  readonly numbers: readonly number[];
  /** Times as they are written, of the day and of a date. */
  readonly times: readonly string[];
  readonly patterns: readonly string[];
}

const MESSAGE_TYPES = ['call', 'result', 'error', 'callresulterror', 'send', 'malformed', 'CALL', 'CALLRESULT'];
const KEYWORDS = /^(and|or|not|in|exists|contains|matches|true|false|null)$/i;
const DEPTH = 3;

/** Filters that have a meaning. */
export function meaningfulFilter(words: Vocabulary): fc.Arbitrary<FilterNode> {
  const fields = Object.entries(FIELDS) as [FieldName, (typeof FIELDS)[FieldName]][];
  const rowCondition = fc
    .constantFrom(...fields)
    .chain(([name, { type }]) => condition(fc.constant<FieldRef>({ kind: 'row', name }), type, name, words));
  const payload = condition(payloadField(words.keys), { kind: 'json' }, '', words);
  const text = fc.constantFrom(...words.texts).map((each): FilterNode => ({ kind: 'text', text: each }));
  return nested(
    fc.oneof({ weight: 2, arbitrary: rowCondition }, { weight: 4, arbitrary: payload }, { weight: 1, arbitrary: text }),
  );
}

/** Any tree that a text can be read as, whether it means something or not. */
export function anyFilter(): fc.Arbitrary<FilterNode> {
  const text = fc.string({ unit: 'grapheme' }).map((each) => each.toWellFormed());
  const key = fc.oneof(fc.constantFrom('a', 'in', 'true', '*', '0', 'a-b', '"', '\\', ''), text);
  const word = fc.stringMatching(/^[A-Za-z_][\w-]{0,8}$/).filter((each) => !KEYWORDS.test(each));
  const name = fc.oneof(fc.constantFrom(...Object.keys(FIELDS)), word);
  const isRow = (each: string): boolean =>
    !/^(payload|request|response|number|id)$/.test(each) && !PAYLOAD_SIDES.some((side) => side === each);
  const field = fc.oneof(
    name.filter(isRow).map((each): FieldRef => ({ kind: 'row', name: each })),
    payloadField([]).chain((ref) =>
      fc.array(step(key), { maxLength: 4 }).map((path): FieldRef => ({ ...ref, path }) as FieldRef),
    ),
  );
  const literal = fc.oneof<fc.Arbitrary<Literal>[]>(
    text.map((value) => ({ kind: 'string', value })),
    word.map((value) => ({ kind: 'word', value })),
    fc
      .constantFrom(...OCPP_VERSIONS.filter((version) => version.split('.').length > 2))
      .map((value) => ({ kind: 'word', value })),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => ({ kind: 'number', value: value + 0 })),
    fc.tuple(fc.integer(), fc.constantFrom('ms', 's', 'µs', 'min', 'kB', 'parsecs')).map(([value, unit]) => ({
      kind: 'number',
      value,
      unit,
    })),
    fc.boolean().map((value) => ({ kind: 'boolean', value })),
    fc.constant({ kind: 'null' }),
    fc
      .constantFrom('10:05', '7:30:00', '10:05:00.25', '2026-11-20', '2026-11-20T10:05:00Z', '2026-11-20T10:05+01:00')
      .map((value) => ({ kind: 'time', value })),
  );
  const operators: readonly Operator[] = operatorsOf({ kind: 'json' });
  const leaf = fc.oneof<fc.Arbitrary<FilterNode>[]>(
    fc.record({ kind: fc.constant('compare'), field, operator: fc.constantFrom(...operators), value: literal }),
    fc.record({ kind: fc.constant('in'), field, negated: fc.boolean(), values: fc.array(literal, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('exists'), field }),
    text.map((each) => ({ kind: 'text', text: each })),
  );
  return nested(leaf);
}

function nested(leaf: fc.Arbitrary<FilterNode>): fc.Arbitrary<FilterNode> {
  const { node } = fc.letrec<{ node: FilterNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: DEPTH, withCrossShrink: true },
      { weight: 8, arbitrary: leaf },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('node'), { minLength: 1, maxLength: 3 }))
          .map(([kind, nodes]) => joined(kind, nodes) as FilterNode),
      },
      { weight: 1, arbitrary: tie('node').map((operand): FilterNode => ({ kind: 'not', operand })) },
    ),
  }));
  return node;
}

function step(key: fc.Arbitrary<string>): fc.Arbitrary<PathStep> {
  return fc.oneof(
    { weight: 8, arbitrary: key.map((name): PathStep => ({ kind: 'key', name })) },
    { weight: 1, arbitrary: fc.nat(2).map((index): PathStep => ({ kind: 'index', index })) },
    { weight: 1, arbitrary: fc.constant<PathStep>({ kind: 'any' }) },
  );
}

function payloadField(keys: readonly string[]): fc.Arbitrary<FieldRef> {
  const steps = (length: number): fc.Arbitrary<readonly PathStep[]> =>
    keys.length === 0
      ? fc.constant([])
      : fc.array(step(fc.constantFrom(...keys)), { minLength: length, maxLength: length });
  const path = fc.oneof(
    { weight: 1, arbitrary: steps(0) },
    { weight: 6, arbitrary: steps(1) },
    { weight: 3, arbitrary: steps(2) },
    { weight: 1, arbitrary: steps(3) },
  );
  return fc.record({
    kind: fc.constant('payload'),
    side: fc.constantFrom('payload' as const, 'payload' as const, 'request' as const, 'response' as const),
    path,
  });
}

function condition(
  field: fc.Arbitrary<FieldRef>,
  type: FieldType,
  name: string,
  words: Vocabulary,
): fc.Arbitrary<FilterNode> {
  const compare = fc.constantFrom(...operatorsOf(type)).chain((operator) =>
    fc.record({
      kind: fc.constant('compare'),
      field,
      operator: fc.constant(operator),
      value: literal(type, name, operator, words),
    }),
  );
  const among = fc.record({
    kind: fc.constant('in'),
    field,
    negated: fc.boolean(),
    values: fc.array(literal(type, name, '==', words), { minLength: 1, maxLength: 3 }),
  });
  const exists = field.map((each) => ({ kind: 'exists', field: each }));
  return fc.oneof(
    { weight: 5, arbitrary: compare },
    { weight: 1, arbitrary: among },
    { weight: 2, arbitrary: exists },
  ) as fc.Arbitrary<FilterNode>;
}

function literal(type: FieldType, name: string, operator: Operator, words: Vocabulary): fc.Arbitrary<Literal> {
  const text: fc.Arbitrary<Literal> = fc.constantFrom(...words.texts).map((value) => ({ kind: 'string', value }));
  const number: fc.Arbitrary<Literal> = fc.constantFrom(...words.numbers).map((value) => ({ kind: 'number', value }));
  const time: fc.Arbitrary<Literal> = fc.constantFrom(...words.times).map((value) => ({ kind: 'time', value }));
  const yes: fc.Arbitrary<Literal> = fc.boolean().map((value) => ({ kind: 'boolean', value }));
  if (operator === 'matches') {
    return fc.constantFrom(...words.patterns).map((value) => ({ kind: 'string', value }));
  }
  switch (type.kind) {
    case 'number':
      return number;
    case 'boolean':
      return yes;
    case 'time':
      return time;
    case 'string':
      return text;
    case 'enum': {
      const names = name === 'type' ? MESSAGE_TYPES : Object.keys(type.values);
      return fc.constantFrom(...names).map((value) => ({ kind: 'word', value }));
    }
    case 'json': {
      if (operator === 'contains') return text;
      const ordered = fc.oneof(
        { weight: 3, arbitrary: text },
        { weight: 3, arbitrary: number },
        { weight: 1, arbitrary: time },
      );
      if (operator !== '==' && operator !== '!=') return ordered;
      return fc.oneof(
        { weight: 4, arbitrary: ordered },
        { weight: 1, arbitrary: yes },
        { weight: 1, arbitrary: fc.constant<Literal>({ kind: 'null' }) },
      );
    }
  }
}

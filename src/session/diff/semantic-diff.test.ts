import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonValue } from '../../ocpp/json.ts';
import { pointerKeys } from '../../ocpp/json-pointer.ts';
import { type Difference, type DiffOptions, semanticDiff } from './semantic-diff.ts';

function diff(a: JsonValue, b: JsonValue, options?: DiffOptions): readonly Difference[] {
  const result = semanticDiff(a, b, options);
  if (result === undefined) throw new Error('Too large to be compared');
  return result.differences;
}

const sample = (measurand: string, value: number, phase?: string): JsonValue => ({
  value,
  measurand,
  ...(phase ? { phase } : {}),
});
const line = (component: string, variable: string, value: string): JsonValue => ({
  component: { name: component },
  variable: { name: variable },
  variableAttribute: [{ type: 'Actual', value }],
});

describe('a semantic diff', () => {
  const cases: readonly [what: string, a: JsonValue, b: JsonValue, differences: readonly Difference[]][] = [
    ['knows no order of properties', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    [
      'names what was changed, added and removed',
      { evse: { id: 1 }, seqNo: 1, offline: true },
      { evse: { id: 2 }, seqNo: 1, reservationId: 3 },
      [
        { kind: 'changed', path: '/evse/id', old: 1, new: 2 },
        { kind: 'removed', path: '/offline', old: true },
        { kind: 'added', path: '/reservationId', new: 3 },
      ],
    ],
    ['tells a number from a text', { id: 1 }, { id: '1' }, [{ kind: 'changed', path: '/id', old: 1, new: '1' }]],
    [
      'knows sampled values by measurand and phase (J02.FR.14)',
      [sample('SoC', 60), sample('Voltage', 230, 'L1'), sample('Voltage', 231, 'L2')],
      [sample('Voltage', 230, 'L1'), sample('Voltage', 240, 'L2'), sample('SoC', 61)],
      [
        { kind: 'moved', path: '/2', oldPath: '/0', old: sample('SoC', 60), new: sample('SoC', 61) },
        { kind: 'changed', path: '/1/value', oldPath: '/2/value', old: 231, new: 240 },
        { kind: 'changed', path: '/2/value', oldPath: '/0/value', old: 60, new: 61 },
      ],
    ],
    [
      'knows the lines of a report by component and variable (B07.FR.04)',
      [line('OCPPCommCtrlr', 'HeartbeatInterval', '300'), line('AuthCtrlr', 'Enabled', 'true')],
      [line('AuthCtrlr', 'Enabled', 'false')],
      [
        { kind: 'removed', path: '/0', old: line('OCPPCommCtrlr', 'HeartbeatInterval', '300') },
        {
          kind: 'changed',
          path: '/0/variableAttribute/0/value',
          oldPath: '/1/variableAttribute/0/value',
          old: 'true',
          new: 'false',
        },
      ],
    ],
    [
      'keeps two items of the same name apart',
      [
        { key: 'a', value: 1 },
        { key: 'a', value: 2 },
      ],
      [
        { key: 'a', value: 1 },
        { key: 'a', value: 3 },
      ],
      [{ kind: 'changed', path: '/1/value', old: 2, new: 3 }],
    ],
    [
      'matches items without a name by their place',
      [{ limit: 16 }, { limit: 10 }],
      [{ limit: 16 }, { limit: 8 }, { limit: 6 }],
      [
        { kind: 'changed', path: '/1/limit', old: 10, new: 8 },
        { kind: 'added', path: '/2', new: { limit: 6 } },
      ],
    ],
    ['sees a list in place of an object', { a: [] }, { a: {} }, [{ kind: 'changed', path: '/a', old: [], new: {} }]],
    ['compares what is neither', 'a', null, [{ kind: 'changed', path: '', old: 'a', new: null }]],
    ['escapes pointers', { 'a/b~c': 1 }, {}, [{ kind: 'removed', path: '/a~1b~0c', old: 1 }]],
  ];
  it.each(cases)('%s', (_, a, b, expected) => {
    expect(diff(a, b)).toEqual(expected);
  });

  it('ignores ids that are handed out anew, and counts them', () => {
    const a = { transactionInfo: { transactionId: 't-1' }, evse: { id: 1 }, chargingProfile: { id: 3, stackLevel: 0 } };
    const b = { transactionInfo: { transactionId: 't-2' }, evse: { id: 2 }, chargingProfile: { id: 4, stackLevel: 0 } };
    expect(semanticDiff(a, b, { ignore: { ids: true } })).toEqual({
      differences: [{ kind: 'changed', path: '/evse/id', old: 1, new: 2 }],
      ignored: 2,
    });
    expect(diff(a, b)).toHaveLength(3);
  });

  it('counts an id that is missing, and tokens, even where ids are ignored', () => {
    const a = { transactionId: 1, idToken: { idToken: 'A' } };
    const b = { idToken: { idToken: 'B' } };
    expect(diff(a, b, { ignore: { ids: true } })).toHaveLength(2);
  });

  it('ignores times, but not a time that is none any more', () => {
    const a = {
      currentTime: '2026-11-20T10:05:00Z',
      meterValue: [{ timestamp: '2026-11-20T10:05:00.5+01:00', sampledValue: [] }],
    };
    const b = { currentTime: '2026-11-21T10:05:00.000Z', meterValue: [{ timestamp: 'soon', sampledValue: [] }] };
    expect(diff(a, b, { ignore: { times: true } })).toEqual([
      { kind: 'changed', path: '/meterValue/0/timestamp', old: '2026-11-20T10:05:00.5+01:00', new: 'soon' },
    ]);
  });

  it('gives up on lists that are too long to be matched, and on a name that objects cannot hold', () => {
    const long = Array.from({ length: 2001 }, (_, id) => ({ id }));
    expect(semanticDiff(long, [...long].reverse())).toBeUndefined();
    expect(semanticDiff(JSON.parse('{"__proto__":1}'), {})).toBeUndefined();
    expect(semanticDiff({ valueOf: null }, {})).toBeUndefined();
    expect(semanticDiff({}, { list: [{ toString: 1 }] })).toBeUndefined();
    expect(semanticDiff(long, [])).toBeDefined();
  });

  const INHERITED = Object.getOwnPropertyNames(Object.prototype);
  const values = fc
    .jsonValue({ maxDepth: 4 })
    .filter((value) => !INHERITED.some((name) => JSON.stringify(value).includes(name))) as fc.Arbitrary<JsonValue>;

  it('finds nothing exactly where the values are equal, and what it finds stands where it says', () => {
    fc.assert(
      fc.property(values, values, fc.boolean(), (a, b, same) => {
        const other = same ? (JSON.parse(JSON.stringify(a)) as JsonValue) : b;
        const found = diff(a, other);
        expect(found.length === 0).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(other)));
        for (const { kind, path, oldPath = path, old, new: next } of found) {
          if (kind !== 'added') expect(at(a, oldPath)).toEqual(old);
          if (kind !== 'removed') expect(at(other, path)).toEqual(next);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function at(value: JsonValue, pointer: string): JsonValue | undefined {
  return pointerKeys(pointer).reduce<JsonValue | undefined>((inner, key) => {
    if (Array.isArray(inner)) return (inner as readonly JsonValue[])[Number(key)];
    return isJsonObject(inner) ? inner[key] : undefined;
  }, value);
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  );
}

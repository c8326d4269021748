import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { ruleSchema, rulesFileSchema } from './rule.ts';
import { readRule, readRulesFile, rulesFileText } from './rules-file.ts';
import { rulesJsonSchema } from './rules-schema.ts';

const HEAD = { format: 'plugscope-rules', version: 1 };
const DROP = { name: 'Drop', action: { kind: 'drop' } };

/** What is wrong with a file of this content. */
function wrong(content: unknown): readonly string[] {
  const read = readRulesFile(typeof content === 'string' ? content : JSON.stringify(content));
  return read.ok ? [] : read.sentences;
}

describe('a file of rules', () => {
  it('is read with what may be left out, each rule under a number', () => {
    const read = readRulesFile(JSON.stringify({ ...HEAD, rules: [DROP, { ...DROP, id: 'rule-1' }, DROP] }));
    expect(read).toEqual({
      ok: true,
      settings: {
        seed: 1,
        rules: ['rule-2', 'rule-1', 'rule-3'].map((id) => ({
          id,
          name: 'Drop',
          enabled: true,
          direction: 'both',
          filter: '',
          limits: {},
          action: { kind: 'drop' },
        })),
      },
    });
  });

  it('is read back as it was written', () => {
    const settings = {
      seed: 42,
      rules: [
        ruleSchema.parse({
          id: 'a',
          name: 'ä😀',
          limits: { percent: 12.5 },
          action: { kind: 'delay', ms: 5, until: 'edited' },
        }),
        ruleSchema.parse({ id: 'b', name: '', enabled: false, action: { kind: 'set', pointer: '', value: null } }),
      ],
    };
    expect(readRulesFile(rulesFileText(settings))).toEqual({ ok: true, settings });
  });

  it('says what is wrong with it, and where', () => {
    expect(wrong('{\n  "format": plug }')).toEqual(['The text is no JSON: invalid symbol in line 2, column 13.']);
    expect(wrong([])).toEqual(['The file: It must be an object; it is an array of 0.']);
    expect(wrong({ ...HEAD, version: 2, sed: 1, rules: [] })).toEqual([
      'version: It must be 1; it is the number 2.',
      'sed: There is no property of this name.',
    ]);
    expect(wrong(HEAD)).toEqual(['rules: It is missing.']);
    expect(
      wrong({
        ...HEAD,
        seed: -1,
        rules: [
          { ...DROP, direction: 'up', extra: 1 },
          { name: 'Set', action: { kind: 'set', pointer: 'a' } },
          { name: '', action: { kind: 'bla' } },
          { name: 'Cut', action: { kind: 'corrupt', corruption: { how: 'truncate', keep: '3' } } },
          { name: 'Close', action: { kind: 'close', code: 1005, reason: '', passOn: true } },
        ],
      }),
    ).toEqual([
      'seed: It must be at least 0; it is the number -1.',
      'Rule 1 ("Drop"), direction: It must be one of "to-csms", "to-station", "both"; it is the string "up".',
      'Rule 1 ("Drop"), extra: There is no property of this name.',
      'Rule 2 ("Set"), action.pointer: It must be a JSON pointer such as /idToken/type, or empty for the whole payload.',
      'Rule 2 ("Set"), action.value: It is missing.',
      expect.stringMatching(/^Rule 3, action.kind: It must be one of "set", .*; it is the string "bla"\.$/),
      'Rule 4 ("Cut"), action.corruption.keep: It must be a number; it is the string "3".',
      'Rule 5 ("Close"), action.code: It must be a code that a close frame may carry: 1000 to 1003, 1007 to 1014, or 3000 to 4999.',
    ]);
  });

  it('is refused where it is nested too deep', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const action = `{"kind":"set","pointer":"/a","value":${deep}}`;
    expect(wrong(`{"format":"plugscope-rules","version":1,"rules":[{"name":"x","action":${action}}]}`)).toEqual([
      'It is nested too deep to be read.',
    ]);
    expect(readRule(`{"name":"x","action":${action}}`, 'x')).toMatchObject({ ok: false });
  });

  it('has no two rules of one id', () => {
    expect(wrong({ ...HEAD, rules: [{ ...DROP, id: 'a' }, DROP, { ...DROP, id: 'a' }] })).toEqual([
      'Rules 1 and 3 have the same id, "a".',
    ]);
  });

  it('lists the first twenty faults', () => {
    const sentences = wrong({ ...HEAD, rules: Array.from({ length: 30 }, () => ({ ...DROP, x: 1 })) });
    expect(sentences).toHaveLength(21);
    expect(sentences.at(-1)).toBe('And 10 more.');
  });
});

describe('one rule as text', () => {
  it('is read under its own id', () => {
    expect(readRule(JSON.stringify(DROP), 'mine')).toMatchObject({ ok: true, rule: { id: 'mine', name: 'Drop' } });
  });

  it('says what is wrong with it', () => {
    expect(readRule('{', 'x')).toEqual({ ok: false, sentences: [expect.stringContaining('no JSON')] });
    expect(readRule('[]', 'x')).toEqual({ ok: false, sentences: ['A rule is an object.'] });
    expect(readRule('{"name":"x","action":{"kind":"delay","ms":0.5}}', 'x')).toEqual({
      ok: false,
      sentences: ['action.ms: It must be a whole number; it is the number 0.5.'],
    });
  });
});

describe('schemas/rules.schema.json', () => {
  const shipped = JSON.parse(
    readFileSync(new URL('../../schemas/rules.schema.json', import.meta.url), 'utf8'),
  ) as object;

  it('is what the rules are checked by (npm run generate:schemas writes it)', () => {
    expect(shipped).toEqual(JSON.parse(JSON.stringify(rulesJsonSchema())));
  });

  it('takes and refuses the same files', () => {
    const validate = new Ajv({ strict: false }).compile(shipped);
    const file = (action: unknown, rest: object = {}) => ({ ...HEAD, rules: [{ name: 'x', action, ...rest }] });
    const files = [
      file({ kind: 'drop' }),
      file({ kind: 'drop', extra: 1 }),
      file({ kind: 'set', pointer: '/a~1b', value: { deep: [1, null] } }),
      file({ kind: 'set', pointer: '/a~2', value: 1 }),
      file({ kind: 'set', pointer: '/a' }),
      file({ kind: 'close', code: 1005, reason: '', passOn: false }),
      file({ kind: 'close', code: 4000, reason: '', passOn: false }),
      file({ kind: 'corrupt', corruption: { how: 'huge-field' } }),
      file({ kind: 'corrupt', corruption: { how: 'wrong-enum', pointer: '/a' } }),
      file({ kind: 'patch', operations: [] }),
      file({ kind: 'patch', operations: [{ op: 'move', path: '/a', from: '/b' }] }),
      file({ kind: 'patch', operations: [{ op: 'add', path: '/a' }] }),
      file({ kind: 'delay', ms: 1.5 }),
      file({ kind: 'subprotocols', only: ['ocpp1.6'] }, { limits: { percent: 101 } }),
      file({ kind: 'subprotocols', only: ['ocpp1.6'] }, { limits: { percent: 99 }, id: 'x', seed: 1 }),
      { ...file({ kind: 'stall' }), seed: 7, $schema: 'x' },
      { ...HEAD, rules: 3 },
    ];
    const answers = files.map((one) => rulesFileSchema.safeParse(one).success);
    expect(files.map((one) => validate(one))).toEqual(answers);
    expect(new Set(answers).size).toBe(2);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type RuleActionKind, ruleActionSchema } from './rule-action.ts';
import { readRulesFile } from './rules-file.ts';

const TEXT = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const EXAMPLES = [...TEXT.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);
const KINDS = ruleActionSchema.options.map(({ shape }) => shape.kind.value);

/** The actions of an example: one, or one on each line. */
function actionsIn(example: string): readonly unknown[] {
  try {
    return [JSON.parse(example)];
  } catch {
    return example
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }
}

describe('docs/rules.md', () => {
  it('has a file that can be read', () => {
    const files = EXAMPLES.filter((example) => example.includes('"format"'));
    expect(files).toHaveLength(1);
    for (const file of files) expect(readRulesFile(file)).toMatchObject({ ok: true });
  });

  it('has an example of each action, which is one', () => {
    const actions = EXAMPLES.filter((example) => example.startsWith('{ "kind"')).flatMap(actionsIn);
    const kinds = actions.map((action) => ruleActionSchema.parse(action).kind);
    expect(new Set(kinds)).toEqual(new Set<RuleActionKind>(KINDS));
  });

  it('lists every way to spoil a message', () => {
    const corrupt = ruleActionSchema.options.find(({ shape }) => shape.kind.value === 'corrupt');
    const ways =
      corrupt && 'corruption' in corrupt.shape
        ? corrupt.shape.corruption.options.map(({ shape }) => shape.how.value)
        : [];
    expect(ways).toHaveLength(8);
    for (const way of ways) expect(TEXT).toContain(`| \`${way}\` |`);
  });
});

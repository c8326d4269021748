import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readFilter } from './check.ts';
import { ALIASES, FIELDS, operatorsOf } from './fields.ts';
import { schemaKnowledge } from './schema-knowledge.ts';

const DOCUMENT = readFileSync(new URL('../../../docs/filters.md', import.meta.url), 'utf8');

/** The lines of every block that is marked as filters, and the filters of the commands. */
const EXAMPLES = [
  ...[...DOCUMENT.matchAll(/^```filter\n(.*?)^```/gms)].flatMap(([, block = '']) => block.trim().split('\n')),
  ...[...DOCUMENT.matchAll(/--filter '([^']*)'/g)].map(([, filter = '']) => filter),
];

/** Each row of the table of fields: its names, and the values that it lists. */
const ROWS = [...DOCUMENT.matchAll(/^\| (`[^|]*) \| ([^|]*) \| [^|]* \|$/gm)].map(([, names = '', values = '']) => ({
  names: quoted(names),
  values: quoted(values),
}));

function quoted(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]*)`/g)].map(([, word = '']) => word);
}

describe('docs/filters.md', () => {
  it('has examples', () => {
    expect(EXAMPLES.length).toBeGreaterThan(25);
  });

  it.each(EXAMPLES)('has an example that is a filter: %s', (example) => {
    const knowledge = schemaKnowledge({ stations: [], actions: [], rules: [] });
    expect(readFilter(example, knowledge)).toMatchObject({ filter: expect.anything(), problems: [] });
  });

  it('lists every field and every value of those that have few', () => {
    expect(ROWS.flatMap(({ names }) => names).sort()).toEqual([...Object.keys(FIELDS), ...Object.keys(ALIASES)].sort());
    for (const { names, values } of ROWS) {
      const name = names.find((each): each is keyof typeof FIELDS => Object.hasOwn(FIELDS, each));
      const type = name && FIELDS[name].type;
      if (type?.kind === 'enum') expect([...values].sort(), name).toEqual(Object.keys(type.values).sort());
    }
  });

  it('names every operator', () => {
    for (const operator of operatorsOf({ kind: 'json' })) {
      expect(quoted(DOCUMENT).some((word) => word.split(' ').includes(operator))).toBe(true);
    }
  });
});

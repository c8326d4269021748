import { expect, it } from 'vitest';
import type { Variable } from '../../session/compose/variable.ts';
import { readVariable } from '../../session/compose/variable.ts';
import type { EntryDetail } from '../../session/timeline.ts';
import { lastValue, type ValueSource } from './last-value.ts';

type Last = Extract<Variable, { kind: 'last' }>;

function variable(text: string): Last {
  const read = readVariable(text);
  if (!read.ok || read.value.kind !== 'last') throw new Error(text);
  return read.value;
}

/** A session in which some entries pass whatever is asked; each is a CALL whose payload has its number. */
function source(passing: readonly number[]) {
  const asked: { filter: string; from: number; to: number }[] = [];
  const own: ValueSource = {
    async passing(filter, entries) {
      asked.push({ filter, from: entries[0] ?? 0, to: entries.at(-1) ?? 0 });
      return passing.filter((entry) => entries.includes(entry));
    },
    async entry(entry) {
      const text = `[2,"m","X",{"a":[{"b":${entry}},{"b":0}]}]`;
      return { row: { entry, type: 'CALL' }, text } as EntryDetail;
    },
  };
  return { own, asked };
}

const never = new AbortController().signal;
const query = (text: string, upTo: number, station?: string) => {
  const { field, filter } = variable(text);
  return { field, filter, station, upTo };
};

it('looks at what came last first, and stops there', async () => {
  const { own, asked } = source([3, 29_000, 30_100]);
  const text = "last payload.a[*].b where action == 'X' or action == 'Y'";
  expect(await lastValue(own, query(text, 30_000, 'CS "1"'), never)).toEqual({ ok: true, value: 29_000 });
  expect(asked).toEqual([
    { filter: expect.any(String), from: 29_501, to: 30_000 },
    { filter: expect.any(String), from: 27_501, to: 29_500 },
  ]);
  expect(asked[0]?.filter).toBe('station == "CS \\"1\\"" and (action == "X" or action == "Y") and payload.a[*].b');
});

it('looks at every entry once before it says that there is none', async () => {
  const { own, asked } = source([]);
  expect(await lastValue(own, query('last payload.a', 60_000), never)).toMatchObject({
    ok: false,
    error: { code: 'no-value', sentence: 'No message in this session has what is looked for: payload.a.' },
  });
  expect(asked.reduce((sum, { from, to }) => sum + to - from + 1, 0)).toBe(60_000);
  expect(asked.at(-1)?.from).toBe(1);
  expect(await lastValue(own, query('last payload.a', 0), never)).toMatchObject({ error: { code: 'no-value' } });
});

it('gives up where nobody waits any more', async () => {
  const { own, asked } = source([1]);
  expect(await lastValue(own, query('last payload.a', 9), AbortSignal.abort())).toMatchObject({
    ok: false,
    error: { code: 'not-in-time' },
  });
  expect(asked).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import type { Api } from '../../bridge/contract.ts';
import { readFilter } from '../../session/filter/check.ts';
import type { ColouringRule, RowColour } from '../../session/notes.ts';
import { plainRow } from '../testing/scripted-engine.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createColouring, rowTells } from './colouring.ts';

const rule = (filter: string, colour: RowColour, on = true): ColouringRule => ({ name: colour, filter, colour, on });

/** A colouring with an engine that lets entries pass that are multiples of 3, and notes what it was asked. */
function coloured(...rules: ColouringRule[]) {
  const asked: number[][] = [];
  const timing = virtualTiming();
  let changes = 0;
  const engine: { passing: (entry: number) => boolean } = { passing: (entry) => entry % 3 === 0 };
  const api = {
    'notes.passing': async (_filter: string, entries: number[]) => {
      asked.push(entries);
      return entries.filter((entry) => engine.passing(entry));
    },
  } as unknown as Api;
  const colouring = createColouring(
    rules,
    () => api,
    timing,
    () => changes++,
  );
  return { colouring, asked, timing, engine, changes: () => changes };
}

describe('colouring rules', () => {
  it('colour a row by the first one that applies', () => {
    const { colouring } = coloured(
      rule('action == "Authorize"', 'blue', false),
      rule('stattion == 1', 'pink'),
      rule('size > 100', 'orange'),
      rule('size > 10', 'green'),
    );
    const colour = (size: number) => colouring.ruleOf(plainRow(1, { size, action: 'Authorize' }))?.colour;
    expect([colour(200), colour(20), colour(2)]).toEqual(['orange', 'green', undefined]);
  });

  it('ask the engine for what a row does not say, once for all rows that are painted together', async () => {
    const { colouring, asked, timing, changes } = coloured(rule('payload.x == 1', 'blue'), rule('size > 0', 'green'));
    const rows = [1, 2, 3].map((entry) => plainRow(entry));
    const colours = () => rows.map((row) => colouring.ruleOf(row)?.colour);
    expect(colours()).toEqual([undefined, undefined, undefined]);
    await timing.pass(50);
    expect(changes()).toBe(1);
    expect(colours()).toEqual(['green', 'green', 'blue']);
    await timing.pass(50);
    expect(asked).toEqual([[1, 2, 3]]);
  });

  it('do not ask for a row that an earlier rule colours', async () => {
    const { colouring, asked, timing } = coloured(rule('size > 0', 'green'), rule('payload.x == 1', 'blue'));
    expect(colouring.ruleOf(plainRow(3))?.colour).toBe('green');
    await timing.pass(50);
    expect(asked).toEqual([]);
  });

  it('ask again for a row that was read again, and keep its colour meanwhile', async () => {
    const { colouring, timing, engine } = coloured(rule('finding.rule == "x"', 'blue'));
    colouring.ruleOf(plainRow(3));
    await timing.pass(50);
    engine.passing = () => false;
    const again = plainRow(3, { findings: 1 });
    expect(colouring.ruleOf(again)?.colour).toBe('blue');
    await timing.pass(50);
    expect(colouring.ruleOf(again)).toBeNull();
  });

  it.each([
    ['station == "a" and not (latency > 1s or edited)', true],
    ['entry in [1, 2] or finding.severity >= warning', true],
    ['"text"', false],
    ['size > 1 and payload.a == 1', false],
    ['not finding.rule == "x"', false],
    ['errorCode', false],
    ['conversation == 1', false],
  ])('know whether the row tells %s', (text, tells) => {
    const { filter } = readFilter(text);
    expect(filter && rowTells(filter)).toBe(tells);
  });
});

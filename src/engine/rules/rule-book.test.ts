import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RulesState } from '../../bridge/methods/rules.ts';
import type { RuleSettings } from '../../workspace/rule.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { openWorkspace } from '../workspace/workspace-store.ts';
import { createRuleBook } from './rule-book.ts';
import { frameOf, ruleOf } from './testing/frames.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-rules-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const BEAT = frameOf('[2,"1","Heartbeat",{}]');
const SETTINGS: RuleSettings = { seed: 3, rules: [ruleOf({ kind: 'drop' }, { id: 'a' })] };

function open() {
  const path = join(folder, 'workspace.json');
  const clock = fakeClock();
  const book = createRuleBook(openWorkspace(path), clock);
  return { book, clock, path };
}

describe('the rules of an engine', () => {
  it('work from the next message on, and are there the next time', () => {
    const { book, path } = open();
    expect(book.engine.judge(BEAT)).toBeUndefined();
    expect(book.put(SETTINGS)).toMatchObject({ ok: true, value: { settings: SETTINGS } });
    expect(book.engine.judge(BEAT)?.forward).toEqual([]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ rules: SETTINGS });
    expect(open().book.engine.judge(BEAT)?.forward).toEqual([]);
  });

  it('tell their counts at most every 100 ms', () => {
    const { book, clock } = open();
    book.put(SETTINGS);
    const listener = vi.fn<(state: RulesState) => void>();
    const stop = book.onChange(listener);
    clock.advance(100);
    listener.mockClear();
    for (let index = 0; index < 50; index++) book.engine.judge(BEAT);
    clock.advance(99);
    expect(listener).not.toHaveBeenCalled();
    clock.advance(1);
    expect(listener).toHaveBeenCalledOnce();
    expect(listener.mock.lastCall?.[0].counts).toEqual({ a: { matches: 50, hits: 50 } });
    stop();
    expect(book.restart().counts).toEqual({ a: { matches: 0, hits: 0 } });
    clock.advance(100);
    expect(listener).toHaveBeenCalledOnce();
    book.close();
    expect(clock.pending).toBe(0);
  });

  it('say which of them cannot be used', () => {
    const { book } = open();
    book.put({ seed: 1, rules: [...SETTINGS.rules, ruleOf({ kind: 'drop' }, { id: 'b', filter: 'acton == "x"' })] });
    expect(book.state().faults).toEqual({ b: expect.stringContaining('acton') });
  });

  it('have different ids', () => {
    const { book } = open();
    expect(book.put({ seed: 1, rules: [...SETTINGS.rules, ...SETTINGS.rules] })).toMatchObject({ ok: false });
    expect(book.state().settings.rules).toEqual([]);
  });

  it('go out as a file and come back, in their place or behind them under free ids', () => {
    const { book } = open();
    book.put(SETTINGS);
    const file = book.export();
    expect(book.import(file, 'append')).toMatchObject({ ok: true });
    expect(book.state().settings.rules.map(({ id }) => id)).toEqual(['a', 'a-2']);
    expect(book.import(file, 'replace')).toMatchObject({ ok: true });
    expect(book.state().settings).toEqual(SETTINGS);
    expect(book.import('{"format":"other"}', 'append')).toMatchObject({
      ok: false,
      error: {
        sentence:
          'format: It must be "plugscope-rules"; it is the string "other".\nversion: It is missing.\nrules: It is missing.',
      },
    });
    expect(book.state().settings).toEqual(SETTINGS);
  });
});

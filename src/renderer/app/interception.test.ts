import { describe, expect, it } from 'vitest';
import type { Api } from '../../bridge/contract.ts';
import type { HeldDecision, HeldMessage, InterceptState } from '../../bridge/methods/intercept.ts';
import { failure, success } from '../../session/outcome.ts';
import type { EntryDetail } from '../../session/timeline.ts';
import { NO_INTERCEPTION } from '../../workspace/breakpoint.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createEventListeners } from './event-listeners.ts';
import { createInterception } from './interception.ts';

const held = (id: number, more: Partial<HeldMessage> = {}): HeldMessage => ({
  id,
  entry: id * 10,
  link: 1,
  station: 'CS-1',
  version: '2.1',
  direction: 'to-csms',
  type: 'CALL',
  action: 'Heartbeat',
  messageId: `m${id}`,
  text: `[2,"m${id}","Heartbeat",{}]`,
  breakpoint: 'b',
  heldSince: 1000 * id,
  senderGivesUp: 31_000,
  goesOn: 28_000,
  decided: false,
  ...more,
});

/** An engine that holds what the test says. */
async function started(...messages: readonly HeldMessage[]) {
  const listeners = createEventListeners();
  const decisions: [number, HeldDecision][] = [];
  let state: InterceptState = {
    settings: NO_INTERCEPTION,
    held: messages,
    heldCount: messages.length,
    hits: {},
    faults: {},
  };
  let fate: Partial<EntryDetail> | null = null;
  const api = {
    'intercept.get': async () => state,
    'intercept.configure': async (settings) => {
      if (settings.marginMs === 13) return failure('unlucky', 'Not with 13.');
      state = { ...state, settings };
      return success(state);
    },
    'intercept.decide': async (id, decision) => {
      if (!state.held.some((message) => message.id === id)) return failure('not-held', 'It is not held any more.');
      decisions.push([id, decision]);
      return success(null);
    },
    'entry.get': async () => fate as EntryDetail | null,
  } satisfies Partial<Api> as Partial<Api> as Api;
  const clock = { now: 5000 };
  const timing = virtualTiming();
  const interception = createInterception(() => api, listeners.on, { wall: () => clock.now, after: timing.after });
  await interception.refresh();
  const now = (...next: readonly HeldMessage[]): void => {
    state = { ...state, held: next, heldCount: next.length };
    listeners.tell({ name: 'interceptChanged', value: state });
  };
  const look = () => interception.state.getState();
  return {
    interception,
    decisions,
    now,
    look,
    clock,
    timing,
    became: (detail: Partial<EntryDetail>) => (fate = detail),
  };
}

describe('a held message that is looked at', () => {
  it('stays when others come and go', async () => {
    const { interception, now, look } = await started(held(1), held(2));
    interception.select(2);
    interception.edit(2, 'edited');
    now(held(2, { goesOn: null }), held(3));
    expect(look().selected).toEqual({ message: held(2, { goesOn: null }), gone: null });
    expect(look().drafts.get(2)).toBe('edited');
  });

  it('stays with its edit when it goes on by itself, and says so', async () => {
    const { interception, now, look, became } = await started(held(1));
    became({ row: { fate: 'delayed' } as EntryDetail['row'], fateBy: 'the time-out of its sender was near' });
    interception.select(1);
    interception.edit(1, 'edited');
    now();
    await expect
      .poll(() => look().selected?.gone)
      .toBe('It went on by itself, as it came (the time-out of its sender was near).');
    expect(look().selected?.message).toEqual(held(1));
    expect(look().drafts.get(1)).toBe('edited');
    interception.select(null);
    now();
    expect(look().drafts.size).toBe(0);
  });

  it('is asked for until the index of the session knows what became of it', async () => {
    const { interception, now, look, became, timing } = await started(held(1));
    interception.select(1);
    now();
    await timing.pass(1000);
    expect(look().selected?.gone).toContain('It is held no longer');
    became({ row: { fate: 'dropped' } as EntryDetail['row'], fateBy: 'by hand' });
    await timing.pass(1000);
    expect(look().selected?.gone).toBe('It was dropped (by hand).');
  });

  it('is no other message that an engine started anew holds under its number', async () => {
    const { interception, now, look } = await started(held(1));
    interception.select(1);
    now(held(1, { heldSince: 99_000 }));
    expect(look().selected?.message.heldSince).toBe(1000);
    expect(look().selected?.gone).not.toBeNull();
  });
});

describe('a decision', () => {
  it('goes to the engine, and the next message is shown', async () => {
    const { interception, now, look, decisions } = await started(held(1), held(2), held(3));
    interception.select(2);
    await interception.decide(2, { kind: 'drop' });
    expect(decisions).toEqual([[2, { kind: 'drop' }]]);
    expect(look().selected?.message.id).toBe(3);
    await interception.decide(3, { kind: 'forward' });
    now(held(1));
    expect(look().selected?.message.id).toBe(1);
  });

  it('about the last one leaves it shown with what became of it', async () => {
    const { interception, now, look } = await started(held(1));
    interception.select(1);
    await interception.decide(1, { kind: 'edit', text: 'x' });
    now();
    expect(look().selected?.gone).toBe('You sent the edited text in its place.');
  });

  it('is not claimed where the connection ended first', async () => {
    const { interception, now, look, became } = await started(held(1));
    became({ row: { fate: 'undelivered' } as EntryDetail['row'], fateBy: 'the connection ended' });
    interception.select(1);
    await interception.decide(1, { kind: 'edit', text: 'x' });
    now(held(1, { decided: true }));
    now();
    await expect.poll(() => look().selected?.gone).toBe('It was never delivered (the connection ended).');
  });

  it('that comes too late is refused in words', async () => {
    const { interception, look } = await started(held(1));
    expect(await interception.decide(7, { kind: 'forward' })).toBe(false);
    expect(look().refusal).toBe('It is not held any more.');
  });
});

describe('breakpoints and times', () => {
  it('are undone and done again step by step', async () => {
    const { interception, look } = await started();
    const margins = (): number | undefined => look().known?.settings.marginMs;
    await interception.configure({ ...NO_INTERCEPTION, marginMs: 1 });
    await interception.configure({ ...NO_INTERCEPTION, marginMs: 2 });
    await interception.undo();
    await interception.undo();
    expect([margins(), look().canUndo, look().canRedo]).toEqual([NO_INTERCEPTION.marginMs, false, true]);
    await interception.redo();
    expect(margins()).toBe(1);
    await interception.configure({ ...NO_INTERCEPTION, marginMs: 5 });
    expect([look().canUndo, look().canRedo]).toEqual([true, false]);
  });

  it('are shown at once, so that a second change builds on the first', async () => {
    const { interception, look } = await started();
    const first = interception.configure({ ...NO_INTERCEPTION, marginMs: 1 });
    expect(look().known?.settings.marginMs).toBe(1);
    await first;
  });

  it('that are refused are no step', async () => {
    const { interception, look } = await started();
    await interception.configure({ ...NO_INTERCEPTION, marginMs: 13 });
    expect(look()).toMatchObject({ refusal: 'Not with 13.', canUndo: false });
    expect(look().known?.settings).toEqual(NO_INTERCEPTION);
  });
});

it('learns how far its clock is from that of the engine, by what has just come', async () => {
  const { now, look, clock } = await started(held(1));
  clock.now = 62_000;
  now(held(1), held(2));
  expect(look().ahead).toBe(60_000);
  clock.now = 3100;
  now(held(2), held(3));
  expect(look().ahead).toBe(0);
});

import { describe, expect, it } from 'vitest';
import type { HeldMessage, InterceptState } from '../../bridge/methods/intercept.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';
import { success } from '../../session/outcome.ts';
import { type Breakpoint, NO_INTERCEPTION } from '../../workspace/breakpoint.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { createInterception, type Holder } from './interception.ts';

const subject = (action: string) => ({ row: { action, type: 'CALL' }, text: () => '' }) as unknown as FilterSubject;

function breakpoint(id: string, filter: string, more: Partial<Breakpoint> = {}): Breakpoint {
  return { id, enabled: true, filter, direction: 'both', forEver: false, ...more };
}

/** A conversation that holds messages of these numbers. */
function holder(ids: readonly number[]): Holder & { readonly decided: number[] } {
  const decided: number[] = [];
  return {
    decided,
    heldCount: ids.length,
    held: () => ids.map((id) => ({ id, message: () => ({ id }) as HeldMessage })),
    decide(id) {
      if (!ids.includes(id)) return undefined;
      decided.push(id);
      return success(null);
    },
    releaseAll: () => ids.length,
    configured: () => {},
  };
}

function withBreakpoints(...breakpoints: readonly Breakpoint[]) {
  const clock = fakeClock();
  return { clock, interception: createInterception(clock, { ...NO_INTERCEPTION, breakpoints: [...breakpoints] }) };
}

describe('breakpoints', () => {
  it('catch by their filter and direction, the first that does', () => {
    const { interception } = withBreakpoints(
      breakpoint('off', '', { enabled: false }),
      breakpoint('down', '', { direction: 'to-station' }),
      breakpoint('boot', 'action == "BootNotification"'),
      breakpoint('up', '', { direction: 'to-csms' }),
    );
    expect(interception.catches(subject('BootNotification'), 'to-csms')?.id).toBe('boot');
    expect(interception.catches(subject('Heartbeat'), 'to-csms')?.id).toBe('up');
    expect(interception.catches(subject('BootNotification'), 'to-station')?.id).toBe('down');
    expect(interception.state().hits).toEqual({ boot: 1, up: 1, down: 1 });
  });

  it('are idle where none is on, or none can be used; and say why', () => {
    const { interception } = withBreakpoints(
      breakpoint('off', '', { enabled: false }),
      breakpoint('wrong', 'action =='),
    );
    expect(interception.idle).toBe(true);
    expect(interception.catches(subject('Heartbeat'), 'to-csms')).toBeUndefined();
    expect(Object.keys(interception.state().faults)).toEqual(['wrong']);
    interception.configure({ ...NO_INTERCEPTION, breakpoints: [breakpoint('wrong', 'action == "Heartbeat"')] });
    expect(interception.idle).toBe(false);
    expect(interception.state().faults).toEqual({});
  });

  it('are counted as long as they are there', () => {
    const { interception } = withBreakpoints(breakpoint('b', ''));
    interception.catches(subject('Heartbeat'), 'to-csms');
    interception.configure({ ...NO_INTERCEPTION, breakpoints: [breakpoint('b', 'action == "X"')] });
    expect(interception.state().hits).toEqual({ b: 1 });
    interception.configure(NO_INTERCEPTION);
    expect(interception.state().hits).toEqual({});
  });
});

describe('what conversations hold', () => {
  it('is listed oldest first, five hundred at most, and counted in full', () => {
    const { interception } = withBreakpoints();
    const odd = Array.from({ length: 400 }, (_, i) => 2 * i + 1);
    const letGo = interception.add(holder(odd));
    interception.add(holder(odd.map((id) => id + 1)));
    const { held, heldCount } = interception.state();
    expect(heldCount).toBe(800);
    expect(held.map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(interception.releaseAll()).toBe(800);
    letGo();
    expect(interception.state().heldCount).toBe(400);
  });

  it('is decided about by the one who holds it', () => {
    const { interception } = withBreakpoints();
    const [one, other] = [holder([1]), holder([2])];
    interception.add(one);
    interception.add(other);
    expect(interception.decide(2, { kind: 'drop' })).toEqual(success(null));
    expect([one.decided, other.decided]).toEqual([[], [2]]);
    expect(interception.decide(3, { kind: 'drop' })).toMatchObject({ ok: false, error: { code: 'not-held' } });
  });
});

it('changes are told at most every 50 ms, and to nobody who does not listen', () => {
  const { clock, interception } = withBreakpoints();
  interception.changed();
  expect(clock.pending).toBe(0);
  const states: InterceptState[] = [];
  const stop = interception.onChange((state) => void states.push(state));
  for (let i = 0; i < 10; i += 1) interception.changed();
  clock.advance(49);
  expect(states).toHaveLength(0);
  clock.advance(1);
  expect(states).toHaveLength(1);
  interception.configure({ ...NO_INTERCEPTION, marginMs: 1 });
  clock.advance(50);
  expect(states.at(-1)?.settings.marginMs).toBe(1);
  stop();
  interception.changed();
  clock.advance(50);
  expect(states).toHaveLength(2);
});

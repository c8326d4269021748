import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BENCH_HARDWARE,
  type ChargingSession,
  idleSession,
  nextSession,
  type SessionEvent,
} from './charging-session.ts';

const hardware = BENCH_HARDWARE;

function run(state: ChargingSession, ...events: SessionEvent[]): ChargingSession {
  return events.reduce((one, event) => nextSession(one, event, hardware), state);
}
function charging(soc: number): ChargingSession {
  return run(idleSession(hardware, 1000), { kind: 'plug-in', soc }, { kind: 'start' });
}
function ticks(state: ChargingSession, seconds: number, limit = Number.POSITIVE_INFINITY): ChargingSession {
  return run(state, ...Array.from({ length: seconds }, () => ({ kind: 'tick', seconds: 1, limit }) as const));
}

describe('a charging session', () => {
  it('ramps up to full current and no further', () => {
    const early = ticks(charging(30), 2);
    const late = ticks(charging(30), 20);
    expect(early.current).toBeGreaterThan(0);
    expect(early.current).toBeLessThan(hardware.maxCurrent / 2);
    expect(late.current).toBeCloseTo(hardware.maxCurrent, 5);
    expect(late.power).toBeGreaterThan(10_500);
    expect(late.power).toBeLessThan(11_100);
  });

  it('keeps power, voltage, current and energy consistent', () => {
    const state = ticks(charging(30), 60);
    expect(state.power).toBeCloseTo(hardware.phases * state.voltage * state.current, 6);
    const next = ticks(state, 60);
    expect(next.energyWh - state.energyWh).toBeCloseTo(state.power / 60, -1);
    expect(next.soc).toBeGreaterThan(state.soc);
  });

  it('takes less and less near the full battery, and none when it is full', () => {
    expect(ticks(charging(90), 30).current).toBeLessThan(ticks(charging(50), 30).current);
    expect(ticks(charging(98), 30).current).toBeLessThan(ticks(charging(90), 30).current);
    expect(ticks(charging(99.99), 60)).toMatchObject({ phase: 'suspended-ev', soc: 100, power: 0, current: 0 });
  });

  it('follows a limit, pauses where it is too low, and goes on when it is lifted', () => {
    const full = ticks(charging(30), 20);
    const limited = ticks(full, 1, 7000);
    expect(limited.power).toBeLessThanOrEqual(7000);
    expect(limited.power).toBeGreaterThan(6500);
    const paused = ticks(limited, 1, 3000);
    expect(paused).toMatchObject({ phase: 'suspended-evse', power: 0 });
    expect(ticks(paused, 20).phase).toBe('charging');
  });

  it('goes through its phases and ignores what makes no sense in one', () => {
    const idle = idleSession(hardware, 5);
    expect(run(idle, { kind: 'start' })).toBe(idle);
    expect(run(idle, { kind: 'stop' })).toBe(idle);
    const finishing = run(ticks(charging(30), 10), { kind: 'stop' });
    expect(finishing).toMatchObject({ phase: 'finishing', power: 0, current: 0 });
    expect(ticks(finishing, 10)).toBe(finishing);
    expect(run(finishing, { kind: 'unplug' })).toEqual(idleSession(hardware, finishing.energyWh));
  });

  it('never turns the register back, whatever happens, and never exceeds limits', () => {
    const event: fc.Arbitrary<SessionEvent> = fc.oneof(
      fc.record({ kind: fc.constant('plug-in' as const), soc: fc.integer({ min: 0, max: 100 }) }),
      fc.record({
        kind: fc.constant('tick' as const),
        seconds: fc.double({ min: 0, max: 30, noNaN: true }),
        limit: fc.constantFrom(0, 1000, 5000, 11_000, Number.POSITIVE_INFINITY),
      }),
      fc.constantFrom({ kind: 'start' as const }, { kind: 'stop' as const }, { kind: 'unplug' as const }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let state = idleSession(hardware, 100);
        for (const one of events) {
          const next = nextSession(state, one, hardware);
          expect(next.energyWh).toBeGreaterThanOrEqual(state.energyWh);
          expect(next.soc).toBeLessThanOrEqual(100);
          expect(next.current).toBeLessThanOrEqual(hardware.maxCurrent + 1e-9);
          if (one.kind === 'tick')
            expect(next.power).toBeLessThanOrEqual(Math.max(one.limit, state === next ? next.power : 0));
          state = next;
        }
      }),
    );
  });
});

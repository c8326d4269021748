import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BENCH_HARDWARE,
  type ChargingSession,
  DISCHARGE_SOC_MIN,
  idleSession,
  nextSession,
  type Offer,
  type SessionEvent,
} from './charging-session.ts';

const hardware = BENCH_HARDWARE;

function run(state: ChargingSession, ...events: SessionEvent[]): ChargingSession {
  return events.reduce((one, event) => nextSession(one, event, hardware), state);
}
function charging(soc: number): ChargingSession {
  return run(idleSession(hardware, 1000, 50), { kind: 'plug-in', soc }, { kind: 'start' });
}
function ticks(state: ChargingSession, seconds: number, offered: number | Partial<Offer> = {}): ChargingSession {
  const more = typeof offered === 'number' ? { limit: offered } : offered;
  const offer = { limit: Number.POSITIVE_INFINITY, dischargeLimit: 0, phases: 3, ...more };
  return run(state, ...Array.from({ length: seconds }, () => ({ kind: 'tick', seconds: 1, offer }) as const));
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

  it('follows a setpoint in either direction, and turns round at zero', () => {
    const charged = ticks(charging(60), 20, { setpoint: 7000, dischargeLimit: -8000 });
    expect(charged.power).toBeCloseTo(7000, -2);
    const turned = ticks(charged, 1, { setpoint: -6000, dischargeLimit: -8000 });
    expect(turned.power).toBeLessThan(0);
    expect(turned.power).toBeGreaterThan(-6000);
    const back = ticks(turned, 60, { setpoint: -6000, dischargeLimit: -8000 });
    expect(back).toMatchObject({ phase: 'charging', energyWh: turned.energyWh });
    expect(back.power).toBeCloseTo(-6000, -2);
    expect(back.exportWh).toBeGreaterThan(turned.exportWh);
    expect(back.soc).toBeLessThan(turned.soc);
    expect(ticks(back, 5, { setpoint: -6000, dischargeLimit: -5000 }).power).toBeCloseTo(-5000, -2);
  });

  it('gives nothing back from a battery that is nearly empty', () => {
    const low = ticks(charging(DISCHARGE_SOC_MIN), 5, { setpoint: -6000, dischargeLimit: -8000 });
    expect(low).toMatchObject({ phase: 'suspended-ev', power: 0, exportWh: 50 });
  });

  it('charges on fewer phases where it is told to', () => {
    const single = ticks(charging(30), 20, { phases: 1 });
    expect(single.phases).toBe(1);
    expect(single.power).toBeCloseTo(single.voltage * hardware.maxCurrent, -1);
  });

  it('goes through its phases and ignores what makes no sense in one', () => {
    const idle = idleSession(hardware, 5, 6);
    expect(run(idle, { kind: 'start' })).toBe(idle);
    expect(run(idle, { kind: 'stop' })).toBe(idle);
    const finishing = run(ticks(charging(30), 10), { kind: 'stop' });
    expect(finishing).toMatchObject({ phase: 'finishing', power: 0, current: 0 });
    expect(ticks(finishing, 10)).toBe(finishing);
    expect(run(finishing, { kind: 'unplug' })).toEqual(idleSession(hardware, finishing.energyWh, finishing.exportWh));
  });

  it('never turns the register back, whatever happens, and never exceeds limits', () => {
    const event: fc.Arbitrary<SessionEvent> = fc.oneof(
      fc.record({ kind: fc.constant('plug-in' as const), soc: fc.integer({ min: 0, max: 100 }) }),
      fc.record({
        kind: fc.constant('tick' as const),
        seconds: fc.double({ min: 0, max: 30, noNaN: true }),
        offer: fc.record(
          {
            limit: fc.constantFrom(0, 1000, 5000, 11_000, Number.POSITIVE_INFINITY),
            dischargeLimit: fc.constantFrom(0, -1000, -5000, Number.NEGATIVE_INFINITY),
            setpoint: fc.constantFrom(-20_000, -4500, -1, 0, 4500, 20_000),
            phases: fc.constantFrom(1, 2, 3),
          },
          { requiredKeys: ['limit', 'dischargeLimit', 'phases'] },
        ),
      }),
      fc.constantFrom({ kind: 'start' as const }, { kind: 'stop' as const }, { kind: 'unplug' as const }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        let state = idleSession(hardware, 100, 0);
        for (const one of events) {
          const next = nextSession(state, one, hardware);
          expect(next.energyWh).toBeGreaterThanOrEqual(state.energyWh);
          expect(next.exportWh).toBeGreaterThanOrEqual(state.exportWh);
          expect(next.soc).toBeLessThanOrEqual(100);
          expect(next.soc).toBeGreaterThanOrEqual(0);
          expect(Math.abs(next.current)).toBeLessThanOrEqual(hardware.maxCurrent + 1e-9);
          if (one.kind === 'tick' && next !== state) {
            expect(next.power).toBeLessThanOrEqual(one.offer.limit);
            expect(next.power).toBeGreaterThanOrEqual(one.offer.dischargeLimit);
            if (one.offer.setpoint === undefined) expect(next.power).toBeGreaterThanOrEqual(0);
          }
          state = next;
        }
      }),
    );
  });
});

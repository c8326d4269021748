import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ControlFrame, pingStatistics } from './pings.ts';

const ping = (at: number, data: string, direction: ControlFrame['direction'] = 'to-csms'): ControlFrame => ({
  direction,
  pong: false,
  at,
  mono: at,
  data,
});
const pong = (at: number, data: string, direction: ControlFrame['direction'] = 'to-station'): ControlFrame => ({
  ...ping(at, data, direction),
  pong: true,
});

describe('pingStatistics', () => {
  it('pairs a ping with the pong of the same data that goes the other way', () => {
    const statistics = pingStatistics([ping(0, 'a'), pong(5, 'b'), pong(6, 'a', 'to-csms'), pong(12, 'a')], true);
    expect(statistics).toMatchObject({ sent: 1, answered: 1, missed: 0, median: 12, p95: 12, maximum: 12 });
    expect(statistics.latest).toEqual([{ at: 0, milliseconds: 12 }]);
  });

  it('counts a ping as missed that is followed by another, or by the end', () => {
    const controls = [ping(0, 'a'), ping(10, 'b'), pong(11, 'b'), ping(20, 'c')];
    expect(pingStatistics(controls, false)).toMatchObject({ sent: 3, answered: 1, missed: 1 });
    expect(pingStatistics(controls, true)).toMatchObject({ sent: 3, answered: 1, missed: 2 });
    expect(pingStatistics(controls, true).latest.map(({ milliseconds }) => milliseconds)).toEqual([null, 1, null]);
  });

  it('takes the latest of pings with the same data, as a peer that is behind answers that one', () => {
    const controls = [ping(0, ''), ping(10, ''), pong(13, ''), ping(20, ''), pong(22, '')];
    expect(pingStatistics(controls, true)).toMatchObject({ answered: 2, missed: 1, maximum: 3 });
  });

  it('has no times where nothing was answered', () => {
    expect(pingStatistics([], true)).toEqual({
      sent: 0,
      answered: 0,
      missed: 0,
      median: null,
      p95: null,
      maximum: null,
      latest: [],
    });
  });

  const control = fc.record({
    direction: fc.constantFrom('to-csms' as const, 'to-station' as const),
    pong: fc.boolean(),
    data: fc.constantFrom('', '00', '01'),
    gap: fc.nat(1000),
  });

  it('accounts for every ping once: answered, missed, or the last of its direction that still waits', () => {
    fc.assert(
      fc.property(fc.array(control, { maxLength: 60 }), fc.boolean(), (made, ended) => {
        let at = 0;
        const controls = made.map(({ gap, ...rest }) => {
          at += gap;
          return { ...rest, at, mono: at };
        });
        const statistics = pingStatistics(controls, ended);
        const waiting = statistics.sent - statistics.answered - statistics.missed;
        expect(waiting).toBeGreaterThanOrEqual(0);
        expect(waiting).toBeLessThanOrEqual(ended ? 0 : 2);
        expect(statistics.answered).toBeLessThanOrEqual(made.filter((one) => one.pong).length);
        for (const { milliseconds } of statistics.latest)
          if (milliseconds !== null) expect(milliseconds).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('misses none and measures each where every ping is answered before the next', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ trip: fc.nat(500), data: fc.constantFrom('', 'x') }), { minLength: 1, maxLength: 60 }),
        (trips) => {
          const controls = trips.flatMap(({ trip, data }, index) => [
            ping(index * 1000, data),
            pong(index * 1000 + trip, data),
          ]);
          const statistics = pingStatistics(controls, true);
          expect(statistics.latest.map(({ milliseconds }) => milliseconds)).toEqual(trips.map(({ trip }) => trip));
          expect(statistics.missed).toBe(0);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Direction } from '../../ocpp/direction.ts';
import { type GateBench, gateBench } from './testing/gate-bench.ts';

/* What holds of the gate whatever happens: order within a direction, and every frame goes on once or has a fate. */

type Step =
  | { readonly kind: 'frame'; readonly direction: Direction; readonly held: boolean; readonly type: 2 | 3 | 6 }
  | { readonly kind: 'forward' | 'drop'; readonly pick: number }
  | { readonly kind: 'inject'; readonly direction: Direction }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'release' };

const direction = fc.constantFrom<Direction>('to-csms', 'to-station');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('frame' as const),
      direction,
      held: fc.boolean(),
      type: fc.constantFrom(2, 3, 6),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('forward' as const, 'drop' as const), pick: fc.nat(9) }) },
  fc.record({ kind: fc.constant('inject' as const), direction }),
  fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.nat(20_000) }),
  fc.record({ kind: fc.constant('release' as const) }),
);

/** Does the steps, and yields what came and what went out, in the order of both. */
function run(bench: GateBench, steps: readonly Step[]): { came: string[]; lines: string[] } {
  const came: string[] = [];
  const lines: string[] = [];
  for (const [index, one] of steps.entries()) {
    switch (one.kind) {
      case 'frame': {
        const text = `[${one.type},"${index}","${one.held ? 'hold' : 'pass'}",{}]`;
        came.push(`${one.direction}: ${text}`);
        lines.push(...(one.direction === 'to-csms' ? bench.station(text) : bench.csms(text)));
        break;
      }
      case 'forward':
      case 'drop': {
        const held = bench.held();
        const part = held[one.pick % Math.max(1, held.length)];
        if (part !== undefined) lines.push(...bench.decide(part, { kind: one.kind }));
        break;
      }
      case 'inject':
        lines.push(...bench.inject(one.direction, index, `ours-${index}`));
        break;
      case 'wait':
        lines.push(...bench.wait(one.milliseconds));
        break;
      case 'release':
        lines.push(...bench.lines(bench.gate.releaseAll(bench.now).effects));
    }
  }
  return { came, lines };
}

it('keeps the order within a direction and loses nothing', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40 }),
      fc.constantFrom<Direction>('to-csms', 'to-station'),
      (steps, leaver) => {
        const bench = gateBench();
        bench.breakpoints.b = { part: 'hold' };
        const { came, lines } = run(bench, steps);
        lines.push(...bench.lines(bench.gate.left(leaver, 1000, '')));
        const went = lines.filter((line) => /^to-(csms|station): /.test(line));
        for (const towards of ['to-csms', 'to-station']) {
          const order = went.filter((line) => line.startsWith(`${towards}:`)).map((line) => came.indexOf(line));
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
        const gone = lines.filter((line) => /^\d+ (dropped|undelivered|consumed)/.test(line));
        expect(new Set(went).size + gone.length).toBe(came.length);
        expect(bench.held()).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

it('has at most one injected CALL outstanding in a direction, and none beside a CALL of the peer', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const bench = gateBench();
      bench.breakpoints.b = { part: 'hold' };
      const { lines } = run(
        bench,
        // Without time nothing is given up, and without answers nothing ends.
        steps.filter((one) => one.kind !== 'wait' && !(one.kind === 'frame' && one.type === 3)),
      );
      for (const towards of ['to-csms', 'to-station']) {
        const calls = lines.filter((line) => line.startsWith(towards) && line.includes('[2,'));
        const injected = calls.findIndex((line) => line.includes('injected'));
        // The first CALL that goes out is the last, where it is ours; and ours is never behind another.
        if (injected >= 0) expect(calls).toHaveLength(1);
      }
    }),
    { numRuns: 200 },
  );
});

it('never wakes later than it has to, nor for nothing for ever', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const bench = gateBench();
      bench.breakpoints.b = { part: 'hold' };
      run(bench, steps);
      for (let wakes = 0; ; wakes += 1) {
        const next = bench.gate.nextWake(bench.now);
        if (next === undefined) return;
        expect(next).toBeGreaterThan(bench.now);
        expect(wakes).toBeLessThan(200);
        bench.wait(next - bench.now);
      }
    }),
    { numRuns: 200 },
  );
});

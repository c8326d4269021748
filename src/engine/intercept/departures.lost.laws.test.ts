import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CSMS_AWAY } from './reasons.ts';
import { type GateBench, gateBench } from './testing/gate-bench.ts';

/* What holds of the gate however often the CSMS goes and comes back, whatever is said meanwhile. */

type Step =
  | { readonly kind: 'station' | 'csms'; readonly type: 2 | 3 | 4; readonly id: string; readonly held: boolean }
  | { readonly kind: 'forward' | 'drop'; readonly pick: number }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'lose' | 'back' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('station' as const, 'csms' as const),
      type: fc.constantFrom(2, 3, 4),
      id: fc.constantFrom('a', 'b'),
      held: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('forward' as const, 'drop' as const), pick: fc.nat(9) }) },
  fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.nat(20_000) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('lose' as const, 'back' as const) }) },
);

/** Says each frame once, does what else is to be done, and hands over all lines with whether the CSMS is there. */
function run(
  bench: GateBench,
  steps: readonly Step[],
  look: (lines: readonly string[], there: boolean) => void,
  came: string[] = [],
): string[] {
  let there = true;
  let used = new Set<string>();
  for (const [index, one] of steps.entries()) {
    switch (one.kind) {
      case 'station':
      case 'csms': {
        // A CSMS that is not there says nothing, and one that is does not ask twice under one id.
        if (one.kind === 'csms' && (!there || (one.type === 2 && used.has(one.id)))) break;
        if (one.kind === 'csms' && one.type === 2) used.add(one.id);
        const text = `[${one.type},"${one.id}","${one.held ? 'hold' : 'pass'}",${index}]`;
        came.push(`${one.kind === 'station' ? 'to-csms' : 'to-station'}: ${text}`);
        look(bench[one.kind](text), there);
        break;
      }
      case 'forward':
      case 'drop': {
        const held = bench.held();
        const part = held[one.pick % Math.max(1, held.length)];
        if (part !== undefined) look(bench.decide(part, { kind: one.kind }), there);
        break;
      }
      case 'wait':
        look(bench.wait(one.milliseconds), there);
        break;
      case 'lose': {
        if (!there) break;
        there = false;
        look(
          bench.lines([...bench.gate.leaving('to-csms', CSMS_AWAY), ...bench.gate.lost('to-csms', bench.now)]),
          there,
        );
        break;
      }
      case 'back':
        if (there) break;
        there = true;
        used = new Set();
        look(bench.lines(bench.gate.back('to-csms', bench.now)), there);
    }
  }
  return came;
}

it('every frame goes on once, in its order, or has a fate; nothing goes to a CSMS that is not there', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const bench = gateBench();
      bench.breakpoints.b = { part: 'hold' };
      const lines: string[] = [];
      const came = run(bench, steps, (more, there) => {
        lines.push(...more);
        if (!there) expect(more.filter((line) => line.startsWith('to-csms'))).toEqual([]);
        expect(more.filter((line) => line.includes('ends'))).toEqual([]);
      });
      lines.push(...bench.lines(bench.gate.stop(1001, 'over')));
      const went = lines.filter((line) => /^to-(csms|station): /.test(line));
      for (const towards of ['to-csms', 'to-station']) {
        const order = went.filter((line) => line.startsWith(`${towards}:`)).map((line) => came.indexOf(line));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }
      const gone = lines.filter((line) => /^\d+ (dropped|undelivered|consumed)/.test(line));
      expect(went.length + gone.length).toBe(came.length);
      expect(new Set(went).size).toBe(went.length);
      expect(bench.held()).toEqual([]);
    }),
    { numRuns: 800 },
  );
});

it('no CSMS gets the answer to what another connection asked', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
      const bench = gateBench();
      /** Ids that reached the station from the connection that there is, and those of connections that are gone. */
      let asked = new Set<string>();
      const before = new Set<string>();
      let wasThere = true;
      const said: string[] = [];
      run(
        bench,
        steps.filter((one) => one.kind !== 'wait'),
        (lines, there) => {
          if (wasThere && !there) {
            for (const id of asked) before.add(id);
            asked = new Set();
          }
          wasThere = there;
          for (const line of lines) {
            const [, towards, type, id = ''] = /^(to-csms|to-station): \[(\d),"(\w)"/.exec(line) ?? [];
            if (towards === 'to-station' && type === '2') {
              // The station has nothing left to answer that another one asked under this id.
              expect(before.has(id)).toBe(false);
              (there ? asked : before).add(id);
            }
            if (towards === 'to-csms' && type !== '2') {
              expect(before.has(id)).toBe(false);
              asked.delete(id);
            }
            if (line.endsWith('the connection that asked is gone')) {
              before.delete(/"(\w)"/.exec(said[Number.parseInt(line, 10) - 1] ?? '')?.[1] ?? '');
            }
          }
        },
        said,
      );
    }),
    { numRuns: 800 },
  );
});

it('never wakes later than it has to, nor for nothing for ever', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) => {
      const bench = gateBench();
      bench.breakpoints.b = { part: 'hold' };
      run(bench, steps, () => {});
      for (let wakes = 0; ; wakes += 1) {
        const next = bench.gate.nextWake(bench.now);
        if (next === undefined) return;
        expect(next).toBeGreaterThan(bench.now);
        expect(wakes).toBeLessThan(200);
        bench.wait(next - bench.now);
      }
    }),
    { numRuns: 300 },
  );
});

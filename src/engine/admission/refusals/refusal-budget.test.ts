import { describe, expect, it } from 'vitest';
import { RefusalBudget } from './refusal-budget.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const at = (network: string, station = '') => ({ network, station });

/** How many of so many attempts at one moment have a place. */
function places(budget: RefusalBudget, source: (index: number) => ReturnType<typeof at>, count: number, mono: number) {
  return Array.from({ length: count }, (_, index) => budget.take(source(index), mono)).filter(Boolean).length;
}

describe('the budget of what is recorded one by one', () => {
  it('has a place for all of a station that comes again and again in its rhythm', () => {
    const budget = new RefusalBudget(60);
    for (let mono = 0; mono < 60 * MINUTE; mono += SECOND) expect(budget.take(at('10.0.0.1', 'CS-1'), mono)).toBe(true);
  });

  it('ends at the burst, and comes back with time', () => {
    const budget = new RefusalBudget(60);
    const one = () => at('10.0.0.1', 'CS-1');
    expect(places(budget, one, 1000, 0)).toBe(60);
    expect(places(budget, one, 1000, 10 * SECOND)).toBe(10);
    expect(places(budget, one, 1000, 60 * MINUTE)).toBe(60);
  });

  it('is not spent by another station of the same address, nor by what asks for no WebSocket', () => {
    const budget = new RefusalBudget(60);
    places(budget, () => at('10.0.0.1', 'CS-1'), 1000, 0);
    places(budget, () => at('10.0.0.1'), 1000, 0);
    expect(budget.take(at('10.0.0.1', 'CS-2'), 0)).toBe(true);
  });

  it('is ten times that of a station for an address that makes up names, and fifty times for a port', () => {
    const budget = new RefusalBudget(60);
    expect(places(budget, (index) => at('10.0.0.1', `made-up-${index}`), 5000, 0)).toBe(600);
    expect(budget.take(at('10.0.0.2', 'CS-1'), 0)).toBe(true);
    expect(places(budget, (index) => at(`10.1.${index >> 8}.${index & 255}`), 20_000, 0)).toBe(3000 - 601);
  });

  it('has a place for whom is known and calm, whoever floods the port from wherever meanwhile', () => {
    const budget = new RefusalBudget(60);
    const calm = at('10.0.0.1', 'CS-1');
    expect(budget.take(calm, 0)).toBe(true);
    let made = 0;
    const flood = (mono: number) => {
      for (let i = 0; i < 2000; i += 1, made += 1)
        budget.take(at(`10.1.${(made >> 8) & 255}.${made & 255}`, 'x'), mono);
      for (let i = 0; i < 2000; i += 1, made += 1) budget.take(at('10.0.0.1', `made-up-${made}`), mono);
    };
    for (let mono = MINUTE; mono < 30 * MINUTE; mono += 30 * SECOND) {
      flood(mono);
      expect(budget.take(calm, mono)).toBe(true);
    }
    // Who has only just come has no such right.
    expect(budget.take(at('10.0.0.9', 'CS-9'), 30 * MINUTE - 30 * SECOND)).toBe(false);
  });

  it('ends for an address too where it makes up names that it keeps, and comes calmly with each', () => {
    const budget = new RefusalBudget(60);
    const each = (index: number) => at('10.0.0.1', `kept-${index}`);
    let made = 0;
    for (let mono = 0; mono < 10 * MINUTE; mono += 10 * SECOND) made = places(budget, each, 4000, mono);
    // A hundred in ten seconds as any, and a hundred as calm ones.
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThanOrEqual(200);
    expect(budget.take(at('10.0.0.2', 'CS-1'), 10 * MINUTE)).toBe(true);
  });

  it('gives back what was taken for an attempt that came to something', () => {
    const budget = new RefusalBudget(2);
    const one = at('10.0.0.1', 'CS-1');
    for (let i = 0; i < 100; i += 1) {
      expect(budget.take(one, 0)).toBe(true);
      budget.giveBack(one);
    }
    expect(places(budget, () => one, 10, 0)).toBe(2);
  });

  it('remembers some thousands of sources, those that came last', () => {
    const budget = new RefusalBudget(1000);
    const first = at('10.0.0.0', 'CS-0');
    for (let i = 0; i < 4096; i += 1) budget.take(at(`10.0.${i >> 8}.${i & 255}`, `CS-${i}`), 0);
    expect(budget.knows(first)).toBe(true);
    budget.take(first, 0);
    for (let i = 4096; i < 8191; i += 1) budget.take(at(`10.0.${i >> 8}.${i & 255}`, `CS-${i}`), 0);
    expect(budget.knows(first)).toBe(true);
    budget.take(at('10.9.9.9', 'CS-0'), 0);
    expect(budget.knows(first)).toBe(false);
  });
});

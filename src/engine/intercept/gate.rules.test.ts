import { beforeEach, describe, expect, it } from 'vitest';
import { bytes, type GateBench, gateBench } from './testing/gate-bench.ts';
import { SWAP_MS } from './waiting.ts';

const CALL = '[2,"1","Authorize",{}]';
const NEXT = '[2,"2","Heartbeat",{}]';
const THIRD = '[2,"3","Heartbeat",{"third":1}]';

let bench: GateBench;
beforeEach(() => {
  bench = gateBench();
});

/** What the rule for Authorize makes of a CALL. */
function ruled(verdict: GateBench['verdicts'][string]): string[] {
  bench.verdicts.Authorize = verdict;
  return bench.station(CALL);
}

describe('what goes on', () => {
  it('is the frame itself', () => {
    expect(ruled({ forward: ['same'] })).toEqual([`to-csms: ${CALL}`]);
  });

  it('is another in its place', () => {
    expect(ruled({ forward: [bytes('x')] })).toEqual(['1 edited: rule Authorize', 'to-csms edited of 1: x']);
  });

  it('is nothing', () => {
    expect(ruled({ forward: [] })).toEqual(['1 dropped: rule Authorize']);
  });

  it('is the frame with copies, of which those under ids of their own have their answers kept', () => {
    expect(ruled({ forward: ['same', 'same', bytes('[2,"own","Authorize",{}]')] })).toEqual([
      `to-csms: ${CALL}`,
      `to-csms injected of 1: ${CALL}`,
      'to-csms injected of 1: [2,"own","Authorize",{}]',
    ]);
    expect(bench.csms('[3,"own",{}]')).toEqual(['2 consumed: the answer to a CALL of Plugscope']);
    expect(bench.csms('[3,"1",{}]')).toEqual(['to-station: [3,"1",{}]']);
  });

  it('is what took its place, and a copy of that, whose answers both find back', () => {
    const changed = bytes('[2,"9","Authorize",{}]');
    ruled({ forward: [changed, changed] });
    for (let i = 0; i < 2; i += 1) expect(bench.csms('[3,"9",{}]')[1]).toContain('[3,"1",{}]');
  });

  it('is an answer to its sender alone', () => {
    expect(ruled({ forward: [], answer: bytes('[4,"1","NotSupported","",{}]') })).toEqual([
      '1 answered: rule Authorize',
      'to-station injected of 1: [4,"1","NotSupported","",{}]',
    ]);
  });

  it('is held where a breakpoint catches it too, and shows as it would go on', () => {
    bench.breakpoints.b = { part: 'Authorize' };
    expect(ruled({ forward: [bytes('x')] })).toEqual([]);
    expect(bench.decide('Authorize', { kind: 'edit', text: 'x' })).toEqual([
      '1 edited: rule Authorize',
      'to-csms edited of 1: x',
    ]);
  });
});

describe('a delay', () => {
  it('is for the frame and all behind it', () => {
    expect(ruled({ forward: ['same'], delayMs: 1000 })).toEqual([]);
    expect(bench.station(NEXT)).toEqual([]);
    expect(bench.csms('[3,"0",{}]')).toHaveLength(1);
    expect(bench.gate.nextWake(bench.now)).toBe(1000);
    expect(bench.wait(999)).toEqual([]);
    expect(bench.wait(1)).toEqual([
      '1 delayed: rule Authorize',
      `to-csms: ${CALL}`,
      '2 delayed: waited behind entry 1',
      `to-csms: ${NEXT}`,
    ]);
    expect(bench.held()).toEqual([]);
  });

  it('of no time is none', () => {
    expect(ruled({ forward: ['same'], delayMs: 0 })).toEqual([`to-csms: ${CALL}`]);
  });

  it('until a match ends with that frame, from either side', () => {
    ruled({ forward: ['same'], until: ({ direction, data }) => direction === 'to-station' && data.byteLength === 2 });
    expect(bench.gate.awaitsMatch).toBe(true);
    expect(bench.csms('{}}')).toEqual(['to-station: {}}']);
    expect(bench.station('{}')).toEqual([]);
    expect(bench.csms('{}')).toEqual([
      '1 delayed: rule Authorize',
      `to-csms: ${CALL}`,
      '3 delayed: waited behind entry 1',
      'to-csms: {}',
      'to-station: {}',
    ]);
    expect(bench.gate.awaitsMatch).toBe(false);
  });
});

describe('two that are reordered', () => {
  it('go on the other way round', () => {
    expect(ruled({ forward: ['same'], swapWithNext: true })).toEqual([]);
    expect(bench.station(NEXT)).toEqual([`to-csms: ${NEXT}`, '1 delayed: rule Authorize', `to-csms: ${CALL}`]);
    expect(bench.station(THIRD)).toEqual([`to-csms: ${THIRD}`]);
  });

  it('are two, even where the rule fires for each', () => {
    ruled({ forward: ['same'], swapWithNext: true });
    bench.verdicts.Heartbeat = { forward: ['same'], swapWithNext: true };
    expect(bench.station(NEXT)).toEqual([`to-csms: ${NEXT}`, '1 delayed: rule Authorize', `to-csms: ${CALL}`]);
    expect(bench.station(THIRD)).toEqual([]);
  });

  it('need a second one soon, or the first goes on alone', () => {
    ruled({ forward: ['same'], swapWithNext: true });
    expect(bench.gate.nextWake(bench.now)).toBe(SWAP_MS);
    expect(bench.wait(SWAP_MS)).toEqual(['1 delayed: rule Authorize', `to-csms: ${CALL}`]);
  });

  it('stay behind what is held', () => {
    bench.breakpoints.b = { part: '"0"' };
    bench.station('[2,"0","Boot",{}]');
    ruled({ forward: ['same'], swapWithNext: true });
    bench.station(NEXT);
    expect(bench.decide('"0"', { kind: 'drop' }).filter((line) => line.startsWith('to-'))).toEqual([
      `to-csms: ${NEXT}`,
      `to-csms: ${CALL}`,
    ]);
  });
});

describe('a stall', () => {
  it('lets nothing more go on, either way, and closes nothing', () => {
    expect(ruled({ forward: ['same'], stall: true })).toEqual([`to-csms: ${CALL}`]);
    expect(bench.station(NEXT)).toEqual([]);
    expect(bench.csms('[3,"1",{}]')).toEqual([]);
    expect(bench.wait(1e9)).toEqual([]);
    expect(bench.gate.nextWake(bench.now)).toBeUndefined();
    expect(bench.gate.stalled).toBe(true);
  });

  it('ends with the connection: what it kept back stays undelivered', () => {
    ruled({ forward: [], stall: true });
    bench.station(NEXT);
    bench.csms('{}');
    expect(bench.lines(bench.gate.leaving('to-station'))).toEqual(['3 undelivered: rule Authorize']);
    expect(bench.lines(bench.gate.left('to-station', 1000, ''))).toEqual([
      '2 undelivered: rule Authorize',
      'to-csms ends with 1000 ',
    ]);
  });
});

describe('a close', () => {
  it('ends both legs with its code, after what goes on', () => {
    expect(ruled({ forward: ['same'], close: { code: 1011, reason: 'test' } })).toEqual([
      `to-csms: ${CALL}`,
      'to-csms ends with 1011 test',
      'to-station ends with 1011 test',
    ]);
    expect(bench.csms('[3,"1",{}]')).toEqual(['2 undelivered: rule Authorize']);
    bench.gate.leaving('to-csms');
    expect(bench.lines(bench.gate.left('to-csms', 1011, 'test'))).toEqual([]);
  });

  it('leaves what is held undelivered', () => {
    bench.breakpoints.b = { part: '[3,' };
    bench.csms('[3,"0",{}]');
    expect(ruled({ forward: [], close: { code: 1000, reason: '' } })).toEqual([
      '2 dropped: rule Authorize',
      'to-csms ends with 1000 ',
      'to-station ends with 1000 ',
      '1 undelivered: rule Authorize',
    ]);
  });
});

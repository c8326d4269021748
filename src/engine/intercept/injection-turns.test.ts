import { beforeEach, describe, expect, it } from 'vitest';
import { type GateBench, gateBench } from './testing/gate-bench.ts';

const OURS = 'to-station injected: [2,"ours","Heartbeat",{}]';

let bench: GateBench;
beforeEach(() => {
  bench = gateBench();
});

describe('an injected CALL', () => {
  it.each([
    ['[3,"ours",{"a":1}]', { kind: 'result', answer: 1, payload: { a: 1 } }],
    [
      '[4,"ours","InternalError","d",{"b":1}]',
      { kind: 'error', answer: 1, code: 'InternalError', description: 'd', details: { b: 1 } },
    ],
  ])('has its answer %s, which is kept from the other side', (answer, end) => {
    expect(bench.inject('to-station', 5, 'ours')).toEqual([OURS]);
    const data = Buffer.from(answer);
    const at = { mono: 1, wall: 1 };
    expect(bench.gate.take({ entry: 1, direction: 'to-csms', data, binary: false, at }, 1)).toEqual([
      { kind: 'fate', entry: 1, fate: 'consumed', by: 'the answer to a CALL of Plugscope' },
      { kind: 'settled', injection: 5, end },
    ]);
  });

  it.each(['[3,"ours"]', '[3,"ours",[]]', '[3,"ours",{]'])('ends with an answer that cannot be read: %s', (answer) => {
    bench.inject('to-station', 5, 'ours');
    expect(bench.station(answer)).toEqual(['1 consumed: the answer to a CALL of Plugscope', 'call 5: error']);
  });

  it('waits until the peer’s own CALL is answered', () => {
    bench.csms('[2,"1","Reset",{}]');
    expect(bench.inject('to-station', 1, 'ours')).toEqual([]);
    expect(bench.station('[2,"2","Heartbeat",{}]')).toHaveLength(1);
    expect(bench.station('[3,"1",{}]')).toEqual([OURS, 'to-csms: [3,"1",{}]']);
  });

  it('waits until the peer’s own CALL is given up', () => {
    bench.csms('[2,"1","Reset",{}]');
    bench.inject('to-station', 1, 'ours');
    expect(bench.gate.nextWake(bench.now)).toBe(30_000);
    expect(bench.wait(30_000)).toEqual([OURS]);
  });

  it('waits for a CALL that went on before anybody intercepted', () => {
    const call = Buffer.from('[2,"1","Reset",{}]');
    bench.gate.note('to-station', call, 7, () => 0);
    expect(bench.gate.busy).toBe(false);
    expect(bench.inject('to-station', 1, 'ours')).toEqual([]);
    expect(bench.station('[3,"1",{}]')[0]).toBe(OURS);
  });

  it('does not wait for one whose answer went by before, nor for SENDs and the other direction', () => {
    bench.gate.note('to-station', Buffer.from('[2,"1","Reset",{}]'), 7, () => 0);
    bench.gate.note('to-csms', Buffer.from('[3,"1",{}]'), 8, () => 0);
    bench.csms('[6,"2","NotifyPeriodicEventStream",{}]');
    bench.station('[2,"3","Heartbeat",{}]');
    expect(bench.inject('to-station', 1, 'ours')).toEqual([OURS]);
  });

  it('lets the peer’s next CALL wait for its answer, and what is behind that', () => {
    bench.inject('to-station', 1, 'ours');
    expect(bench.csms('[3,"0",{}]')).toEqual(['to-station: [3,"0",{}]']);
    expect(bench.csms('[2,"1","Reset",{}]')).toEqual([]);
    expect(bench.csms('[3,"9",{}]')).toEqual([]);
    expect(bench.station('[3,"ours",{}]')).toEqual([
      '4 consumed: the answer to a CALL of Plugscope',
      'call 1: result',
      '2 delayed: waited for the answer to an injected CALL',
      'to-station: [2,"1","Reset",{}]',
      '3 delayed: waited behind entry 2',
      'to-station: [3,"9",{}]',
    ]);
  });

  it('takes turns with the peer’s', () => {
    bench.inject('to-station', 1, 'ours');
    bench.inject('to-station', 2, 'ours2');
    bench.csms('[2,"1","Reset",{}]');
    expect(bench.station('[3,"ours",{}]').at(-1)).toBe('to-station: [2,"1","Reset",{}]');
    expect(bench.station('[3,"1",{}]')[0]).toContain('ours2');
  });

  it('does not wait for what is held, which then waits for it', () => {
    bench.breakpoints.b = { part: 'Reset' };
    bench.csms('[2,"1","Reset",{}]');
    expect(bench.inject('to-station', 1, 'ours')).toEqual([OURS]);
    expect(bench.decide('Reset', { kind: 'forward' })).toEqual([]);
    expect(bench.station('[3,"ours",{}]').slice(2)).toEqual(['1 delayed: by hand', 'to-station: [2,"1","Reset",{}]']);
  });

  it('runs out of time, and its late answer is kept all the same', () => {
    bench.inject('to-station', 1, 'ours');
    bench.csms('[2,"1","Reset",{}]');
    expect(bench.wait(29_999)).toEqual([]);
    expect(bench.wait(1)[0]).toBe('call 1: timeout');
    expect(bench.station('[3,"ours",{}]')).toEqual(['2 consumed: the answer to a CALL of Plugscope']);
  });

  it('is neither held nor ruled, and nor is its answer', () => {
    bench.breakpoints.b = { part: '' };
    expect(bench.inject('to-station', 1, 'ours')).toEqual([OURS]);
    expect(bench.station('[3,"ours",{}]')).toHaveLength(2);
  });

  it('is taken back while it waits', () => {
    bench.csms('[2,"1","Reset",{}]');
    bench.inject('to-station', 1, 'ours');
    expect(bench.gate.withdraw('to-station', 1)).toBe(true);
    expect(bench.station('[3,"1",{}]')).toHaveLength(1);
    bench.inject('to-station', 2, 'ours');
    expect(bench.gate.withdraw('to-station', 2)).toBe(false);
  });

  it('ends with the connection, sent or not', () => {
    bench.inject('to-station', 1, 'a');
    bench.inject('to-station', 2, 'b');
    bench.inject('to-csms', 3, 'c');
    bench.inject('to-csms', 4, 'd');
    expect(bench.lines(bench.gate.left('to-station', 1000, '')).sort()).toEqual([
      'call 1: closed',
      'call 2: closed',
      'call 3: closed',
      'call 4: closed',
      'to-csms ends with 1000 ',
    ]);
    expect(bench.inject('to-station', 5, 'e')).toEqual(['call 5: closed']);
  });
});

describe('raw bytes', () => {
  it('go out at once, whatever waits', () => {
    bench.breakpoints.b = { part: 'Reset' };
    bench.csms('[2,"1","Reset",{}]');
    const effects = bench.gate.raw('to-station', Buffer.from('{nonsense'), false, 0);
    expect(bench.lines(effects)).toEqual(['to-station injected: {nonsense']);
  });

  it('that are a CALL have their answer kept from the other side', () => {
    bench.gate.raw('to-station', Buffer.from('[2,"raw","Reset",{}]'), false, 0);
    expect(bench.station('[4,"raw","NotSupported","",{}]')).toEqual(['1 consumed: the answer to a CALL of Plugscope']);
  });
});

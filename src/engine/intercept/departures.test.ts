import { beforeEach, describe, expect, it } from 'vitest';
import { type GateBench, gateBench } from './testing/gate-bench.ts';

const CALL = '[2,"1","Authorize",{}]';
const NEXT = '[2,"2","Heartbeat",{}]';

let bench: GateBench;
beforeEach(() => {
  bench = gateBench();
  bench.breakpoints.b = { part: 'Authorize' };
  bench.station(CALL);
  bench.station(NEXT);
});

describe('when the sender goes', () => {
  it('what is held goes on, in its order, before the close', () => {
    bench.gate.leaving('to-station');
    expect(bench.lines(bench.gate.left('to-station', 1001, 'bye'))).toEqual([
      '1 delayed: the connection ended',
      `to-csms: ${CALL}`,
      '2 delayed: the connection ended',
      `to-csms: ${NEXT}`,
      'to-csms ends with 1001 bye',
    ]);
  });

  it('what was decided is carried out', () => {
    bench.decide('Heartbeat', { kind: 'edit', text: 'changed' });
    bench.gate.leaving('to-station');
    expect(bench.lines(bench.gate.left('to-station', 1006, ''))).toEqual([
      '1 delayed: the connection ended',
      `to-csms: ${CALL}`,
      '2 edited: by hand',
      'to-csms edited of 2: changed',
      'to-csms ends with 1006 ',
    ]);
  });

  it('an answer of ours has nobody to go to', () => {
    bench.gate.leaving('to-station');
    expect(bench.decide('Authorize', { kind: 'result', payload: {} })).toEqual([
      '1 undelivered: the connection ended',
      '2 delayed: waited behind entry 1',
      `to-csms: ${NEXT}`,
    ]);
  });

  it('what is held for ever stays undelivered, and the rest goes on', () => {
    bench.settings = {
      ...bench.settings,
      breakpoints: [{ id: 'b', enabled: true, filter: '', direction: 'both', forEver: true }],
    };
    bench.gate.configured(bench.now);
    expect(bench.lines(bench.gate.left('to-station', 1000, ''))).toEqual([
      '1 undelivered: held for ever until its connection ended',
      '2 delayed: the connection ended',
      `to-csms: ${NEXT}`,
      'to-csms ends with 1000 ',
    ]);
  });
});

describe('when the receiver goes', () => {
  it('what is held for it stays undelivered, and so does what still comes for it', () => {
    expect(bench.lines(bench.gate.leaving('to-csms'))).toEqual([
      '1 undelivered: the connection ended',
      '2 undelivered: the connection ended',
    ]);
    expect(bench.decide('Authorize', { kind: 'forward' })).toEqual(['not held']);
    expect(bench.station(NEXT)).toEqual(['3 undelivered: the connection ended']);
    expect(bench.lines(bench.gate.left('to-csms', 1000, ''))).toEqual(['to-station ends with 1000 ']);
    expect(bench.held()).toEqual([]);
  });
});

it('when the bench stops, what is held goes on before both sides are told', () => {
  bench.breakpoints.c = { part: '[3,', forEver: true };
  bench.csms('[3,"0",{}]');
  expect(bench.lines(bench.gate.stop(1001, 'over'))).toEqual([
    '1 delayed: the bench was stopped',
    `to-csms: ${CALL}`,
    '2 delayed: the bench was stopped',
    `to-csms: ${NEXT}`,
    '3 undelivered: held for ever until its connection ended',
    'to-csms ends with 1001 over',
    'to-station ends with 1001 over',
  ]);
  expect(bench.station(NEXT)).toEqual(['4 undelivered: the bench was stopped']);
  expect(bench.decide('Authorize', { kind: 'forward' })).toEqual(['not held']);
});

it('a frame that could not be recorded has no fate', () => {
  const arrival = { entry: 0, direction: 'to-station', data: Buffer.from('x'), binary: false } as const;
  bench.gate.leaving('to-station');
  expect(bench.gate.take({ ...arrival, at: { mono: 0, wall: 0 } }, 0)).toEqual([]);
});

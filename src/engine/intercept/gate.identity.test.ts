import { beforeEach, describe, expect, it } from 'vitest';
import { bytes, type GateBench, gateBench } from './testing/gate-bench.ts';

let bench: GateBench;
beforeEach(() => {
  bench = gateBench();
});

describe('a CALL whose message id is edited', () => {
  beforeEach(() => {
    bench.breakpoints.b = { part: 'Authorize' };
    bench.station('[2,"1","Authorize",{}]');
    expect(bench.decide('Authorize', { kind: 'edit', text: '[2,"9","Authorize",{}]' })).toEqual([
      '1 edited: by hand',
      'to-csms edited of 1: [2,"9","Authorize",{}]',
    ]);
  });

  it.each([
    ['[3,"9",{ "a": 1.0 }]', '[3,"1",{ "a": 1.0 }]'],
    ['[4,"9","InternalError","",{}]', '[4,"1","InternalError","",{}]'],
    [' [ 3 , "\\u0039" ,{}] ', ' [ 3 , "1" ,{}] '],
    ['[3,"9",broken', '[3,"1",broken'],
  ])('has its answer back under the id that its sender knows: %s', (answer, restored) => {
    expect(bench.csms(answer)).toEqual(['2 edited: message id restored', `to-station edited of 2: ${restored}`]);
  });

  it('has every answer back that comes, and leaves those to others alone', () => {
    expect(bench.csms('[3,"1",{}]')).toEqual(['to-station: [3,"1",{}]']);
    for (let i = 0; i < 2; i += 1) expect(bench.csms('[3,"9",{}]')[1]).toContain('[3,"1",{}]');
  });

  it('is restored in an answer that is edited, unless its id is', () => {
    bench.breakpoints.c = { part: '[3,' };
    bench.csms('[3,"9",{"a":1}]');
    expect(bench.decide('"a"', { kind: 'edit', text: '[3,"9",{"a":2}]' })).toEqual([
      '2 edited: by hand',
      'to-station edited of 2: [3,"1",{"a":2}]',
    ]);
    bench.csms('[3,"9",{"a":1}]');
    expect(bench.decide('"a"', { kind: 'edit', text: '[3,"8",{"a":2}]' })[1]).toBe(
      'to-station edited of 3: [3,"8",{"a":2}]',
    );
  });

  it('has its sender’s rejection of the answer sent on under the new id', () => {
    bench.csms('[3,"9",{}]');
    expect(bench.station('[5,"1","FormatViolation","",{}]')).toEqual([
      '3 edited: message id restored',
      'to-csms edited of 3: [5,"9","FormatViolation","",{}]',
    ]);
  });

  it('goes by the later one where the peer uses that id itself', () => {
    expect(bench.station('[2,"9","Heartbeat",{}]')).toEqual(['to-csms: [2,"9","Heartbeat",{}]']);
    expect(bench.csms('[3,"9",{}]')).toEqual(['to-station: [3,"9",{}]']);
  });
});

it('ids of the two directions have nothing to do with each other', () => {
  bench.verdicts.Authorize = { forward: [bytes('[2,"9","Authorize",{}]')] };
  bench.station('[2,"1","Authorize",{}]');
  expect(bench.station('[3,"9",{}]')).toEqual(['to-csms: [3,"9",{}]']);
});

it('what was no CALL and is edited to one has its answer kept from those who did not call', () => {
  bench.breakpoints.b = { part: 'Notify' };
  bench.station('[6,"1","NotifyPeriodicEventStream",{}]');
  bench.decide('Notify', { kind: 'edit', text: '[2,"1","Heartbeat",{}]' });
  expect(bench.csms('[3,"1",{}]')).toEqual(['2 consumed: the answer to a CALL of Plugscope']);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { CSMS_AWAY } from './reasons.ts';
import { bytes, type GateBench, gateBench } from './testing/gate-bench.ts';

/* The CSMS of a conversation goes and comes back while its station stays. */

let bench: GateBench;
beforeEach(() => {
  bench = gateBench();
});

function lose(): string[] {
  return bench.lines([...bench.gate.leaving('to-csms', CSMS_AWAY), ...bench.gate.lost('to-csms', bench.now)]);
}

function comeBack(): string[] {
  return bench.lines(bench.gate.back('to-csms', bench.now));
}

const HEARTBEAT = '[2,"1","Heartbeat",{}]';

describe('while it is gone', () => {
  it('frames of the station stay undelivered, and nothing is said to the station', () => {
    expect(lose()).toEqual([]);
    expect(bench.gate.busy).toBe(true);
    expect(bench.station(HEARTBEAT)).toEqual(['1 undelivered: the CSMS is not connected']);
    expect(comeBack()).toEqual([]);
    expect(bench.gate.busy).toBe(false);
    expect(bench.station('[2,"2","Heartbeat",{}]')).toEqual(['to-csms: [2,"2","Heartbeat",{}]']);
  });

  it('what was held for it stays undelivered, and what it had sent goes on', () => {
    bench.breakpoints.all = { part: '[' };
    bench.station(HEARTBEAT);
    bench.csms('[2,"c","Reset",{}]');
    expect(lose()).toEqual([
      '1 undelivered: the CSMS is not connected',
      '2 delayed: the connection ended',
      'to-station: [2,"c","Reset",{}]',
    ]);
  });

  it('calls of ours to it end, and those to the station go on', () => {
    expect(bench.inject('to-csms', 1, 'ours')).toEqual(['to-csms injected: [2,"ours","Heartbeat",{}]']);
    expect(lose()).toEqual(['call 1: closed']);
    expect(bench.inject('to-csms', 2, 'more')).toEqual(['call 2: closed']);
    expect(bench.inject('to-station', 3, 'down')).toEqual(['to-station injected: [2,"down","Heartbeat",{}]']);
    expect(bench.station('[3,"down",{}]')).toEqual(['1 consumed: the answer to a CALL of Plugscope', 'call 3: result']);
  });

  it('a rule still answers in its place', () => {
    bench.verdicts.Heartbeat = { forward: [], answer: bytes('[3,"1",{}]') };
    lose();
    expect(bench.station(HEARTBEAT)).toEqual(['1 answered: rule Heartbeat', 'to-station injected of 1: [3,"1",{}]']);
    bench.verdicts.Heartbeat = { forward: ['same'], answer: bytes('[3,"1",{}]') };
    expect(bench.station(HEARTBEAT)).toEqual(['2 undelivered: the CSMS is not connected']);
  });
});

describe('calls that were open when it went', () => {
  it('of the station wait no longer: one of ours can go to the next connection', () => {
    bench.station(HEARTBEAT);
    lose();
    comeBack();
    expect(bench.inject('to-csms', 1, 'ours')).toEqual(['to-csms injected: [2,"ours","Heartbeat",{}]']);
  });

  it('of the CSMS are answered to nobody, also when another connection is there', () => {
    bench.csms('[2,"c","Reset",{}]');
    lose();
    comeBack();
    expect(bench.station('[3,"c",{"status":"Accepted"}]')).toEqual([
      '2 undelivered: the connection that asked is gone',
    ]);
    // A second one is nobody's answer, as it would be to a CSMS that was never gone.
    expect(bench.station('[3,"c",{}]')).toEqual(['to-csms: [3,"c",{}]']);
  });

  it('keep the next CALL waiting, whose id may be the same, until the station has answered', () => {
    bench.csms('[2,"c","Reset",{}]');
    lose();
    comeBack();
    expect(bench.csms('[2,"c","GetReport",{}]')).toEqual([]);
    expect(bench.station('[3,"c",{"of":"Reset"}]')).toEqual([
      '3 undelivered: the connection that asked is gone',
      '2 delayed: waited for the answer to a CALL of the connection before',
      'to-station: [2,"c","GetReport",{}]',
    ]);
    expect(bench.station('[3,"c",{"of":"GetReport"}]')).toEqual(['to-csms: [3,"c",{"of":"GetReport"}]']);
  });

  it('keep it waiting no longer than they have time', () => {
    bench.csms('[2,"c","Reset",{}]');
    bench.now += 10_000;
    lose();
    comeBack();
    expect(bench.csms('[2,"d","GetReport",{}]')).toEqual([]);
    expect(bench.gate.nextWake(bench.now)).toBe(30_000);
    expect(bench.wait(20_000)).toEqual([
      '2 delayed: waited for the answer to a CALL of the connection before',
      'to-station: [2,"d","GetReport",{}]',
    ]);
  });

  it('keep from the station what another connection asked that is gone as well', () => {
    bench.csms('[2,"c","Reset",{}]');
    lose();
    comeBack();
    bench.csms('[2,"c","GetReport",{}]');
    expect(lose()).toEqual(['2 undelivered: the connection that asked is gone']);
  });

  it('of the CSMS whose id a rule changed are answered to nobody either', () => {
    bench.verdicts['"Reset"'] = { forward: [bytes('[2,"changed","Reset",{}]')] };
    bench.csms('[2,"c","Reset",{}]');
    lose();
    comeBack();
    expect(bench.station('[3,"changed",{}]')).toEqual(['2 undelivered: the connection that asked is gone']);
  });
});

it('the end of the station while it is gone ends nothing twice', () => {
  lose();
  expect(bench.lines([...bench.gate.leaving('to-station'), ...bench.gate.left('to-station', 1000, '')])).toEqual([]);
  expect(bench.lines(bench.gate.stop(1001, 'over'))).toEqual([]);
});

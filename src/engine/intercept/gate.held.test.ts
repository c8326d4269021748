import { beforeEach, describe, expect, it } from 'vitest';
import { type GateBench, gateBench } from './testing/gate-bench.ts';

const CALL = '[2,"1","Authorize",{}]';
const RESULT = '[3,"1",{}]';

let bench: GateBench;
beforeEach(() => {
  bench = gateBench();
});

describe('without a breakpoint', () => {
  it.each([CALL, RESULT, '[6,"1","NotifyPeriodicEventStream",{}]', 'no JSON', '[2,"x"', ''])('%s goes on', (text) => {
    expect(bench.station(text)).toEqual([`to-csms: ${text}`]);
    expect(bench.csms(text)).toEqual([`to-station: ${text}`]);
    expect(bench.gate.nextWake(bench.now)).toBeUndefined();
  });
});

describe('a held message', () => {
  beforeEach(() => {
    bench.breakpoints.b = { part: 'Authorize' };
    expect(bench.station(CALL)).toEqual([]);
    expect(bench.held()).toEqual([CALL]);
  });

  it('goes on as it came when it is forwarded', () => {
    expect(bench.decide('Authorize', { kind: 'forward' })).toEqual(['1 delayed: by hand', `to-csms: ${CALL}`]);
    expect(bench.held()).toEqual([]);
  });

  it('goes on as another text when it is edited, be that valid or not', () => {
    expect(bench.decide('Authorize', { kind: 'edit', text: '[2,"1",' })).toEqual([
      '1 edited: by hand',
      'to-csms edited of 1: [2,"1",',
    ]);
  });

  it('is not edited by its own text', () => {
    expect(bench.decide('Authorize', { kind: 'edit', text: CALL })).toEqual(['1 delayed: by hand', `to-csms: ${CALL}`]);
  });

  it('is dropped', () => {
    expect(bench.decide('Authorize', { kind: 'drop' })).toEqual(['1 dropped: by hand']);
  });

  it('is answered with a result in the receiver’s place', () => {
    expect(bench.decide('Authorize', { kind: 'result', payload: { a: 1 } })).toEqual([
      '1 answered: by hand',
      'to-station injected of 1: [3,"1",{"a":1}]',
    ]);
  });

  it('is answered with an error', () => {
    const error = { kind: 'error', code: 'InternalError', description: 'no', details: {} } as const;
    expect(bench.decide('Authorize', error)).toEqual([
      '1 answered: by hand',
      'to-station injected of 1: [4,"1","InternalError","no",{}]',
    ]);
  });

  it('whose answer of ours is rejected: the rejection is for us', () => {
    bench.decide('Authorize', { kind: 'result', payload: {} });
    expect(bench.station('[5,"1","FormatViolation","",{}]')).toEqual(['2 consumed: about an answer of Plugscope']);
    expect(bench.station('[5,"2","FormatViolation","",{}]')).toHaveLength(1);
  });

  it('is duplicated under its id, and both answers go back', () => {
    expect(bench.decide('Authorize', { kind: 'duplicate', newMessageId: false })).toEqual([
      '1 delayed: by hand',
      `to-csms: ${CALL}`,
      `to-csms injected of 1: ${CALL}`,
    ]);
    expect(bench.csms(RESULT)).toEqual([`to-station: ${RESULT}`]);
    expect(bench.csms(RESULT)).toEqual([`to-station: ${RESULT}`]);
  });

  it('is duplicated under an id of ours, and only its own answer goes back', () => {
    expect(bench.decide('Authorize', { kind: 'duplicate', newMessageId: true })).toEqual([
      '1 delayed: by hand',
      `to-csms: ${CALL}`,
      'to-csms injected of 1: [2,"new-1","Authorize",{}]',
    ]);
    expect(bench.csms('[3,"new-1",{}]')).toEqual(['2 consumed: the answer to a CALL of Plugscope']);
    expect(bench.csms(RESULT)).toEqual([`to-station: ${RESULT}`]);
    // The same answer once more is still ours.
    expect(bench.csms('[3,"new-1",{}]')).toEqual(['4 consumed: the answer to a CALL of Plugscope']);
  });

  it('lets the other direction flow', () => {
    expect(bench.csms('[3,"0",{}]')).toEqual(['to-station: [3,"0",{}]']);
  });

  it('is decided about once', () => {
    bench.station('[2,"2","Heartbeat",{}]');
    expect(bench.decide('Heartbeat', { kind: 'drop' })).toEqual([]);
    expect(bench.decide('Heartbeat', { kind: 'forward' })).toEqual(['refused: decided']);
    expect(bench.decide('Authorize', { kind: 'forward' })).toHaveLength(3);
    expect(bench.decide('Authorize', { kind: 'forward' })).toEqual(['not held']);
  });
});

describe('behind a held message', () => {
  const SECOND = '[2,"2","Heartbeat",{}]';
  beforeEach(() => {
    bench.breakpoints.b = { part: 'Authorize' };
    bench.station(CALL);
    expect(bench.station(SECOND)).toEqual([]);
  });

  it('everything of its direction waits, and goes on in its order', () => {
    expect(bench.held()).toEqual([CALL, SECOND]);
    expect(bench.decide('Authorize', { kind: 'forward' })).toEqual([
      '1 delayed: by hand',
      `to-csms: ${CALL}`,
      '2 delayed: waited behind entry 1',
      `to-csms: ${SECOND}`,
    ]);
  });

  it('what is decided waits for its turn', () => {
    expect(bench.decide('Heartbeat', { kind: 'drop' })).toEqual([]);
    expect(bench.held()).toEqual([CALL, SECOND]);
    expect(bench.decide('Authorize', { kind: 'drop' })).toEqual(['1 dropped: by hand', '2 dropped: by hand']);
  });

  it('what an edit left out of the order stays in it', () => {
    bench.decide('Heartbeat', { kind: 'edit', text: '[2,"2","Changed",{}]' });
    expect(bench.decide('Authorize', { kind: 'forward' }).slice(1)).toEqual([
      `to-csms: ${CALL}`,
      '2 edited: by hand',
      'to-csms edited of 2: [2,"2","Changed",{}]',
    ]);
  });

  it('all go on when all are released', () => {
    const { released, effects } = bench.gate.releaseAll(bench.now);
    expect(released).toBe(2);
    expect(bench.lines(effects).filter((line) => line.startsWith('to-'))).toEqual([
      `to-csms: ${CALL}`,
      `to-csms: ${SECOND}`,
    ]);
  });
});

describe('a decision that makes no sense is refused', () => {
  const error = { kind: 'error', code: 'InternalError', description: '', details: {} } as const;
  const cases = [
    ['an answer to an answer', RESULT, { kind: 'result', payload: {} }, 'not-a-call'],
    ['an error to a SEND', '[6,"1","NotifyPeriodicEventStream",{}]', error, 'not-a-call'],
    ['an answer to what has no id', 'nothing', { kind: 'result', payload: {} }, 'not-a-call'],
    ['a new id for what has none', 'nothing', { kind: 'duplicate', newMessageId: true }, 'no-message-id'],
  ] as const;
  it.each(cases)('%s', (_name, text, decision, code) => {
    bench.breakpoints.b = { part: text };
    bench.csms(text);
    expect(bench.decide(text, decision)).toEqual([`refused: ${code}`]);
    expect(bench.decide(text, { kind: 'forward' })).toHaveLength(2);
  });

  it.each([
    ['a binary frame', Uint8Array.of(1, 2, 3)],
    ['a text that is no UTF-8', Uint8Array.of(0x5b, 0xff)],
  ])('%s cannot be edited, but forwarded, dropped and duplicated', (_name, data) => {
    bench.breakpoints.b = { part: '' };
    bench.station(data);
    bench.station(data);
    expect(bench.decide('', { kind: 'edit', text: '[]' })).toEqual(['refused: not-text']);
    expect(bench.decide('', { kind: 'duplicate', newMessageId: false })).toHaveLength(3);
    expect(bench.decide('', { kind: 'drop' })).toEqual(['2 dropped: by hand']);
  });

  it('a malformed CALL can be answered all the same', () => {
    bench.breakpoints.b = { part: 'CALL' };
    bench.station('[2,"7","CALL"]');
    expect(bench.decide('CALL', error)[1]).toBe('to-station injected of 1: [4,"7","InternalError","",{}]');
  });
});

describe('time', () => {
  it('lets a CALL go on before its sender gives up', () => {
    bench.breakpoints.b = { part: 'Authorize' };
    bench.now = 500;
    bench.station(CALL);
    expect(bench.gate.nextWake(bench.now)).toBe(27_500);
    expect(bench.wait(26_999)).toEqual([]);
    expect(bench.wait(1)).toEqual(['1 delayed: the time-out of its sender was near', `to-csms: ${CALL}`]);
  });

  it('lets an answer go on before the one who called gives up', () => {
    bench.breakpoints.b = { part: '[3,' };
    bench.station(CALL);
    bench.now = 10_000;
    bench.csms(RESULT);
    expect(bench.gate.nextWake(bench.now)).toBe(27_000);
    expect(bench.wait(17_000)).toEqual(['2 delayed: the time-out of its sender was near', `to-station: ${RESULT}`]);
  });

  it('holds for ever what is to be held for ever, and all behind it', () => {
    bench.breakpoints.b = { part: 'Authorize', forEver: true };
    bench.station(CALL);
    bench.station('[2,"2","Heartbeat",{}]');
    expect(bench.gate.nextWake(bench.now)).toBeUndefined();
    expect(bench.wait(1e9)).toEqual([]);
    expect(bench.held()).toHaveLength(2);
  });

  it('holds what nobody waits for until a CALL behind it has to go', () => {
    bench.breakpoints.b = { part: 'Notify' };
    const send = '[6,"s","NotifyPeriodicEventStream",{}]';
    bench.station(send);
    expect(bench.gate.nextWake(bench.now)).toBeUndefined();
    bench.now = 1000;
    bench.station(CALL);
    expect(bench.gate.nextWake(bench.now)).toBe(28_000);
    expect(bench.wait(27_000)).toEqual([
      '1 delayed: the time-out of its sender was near',
      `to-csms: ${send}`,
      '2 delayed: waited behind entry 1',
      `to-csms: ${CALL}`,
    ]);
  });

  it('counts with the time-out that is set later', () => {
    bench.breakpoints.b = { part: 'Authorize' };
    bench.station(CALL);
    bench.settings = { breakpoints: [breakpoint('b')], senderTimeoutMs: 5000, marginMs: 1000 };
    expect(bench.lines(bench.gate.configured(bench.now))).toEqual([]);
    expect(bench.gate.nextWake(bench.now)).toBe(4000);
  });
});

describe('a breakpoint that is removed', () => {
  it.each([
    ['or switched off', [{ ...breakpoint('b'), enabled: false }]],
    ['altogether', []],
  ])('%s lets go of what it held, unchanged', (_name, breakpoints) => {
    bench.breakpoints.b = { part: 'Authorize', forEver: true };
    bench.station(CALL);
    bench.settings = { ...bench.settings, breakpoints };
    expect(bench.lines(bench.gate.configured(bench.now))).toEqual([
      '1 delayed: its breakpoint was removed or switched off',
      `to-csms: ${CALL}`,
    ]);
  });

  it('keeps to what was decided already, and other breakpoints to what they hold', () => {
    bench.breakpoints.b = { part: 'Authorize' };
    bench.breakpoints.c = { part: 'Heartbeat' };
    bench.station('[2,"0","Heartbeat",{}]');
    bench.station(CALL);
    bench.station('[2,"2","Authorize",{"x":1}]');
    bench.decide('"1"', { kind: 'drop' });
    bench.settings = { ...bench.settings, breakpoints: [breakpoint('c')] };
    expect(bench.lines(bench.gate.configured(bench.now))).toEqual([]);
    expect(bench.decide('"0"', { kind: 'forward' }).slice(2)).toEqual([
      '2 dropped: by hand',
      '3 delayed: its breakpoint was removed or switched off',
      'to-csms: [2,"2","Authorize",{"x":1}]',
    ]);
  });

  it('comes to hold for ever what it holds, and not for ever again', () => {
    bench.breakpoints.b = { part: 'Authorize' };
    bench.station(CALL);
    bench.settings = { ...bench.settings, breakpoints: [{ ...breakpoint('b'), forEver: true }] };
    bench.gate.configured(bench.now);
    expect(bench.gate.nextWake(bench.now)).toBeUndefined();
    bench.settings = { ...bench.settings, breakpoints: [breakpoint('b')] };
    bench.gate.configured(bench.now);
    expect(bench.gate.nextWake(bench.now)).toBe(27_000);
  });
});

function breakpoint(id: string) {
  return { id, enabled: true, filter: '', direction: 'both', forEver: false } as const;
}

import { RPCClient, RPCServer } from 'ocpp-rpc';
import { afterEach, describe, expect, it } from 'vitest';
import type { Rule } from '../../workspace/rule.ts';
import type { Corruption, RuleAction } from '../../workspace/rule-action.ts';
import { startBench } from '../proxy/testing/bench.ts';
import { type Answers, type RpcBench, startRpcBench } from '../proxy/testing/rpc-bench.ts';
import { until } from '../testing/until.ts';
import { createRuleEngine, type RunningRules } from './rule-engine.ts';
import { NOW, ruleOf } from './testing/frames.ts';

/* Every action once between two ends of an implementation that is not ours, strict about its schemas. */

const TIME = '2026-11-20T09:05:01.203Z';
const STATUS = { timestamp: TIME, connectorStatus: 'Available', evseId: 1, connectorId: 1 };
const BOOT = { reason: 'PowerUp', chargingStation: { model: 'One', vendorName: 'Plugscope' } };
const CSMS: Answers = {
  BootNotification: { currentTime: TIME, interval: 300, status: 'Accepted' },
  Heartbeat: { currentTime: TIME },
  StatusNotification: {},
};
const STATION: Answers = { Reset: { status: 'Accepted' } };

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function working(...rules: readonly Rule[]): RunningRules {
  return createRuleEngine(
    { seed: 1, rules: rules.map((rule, index) => ({ ...rule, id: `${index}` })) },
    { now: () => NOW },
  );
}

async function start(rules: RunningRules, callTimeoutMs?: number): Promise<RpcBench> {
  const bench = await startRpcBench({ station: STATION, csms: CSMS }, { rules, callTimeoutMs });
  closers.push(() => bench.close());
  return bench;
}

/** A rule for requests of the station. */
function onCalls(action: RuleAction, filter = 'type == call'): Rule {
  return ruleOf(action, { filter, direction: 'to-csms' });
}

function asked({ csmsEnd }: RpcBench): readonly string[] {
  return csmsEnd.asked.map(({ method }) => method);
}

/** Frames that went to the CSMS, in their order. */
function sentUp({ recorder }: RpcBench): readonly string[] {
  return recorder.frames
    .filter(({ direction, origin }) => direction === 'to-csms' && origin !== 'received')
    .map(({ data }) => Buffer.from(data).toString());
}

describe('a rule between two ends of ocpp-rpc', () => {
  it('sets, removes and patches', async () => {
    const rules = working(
      onCalls({ kind: 'set', pointer: '/connectorStatus', value: 'Faulted' }),
      onCalls({ kind: 'remove', pointer: '/customData' }),
      onCalls({
        kind: 'patch',
        operations: [
          { op: 'test', path: '/evseId', value: 1 },
          { op: 'replace', path: '/evseId', value: 7 },
        ],
      }),
    );
    const bench = await start(rules);
    const call = { ...STATUS, customData: { vendorId: 'me' } };
    expect(await bench.stationEnd.call('StatusNotification', call)).toEqual({});
    expect(bench.csmsEnd.asked[0]?.params).toEqual({ ...STATUS, connectorStatus: 'Faulted', evseId: 7 });
    expect(rules.counts()).toEqual({
      0: { matches: 1, hits: 1 },
      1: { matches: 1, hits: 1 },
      2: { matches: 1, hits: 1 },
    });
  });

  it('changes an answer on its way back', async () => {
    const action: RuleAction = { kind: 'set', pointer: '/interval', value: 5 };
    const bench = await start(working(ruleOf(action, { filter: 'action == "BootNotification" and type == result' })));
    expect(await bench.stationEnd.call('BootNotification', BOOT)).toMatchObject({ interval: 5, status: 'Accepted' });
  });

  it('delays, for a time and until another message', async () => {
    const rules = working(onCalls({ kind: 'delay', ms: 500, until: 'action == "Reset"' }));
    const bench = await start(rules);
    const answer = bench.stationEnd.call('Heartbeat', {});
    await until(() => bench.recorder.frames.length === 1);
    bench.clock.advance(500);
    const reset = bench.csmsEnd.call('Reset', { type: 'Immediate' });
    expect(await answer).toEqual({ currentTime: TIME });
    expect(await reset).toEqual({ status: 'Accepted' });
    expect(bench.recorder.fates[0]).toMatchObject({ entry: 1, fate: 'delayed', by: 'The rule' });
  });

  it('drops', async () => {
    const bench = await start(working(onCalls({ kind: 'drop' }, 'action == "Heartbeat"')), 100);
    await expect(bench.stationEnd.call('Heartbeat', {})).rejects.toThrow(/time/i);
    expect(asked(bench)).toEqual([]);
    await bench.stationEnd.call('StatusNotification', STATUS);
    expect(asked(bench)).toEqual(['StatusNotification']);
  });

  it('duplicates, under new message ids whose answers do not reach the station', async () => {
    const bench = await start(
      working(onCalls({ kind: 'duplicate', times: 2, messageId: 'new' }, 'action == "Heartbeat"')),
    );
    expect(await bench.stationEnd.call('Heartbeat', {})).toEqual({ currentTime: TIME });
    await until(() => bench.csmsEnd.asked.length === 3);
    expect(new Set(bench.csmsEnd.asked.map(({ messageId }) => messageId)).size).toBe(3);
    await until(() => bench.recorder.fates.filter(({ fate }) => fate === 'consumed').length === 2);
  });

  it('duplicates under the same message id', async () => {
    const bench = await start(working(onCalls({ kind: 'duplicate', times: 1, messageId: 'same' })));
    await bench.stationEnd.call('Heartbeat', {});
    await until(() => sentUp(bench).length === 1);
    expect(sentUp(bench)).toEqual([Buffer.from(bench.recorder.frames[0]?.data ?? []).toString()]);
  });

  it('swaps a message with the next', async () => {
    const bench = await start(working(onCalls({ kind: 'reorder' })));
    const beat = bench.stationEnd.call('Heartbeat', {});
    await until(() => bench.recorder.frames.length === 1);
    expect(await bench.csmsEnd.call('Reset', { type: 'OnIdle' })).toEqual({ status: 'Accepted' });
    expect(await beat).toEqual({ currentTime: TIME });
  });

  it('answers in the place of the CSMS', async () => {
    const payload = {
      currentTime: '{{now}}',
      interval: 10,
      status: 'Pending',
      statusInfo: { reasonCode: '{{payload.reason}}' },
    };
    const bench = await start(working(onCalls({ kind: 'answer', payload })));
    expect(await bench.stationEnd.call('BootNotification', BOOT)).toEqual({
      currentTime: TIME,
      interval: 10,
      status: 'Pending',
      statusInfo: { reasonCode: 'PowerUp' },
    });
    expect(asked(bench)).toEqual([]);
    expect(bench.recorder.fates).toEqual([{ entry: 1, fate: 'answered', by: 'The rule' }]);
  });

  it('answers with a CALLERROR, and makes one of a CALLRESULT', async () => {
    const error: RuleAction = { kind: 'error', code: 'NotSupported', description: 'no', details: { why: 1 } };
    const bench = await start(
      working(
        onCalls(error, 'action == "Heartbeat"'),
        ruleOf(error, { filter: 'type == result and action == "StatusNotification"' }),
      ),
    );
    const refused = { rpcErrorCode: 'NotSupported', message: 'no', details: { why: 1 } };
    await expect(bench.stationEnd.call('Heartbeat', {})).rejects.toMatchObject(refused);
    await expect(bench.stationEnd.call('StatusNotification', STATUS)).rejects.toMatchObject(refused);
    expect(asked(bench)).toEqual(['StatusNotification']);
  });

  it('closes both connections with a code', async () => {
    const bench = await start(working(onCalls({ kind: 'close', code: 4321, reason: 'a rule', passOn: true })));
    await expect(bench.stationEnd.call('Heartbeat', {})).rejects.toThrow();
    await until(() => bench.recorder.links.every(({ closing }) => closing));
    expect(bench.recorder.links.map(({ closing }) => [closing?.code, closing?.reason, closing?.by])).toEqual(
      new Array(2).fill([4321, 'a rule', 'plugscope']),
    );
    expect(asked(bench)).toEqual(['Heartbeat']);
  });

  it('stalls without closing', async () => {
    const bench = await start(working(onCalls({ kind: 'stall' })), 100);
    await expect(bench.stationEnd.call('Heartbeat', {})).rejects.toThrow(/time/i);
    await expect(bench.stationEnd.call('StatusNotification', STATUS)).rejects.toThrow(/time/i);
    expect(asked(bench)).toEqual([]);
    expect(bench.proxy.legs()).toHaveLength(2);
  });
});

describe('a corrupted message is taken for what it is by ocpp-rpc', () => {
  /** What the station is told of a StatusNotification that was spoilt so. */
  async function told(corruption: Corruption): Promise<{ code: unknown; went: string; by: string | undefined }> {
    const bench = await start(working(onCalls({ kind: 'corrupt', corruption })), 100);
    const outcome = await bench.stationEnd.call('StatusNotification', STATUS).then(
      () => 'fine',
      (error: { rpcErrorCode?: string; constructor: { name: string } }) => error.rpcErrorCode ?? error.constructor.name,
    );
    await until(() => sentUp(bench).length > 0);
    return { code: outcome, went: sentUp(bench)[0] ?? '', by: bench.recorder.fates[0]?.by };
  }

  it('truncated', async () => {
    const { code, went } = await told({ how: 'truncate', keep: 20 });
    expect([code, went.length]).toEqual(['TimeoutError', 20]);
  });

  it('no JSON', async () => {
    const { code, went } = await told({ how: 'break-json' });
    expect([code, went.endsWith('}}')]).toEqual(['TimeoutError', true]);
  });

  it('of a message type that there is not', async () => {
    const { code, went } = await told({ how: 'message-type', number: 9 });
    expect(went).toMatch(/^\[9,/);
    expect(code).not.toBe('fine');
  });

  it('under another message id: the answer to a CALL finds its way back all the same', async () => {
    const { code, went } = await told({ how: 'message-id', messageId: 'another' });
    expect([code, went.includes('"another"')]).toEqual(['fine', true]);
  });

  it('under another message id: nobody knows the answer', async () => {
    const spoil = ruleOf({ kind: 'corrupt', corruption: { how: 'message-id' } }, { filter: 'type == result' });
    const bench = await start(working(spoil), 100);
    await expect(bench.stationEnd.call('Heartbeat', {})).rejects.toThrow(/time/i);
  });

  it('with a text that is too long', async () => {
    const bench = await start(working(onCalls({ kind: 'corrupt', corruption: { how: 'oversize' } })));
    await expect(bench.stationEnd.call('BootNotification', BOOT)).rejects.toMatchObject({
      rpcErrorCode: expect.any(String),
    });
    expect(bench.recorder.fates[0]?.by).toBe('The rule (/chargingStation/model with 21 characters)');
  });

  it('with a property that no schema knows', async () => {
    const { code, went } = await told({ how: 'huge-field', characters: 50_000 });
    expect(went.length).toBeGreaterThan(50_000);
    expect(code).not.toBe('fine');
  });

  it('with a value outside of its enumeration', async () => {
    const { code, went, by } = await told({ how: 'wrong-enum' });
    expect(went).toContain('"NotAvailable"');
    expect(by).toBe('The rule (/connectorStatus is NotAvailable)');
    expect(code).not.toBe('fine');
  });

  it('without what is required', async () => {
    const { code, went, by } = await told({ how: 'strip-required' });
    expect(went).not.toContain('timestamp');
    expect(by).toBe('The rule (without /timestamp)');
    expect(code).not.toBe('fine');
  });
});

describe('the subprotocols of the upgrade', () => {
  it('are limited, so that a station falls back from 2.1 to 2.0.1', async () => {
    const server = new RPCServer({ protocols: ['ocpp2.1', 'ocpp2.0.1', 'ocpp1.6'] });
    server.auth((accept) => accept());
    const http = await server.listen(0, '127.0.0.1');
    closers.push(() => server.close({ force: true }));
    const address = http.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const action: RuleAction = { kind: 'subprotocols', only: ['ocpp2.0.1', 'ocpp1.6'] };
    const rules = working(ruleOf(action, { filter: 'station == "CS-1"' }));
    const bench = await startBench({ upstream: `ws://127.0.0.1:${port}`, rules });
    closers.push(() => bench.close());
    for (const [identity, spoken] of [
      ['CS-1', 'ocpp2.0.1'],
      ['CS-2', 'ocpp2.1'],
    ] as const) {
      const options = { endpoint: bench.url, identity, protocols: ['ocpp2.1', 'ocpp2.0.1'], reconnect: false };
      // Its types want every option, its code has defaults.
      const station = new RPCClient(options as ConstructorParameters<typeof RPCClient>[0]);
      closers.push(() => station.close({ force: true }));
      await station.connect();
      expect(station.protocol).toBe(spoken);
    }
    expect(rules.counts()).toEqual({ 0: { matches: 1, hits: 1 } });
  });
});

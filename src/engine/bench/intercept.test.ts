import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsTo } from '../../bridge/events.ts';
import type { InterceptState } from '../../bridge/methods/intercept.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { EntryDetail } from '../../session/timeline.ts';
import { type InterceptSettings, NO_INTERCEPTION } from '../../workspace/breakpoint.ts';
import { eventually } from '../testing/eventually.ts';
import { until } from '../testing/until.ts';
import { type CsmsPeer, csmsPeer, stationPeer, type WebSocketPeer } from '../testing/web-socket-peers.ts';
import type { Engine } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { startEngine } from './start-engine.ts';

/* Interception as a face of the engine has it, over real sockets and in a real session file. */

const CALL = '[2,"1","Heartbeat",{}]';
const RESULT = '[3,"1",{"currentTime":"2026-01-01T00:00:00Z"}]';

let folder: string;
let engine: Engine;
let client: EngineClient;
let csmsServer: CsmsPeer;
let station: WebSocketPeer;
let csms: WebSocketPeer;
let states: InterceptState[];

function unwrap<T>(outcome: Outcome<T>): T {
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

const breakingAt = (filter: string): InterceptSettings => ({
  ...NO_INTERCEPTION,
  breakpoints: [{ id: 'b', enabled: true, filter, direction: 'both', forEver: false }],
});

/** Listens to a client's states of interception. */
function attend(): void {
  client = engine.connect();
  client.subscribe({ ...eventsTo(() => {}), interceptChanged: (state) => void states.push(state) });
}

async function held(): Promise<number> {
  return (await until(() => states.at(-1)?.held[0], 'a held message')).id;
}

/** An entry once it is indexed and says what is asked. */
async function entry(number: number, check: (detail: EntryDetail) => void): Promise<EntryDetail> {
  return eventually(async () => {
    const detail = await client.handlers['entry.get'](number);
    if (!detail) return expect.fail(`entry ${number} is not there yet`);
    check(detail);
    return detail;
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-intercept-'));
  csmsServer = await csmsPeer();
  states = [];
  engine = unwrap(
    await startEngine({ folder, setup: { role: 'proxy', port: 0, upstream: csmsServer.url, station: null } }),
  );
  attend();
  const { port } = engine.bench.state();
  station = await stationPeer(`ws://127.0.0.1:${port}/CS-1`, ['ocpp2.0.1']);
  csms = await until(() => csmsServer.connections[0]);
});
afterEach(async () => {
  await csmsServer.close();
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('breakpoints', () => {
  it('are told to every client, and kept in the workspace for the next session', async () => {
    const settings = breakingAt('action == "Heartbeat"');
    expect(unwrap(await client.handlers['intercept.configure'](settings))).toMatchObject({ settings, heldCount: 0 });
    await until(() => states.at(-1)?.settings.breakpoints.length === 1);
    await engine.close();
    engine = unwrap(await startEngine({ folder, setup: { role: 'proxy', port: 0, upstream: null, station: null } }));
    attend();
    expect(await client.handlers['intercept.get']()).toMatchObject({ settings, heldCount: 0, hits: {} });
  });

  it('have ids of their own', async () => {
    const { breakpoints } = breakingAt('');
    const twice = { ...NO_INTERCEPTION, breakpoints: [...breakpoints, ...breakpoints] };
    expect(await client.handlers['intercept.configure'](twice)).toMatchObject({ error: { code: 'same-id' } });
  });

  it('stay when the bench is another one', async () => {
    await client.handlers['intercept.configure'](breakingAt(''));
    station.ws.send(CALL);
    await held();
    unwrap(await client.handlers['bench.configure']({ role: 'csms', port: 0, station: null }));
    expect(await client.handlers['intercept.get']()).toMatchObject({ heldCount: 0, settings: breakingAt('') });
    await until(() => csms.messages.length === 1);
  });
});

describe('in the session', () => {
  it('an edited CALL, its new id and its restored answer are one exchange', async () => {
    await client.handlers['intercept.configure'](breakingAt('type == call'));
    station.ws.send(CALL);
    const text = '[2,"9","Heartbeat",{}]';
    expect(await client.handlers['intercept.decide'](await held(), { kind: 'edit', text })).toEqual({
      ok: true,
      value: null,
    });
    await until(() => csms.messages.length === 1);
    csms.ws.send(RESULT.replace('"1"', '"9"'));
    await until(() => station.messages.length === 1);
    expect(station.messages[0]?.data.toString()).toBe(RESULT);
    // Entries 1 and 2 are the two links that opened.
    const came = await entry(3, ({ row }) => expect(row.answer).not.toBeNull());
    expect(came).toMatchObject({ row: { origin: 'received', fate: 'edited', findings: 0 }, fateBy: 'by hand' });
    expect(came.successors?.map((successor) => successor.text)).toEqual([text]);
    const went = await entry(4, ({ row }) => expect(row.answer).not.toBeNull());
    expect(went).toMatchObject({ row: { origin: 'edited', original: 3, answer: 5, messageId: '9', findings: 0 } });
    const answer = await entry(5, ({ row }) => expect(row.fate).toBe('edited'));
    expect(answer).toMatchObject({ row: { call: 4, findings: 0 }, fateBy: 'message id restored' });
    const restored = await entry(6, ({ row }) => expect(row.origin).toBe('edited'));
    expect(restored.row).toMatchObject({ original: 5, messageId: '1', action: 'Heartbeat', findings: 0 });
  });

  it('an injected CALL has its answer, which was kept from the other side', async () => {
    const peer = engine.bench.peers.list().find(({ peer }) => peer === 'station');
    const call = engine.bench.peers.call(peer?.link ?? 0, { action: 'GetLocalListVersion', payload: {} });
    await until(() => station.messages.length === 1);
    const [, id] = JSON.parse(station.messages[0]?.data.toString() ?? '[]') as string[];
    station.ws.send(`[3,"${id}",{"versionNumber":1}]`);
    expect(await call).toMatchObject({ ok: true, value: { kind: 'result', entry: 3, answer: 4 } });
    expect((await entry(3, ({ row }) => expect(row.answer).toBe(4))).row).toMatchObject({
      origin: 'injected',
      direction: 'to-station',
      action: 'GetLocalListVersion',
      findings: 0,
    });
    expect((await entry(4, ({ row }) => expect(row.fate).toBe('consumed'))).row).toMatchObject({
      call: 3,
      findings: 0,
    });
    expect(csms.messages).toEqual([]);
  });

  it('a filter says of a live frame what it says of its entry', async () => {
    await client.handlers['intercept.configure'](breakingAt('finding'));
    station.ws.send('[2,"1","Heartbeat",{"x":1}]');
    station.ws.send('[2,"2","Heartbeat",{}]');
    await until(() => states.at(-1)?.heldCount === 2);
    expect(states.at(-1)?.held.map(({ breakpoint }) => breakpoint)).toEqual(['b', 'b']);
    for (const number of [3, 4]) await entry(number, ({ row }) => expect(row.findings).toBe(1));
  });
});

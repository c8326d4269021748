import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Events } from '../../bridge/contract.ts';
import { eventsTo } from '../../bridge/events.ts';
import type { EnergyOverview } from '../../session/energy/overview.ts';
import type { Outcome } from '../../session/outcome.ts';
import { eventually } from '../testing/eventually.ts';
import { type CsmsPeer, csmsPeer, stationPeer, type WebSocketPeer } from '../testing/web-socket-peers.ts';
import type { Engine } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { startEngine } from './start-engine.ts';

/* The energy of a session as a face of the engine asks for it, over real sockets and in real session files. */

let folder: string;
let csms: CsmsPeer;
let engine: Engine;

function unwrap<T>(outcome: Outcome<T>): T {
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

async function started(name: string): Promise<Engine> {
  const setup = { role: 'proxy', port: 0, upstream: csms.url, station: null } as const;
  return unwrap(await startEngine({ folder: join(folder, name), setup }));
}

const stationAt = ({ bench }: Engine, id: string): Promise<WebSocketPeer> =>
  stationPeer(`ws://127.0.0.1:${bench.state().port}/${id}`, ['ocpp2.0.1']);

/** A TransactionEvent that begins a transaction. */
function begin(transactionId: string): string {
  const event = { eventType: 'Started', timestamp: '2026-11-20T09:00:00Z', triggerReason: 'Authorized', seqNo: 0 };
  return JSON.stringify([2, transactionId, 'TransactionEvent', { ...event, transactionInfo: { transactionId } }]);
}

const overview = async (client: EngineClient): Promise<EnergyOverview> => client.handlers['energy.overview']();
const transactions = async (client: EngineClient): Promise<readonly string[]> =>
  (await overview(client)).stations.flatMap((station) => station.transactions.map(({ id }) => id));

type Progress = Parameters<Events['energyChanged']>[0];

function listenTo(client: EngineClient): readonly Progress[] {
  const heard: Progress[] = [];
  client.subscribe({ ...eventsTo(() => {}), energyChanged: (progress) => void heard.push(progress) });
  return heard;
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-energy-'));
  csms = await csmsPeer();
  engine = await started('live');
});
afterEach(async () => {
  await engine.close();
  await csms.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the energy of the live session', () => {
  it('grows with the traffic, and those who asked for it are told', async () => {
    const [asking, other] = [engine.connect(), engine.connect()];
    const [heard, nothing] = [asking, other].map(listenTo);
    const station = await stationAt(engine, 'CS-1');
    station.ws.send(begin('a'));
    await eventually(async () => expect(await transactions(asking)).toEqual(['a']));
    const { revision } = await overview(asking);
    station.ws.send(begin('b'));
    await eventually(() => expect(heard?.at(-1)?.revision).toBeGreaterThan(revision));
    expect(await transactions(asking)).toEqual(['a', 'b']);
    expect(nothing).toEqual([]);
  });

  it('is one for all who look on, and goes on for those who stay', async () => {
    const [one, two] = [engine.connect(), engine.connect()];
    const heard = listenTo(two);
    const station = await stationAt(engine, 'CS-1');
    station.ws.send(begin('a'));
    for (const client of [one, two]) await eventually(async () => expect(await transactions(client)).toEqual(['a']));
    expect((await overview(one)).revision).toBe((await overview(two)).revision);
    one.close();
    const told = heard.length;
    station.ws.send(begin('b'));
    await eventually(() => expect(heard.length).toBeGreaterThan(told));
    await eventually(async () => expect(await transactions(two)).toEqual(['a', 'b']));
  });
});

it('lets go of the file when the engine closes', async () => {
  const client = engine.connect();
  (await stationAt(engine, 'CS-1')).ws.send(begin('a'));
  await eventually(async () => expect(await transactions(client)).toEqual(['a']));
  const answered = Promise.allSettled([client.handlers['energy.overview']()]);
  await engine.close();
  await answered;
  // A log that stays beside it would say that somebody still has it open.
  expect(readdirSync(join(folder, 'live')).filter((name) => /-(wal|shm)$/.test(name))).toEqual([]);
});

describe('the energy of a session file', () => {
  it('is that of the file for the client that is shown it, until it is shown the live one again', async () => {
    const earlier = await started('earlier');
    (await stationAt(earlier, 'CS-9')).ws.send(begin('old'));
    await eventually(() => expect(earlier.recording.status().messages).toBeGreaterThan(0));
    await earlier.close();
    (await stationAt(engine, 'CS-1')).ws.send(begin('new'));

    const client = engine.connect();
    await eventually(async () => expect(await transactions(client)).toEqual(['new']));
    unwrap(await client.handlers['session.open'](earlier.recording.path));
    await eventually(async () => expect(await transactions(client)).toEqual(['old']));
    await client.handlers['session.showLive']();
    await eventually(async () => expect(await transactions(client)).toEqual(['new']));
  });
});

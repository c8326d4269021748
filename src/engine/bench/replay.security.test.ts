import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { BenchSetup, BenchState } from '../../bridge/contract.ts';
import type { ReplayStart, ReplayState } from '../../bridge/methods/replay.ts';
import type { ClientSecurity, ListenerSecurity } from '../../bridge/security.ts';
import type { Outcome } from '../../session/outcome.ts';
import { basicAuthorization } from '../admission/basic-credentials.ts';
import type { AuthorityDesk } from '../authority/authority-desk.ts';
import { openAuthority } from '../authority/open-authority.ts';
import { systemClock } from '../clock.ts';
import { type CsmsUnderTest, startCsms } from '../csms/testing/csms.ts';
import { dialStation } from '../csms/testing/station.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { createStation } from '../station/station.ts';
import { eventually } from '../testing/eventually.ts';
import { fakeRecorder } from '../testing/fake-recorder.ts';
import type { Engine } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { AUTHORITY_FOLDER, dataFolder } from './session-folder.ts';
import { startEngine } from './start-engine.ts';

/*
 * Replays over real sockets to the port of the same bench, with its real certificate authority: what the port asks for,
 * the replay has. To the CSMS of somebody else, with what was set for it; and at a port that asks of stations what was set.
 */

const PASSWORD = 'configured password';
const station = { id: 'CS-0001', version: '2.1' } as const;

let folder: string;
let engine: Engine;
let client: EngineClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-replay-'));
  engine = unwrap(await startEngine({ folder, setup: { role: 'csms', port: 0, station } }));
  client = engine.connect();
  // What is played as the CSMS: a question to the station, which answers only the CSMS that has accepted it.
  await recorded('station', 'StatusNotification');
  const asked = engine.bench.peers.call(1, { action: 'GetLocalListVersion', payload: {} });
  expect(await asked).toMatchObject({ ok: true, value: { kind: 'result' } });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function unwrap<T>(outcome: Outcome<T>): T {
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

/** Prepares to play one action of the first connection, once it and its answer are recorded. */
const recorded = (side: ReplayState['side'], action: string): Promise<void> =>
  eventually(async () => {
    unwrap(await client.handlers['replay.prepare']({ side, filter: `action == ${action} and link == 1` }));
    expect((await client.handlers['replay.step'](0))?.recorded).toBeTruthy();
  });

/** Sets the bench up, and prepares to play what its station said when it booted at first. */
async function prepared(setup: BenchSetup): Promise<BenchState> {
  await recorded('station', 'BootNotification');
  return unwrap(await engine.bench.configure(setup));
}

const replay = (url: string, security?: ClientSecurity) => start({ kind: 'url', url, security });

async function start(target: ReplayStart['target']): Promise<Outcome<ReplayState>> {
  const how: ReplayStart = {
    target,
    pace: { kind: 'as-answered' },
    messageIds: 'fresh',
    shiftTimes: true,
    mapTransactions: true,
  };
  return client.handlers['replay.start'](how);
}

/** Resolves when the replay is over and each answer was that of the recording. */
const same = () =>
  eventually(async () => {
    const state = await client.handlers['replay.get']();
    expect(state?.state).toBe('over');
    expect(state?.summary).toMatchObject({ steps: 1, same: 1, failed: 0, troubles: [] });
  });

/** The certificate authority of the bench, for a peer that is not its own. */
const openDesk = () =>
  openAuthority({
    clock: systemClock(),
    folder: join(dataFolder(folder), AUTHORITY_FOLDER),
    vault: async () => null,
    stationPort: () => null,
  });

describe.each([1, 2, 3] as const)('at a port of security profile %i', (profile) => {
  const security: ListenerSecurity = { profile, password: null, passwords: { 'CS-0001': PASSWORD } };
  const scheme = profile === 1 ? 'ws' : 'wss';

  // The built-in station would be in the way of a replay in its name.
  it.each([
    ['csms', { role: 'csms', port: 0, station: null, security }],
    ['proxy', { role: 'proxy', port: 0, upstream: null, station: null, security }],
  ] as const)('a replay comes in with what the port of a %s asks for', async (_role, setup) => {
    const { stationUrls } = await prepared(setup);
    const url = stationUrls.at(-1) ?? '';
    expect(url).toMatch(new RegExp(`^${scheme}://localhost:`));
    unwrap(await replay(url));
    await same();
  });
});

it('a replay says no password without TLS to a port that asks for TLS', async () => {
  const security = { profile: 2, password: PASSWORD } as const;
  const { port } = await prepared({ role: 'csms', port: 0, station: null, security });
  expect(await replay(`ws://localhost:${port}/`)).toMatchObject({ ok: false, error: { code: 'profile-needs-tls' } });
});

it.each(['csms', 'proxy'] as const)(
  'a replay has the password that a station of a %s was given over OCPP (A01.FR.03)',
  async (role) => {
    const asked = { port: 0, station: null, security: { profile: 1, password: PASSWORD } } as const;
    const { stationUrls } = await prepared(role === 'csms' ? { role, ...asked } : { role, upstream: null, ...asked });
    const url = stationUrls.at(-1) ?? '';
    const headers = { Authorization: basicAuthorization('CS-0001', PASSWORD) };
    const peer = await dialStation(`${url}CS-0001`, ['ocpp2.1'], { headers });
    const link = await eventually(
      () => engine.bench.peers.list().find(({ peer }) => peer === 'station')?.link ?? expect.fail('It is not there.'),
    );
    const names = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
    const answer = engine.bench.peers.call(link, {
      action: 'SetVariables',
      payload: { setVariableData: [{ ...names, attributeValue: 'another password' }] },
    });
    const [, messageId] = await peer.next();
    peer.ws.send(JSON.stringify([3, messageId, { setVariableResult: [{ ...names, attributeStatus: 'Accepted' }] }]));
    expect(await answer).toMatchObject({ ok: true, value: { kind: 'result' } });
    peer.ws.close();
    unwrap(await replay(url));
    await same();
  },
);

describe.each([1, 2, 3] as const)('at the CSMS of somebody else, of security profile %i', (profile) => {
  const security: ListenerSecurity = { profile, password: profile === 3 ? null : PASSWORD };
  const ours: ClientSecurity = profile === 3 ? { profile } : { profile, password: PASSWORD };
  let desk: AuthorityDesk;
  let csms: CsmsUnderTest;
  beforeAll(async () => {
    desk = openDesk();
    csms = await startCsms({ security, credentials: desk });
  });
  afterAll(async () => {
    await csms.stop();
    await desk.close();
  });

  it('a replay comes in with what was set, and with nothing else', async () => {
    await prepared({ role: 'csms', port: 0, station: null });
    const url = `${profile === 1 ? 'ws' : 'wss'}://localhost:${csms.csms.port}/`;
    const state = unwrap(await replay(url, ours));
    expect(state.csms).toEqual({ url, security: ours });
    await same();

    await prepared({ role: 'csms', port: 0, station: null });
    unwrap(await replay(url));
    await eventually(async () => {
      const state = await client.handlers['replay.get']();
      expect(state).toMatchObject({ state: 'over', csms: { url, security: null }, summary: { same: 0 } });
    });

    await prepared({ role: 'csms', port: 0, station: null });
    const mismatch = await replay(profile === 1 ? url.replace('ws:', 'wss:') : url.replace('wss:', 'ws:'), ours);
    expect(mismatch).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^profile-/) } });
  });
});

describe.each([0, 1, 2, 3] as const)('for stations of security profile %i', (profile) => {
  const hasPassword = profile === 1 || profile === 2;
  const security: ListenerSecurity = { profile, password: hasPassword ? PASSWORD : null, minTls: 'TLSv1.3' };
  const headers = { Authorization: basicAuthorization('CS-0001', 'another password') };
  let desk: AuthorityDesk;
  beforeAll(() => {
    desk = openDesk();
  });
  afterAll(async () => {
    await desk.close();
  });

  it('a replay waits at a port that asks what was set, and tells the URL of it', async () => {
    await recorded('csms', 'GetLocalListVersion');
    onTestFinished(() => void client.handlers['replay.stop']());
    const waiting = unwrap(await start({ kind: 'listen', port: 0, anyStation: false, security }));
    expect(waiting).toMatchObject({ state: 'running', listener: security });
    const scheme = profile >= 2 ? 'wss' : 'ws';
    expect(new Set(waiting.stationUrls.map((url) => URL.parse(url)?.protocol))).toEqual(new Set([`${scheme}:`]));
    const url = waiting.stationUrls.at(-1) ?? '';
    expect(url).toContain('://localhost:');

    if (profile > 0) {
      const stranger = dialStation(`${url}CS-0001`, ['ocpp2.1'], { headers, rejectUnauthorized: false });
      await expect(stranger).rejects.toThrow(profile === 3 ? '403' : '401');
    }
    const station = createStation({
      network: webSocketNetwork(),
      recorder: fakeRecorder(),
      clock: systemClock(),
      random: () => 0,
      url,
      id: 'CS-0001',
      version: '2.1',
      security: { profile, password: hasPassword ? PASSWORD : undefined },
      credentials: desk,
    });
    onTestFinished(() => station.stop());
    station.start();
    await same();
    await eventually(async () => {
      expect(await client.handlers['replay.get']()).toMatchObject({ stationUrls: [], listener: security });
    });
  });
});

it('has left none of the passwords that were configured in the session', async () => {
  await engine.close();
  const files = readdirSync(folder).filter((name) => name.includes('.plugscope'));
  expect(files).not.toEqual([]);
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    expect(bytes.includes('CS-0001')).toBe(true);
    expect(bytes.includes(PASSWORD)).toBe(false);
    expect(bytes.includes(Buffer.from(`CS-0001:${PASSWORD}`).toString('base64'))).toBe(false);
    expect(bytes.includes(Buffer.from('CS-0001:another password').toString('base64'))).toBe(false);
  }
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { eventually } from '../testing/eventually.ts';
import type { Engine } from './engine.ts';
import type { EngineClient } from './engine-client.ts';
import { AUTHORITY_FOLDER, dataFolder } from './session-folder.ts';
import { startEngine } from './start-engine.ts';

/*
 * Replays over real sockets to the port of the same bench, with its real certificate authority: what the port asks for,
 * the replay has. And to the CSMS of somebody else, with what was set for it.
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
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function unwrap<T>(outcome: Outcome<T>): T {
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

/** Sets the bench up, and prepares to play what its station said when it booted at first. */
async function prepared(setup: BenchSetup): Promise<BenchState> {
  await eventually(async () => {
    const filter = 'action == BootNotification and link == 1';
    await client.handlers['replay.prepare']({ side: 'station', filter });
    expect(await client.handlers['replay.get']()).toMatchObject({ state: 'prepared', side: 'station' });
  });
  return unwrap(await engine.bench.configure(setup));
}

async function replay(url: string, security?: ClientSecurity): Promise<Outcome<ReplayState>> {
  const how: ReplayStart = {
    target: { kind: 'url', url, security },
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
  const authority = () => join(dataFolder(folder), AUTHORITY_FOLDER);
  const security: ListenerSecurity = { profile, password: profile === 3 ? null : PASSWORD };
  const ours: ClientSecurity = profile === 3 ? { profile } : { profile, password: PASSWORD };
  let desk: AuthorityDesk;
  let csms: CsmsUnderTest;
  beforeAll(async () => {
    desk = openAuthority({
      clock: systemClock(),
      folder: authority(),
      vault: async () => null,
      stationPort: () => null,
    });
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

it('has left none of the passwords that were configured in the session', async () => {
  await engine.close();
  const files = readdirSync(folder).filter((name) => name.includes('.plugscope'));
  expect(files).not.toEqual([]);
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    expect(bytes.includes('CS-0001')).toBe(true);
    expect(bytes.includes(PASSWORD)).toBe(false);
    expect(bytes.includes(Buffer.from(`CS-0001:${PASSWORD}`).toString('base64'))).toBe(false);
  }
});

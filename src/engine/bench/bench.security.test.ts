import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BenchSetup, BenchState } from '../../bridge/contract.ts';
import type { ListenerSecurity } from '../../bridge/security.ts';
import type { AuthorityDesk } from '../authority/authority-desk.ts';
import { openAuthority, withoutListening } from '../authority/open-authority.ts';
import { systemClock } from '../clock.ts';
import { createCsms } from '../csms/csms.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { eventually } from '../testing/eventually.ts';
import { type FakeLink, type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import { type Bench, createBench } from './bench.ts';

/*
 * Whole benches over real sockets with the real certificate authority: what the port asks for, the built-in station has.
 */

const clock = systemClock();
const network = webSocketNetwork(clock);
const station = { id: 'CS-0001', version: '2.1' } as const;

let folder: string;
let authority: AuthorityDesk;
let recorder: FakeRecorder;
let bench: Bench;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-bench-'));
  authority = openAuthority({
    clock,
    folder,
    vault: async () => null,
    stationPort: () => null,
    listen: withoutListening,
  });
});
afterAll(async () => {
  await authority.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  recorder = fakeRecorder();
  const options = {
    network,
    clock,
    recorder,
    random: () => 0.5,
    addresses: () => ['192.0.2.7'],
    credentials: authority,
  };
  bench = createBench(options, { role: 'csms', port: 0, station: null });
});
afterEach(() => bench.close());

async function configure(setup: BenchSetup): Promise<BenchState> {
  const outcome = await bench.configure(setup);
  return outcome.ok ? outcome.value : expect.fail(outcome.error.sentence);
}

const links = (peer: FakeLink['opening']['peer']) => recorder.links.filter(({ opening }) => opening.peer === peer);
const openLink = (nth = 0) => until(() => links('station')[nth]?.negotiation?.version && links('station')[nth]);

describe.each([0, 1, 2, 3] as const)('in security profile %i', (profile) => {
  const security: ListenerSecurity = { profile, password: profile === 2 ? 'configured password' : null };
  const scheme = profile < 2 ? 'ws' : 'wss';

  it('a CSMS takes its built-in station', async () => {
    const { port, stationUrls } = await configure({ role: 'csms', port: 0, station, security });
    expect(stationUrls).toEqual([`${scheme}://192.0.2.7:${port}/`, `${scheme}://localhost:${port}/`]);
    const { opening, negotiation } = await openLink();
    expect(opening.policy).toMatchObject({ profile });
    expect(negotiation?.tls === undefined).toBe(profile < 2);
    const failed = negotiation?.tls?.checks?.filter(({ outcome }) => outcome === 'failed') ?? [];
    expect(failed).toEqual([]);
    if (profile === 3) expect(negotiation?.tls?.chain?.[0]?.subject).toContain('CS-0001');
    expect(bench.state().notices).toEqual([]);
  });

  it('a proxy takes its built-in station, and passes it on to the built-in CSMS', async () => {
    await configure({ role: 'proxy', port: 0, upstream: null, station, security });
    await openLink();
    await until(() => links('csms')[0]?.negotiation?.version);
    await eventually(() => expect(bench.state().stationsOpen).toBe(1));
    expect(bench.state().notices).toEqual([]);
  });
});

describe('the configuration', () => {
  it.each([
    [{ profile: 2 }, 'ws://127.0.0.1:1/', 'profile-needs-tls', /wss:\/\//],
    [{ profile: 3 }, 'ws://127.0.0.1:1/', 'profile-needs-tls', /wss:\/\//],
    [{ profile: 1, password: 'x' }, 'wss://127.0.0.1:1/', 'profile-without-tls', /ws:\/\//],
  ] as const)('of a station with %j at %s is refused', async (security, url, code, sentence) => {
    const outcome = await bench.configure({ role: 'station', url, station, security });
    expect(outcome).toMatchObject({ ok: false, error: { code, sentence: expect.stringMatching(sentence) } });
    expect(bench.state()).toMatchObject({ notices: [{ code, severity: 'error' }] });
  });

  it('of a certificate that is not there is refused', async () => {
    const security = { profile: 2, password: null, certificates: ['no-such-one'] } as const;
    const outcome = await bench.configure({
      role: 'csms',
      port: 0,
      station: null,
      security: { ...security, certificates: ['x'] },
    });
    expect(outcome).toMatchObject({ ok: false });
  });
});

it('tells of a station whose password is wrong, and never what that is', async () => {
  const asked = { profile: 1, password: 'the right password' } as const;
  const csms = createBench(
    { network, clock, recorder: fakeRecorder(), random: () => 0.5, addresses: () => [], credentials: authority },
    { role: 'csms', port: 0, station: null },
  );
  const running = await csms.configure({ role: 'csms', port: 0, station: null, security: asked });
  if (!running.ok) return expect.fail(running.error.sentence);
  const url = `ws://127.0.0.1:${running.value.port}/`;
  await configure({ role: 'station', url, station, security: { profile: 1, password: 'the S3CRET password' } });
  await eventually(() => expect(bench.state().notices).toMatchObject([{ sentence: expect.stringContaining('401') }]));
  expect(JSON.stringify([recorder.links, bench.state().notices])).not.toContain('S3CRET');
  await csms.close();
});

it('a station gets another certificate over OCPP, and connects with it (A02)', async () => {
  await configure({ role: 'csms', port: 0, station, security: { profile: 3, password: null } });
  const first = await openLink();
  const before = first.negotiation?.tls?.chain?.[0]?.fingerprint;
  await eventually(() => expect(bench.peers.list()).toHaveLength(1));
  const sent = await bench.peers.call(first.id, {
    action: 'TriggerMessage',
    payload: { requestedMessage: 'SignChargingStationCertificate' },
  });
  expect(sent).toMatchObject({ ok: true, value: { kind: 'result', payload: { status: 'Accepted' } } });
  const second = await openLink(1);
  expect(first.closing).toMatchObject({ code: 1000, by: 'peer' });
  const after = second.negotiation?.tls?.chain?.[0];
  expect(after?.subject).toContain('CS-0001');
  expect(after?.fingerprint).not.toBe(before);
});

it('a station gets another password over OCPP, which counts from then on (A01)', async () => {
  await configure({ role: 'csms', port: 0, station, security: { profile: 2, password: 'configured password' } });
  const first = await openLink();
  await eventually(() => expect(bench.peers.list()).toHaveLength(1));
  const sent = await bench.peers.call(first.id, {
    action: 'SetVariables',
    payload: {
      setVariableData: [
        {
          component: { name: 'SecurityCtrlr' },
          variable: { name: 'BasicAuthPassword' },
          attributeValue: 'another password that is long',
        },
      ],
    },
  });
  expect(sent).toMatchObject({ ok: true });
  await openLink(1);
  expect(links('station').map(({ negotiation }) => negotiation?.status)).toEqual([101, 101]);
});

it('hands out the root of its certificates over plain HTTP, at the port for stations', async () => {
  const { port } = await configure({ role: 'csms', port: 0, station: null, security: { profile: 3, password: null } });
  const text = await new Promise<string>((resolve, reject) => {
    get(`http://127.0.0.1:${port}/plugscope-root.pem`, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    }).on('error', reject);
  });
  expect(await authority.root()).toEqual({ ok: true, value: text });
});

it('ends a link that is to be ended, after which the station comes again', async () => {
  await configure({ role: 'proxy', port: 0, upstream: null, station });
  const { id } = await openLink();
  await eventually(() => expect(bench.disconnect(id)).toBe(true));
  await until(() => links('station')[0]?.closing);
  expect(links('station')[0]?.closing).toMatchObject({ code: 1001, by: 'plugscope' });
  await openLink(1);
  expect(bench.disconnect(id)).toBe(false);
});

it('a proxy keeps the built-in station while its CSMS is away, and the built-in CSMS answers', async () => {
  const away = await createCsms({ network, clock, recorder: fakeRecorder(), host: '127.0.0.1', port: 0 });
  if (!away.ok) return expect.fail(away.error.sentence);
  const upstream = `ws://127.0.0.1:${away.value.port}/`;
  await configure({ role: 'proxy', port: 0, upstream, station, upstreamLost: 'answer' });
  await openLink();
  await until(() => links('csms')[0]?.negotiation?.version);
  await away.value.close();
  await until(() => links('csms')[1]?.negotiation?.version);
  expect(links('station')).toHaveLength(1);
  expect(links('station')[0]?.closing).toBeUndefined();
});

import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { RPCClient, RPCServer } from 'ocpp-rpc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientSecurity, ListenerSecurity } from '../../bridge/security.ts';
import { OCPP_VERSIONS, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { BAD_KINDS, type BadKind } from '../../session/authority.ts';
import { SECURITY_PROFILES, type SecurityProfile } from '../../session/leg-policy.ts';
import { profileOnWire } from '../../session/life/connection-row.ts';
import { hasOpenssl, Openssl } from '../net/testing/openssl.ts';
import type { Credential } from '../net/tls/credential.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { handshake } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { createProxy, type RunningProxy } from './proxy.ts';
import { type TestCredentials, testCredentials } from './testing/credentials.ts';

/*
 * Every security profile on either leg, in every version, with an implementation that is not ours as both peers: the CSMS
 * asks for what its profile says and checks it, and so does the proxy of the station. Then every certificate that must be
 * refused, on either leg. Certificates, ports and proxies are made once for all cases.
 */

const STATION = 'CS-1';
const STATION_PASSWORD = 'of the station';
const CSMS_PASSWORD = 'for the CSMS';
/** A peer that is to present a key or a signature that is too weak must be let do so. */
const WEAK = 'DEFAULT:@SECLEVEL=0';

const closers: (() => unknown)[] = [];
const openssl = new Openssl();
let test: TestCredentials;

beforeAll(async () => {
  test = await testCredentials();
});
afterAll(async () => {
  openssl.end();
  for (const close of closers.splice(0).reverse()) await close();
});

/** Once for each key. */
function shared<K, V>(make: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const made = new Map<K, Promise<V>>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function hasPassword(profile: SecurityProfile): boolean {
  return profile === 1 || profile === 2;
}

type Client = Parameters<Parameters<RPCServer['on']>[1]>[0];

interface Csms {
  readonly url: string;
  readonly clients: Client[];
  /** How the latest station said who it is: its password, the name in its certificate. */
  readonly seen: { password: string | undefined; certificate: string | undefined }[];
}

/** A CSMS of ocpp-rpc that asks for a profile, with a certificate of its own where one is given. */
async function startCsms(profile: SecurityProfile, credential?: Credential): Promise<Csms> {
  const server = new RPCServer({ protocols: OCPP_VERSIONS.map((version) => SUBPROTOCOL_OF[version]) });
  const seen: Csms['seen'] = [];
  const clients: Client[] = [];
  server.auth((accept, reject, { password, request }) => {
    const { socket } = request;
    const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined;
    seen.push({ password: password?.toString(), certificate: certificate?.toString() });
    if (!hasPassword(profile) || password?.toString() === CSMS_PASSWORD) accept();
    else reject(401, 'not as the profile asks for');
  });
  server.on('client', (client) => {
    client.handle('Heartbeat', async () => ({ currentTime: '2026-01-01T00:00:00Z' }));
    clients.push(client);
  });
  const [presented] = test.bench.csms;
  const { chain: cert, key } = credential ?? presented;
  const tls = { cert, key, ca: test.bench.root, ciphers: credential && WEAK };
  const http =
    profile < 2
      ? createServer()
      : createSecureServer({ ...tls, requestCert: profile === 3, rejectUnauthorized: profile === 3 });
  http.on('upgrade', server.handleUpgrade);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    await server.close({ force: true });
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return { url: `${profile < 2 ? 'ws' : 'wss'}://127.0.0.1:${port}/ocpp`, clients, seen };
}

interface Proxy {
  readonly proxy: RunningProxy;
  readonly recorder: FakeRecorder;
}

async function startProxy(station: SecurityProfile, csms: SecurityProfile, upstream: string): Promise<Proxy> {
  const recorder = fakeRecorder();
  const security: ListenerSecurity = { profile: station, password: STATION_PASSWORD };
  const password = hasPassword(csms) ? CSMS_PASSWORD : undefined;
  const upstreamSecurity: ClientSecurity = { profile: csms, password };
  const network = webSocketNetwork();
  const { credentials } = test;
  const options = { network, recorder, upstream, security, upstreamSecurity, credentials };
  const created = await createProxy({ ...options, port: 0, host: '127.0.0.1' });
  if (!created.ok) throw new Error(created.error.sentence);
  closers.push(() => created.value.close());
  return { proxy: created.value, recorder };
}

/** A station of ocpp-rpc that comes in the way that a profile asks for. */
async function station(profile: SecurityProfile, port: number, version: string, credential?: Credential) {
  const own = profile === 3 ? (credential ?? (await test.station(STATION))) : undefined;
  const options = {
    endpoint: `${profile < 2 ? 'ws' : 'wss'}://127.0.0.1:${port}/in`,
    identity: STATION,
    password: hasPassword(profile) ? STATION_PASSWORD : undefined,
    protocols: [version],
    reconnect: false,
    wsOpts: { ca: test.bench.root, cert: own?.chain, key: own?.key, ciphers: credential && WEAK },
  };
  // Its types want every option, its code has defaults.
  const client = new RPCClient(options as ConstructorParameters<typeof RPCClient>[0]);
  client.handle('Reset', async () => ({ status: 'Accepted' }));
  return client;
}

const csmsOf = shared((profile: SecurityProfile) => startCsms(profile));
const proxyOf = shared(async (profiles: `${SecurityProfile}${SecurityProfile}`) => {
  const [station, csms] = [...profiles].map(Number) as [SecurityProfile, SecurityProfile];
  return startProxy(station, csms, (await csmsOf(csms)).url);
});

const cases = SECURITY_PROFILES.flatMap((station) =>
  SECURITY_PROFILES.flatMap((csms) => OCPP_VERSIONS.map((version) => [station, csms, version] as const)),
);

describe('a station in one profile, the CSMS in another', () => {
  it.each(cases)('%i and %i: OCPP %s passes both ways', async (stationProfile, csmsProfile, version) => {
    const csms = await csmsOf(csmsProfile);
    const { proxy, recorder } = await proxyOf(`${stationProfile}${csmsProfile}`);
    const before = recorder.links.length;
    const client = await station(stationProfile, proxy.port, SUBPROTOCOL_OF[version]);
    await client.connect();
    expect(await client.call('Heartbeat', {})).toEqual({ currentTime: '2026-01-01T00:00:00Z' });
    expect(await csms.clients.at(-1)?.call('Reset', { type: 'Soft' })).toEqual({ status: 'Accepted' });
    // What the station says goes on where the bench has nothing to say in its place.
    const passedOn = hasPassword(stationProfile) ? STATION_PASSWORD : undefined;
    expect(csms.seen.at(-1)).toEqual({
      password: hasPassword(csmsProfile) ? CSMS_PASSWORD : passedOn,
      certificate: csmsProfile === 3 ? STATION : undefined,
    });
    const legs = [stationProfile, csmsProfile];
    const links = recorder.links.slice(before);
    expect(links).toHaveLength(2);
    links.forEach(({ id, opening, negotiation }, leg) => {
      const profile = legs[leg] ?? 0;
      expect(opening.policy?.profile).toBe(profile);
      expect(negotiation).toMatchObject({ status: 101, version, chosen: SUBPROTOCOL_OF[version] });
      expect(negotiation?.tls?.protocol).toBe(profile < 2 ? undefined : 'TLSv1.3');
      const at = { wall: 0, mono: 0 };
      const facts = { ...opening, ...negotiation, id, conversation: 0, openedAt: at, pings: 0, pongs: 0 };
      // A password that is passed on without TLS is what makes profile 1.
      expect(profileOnWire(facts)).toBe(profile === 0 && hasPassword(legs[0] ?? 0) ? 1 : profile);
    });
    for (const password of [STATION_PASSWORD, CSMS_PASSWORD]) {
      expect(JSON.stringify(links)).not.toContain(Buffer.from(`${STATION}:${password}`).toString('base64'));
    }
    await client.close({ force: true });
  });
});

/** What is said of each certificate, by either leg. */
const CAUSE: Readonly<Record<BadKind, RegExp>> = {
  expired: /expired/i,
  'not-yet-valid': /not (yet )?valid/i,
  'wrong-name': /name|SOMEBODY-ELSE|somebody-else/,
  'wrong-root': /trust|root|issuer/i,
  'self-signed': /self-signed|trust|root/i,
  'weak-key': /1024/,
  'sha-1': /SHA-?1/i,
  'missing-key-usage': /usage/i,
  revoked: /revoked/i,
};

describe.each(BAD_KINDS)('a certificate that is bad: %s', (kind) => {
  it('of a station is refused before the CSMS is called (A00.FR.410)', async () => {
    const csms = await csmsOf(0);
    const { proxy, recorder } = await proxyOf('30');
    const [links, calls] = [recorder.links.length, csms.seen.length];
    const client = await station(3, proxy.port, 'ocpp1.6', await test.bad(kind, STATION));
    await expect(client.connect()).rejects.toThrow();
    await until(() => recorder.links.length > links);
    const [link, ...more] = recorder.links.slice(links);
    expect(more).toEqual([]);
    await until(() => link?.negotiation);
    expect(link?.opening).toMatchObject({ peer: 'station', station: STATION, policy: { profile: 3 } });
    expect(link?.negotiation).toMatchObject({ status: 403, code: 'client-certificate-refused' });
    expect(link?.negotiation?.failure).toMatch(CAUSE[kind]);
    expect(csms.seen).toHaveLength(calls);
    await client.close({ force: true });
  });

  it('of the CSMS gets the station a 502 that says so (A00.FR.311)', async () => {
    const csms = await startCsms(2, await test.bad(kind));
    const { proxy, recorder } = await startProxy(0, 2, csms.url);
    const client = await station(0, proxy.port, 'ocpp2.1');
    await expect(client.connect()).rejects.toThrow('Bad Gateway');
    const [ofStation, ofCsms] = recorder.links;
    expect(ofCsms?.negotiation).toMatchObject({ code: 'server-certificate-refused' });
    expect(ofCsms?.negotiation?.failure).toMatch(CAUSE[kind]);
    expect(ofCsms?.negotiation?.tls?.checks?.some(({ outcome }) => outcome === 'failed')).toBe(true);
    expect(ofStation?.negotiation).toMatchObject({
      status: 502,
      code: 'server-certificate-refused',
      failure: ofCsms?.negotiation?.failure,
    });
    // Nothing was said over it, the password least of all.
    expect(csms.seen).toEqual([]);
    await client.close({ force: true });
  });
});

describe.runIf(hasOpenssl)('a station of another make', () => {
  it('comes in with a certificate over TLS 1.2, and speaks to a CSMS with a password', async () => {
    const { proxy, recorder } = await proxyOf('31');
    const before = recorder.links.length;
    const client = openssl.connect(proxy.port, '-tls1_2', ...openssl.presenting(await test.station(STATION)));
    client.write(handshake(`/in/${STATION}`, { 'Sec-WebSocket-Protocol': 'ocpp1.6' }));
    await client.expect('Sec-WebSocket-Protocol: ocpp1.6');
    expect(recorder.links[before]?.negotiation?.tls?.protocol).toBe('TLSv1.2');
    expect(recorder.links[before]?.negotiation?.tls?.peerSubject).toContain(STATION);
  });

  it('without one is told so over HTTP', async () => {
    const { proxy, recorder } = await proxyOf('31');
    const before = recorder.links.length;
    const client = openssl.connect(proxy.port);
    client.write(handshake(`/in/${STATION}`, { 'Sec-WebSocket-Protocol': 'ocpp1.6' }));
    await client.expect('HTTP/1.1 403 Forbidden');
    expect(recorder.links.slice(before)).toMatchObject([{ negotiation: { code: 'no-client-certificate' } }]);
  });
});

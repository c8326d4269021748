import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { RPCServer } from 'ocpp-rpc';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClientSecurity } from '../../bridge/security.ts';
import { OCPP_VERSIONS, type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { SECURITY_PROFILES, type SecurityProfile } from '../../session/leg-policy.ts';
import type { Credential } from '../net/tls/credential.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { type TestCredentials, testCredentials } from '../proxy/testing/credentials.ts';
import { type FakeRecorder, fakeRecorder } from '../testing/fake-recorder.ts';
import { until } from '../testing/until.ts';
import { createStation, type Station } from './station.ts';
import { hurriedClock } from './testing/hurried-clock.ts';
import { acceptingAnswers } from './testing/rpc-csms.ts';

/*
 * The station in each security profile with a CSMS of ocpp-rpc, which is not ours, and which asks for what the profile
 * says and checks it.
 */

const PASSWORD = 'pässword of 2.x';
const NEW_PASSWORD = '000102030405060708090a0b0c0d0e0f10111213';
const clock = hurriedClock(10);
const closers: (() => unknown)[] = [];

let test: TestCredentials;
beforeAll(async () => {
  test = await testCredentials();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Client = Parameters<Parameters<RPCServer['on']>[1]>[0];

interface Csms {
  readonly url: string;
  readonly clients: readonly Client[];
  /** How stations said who they are: user, password, name in the certificate. */
  readonly seen: readonly (readonly [
    identity: string,
    password: Buffer | undefined,
    certificate: string | undefined,
  ])[];
  readonly received: readonly { readonly method: string; readonly params: object }[];
  close(): Promise<void>;
}

async function startCsms(
  profile: SecurityProfile,
  version: OcppVersion,
  port = 0,
  credential?: Credential,
): Promise<Csms> {
  const server = new RPCServer({ protocols: [SUBPROTOCOL_OF[version]] });
  const seen: [string, Buffer | undefined, string | undefined][] = [];
  const clients: Client[] = [];
  const received: { method: string; params: object }[] = [];
  const answers = acceptingAnswers(version, 300);
  server.auth((accept, _reject, { identity, password, request }) => {
    const { socket } = request;
    const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined;
    seen.push([identity, password, certificate?.toString()]);
    accept();
  });
  server.on('client', (client) => {
    clients.push(client);
    client.handle(({ method, params }: { method: string; params: object }) => {
      received.push({ method, params });
      const answer = answers[method] ?? {};
      return typeof answer === 'function' ? answer(params) : answer;
    });
  });
  const [presented] = test.bench.csms;
  const { chain: cert, key } = credential ?? presented;
  const asks = { requestCert: profile === 3, rejectUnauthorized: profile === 3 };
  const http: Server = profile < 2 ? createServer() : createSecureServer({ cert, key, ca: test.bench.root, ...asks });
  http.on('upgrade', server.handleUpgrade);
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    await server.close({ force: true });
    await new Promise((resolve) => http.close(resolve));
  };
  closers.push(() => close().catch(() => {}));
  const address = http.address() as AddressInfo;
  return { url: `${profile < 2 ? 'ws' : 'wss'}://127.0.0.1:${address.port}/ocpp`, clients, seen, received, close };
}

function startStation(
  url: string,
  version: OcppVersion,
  security: ClientSecurity,
): { readonly station: Station; readonly recorder: FakeRecorder } {
  const recorder = fakeRecorder();
  const station = createStation({
    network: webSocketNetwork(),
    recorder,
    clock,
    random: () => 0,
    url,
    id: 'CS-1',
    version,
    security,
    credentials: test.credentials,
    session: 'none',
  });
  closers.push(() => station.stop());
  station.start();
  return { station, recorder };
}

const inService = (station: Station) => until(() => station.state().phase === 'in-service');
const securityOf = (profile: SecurityProfile): ClientSecurity => ({ profile, password: PASSWORD });

describe.each(SECURITY_PROFILES)('a station in security profile %i', (profile) => {
  it.each(OCPP_VERSIONS)('comes in at a CSMS of OCPP %s', async (version) => {
    const csms = await startCsms(profile, version);
    const { station, recorder } = startStation(csms.url, version, securityOf(profile));
    await inService(station);
    const basic = profile === 1 || profile === 2;
    // ocpp-rpc tells a password only where the user name is the identity (A00.FR.204).
    const password = basic ? Buffer.from(PASSWORD) : undefined;
    expect(csms.seen).toEqual([['CS-1', password, profile === 3 ? 'CS-1' : undefined]]);
    const { opening, negotiation } = recorder.links[0] ?? {};
    expect(opening?.policy).toEqual({ profile, versions: [version] });
    expect(negotiation?.tls?.checks?.filter(({ outcome }) => outcome === 'failed') ?? []).toEqual([]);
    expect(negotiation?.tls === undefined).toBe(profile < 2);
    expect(JSON.stringify(recorder.links)).not.toContain(Buffer.from(`CS-1:${PASSWORD}`).toString('base64'));
  });
});

it.each<[OcppVersion, string, object, Buffer]>([
  ['1.6', 'ChangeConfiguration', { key: 'AuthorizationKey', value: NEW_PASSWORD }, Buffer.from(NEW_PASSWORD, 'hex')],
  [
    '2.0.1',
    'SetVariables',
    {
      setVariableData: [
        {
          component: { name: 'SecurityCtrlr' },
          variable: { name: 'BasicAuthPassword' },
          attributeValue: NEW_PASSWORD,
        },
      ],
    },
    Buffer.from(NEW_PASSWORD),
  ],
])(
  'a station of %s comes again with the password that %s gave it (A01)',
  async (version, action, request, password) => {
    const csms = await startCsms(2, version);
    const { station } = startStation(csms.url, version, securityOf(2));
    await inService(station);
    expect(JSON.stringify(await csms.clients[0]?.call(action, request))).toContain('Accepted');
    await until(() => csms.seen.length === 2);
    await inService(station);
    expect(csms.seen.map(([, sent]) => sent)).toEqual([Buffer.from(PASSWORD), password]);
    expect(csms.received.filter(({ method }) => method === 'BootNotification')).toHaveLength(1);
  },
);

it.each(['1.6', '2.1'] as const)(
  'a station of %s refuses a bad CSMS, and tells the good one once (A00.FR.310)',
  async (version) => {
    const bad = await startCsms(2, version, 0, await test.bad('expired'));
    const { station, recorder } = startStation(bad.url, version, securityOf(2));
    await until(() => station.state().failedAttempts >= 2);
    expect(station.state().problem).toMatchObject({ code: 'server-certificate-refused' });
    // Nothing was said over it, the password least of all (A00.FR.311).
    expect(bad.seen).toEqual([]);
    await bad.close();
    const good = await startCsms(2, version, Number(URL.parse(bad.url)?.port));
    await inService(station);
    const events = await until(() => {
      const found = good.received.filter(({ method }) => method === 'SecurityEventNotification');
      return found.length > 0 ? found : undefined;
    });
    const type = version === '1.6' ? 'InvalidCentralSystemCertificate' : 'InvalidCsmsCertificate';
    expect(events).toMatchObject([{ params: { type, techInfo: expect.stringMatching(/expired/i) } }]);
    expect(recorder.links[0]?.negotiation).toMatchObject({ code: 'server-certificate-refused' });
  },
);

it('takes a bad CSMS where it is told to', async () => {
  const csms = await startCsms(2, '2.1', 0, await test.bad('wrong-name'));
  const { station } = startStation(csms.url, '2.1', { ...securityOf(2), verifies: false });
  await inService(station);
});

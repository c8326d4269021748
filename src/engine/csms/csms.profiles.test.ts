import { RPCClient } from 'ocpp-rpc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListenerSecurity } from '../../bridge/security.ts';
import { OCPP_VERSIONS, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import { SECURITY_PROFILES, type SecurityProfile } from '../../session/leg-policy.ts';
import { type TestCredentials, testCredentials } from '../proxy/testing/credentials.ts';
import { type CsmsUnderTest, startCsms } from './testing/csms.ts';

/*
 * The CSMS in each security profile with stations of ocpp-rpc, which is not ours: those that come as the profile asks,
 * and those that come as another one would.
 */

const PASSWORD = 'pässword of 2.x';
const KEY = '000102030405060708090a0b0c0d0e0f10111213';

let test: TestCredentials;
const running = new Map<SecurityProfile, CsmsUnderTest>();

beforeAll(async () => {
  test = await testCredentials();
  for (const profile of SECURITY_PROFILES) {
    const security: ListenerSecurity = { profile, password: PASSWORD, passwords: { 'CP-KEY': KEY } };
    running.set(profile, await startCsms({ security, credentials: test.credentials }));
  }
});
afterAll(async () => {
  for (const csms of running.values()) await csms.stop();
});

function csmsOf(profile: SecurityProfile): CsmsUnderTest {
  return running.get(profile) ?? expect.fail('it runs');
}

interface Coming {
  readonly secure: boolean;
  readonly password?: string | Buffer;
  readonly certificate?: boolean;
  readonly identity?: string;
  readonly version?: string;
}

/** How a station comes that does as a profile asks. */
const AS_ASKED: Readonly<Record<SecurityProfile, Coming>> = {
  0: { secure: false },
  1: { secure: false, password: PASSWORD },
  2: { secure: true, password: PASSWORD },
  3: { secure: true, certificate: true },
};

/** Connects a station, which rejects where it is refused; yields how to end it. */
async function come(profile: SecurityProfile, coming: Coming, { csms } = csmsOf(profile)): Promise<RPCClient> {
  const { secure, password, certificate, identity = 'CS-1', version = 'ocpp2.1' } = coming;
  const own = certificate ? await test.station(identity) : undefined;
  const options = {
    endpoint: `${secure ? 'wss' : 'ws'}://127.0.0.1:${csms.port}/ocpp`,
    identity,
    password,
    protocols: [version],
    reconnect: false,
    wsOpts: { ca: test.bench.root, cert: own?.chain, key: own?.key },
  };
  // Its types want every option, its code has defaults.
  const client = new RPCClient(options as unknown as ConstructorParameters<typeof RPCClient>[0]);
  await client.connect();
  return client;
}

describe.each(SECURITY_PROFILES)('a CSMS of security profile %i', (profile) => {
  it.each(OCPP_VERSIONS)('takes a station of OCPP %s that does as it asks', async (version) => {
    const client = await come(profile, { ...AS_ASKED[profile], version: SUBPROTOCOL_OF[version] });
    expect(await client.call('Heartbeat', {})).toEqual({ currentTime: expect.any(String) });
    const { opening, negotiation } = csmsOf(profile).recorder.links.at(-1) ?? {};
    expect(opening?.policy?.profile).toBe(profile);
    expect(negotiation).toMatchObject({ status: 101, version });
    expect(negotiation?.tls?.checks?.filter(({ outcome }) => outcome === 'failed') ?? []).toEqual([]);
    await client.close({ force: true });
  });
});

it.each<[string, SecurityProfile, Coming, string, string | undefined]>([
  ['no password in profile 1', 1, AS_ASKED[0], '401', 'no-credentials'],
  ['another password in profile 1', 1, { secure: false, password: 'another' }, '401', 'wrong-password'],
  ['a password in the clear in profile 2', 2, AS_ASKED[1], '400', 'tls-required'],
  ['TLS without a password in profile 2', 2, { secure: true }, '401', 'no-credentials'],
  ['a certificate in the place of a password in profile 2', 2, AS_ASKED[3], '401', 'no-credentials'],
  ['a password in the place of a certificate in profile 3', 3, AS_ASKED[2], '403', 'no-client-certificate'],
  ['nothing at all in profile 3', 3, AS_ASKED[0], '400', 'tls-required'],
])('refuses %s', async (_, profile, coming, status, code) => {
  const { recorder } = csmsOf(profile);
  const before = recorder.links.length;
  await expect(come(profile, coming)).rejects.toMatchObject({ code: Number(status) });
  expect(recorder.links.slice(before)).toMatchObject([{ negotiation: { status: Number(status), code } }]);
});

it('takes certificates of the CSO alone whose name it was told (A00.FR.404)', async () => {
  const security = { profile: 3, password: null } as const;
  const { credentials } = test;
  const ours = await startCsms({ security: { ...security, organization: 'Bench' }, credentials });
  const theirs = await startCsms({ security: { ...security, organization: 'Another CSO' }, credentials });
  try {
    await (await come(3, AS_ASKED[3], ours)).close({ force: true });
    await expect(come(3, AS_ASKED[3], theirs)).rejects.toMatchObject({ code: 403 });
    expect(theirs.recorder.links).toMatchObject([
      { negotiation: { code: 'client-certificate-refused', failure: expect.stringContaining('not to Another CSO') } },
    ]);
  } finally {
    await ours.stop();
    await theirs.stop();
  }
});

it.each([0, 1] as const)('takes no TLS in profile %i, and says so of the attempt', async (profile) => {
  const { recorder } = csmsOf(profile);
  const before = recorder.links.length;
  await expect(come(profile, { ...AS_ASKED[profile], secure: true })).rejects.toThrow();
  expect(recorder.links.slice(before)).toMatchObject([
    { opening: { station: '', attempt: 'tls' }, negotiation: { code: 'tls-not-offered' } },
  ]);
});

it('takes the authorization key of 1.6 as bytes (1.6-J 6.2.2)', async () => {
  const password = Buffer.from(KEY, 'hex');
  const client = await come(2, { secure: true, identity: 'CP-KEY', password, version: 'ocpp1.6' });
  expect(csmsOf(2).recorder.links.at(-1)?.remarks).toMatchObject([
    { rule: 'link.authorization-key', severity: 'info' },
  ]);
  await client.close({ force: true });
});

import { describe, expect, it } from 'vitest';
import type { ClientSecurity } from '../../../bridge/security.ts';
import { readBasic } from '../../admission/basic-credentials.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { fakeCredentials } from '../../testing/fake-credentials.ts';
import { notificationOf } from './security-events.ts';
import { StationSecurity } from './station-security.ts';

const URL = 'wss://csms.example/CS-1';
const NEW = { chain: 'new', key: 'key' };

function stationSecurity(security?: ClientSecurity): StationSecurity {
  const credentials = fakeCredentials();
  return new StationSecurity({ security, credentials, id: 'CS-1', commonName: 'SN-1', clock: fakeClock(5000) });
}

async function presented(security: StationSecurity): Promise<string | undefined> {
  const tls = await security.tls(URL, []);
  return tls.ok ? tls.value?.credential?.chain : undefined;
}

describe('the password of a station', () => {
  it.each([1, 2] as const)('counts from the next connection on in profile %i (A01)', (profile) => {
    const security = stationSecurity({ profile, password: 'old password' });
    security.setPassword('new password');
    const { credentials } = { credentials: undefined, ...readBasic(security.headers(['2.1'])) };
    expect(Buffer.from(credentials?.password ?? []).toString()).toBe('new password');
    expect([security.takeStale(), security.takeStale()]).toEqual([true, false]);
  });

  it.each([0, 3] as const)('is kept, and of no use, in profile %i', (profile) => {
    const security = stationSecurity({ profile });
    security.setPassword('new password');
    expect(security.headers(['2.1'])).toEqual([]);
    expect(security.takeStale()).toBe(false);
  });
});

describe('the certificate of a station', () => {
  it('is the one that was issued to its serial number', async () => {
    expect(await presented(stationSecurity({ profile: 3 }))).toBe('station SN-1');
    expect(await presented(stationSecurity({ profile: 2 }))).toBeUndefined();
  });

  it('is the new one for good once that was connected with (A02.FR.08, FR.10)', async () => {
    const security = stationSecurity({ profile: 3 });
    security.setCertificate(NEW);
    expect(security.takeStale()).toBe(true);
    expect(await presented(security)).toBe('new');
    security.failed('not-reached', '');
    security.connected();
    for (let attempt = 0; attempt < 5; attempt++) security.failed('not-reached', '');
    expect(await presented(security)).toBe('new');
    expect(security.events.waiting).toEqual([]);
  });

  it('is the old one again where no connection comes about with the new one, which is told (A02.FR.28, FR.29)', async () => {
    const security = stationSecurity({ profile: 3 });
    security.setCertificate(NEW);
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await presented(security)).toBe('new');
      security.failed('tls-alert', 'Refused.');
    }
    expect(await presented(security)).toBe('station SN-1');
    expect(security.events.waiting).toEqual([]);
    security.connected();
    expect(security.events.waiting).toMatchObject([{ kind: 'renewed-certificate-discarded' }]);
  });
});

it('trusts what the CSMS has installed, and what the bench trusts', async () => {
  expect(await stationSecurity({ profile: 2 }).tls(URL, ['installed'])).toMatchObject({
    value: { trust: ['own root', 'imported root', 'installed'] },
  });
});

describe('security events', () => {
  it.each([
    ['server-certificate-refused', 'InvalidCentralSystemCertificate', 'InvalidCsmsCertificate'],
    ['tls-version', 'InvalidTLSVersion', 'InvalidTLSVersion'],
    ['tls-cipher', 'InvalidTLSCipherSuite', 'InvalidTLSCipherSuite'],
  ] as const)('of %s are told once, however often it fails (A00.FR.310, FR.316, FR.323)', (code, name16, name2) => {
    const security = stationSecurity({ profile: 2 });
    for (let attempt = 0; attempt < 3; attempt++) security.failed(code, `It failed: ${'x'.repeat(300)}`);
    const [event, ...more] = security.events.waiting;
    if (!event) throw new Error('there is none');
    expect(more).toEqual([]);
    expect(notificationOf(event, '1.6')).toMatchObject({ type: name16 });
    const notification = notificationOf(event, '2.1');
    expect(notification).toMatchObject({ type: name2, timestamp: '1970-01-01T00:00:05.000Z' });
    expect(notification?.techInfo).toHaveLength(255);
    security.events.told(event);
    expect(security.events.waiting).toEqual([]);
  });

  it('are none where nobody is to blame', () => {
    const security = stationSecurity({ profile: 2 });
    security.failed('not-reached', 'Nobody is there.');
    expect(security.events.waiting).toEqual([]);
  });

  it('that 1.6 does not know are not told in it', () => {
    expect(notificationOf({ kind: 'renewed-certificate-discarded', at: 0, sentence: '' }, '1.6')).toBeUndefined();
  });
});

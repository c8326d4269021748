import { expect, it } from 'vitest';
import { failure } from '../session/outcome.ts';
import { readBasic } from './admission/basic-credentials.ts';
import { clientHeaders, clientTls, listenerFiles, listenerTls, ROOT_PATH, urlMismatch } from './leg-security.ts';
import { fakeCredentials } from './testing/fake-credentials.ts';

const KEY = '00010203040506070809fffefdfcfbfaf9f8f7f6';
const credentials = fakeCredentials();
const none = { password: null };

it.each([
  [undefined, undefined],
  [{ profile: 0, ...none }, undefined],
  [{ profile: 1, certificates: ['a'], ...none }, undefined],
  [
    { profile: 0, certificates: ['a'], ...none },
    { credentials: [{ chain: 'csms a' }], asksCertificate: false },
  ],
  [
    { profile: 2, ...none },
    { credentials: [{ chain: 'csms own' }], asksCertificate: false, minVersion: 'TLSv1.2' },
  ],
  [
    { profile: 3, ...none },
    { asksCertificate: true, trust: ['own root', 'imported root'], revocation: expect.any(Function) },
  ],
  [
    { profile: 3, trust: ['b'], revocation: false, ...none },
    { trust: ['b'], revocation: undefined },
  ],
] as const)('a port of %j speaks TLS so: %j', async (security, tls) => {
  const spoken = await listenerTls(security && structuredClone(security as never), credentials);
  expect(spoken).toMatchObject({ ok: true });
  if (!spoken.ok) return;
  if (tls === undefined) expect(spoken.value).toBeUndefined();
  else expect(spoken.value).toMatchObject(tls);
});

it('a port hands out the root of the bench, made when it is asked for', async () => {
  const body = listenerFiles(credentials)?.get(ROOT_PATH)?.body;
  expect(typeof body === 'function' && (await body())).toEqual({ ok: true, value: 'own root' });
  expect(listenerFiles(undefined)).toBeUndefined();
});

it.each([
  ['ws://a/', { profile: 0 }, undefined],
  ['wss://a/', undefined, { trust: ['own root', 'imported root'], trustsSystem: true, verifies: true }],
  ['WSS://a/', { profile: 2, verifies: false, trust: ['b'] }, { trustsSystem: false, trust: ['b'], verifies: false }],
  ['wss://a/', { profile: 2 }, { credential: undefined }],
  ['wss://a/', { profile: 3 }, { credential: { chain: 'station SN-1' } }],
  ['wss://a/', { profile: 3, certificate: 'c' }, { credential: { chain: 'station c' } }],
] as const)('a client of %s with %j speaks TLS so: %j', async (url, security, tls) => {
  const spoken = await clientTls(security && structuredClone(security as never), url, 'SN-1', credentials);
  expect(spoken).toMatchObject({ ok: true });
  if (!spoken.ok) return;
  if (tls === undefined) expect(spoken.value).toBeUndefined();
  else expect(spoken.value).toMatchObject(tls);
});

it('says why there are no certificates', async () => {
  const broken = fakeCredentials({
    ofCsms: async () => failure('gone', 'Gone.'),
    roots: async () => failure('gone', 'Gone.'),
  });
  expect(await listenerTls({ profile: 2, ...none }, broken)).toEqual(failure('gone', 'Gone.'));
  expect(await clientTls({ profile: 2 }, 'wss://a/', 'SN-1', broken)).toEqual(failure('gone', 'Gone.'));
  expect(await listenerTls({ profile: 2, ...none }, undefined)).toMatchObject({ ok: false });
  expect(await clientTls({ profile: 3 }, 'wss://a/', 'SN-1', undefined)).toMatchObject({ ok: false });
  expect(await clientTls(undefined, 'wss://a/', 'SN-1', undefined)).toEqual({ ok: true, value: undefined });
});

it.each([
  [undefined, 'wss://a/', undefined],
  [{ profile: 0 }, 'wss://a/', undefined],
  [{ profile: 1 }, 'ws://a/', undefined],
  [{ profile: 1 }, 'wss://a/', 'profile-without-tls'],
  [{ profile: 2 }, 'wss://a/', undefined],
  [{ profile: 2 }, 'ws://a/', 'profile-needs-tls'],
  [{ profile: 3 }, 'ws://a/', 'profile-needs-tls'],
] as const)('%j fits %s, or does not: %s (A00.FR.312)', (security, url, code) => {
  expect(urlMismatch(security, url)?.code).toBe(code);
});

it.each([
  [{ profile: 1, password: 'pä' }, ['2.1', '1.6'], 'CS-1', Buffer.from('pä')],
  [{ profile: 2, password: 'pw', user: 'other' }, ['2.1'], 'other', Buffer.from('pw')],
  [{ profile: 2, password: KEY }, ['1.6'], 'CS-1', Buffer.from(KEY, 'hex')],
  [{ profile: 2, password: KEY }, ['2.1', '1.6'], 'CS-1', Buffer.from(KEY)],
  [{ profile: 2, password: 'abcd' }, ['1.6'], 'CS-1', Buffer.from('abcd')],
] as const)('%j goes out, speaking %j', (security, versions, user, password) => {
  const reading = readBasic(clientHeaders(security, 'CS-1', versions));
  expect(reading).toEqual({ kind: 'credentials', credentials: { user, password: new Uint8Array(password) } });
});

it.each([undefined, { profile: 0, password: 'pw' }, { profile: 2 }, { profile: 3, password: 'pw' }] as const)(
  'no password goes out of %j',
  (security) => {
    expect(clientHeaders(security, 'CS-1', ['2.1'])).toEqual([]);
  },
);

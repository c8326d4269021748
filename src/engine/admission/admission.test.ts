import { describe, expect, it } from 'vitest';
import type { ListenerSecurity } from '../../bridge/security.ts';
import type { CertificateCheck, CertificateFacts } from '../../session/certificate.ts';
import type { TlsFacts } from '../../session/link.ts';
import { type AdmissionRequest, admission, NO_SECURITY, noCommonVersion } from './admission.ts';
import { basicAuthorization } from './basic-credentials.ts';

const KEY = '00010203040506070809fffefdfcfbfaf9f8f7f6';
const TLS: TlsFacts = { protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' };
const FACTS: CertificateFacts = {
  subject: 'CN=CS-1',
  issuer: 'CN=Root',
  serialNumber: '1',
  notBefore: 0,
  notAfter: 1,
  key: 'ECDSA P-256',
  signature: 'ECDSA with SHA-256',
  names: [],
  fingerprint: 'ab',
};

function check(name: CertificateCheck['check'], outcome: CertificateCheck['outcome']): CertificateCheck {
  return { check: name, outcome, sentence: `about ${name}`, requirements: [] };
}

function knock(request: Partial<AdmissionRequest> & { readonly authorization?: string } = {}): AdmissionRequest {
  const { authorization, ...rest } = request;
  return {
    target: '/ocpp/CS-1',
    headers: authorization === undefined ? [] : [['authorization', authorization]],
    offered: ['ocpp2.0.1'],
    ...rest,
  };
}

const basic = (user: string, password: string | Uint8Array, more: Partial<AdmissionRequest> = {}) =>
  knock({ authorization: basicAuthorization(user, password), ...more });
const security = (profile: ListenerSecurity['profile'], more: Partial<ListenerSecurity> = {}): ListenerSecurity => ({
  profile,
  password: null,
  ...more,
});
const keyed = security(1, { password: KEY });

describe('a station is refused', () => {
  it.each<[string, AdmissionRequest, ListenerSecurity, number, string]>([
    ['with a bad handshake', knock({ flaw: 'It is a POST.' }), NO_SECURITY, 400, 'bad-handshake'],
    ['without an identity (part 4, 3.1.1)', knock({ target: '/ocpp/' }), NO_SECURITY, 404, 'no-identity'],
    ['unknown (part 4, 3.3)', knock(), security(0, { stations: ['CS-2'] }), 404, 'unknown-station'],
    ['without TLS in profile 2 (A00.FR.312)', basic('CS-1', 'pw'), security(2), 400, 'tls-required'],
    ['without TLS in profile 3 (A00.FR.415)', knock(), security(3), 400, 'tls-required'],
    ['with TLS in profile 1 (A00.FR.002)', basic('CS-1', 'pw', { tls: TLS }), security(1), 400, 'tls-not-offered'],
    ['without credentials (A00.FR.203)', knock(), security(1), 401, 'no-credentials'],
    ['with TLS alone in profile 2 (A00.FR.302)', knock({ tls: TLS }), security(2), 401, 'no-credentials'],
    ['with malformed ones', knock({ authorization: 'Basic ###' }), security(1), 401, 'credentials-malformed'],
    ['as somebody else (A00.FR.204)', basic('CS-2', 'pw'), security(1), 401, 'user-name-differs'],
    ['with another password (A00.FR.207)', basic('CS-1', 'no'), keyed, 401, 'wrong-password'],
    ['with key bytes in 2.x (A00.FR.205)', basic('CS-1', Buffer.from(KEY, 'hex')), keyed, 401, 'wrong-password'],
    ['without a certificate (A00.FR.401)', knock({ tls: TLS }), security(3), 403, 'no-client-certificate'],
    [
      'where none was presented (A00.FR.401)',
      knock({ tls: { ...TLS, checks: [check('presented', 'failed')] } }),
      security(3),
      403,
      'no-client-certificate',
    ],
    [
      'with a bad certificate (A00.FR.407)',
      knock({ tls: { ...TLS, chain: [FACTS], checks: [check('path', 'passed'), check('validity', 'failed')] } }),
      security(3),
      403,
      'client-certificate-refused',
    ],
    [
      'with a certificate that nobody checked (A00.FR.403)',
      knock({ tls: { ...TLS, chain: [FACTS] } }),
      security(3),
      403,
      'client-certificate-refused',
    ],
  ])('%s', (_, request, asked, status, code) => {
    const decision = admission(request, asked);
    expect(decision).toMatchObject({ granted: false, status, code });
    const challenge = !decision.granted && decision.headers.map(([name]) => name);
    expect(challenge).toEqual(status === 401 ? ['WWW-Authenticate'] : []);
  });

  it('for the first check that failed, in its words', () => {
    const checks = [check('name', 'failed'), check('revocation', 'failed')];
    expect(admission(knock({ tls: { ...TLS, chain: [FACTS], checks } }), security(3))).toMatchObject({
      sentence: 'The certificate is refused: about name',
    });
  });

  it('first for what comes first: nobody is told about passwords where there is no station of that name', () => {
    expect(admission(knock(), security(2, { stations: [] }))).toMatchObject({ code: 'unknown-station' });
  });

  it.each([
    ['for a line break', `${KEY}\n`, /line break/],
    ['for base64', Buffer.from(KEY).toString('base64'), /second time/],
    ['for another one', 'S3CRET', /not the one/],
  ])('with a hint, %s, that holds no password', (_, sent, hint) => {
    const decision = admission(basic('CS-1', sent), keyed);
    expect(decision).toMatchObject({ code: 'wrong-password', sentence: expect.stringMatching(hint) });
    expect(JSON.stringify(decision)).not.toContain(sent.trim());
  });

  it.each([
    ['the password as its user name', 'S3CRET', 'CS-1'],
    ['a wrong password as its user name', 'S3CRAT', 'CS-1'],
  ])('with %s, which is not repeated', (_, user, password) => {
    const decision = admission(basic(user, password), security(1, { password: 'S3CRET' }));
    expect(decision).toMatchObject({ code: 'user-name-differs', sentence: expect.stringMatching(/exchanged/) });
    expect(JSON.stringify(decision)).not.toContain(user);
  });

  it('where its identity has a colon, which no user name can have (RFC 7617, 2)', () => {
    const decision = admission(basic('CS:1', 'pw', { target: '/CS:1' }), security(1));
    expect(decision).toMatchObject({ code: 'user-name-differs', sentence: expect.stringMatching(/has a colon/) });
  });
});

describe('a station is let in', () => {
  const good: TlsFacts = { ...TLS, chain: [FACTS], checks: [check('path', 'passed'), check('revocation', 'advice')] };
  it.each<[string, AdmissionRequest, ListenerSecurity]>([
    ['without security', knock(), NO_SECURITY],
    ['over TLS where none is asked for', knock({ tls: TLS }), NO_SECURITY],
    ['as one that is known', knock(), security(0, { stations: ['CS-1'] })],
    ['with any password', basic('CS-1', 'whatever'), security(1)],
    ['with a password in UTF-8 (A00.FR.205)', basic('CS-1', 'pässwörd'), security(1, { password: 'pässwörd' })],
    ['with one of its own', basic('CS-1', 'own'), security(1, { password: 'all', passwords: { 'CS-1': 'own' } })],
    ['with the one of all', basic('CS-1', 'all'), security(1, { password: 'all', passwords: { 'CS-2': 'own' } })],
    ['by the identity without its escapes (A00.FR.204)', basic('CS 1', 'pw', { target: '/CS%201' }), security(1)],
    ['over TLS with a password', basic('CS-1', 'pw', { tls: TLS }), security(2, { password: 'pw' })],
    ['with a good certificate (A00.FR.401)', knock({ tls: good }), security(3)],
    [
      'under a name that objects have',
      basic('constructor', 'all', { target: '/constructor' }),
      security(1, { passwords: {}, password: 'all' }),
    ],
  ])('%s', (_, request, asked) => {
    expect(admission(request, asked)).toEqual({ granted: true, remarks: [] });
  });

  it.each([
    ['ocpp1.6', Buffer.from(KEY, 'hex'), 'info', /as the bytes/],
    ['ocpp1.6', KEY, 'warning', /as text/],
  ])('with the key of %s in either form, which is said', (subprotocol, sent, severity, sentence) => {
    expect(admission(basic('CS-1', sent, { offered: [subprotocol] }), keyed)).toEqual({
      granted: true,
      remarks: [expect.objectContaining({ severity, sentence: expect.stringMatching(sentence) })],
    });
  });

  it('with a key as text where it speaks 2.x as well', () => {
    const request = basic('CS-1', KEY, { offered: ['ocpp2.0.1', 'ocpp1.6'] });
    expect(admission(request, keyed)).toEqual({ granted: true, remarks: [] });
  });
});

it.each([
  [['ocpp1.6'], 'The station offered ocpp1.6 alone; this CSMS accepts ocpp2.0.1 and ocpp2.1.'],
  [[], 'The station offered no subprotocol; this CSMS accepts ocpp2.0.1 and ocpp2.1.'],
  [['ocpp1.6', 'x\n'], 'The station offered ocpp1.6 and "x\\n"; this CSMS accepts ocpp2.0.1 and ocpp2.1.'],
])('says that there is no version in common: %j', (offered, sentence) => {
  expect(noCommonVersion(offered, ['2.0.1', '2.1'])).toBe(sentence);
});

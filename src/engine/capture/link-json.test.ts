import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LinkClosing, LinkNegotiation, LinkOpening, LinkRemark } from '../../session/link.ts';
import { parseClosing, parseNegotiation, parseOpening, parseRemark } from './link-json.ts';
import { opening } from './testing/session-fixtures.ts';

const json = JSON.stringify;

const CERTIFICATE = {
  subject: 'CN=SN-1,O=Someone',
  issuer: 'CN=Root',
  serialNumber: '5f',
  notBefore: 1,
  notAfter: 2,
  key: 'ECDSA P-256',
  signature: 'ECDSA with SHA-256',
  names: ['bench.local'],
  fingerprint: 'ab',
};
const NEGOTIATION: LinkNegotiation = {
  status: 401,
  failure: 'The certificate was revoked.',
  code: 'client-certificate-refused',
  repeats: { count: 7, first: 1, last: 2, stations: ['CS-1'], from: ['10.0.0.9'] },
  extensions: 'permessage-deflate',
  tls: {
    protocol: 'TLSv1.3',
    cipher: 'TLS_AES_128_GCM_SHA256',
    offered: { protocols: ['TLSv1.3'], ciphers: ['TLS_AES_128_GCM_SHA256'] },
    chain: [CERTIFICATE],
    own: [CERTIFICATE],
    checks: [
      { check: 'revocation', outcome: 'failed', sentence: 'It was revoked.', requirements: ['A00.FR.702'], place: 0 },
    ],
  },
};
const ATTEMPT: LinkOpening = { ...opening(''), attempt: 'tls', policy: { profile: 3, versions: ['2.1'] } };
const CLOSING: LinkClosing = {
  code: 1009,
  reason: '',
  by: 'plugscope',
  limit: 'messageBytes',
  wire: { received: 7, sent: 9 },
};

describe('facts of links as JSON', () => {
  it('come back as they were', () => {
    expect(parseNegotiation(json(NEGOTIATION))).toEqual(NEGOTIATION);
    expect(parseOpening(json(ATTEMPT))).toEqual(ATTEMPT);
    expect(parseClosing(json(CLOSING))).toEqual(CLOSING);
    const remark: LinkRemark = { severity: 'warning', rule: 'link.slow-reader', requirements: [], sentence: 'Slow.' };
    expect(parseRemark(json(remark))).toEqual(remark);
  });

  it.each<[string, object, object]>([
    ['a code that there is not', { code: 'no-such' }, { code: undefined }],
    ['a code that is no text', { code: { toString: 1 } }, { code: undefined }],
    ['extensions that are no text', { extensions: [] }, { extensions: undefined }],
    ['TLS that is none', { tls: 'yes' }, { tls: undefined }],
    [
      'a chain that is none',
      { tls: { ...NEGOTIATION.tls, chain: [{ subject: 1 }] } },
      { tls: { ...NEGOTIATION.tls, chain: undefined } },
    ],
    [
      'a check that there is not',
      { tls: { ...NEGOTIATION.tls, checks: [{ check: 'smell', outcome: 'passed', sentence: '', requirements: [] }] } },
      { tls: { ...NEGOTIATION.tls, checks: undefined } },
    ],
    [
      'offers that are none',
      { tls: { ...NEGOTIATION.tls, offered: { protocols: 'all' } } },
      { tls: { ...NEGOTIATION.tls, offered: undefined } },
    ],
  ])('leave out %s, and nothing beside it', (_, wrong, expected) => {
    expect(parseNegotiation(json({ ...NEGOTIATION, ...wrong }))).toEqual({ ...NEGOTIATION, ...expected });
  });

  it('leave out an attempt, a policy, a limit and sums that are none', () => {
    const nonsense = { attempt: 'spell', policy: { profile: 4, versions: ['9'] } };
    expect(parseOpening(json({ ...ATTEMPT, ...nonsense }))).toEqual({
      ...opening(''),
      attempt: undefined,
      policy: undefined,
    });
    const wrong = { limit: 'patience', wire: { received: -1, sent: 'x' } };
    expect(parseClosing(json({ ...CLOSING, ...wrong }))).toEqual({ ...CLOSING, limit: undefined, wire: undefined });
  });

  it('are cut where they are without bounds', () => {
    const many = Array.from({ length: 5000 }, () => ({ ...CERTIFICATE, subject: 'x'.repeat(9000) }));
    const { chain } = parseNegotiation(json({ tls: { ...NEGOTIATION.tls, chain: many } })).tls ?? {};
    expect(chain).toHaveLength(200);
    expect(chain?.[0]?.subject).toHaveLength(4000);
  });

  it('read as the emptiest where they are nonsense altogether', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseNegotiation(text)).toBeTypeOf('object');
        expect(parseOpening(text).requestHeaders).toBeInstanceOf(Array);
        expect(parseClosing(text).code).toBeTypeOf('number');
        expect(parseRemark(text).sentence).toBeTypeOf('string');
      }),
    );
    expect(parseRemark('{"severity":"fatal"}')).toMatchObject({ severity: 'info', rule: 'link.remark' });
  });
});

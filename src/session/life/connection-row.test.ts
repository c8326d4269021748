import { describe, expect, it } from 'vitest';
import type { LinkFacts } from '../link.ts';
import { basic, linkFacts, OPEN } from '../negotiation/testing/link-facts.ts';
import { connectionRow } from './connection-row.ts';

const tls = { protocol: 'TLSv1.3', cipher: 'x' } as const;
const CERTIFICATE = {
  subject: 'CN=SN-1',
  issuer: '',
  serialNumber: '1',
  notBefore: 0,
  notAfter: 1,
  key: '',
  signature: '',
  names: [],
  fingerprint: '',
};
const closedAt = { wall: 5, mono: 5 };

describe('connectionRow', () => {
  it.each<[string, Partial<LinkFacts>, string, boolean, RegExp]>([
    ['waits', {}, 'connecting', false, /^Waits/],
    ['is open', OPEN, 'open', false, /OCPP 2\.1/],
    [
      'was closed',
      { ...OPEN, closedAt, closing: { code: 1000, reason: 'bye', by: 'peer' } },
      'ended',
      false,
      /CS-1 with 1000 normal: bye/,
    ],
    ['was lost', { ...OPEN, closedAt, closing: { code: 1006, reason: '', by: 'lost' } }, 'ended', true, /lost/],
    [
      'went beyond a limit',
      { ...OPEN, closedAt, closing: { code: 1009, reason: '', by: 'plugscope', limit: 'messageBytes' } },
      'ended',
      false,
      /1009 message too big, as a message was longer than the limit/,
    ],
    ['was refused', { status: 404 }, 'refused', true, /HTTP 404/],
    [
      'stands for many',
      { status: 404, repeats: { count: 1234, first: 0, last: 0, stations: [], from: ['10.0.0.9'] } },
      'refused',
      true,
      /^1,234 attempts like this one came from 10\.0\.0\.9 at 1970-01-01T00:00:00Z.*HTTP 404/,
    ],
    [
      'was a download',
      { attempt: 'http', status: 200, code: 'file-served', failure: 'GET /ca was answered.' },
      'refused',
      false,
      /answered/,
    ],
    [
      'was refused for a reason',
      { status: 401, code: 'wrong-password', failure: 'Wrong.' },
      'refused',
      true,
      /^Wrong\.$/,
    ],
    ['never was one', { attempt: 'tcp', code: 'nothing-sent', failure: 'Nothing.' }, 'refused', true, /^Nothing/],
    ['was imported without its handshake', { version: '2.1' }, 'open', false, /Open/],
  ])('of a connection that %s', (_, facts, state, trouble, sentence) => {
    expect(connectionRow(linkFacts(facts))).toMatchObject({
      state,
      trouble,
      sentence: expect.stringMatching(sentence),
    });
  });

  it.each<[Partial<LinkFacts>, boolean, number | null]>([
    [{}, false, 0],
    [{ requestHeaders: basic('CS-1', 'x') }, false, 1],
    [{ requestHeaders: basic('CS-1', 'x'), tls }, true, 2],
    [{ tls: { ...tls, chain: [CERTIFICATE] } }, true, 3],
    [{ tls: { ...tls, own: [CERTIFICATE] } }, true, null],
    [{ opener: 'plugscope', peer: 'csms', url: 'wss://h/CS-1', tls: { ...tls, own: [CERTIFICATE] } }, true, 3],
    [{ requestHeaders: [] }, false, null],
  ])('shows the security profile of %j', (facts, secure, profile) => {
    expect(connectionRow(linkFacts(facts))).toMatchObject({ secure, profile });
  });
});

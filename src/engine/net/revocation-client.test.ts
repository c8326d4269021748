import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHierarchy } from '../authority/authority.ts';
import type { KeyKind } from '../authority/keys.ts';
import { ocspResponse, Revocations, revocationList } from '../authority/revocation.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { until } from '../testing/until.ts';
import { revocationClient } from './revocation-client.ts';
import { NOW, nodeCertificate, TestAuthority } from './testing/test-authority.ts';
import { ocspQuestion, readOcspAnswer } from './tls/ocsp.ts';

const DAY = 24 * 3_600_000;

let authority: TestAuthority;
afterEach(() => authority.close());

describe.each<KeyKind>(['ECDSA P-256', 'RSA 2048'])('an authority with %s keys', (kind) => {
  beforeEach(async () => {
    authority = await TestAuthority.create(kind);
  });

  it('tells by OCSP of what is good and what was revoked', async () => {
    const good = await authority.issue();
    const revoked = await authority.issue();
    authority.revocations.revoke(revoked.certificate, NOW - DAY);
    expect(await authority.ask(good)).toEqual({ state: 'good' });
    expect(await authority.ask(revoked)).toEqual({ state: 'revoked', at: Math.floor((NOW - DAY) / 1000) * 1000 });
    expect(authority.requests).toEqual(['POST /ocsp', 'POST /ocsp']);
  });

  it('tells by its list where there is no OCSP', async () => {
    authority.ocsp = () => 503;
    const good = await authority.issue();
    const revoked = await authority.issue();
    authority.revocations.revoke(revoked.certificate, NOW - DAY);
    expect(await authority.ask(good)).toEqual({ state: 'good' });
    expect(await authority.ask(revoked)).toMatchObject({ state: 'revoked' });
    expect(authority.requests).toEqual(['POST /ocsp', 'GET /list.crl', 'POST /ocsp', 'GET /list.crl']);
  });
});

describe('an answer that is not to be relied on', () => {
  beforeEach(async () => {
    authority = await TestAuthority.create('ECDSA P-256');
    authority.list = () => 404;
  });

  it.each<[string, RegExp, () => void]>([
    [
      'has an error of HTTP',
      /responder at 127\.0\.0\.1:\d+ answered with HTTP status 500/,
      () => {
        authority.ocsp = () => 500;
      },
    ],
    [
      'is none',
      /did not answer with OCSP/,
      () => {
        authority.ocsp = () => Buffer.from('<html>');
      },
    ],
    [
      'is empty',
      /did not answer with OCSP/,
      () => {
        authority.ocsp = () => Buffer.alloc(0);
      },
    ],
    [
      'refuses',
      /refuses to answer \(it asks to try later\)/,
      () => {
        authority.ocsp = () => Buffer.from('30030a0103', 'hex');
      },
    ],
    [
      'is too long',
      /answered with more than 65536 bytes/,
      () => {
        authority.ocsp = () => Buffer.alloc(70_000);
      },
    ],
    [
      'is about nobody that it knows',
      /does not know this certificate/,
      () => {
        authority.ocsp = (request) => ocspResponse(request, authority.hierarchy.issuing, new Revocations(), NOW);
      },
    ],
    [
      'is out of date',
      /out of date since/,
      () => {
        authority.ocsp = (request) =>
          ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW - 3 * DAY);
      },
    ],
    [
      'is of a time to come',
      /of a time to come/,
      () => {
        authority.ocsp = (request) =>
          ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW + DAY);
      },
    ],
    [
      'is signed by somebody else',
      /signature that is not that of the issuer/,
      () => {
        authority.ocsp = async (request) => {
          const { issuing } = await createHierarchy({
            name: 'CSO',
            organization: 'Bench',
            keyKind: 'ECDSA P-256',
            now: NOW,
          });
          const forged = { certificate: authority.hierarchy.issuing.certificate, key: issuing.key };
          return ocspResponse(request, forged, authority.revocations, NOW);
        };
      },
    ],
    [
      'was changed on its way',
      /signature that is not that of the issuer/,
      () => {
        authority.ocsp = async (request) => {
          const bytes = await ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW);
          // In what is signed: the name of the responder.
          bytes[60] = (bytes[60] ?? 0) ^ 1;
          return bytes;
        };
      },
    ],
  ])('leaves it open: it %s', async (_name, sentence, arrange) => {
    arrange();
    const status = await authority.ask(await authority.issue());
    expect(status.state).toBe('not-known');
    expect(status).toMatchObject({ sentence: expect.stringMatching(sentence) });
    expect(status).toMatchObject({
      sentence: expect.stringMatching(/which has the revocation list, answered with HTTP status 404\.$/),
    });
  });

  it('is one to another question: its nonce differs', async () => {
    let first: Uint8Array | undefined;
    authority.ocsp = async (request) => {
      first ??= await ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW);
      return first;
    };
    const held = await authority.issue();
    expect(await authority.ask(held)).toEqual({ state: 'good' });
    expect(await authority.ask(held)).toMatchObject({ sentence: expect.stringMatching(/nonce of another question/) });
  });

  it('is about another certificate', async () => {
    const other = await authority.issue();
    const held = await authority.issue();
    const question = ocspQuestion(nodeCertificate(other), authority.issuer, Buffer.alloc(32));
    const answer = await ocspResponse(question.request, authority.hierarchy.issuing, authority.revocations, NOW);
    const asked = ocspQuestion(nodeCertificate(held), authority.issuer, Buffer.alloc(32));
    expect(readOcspAnswer(answer, asked, NOW)).toMatchObject({ sentence: 'answered about other certificates' });
    // Nothing of it throws, wherever it is cut.
    for (let length = 0; length < answer.length; length += 7) {
      expect(readOcspAnswer(answer.subarray(0, length), question, NOW).state).toBe('not-known');
    }
  });

  it('never comes: the time is over', async () => {
    authority.ocsp = () => 'nothing';
    const clock = fakeClock(NOW);
    const asked = authority.ask(await authority.issue(), clock);
    await until(() => authority.requests.length === 1);
    clock.advance(3000);
    expect(await asked).toMatchObject({
      state: 'not-known',
      sentence: expect.stringMatching(/did not answer in time/),
    });
    expect(clock.pending).toBe(0);
  });

  it('never comes: what answers wants to speak another protocol', async () => {
    authority.ocsp = () => 101;
    expect(await authority.ask(await authority.issue())).toMatchObject({
      state: 'not-known',
      sentence: expect.stringMatching(/the OCSP responder at \S+ closed the connection without an answer/),
    });
  });

  it.each<[string, RegExp, () => void]>([
    [
      'of another authority',
      /is that of another authority/,
      () => {
        authority.list = async () => {
          const { root } = authority.hierarchy;
          return revocationList(root, new Revocations(), NOW);
        };
      },
    ],
    [
      'with a wrong signature',
      /has a wrong signature/,
      () => {
        authority.list = async () => {
          const bytes = await revocationList(authority.hierarchy.issuing, authority.revocations, NOW);
          bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
          return bytes;
        };
      },
    ],
    [
      'out of date',
      /is out of date since/,
      () => {
        authority.list = () => revocationList(authority.hierarchy.issuing, authority.revocations, NOW - 3 * DAY);
      },
    ],
    [
      'that is none',
      /is none that can be read/,
      () => {
        authority.list = () => Buffer.from([0x30, 0x00]);
      },
    ],
  ])('is a list %s', async (_name, sentence, arrange) => {
    authority.ocsp = () => 500;
    arrange();
    expect(await authority.ask(await authority.issue())).toMatchObject({
      state: 'not-known',
      sentence: expect.stringMatching(sentence),
    });
  });

  it('cannot be had where nobody is named, or only over TLS', async () => {
    const held = await authority.issue({ ocsp: 'https://127.0.0.1/ocsp', crl: 'ldap://127.0.0.1/list' });
    expect(await authority.ask(held)).toEqual({
      state: 'not-known',
      sentence: 'Whether it was revoked is not known: it names nobody who could be asked over HTTP.',
    });
    expect(authority.requests).toEqual([]);
  });
});

describe('what was answered', () => {
  it('is kept for a short time: a fleet that comes back asks once', async () => {
    authority = await TestAuthority.create('ECDSA P-256');
    const clock = fakeClock(NOW);
    const check = revocationClient(clock);
    const held = await authority.issue();
    const ask = () => check(nodeCertificate(held), authority.issuer);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill({ state: 'good' }));
    expect(authority.requests).toHaveLength(1);
    authority.revocations.revoke(held.certificate, NOW);
    clock.advance(29_000);
    expect(await ask()).toEqual({ state: 'good' });
    clock.advance(1000);
    expect(await ask()).toMatchObject({ state: 'revoked' });
    expect(authority.requests).toHaveLength(2);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CERTIFICATE_CHECKS, type CertificateCheck } from '../certificate.ts';
import type { LinkFacts } from '../link.ts';
import { CAUSES } from './causes.ts';
import { NEGOTIATION_CODES } from './codes.ts';
import { explainNegotiation } from './explain.ts';
import { NEGOTIATION_SUBJECTS, type NegotiationStep, type NegotiationSubject } from './explanation.ts';
import { basic, linkFacts, OPEN, SOUND_HEADERS } from './testing/link-facts.ts';

const stepOf = (facts: Partial<LinkFacts>, subject: NegotiationSubject): NegotiationStep | undefined =>
  explainNegotiation(linkFacts(facts)).steps.find((one) => one.subject === subject);
const csms = { peer: 'csms', opener: 'plugscope', url: 'wss://csms.example/ocpp/CS-1', requestHeaders: [] } as const;
const tls = { protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' } as const;

describe('causes', () => {
  it.each(NEGOTIATION_CODES)('has a cause and a remedy for %s, in sentences', (code) => {
    const { sentence, remedy, subject } = CAUSES[code];
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
    for (const side of [{}, csms]) {
      const { steps, ...explained } = explainNegotiation(linkFacts({ ...side, code }));
      expect(explained).toMatchObject({ cause: sentence, remedy });
      // Who came for a file and got it has failed at nothing.
      const outcome = code === 'file-served' ? 'passed' : 'failed';
      if (side === csms) expect(steps.find((one) => one.subject === subject)?.outcome).toBe(outcome);
      expect(steps.filter((one) => one.outcome === 'failed')).toHaveLength(code === 'file-served' ? 0 : 1);
    }
  });
});

describe('an explanation', () => {
  it('of an open connection has no cause, and each step that there is something to say of', () => {
    const explained = explainNegotiation(linkFacts(OPEN));
    expect(explained).toMatchObject({ verdict: 'open', profile: 0 });
    expect(explained.cause).toBeUndefined();
    expect(explained.steps.map(({ subject, outcome }) => [subject, outcome])).toEqual([
      ['connection', 'passed'],
      ['tls', 'passed'],
      ['path', 'passed'],
      ['identity', 'passed'],
      ['handshake', 'passed'],
      ['credentials', 'passed'],
      ['subprotocol', 'passed'],
    ]);
  });

  it('of one that stands for more says for how many', () => {
    const repeats = { count: 1234, first: 0, last: 60_000, stations: ['CS-1'], from: ['10.0.0.9'] };
    const { cause } = explainNegotiation(linkFacts({ status: 401, code: 'wrong-password', repeats }));
    expect(cause).toContain('The password is not that of the station. 1,234 attempts like this one came from 10.0.0.9');
  });

  it('of one that waits is pending', () => {
    expect(explainNegotiation(linkFacts())).toMatchObject({ verdict: 'pending' });
    expect(stepOf({}, 'handshake')?.outcome).toBe('not-done');
  });

  it('names the step that failed, and what it did not come to', () => {
    const failure = 'The password is not the one that this port has for the station.';
    const explained = explainNegotiation(
      linkFacts({ requestHeaders: basic('CS-1', 'x'.repeat(16)), status: 401, code: 'wrong-password', failure }),
    );
    expect(explained).toMatchObject({ verdict: 'refused', cause: failure, remedy: CAUSES['wrong-password'].remedy });
    const outcomes = Object.fromEntries(explained.steps.map(({ subject, outcome }) => [subject, outcome]));
    expect(outcomes).toMatchObject({ identity: 'passed', credentials: 'failed', subprotocol: 'not-done' });
    expect(explained.steps.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
  });

  it('tells nothing as decided that comes after the failure', () => {
    const { steps } = explainNegotiation(linkFacts({ status: 400, code: 'tls-required' }));
    const outcomes = Object.fromEntries(steps.map(({ subject, outcome }) => [subject, outcome]));
    expect(outcomes).toMatchObject({
      connection: 'passed',
      tls: 'failed',
      identity: 'not-done',
      credentials: 'not-done',
    });
  });

  it('says in plain words what is wrong', () => {
    expect(explainNegotiation(linkFacts({ status: 403, code: 'no-client-certificate' })).cause).toBe(
      'The station did not send its client certificate; profile 3 needs one.',
    );
    expect(explainNegotiation(linkFacts({ status: 400, code: 'tls-required' })).cause).toBe(
      'The hello was not TLS: the station speaks ws:// to a wss:// port.',
    );
    const policy = { profile: 0, versions: ['2.0.1', '2.1'] } as const;
    expect(stepOf({ offered: ['ocpp1.6'], policy, code: 'no-common-version' }, 'subprotocol')?.sentence).toBe(
      'The station offered ocpp1.6 alone; this CSMS accepts ocpp2.0.1 and newer.',
    );
    expect(stepOf({ station: '', url: '/ocpp/CS-1/', status: 404 }, 'path')?.sentence).toContain(
      'the trailing slash makes the station id empty',
    );
  });

  it('says what was recorded of a failure rather than what can be said of any', () => {
    const failure = 'The peer offers TLSv1.1 at most.';
    const old = { attempt: 'tls', code: 'tls-version', failure, tls: { protocol: '', cipher: '' } } as const;
    expect(stepOf(old, 'tls')).toMatchObject({ outcome: 'failed', sentence: failure });
  });

  it('of a WebSocket that was closed for want of a version says that it was opened', () => {
    const failure = 'The station offered "x".';
    const refused = linkFacts({ status: 101, chosen: '', offered: ['x'], code: 'no-common-version', failure });
    expect(explainNegotiation(refused)).toMatchObject({ verdict: 'refused', cause: failure });
    expect(stepOf(refused, 'handshake')).toMatchObject({
      outcome: 'passed',
      sentence: expect.stringMatching(/closed at once/),
    });
    expect(stepOf(refused, 'subprotocol')?.outcome).toBe('failed');
  });

  it('of an attempt is about no WebSocket', () => {
    const scan = linkFacts({
      attempt: 'tcp',
      station: '',
      url: '',
      offered: [],
      requestHeaders: [],
      code: 'nothing-sent',
    });
    expect(explainNegotiation(scan)).toMatchObject({ verdict: 'no-websocket', profile: null });
    expect(explainNegotiation(scan).steps.map(({ subject }) => subject)).toEqual(['connection']);
    const health = linkFacts({
      attempt: 'http',
      station: '',
      url: '/health',
      offered: [],
      status: 426,
      code: 'http-request',
    });
    expect(explainNegotiation(health).steps.map(({ subject }) => subject)).toEqual([
      'connection',
      'tls',
      'path',
      'handshake',
    ]);
  });

  it('of a leg that failed with the other one gives its reason', () => {
    const station = linkFacts({ status: 502, failure: 'The CSMS refused the connection with HTTP status 401.' });
    const upstream = linkFacts({ ...csms, id: 2, status: 401 });
    const explained = explainNegotiation(station, upstream);
    expect(explained.cause).toBe(
      'The CSMS did not take the connection. The handshake was answered with HTTP 401 Unauthorized.',
    );
    expect(explained.remedy).toContain('password');
    // The station itself did nothing wrong: the code is that of the CSMS.
    const failure = 'Nobody listens on csms.example:443.';
    const cut = { status: 502, code: 'refused', failure } as const;
    const both = explainNegotiation(linkFacts(cut), linkFacts({ ...csms, id: 2, code: 'refused', failure }));
    expect(both.cause).toBe(`The CSMS did not take the connection. ${failure}`);
    const outcomes = Object.fromEntries(both.steps.map(({ subject, outcome }) => [subject, outcome]));
    expect(outcomes).toMatchObject({ connection: 'passed', handshake: 'failed' });
    expect(stepOf(cut, 'connection')?.outcome).toBe('passed');
    // What we refused ourselves has its own reason.
    const own = linkFacts({ status: 401, code: 'wrong-password' });
    expect(explainNegotiation(own, upstream).cause).toBe(CAUSES['wrong-password'].sentence);
  });

  it('of a capture without codes says what was recorded, and what it only suggests as no more than that', () => {
    expect(explainNegotiation(linkFacts({ status: 401 })).cause).toBe(
      'The handshake was answered with HTTP 401 Unauthorized. Perhaps because no user name and password were sent.',
    );
    expect(explainNegotiation(linkFacts({ ...csms, failure: 'No such host.' }))).toMatchObject({
      verdict: 'not-reached',
      cause: 'No such host.',
    });
    expect(explainNegotiation(linkFacts({ status: 418 }))).toMatchObject({
      cause: 'The handshake was answered with HTTP 418.',
    });
  });

  it('never tells a password, and has its steps in their order, whatever the facts', () => {
    const secret = 'Zx9-secret-of-mine';
    const anyFacts = fc.record({
      station: fc.constantFrom('', 'CS-1', secret, 'a:b', '€'),
      url: fc.constantFrom('', '/ocpp/CS-1', `ws://CS-1:${secret}@h/CS-1`, '/%zz', '//a//b/?token=Zx9-secret-of-mine'),
      user: fc.constantFrom('CS-1', 'cs-1', '', secret),
      header: fc.constantFrom('basic', secret, `Bearer ${secret}`, `Basic ${secret}`, 'Basic ******'),
      code: fc.option(fc.constantFrom(...NEGOTIATION_CODES), { nil: undefined }),
      status: fc.option(fc.constantFrom(101, 200, 301, 401, 404, 599), { nil: undefined }),
      attempt: fc.option(fc.constantFrom('http', 'tls', 'tcp'), { nil: undefined }),
      opener: fc.constantFrom('peer', 'plugscope'),
      offered: fc.array(fc.constantFrom('ocpp2.1', 'OCPP1.6', 'x', ''), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(anyFacts, ({ user, header, ...facts }) => {
        const value = header === 'basic' ? basic(user, secret) : [['Authorization', header] as const];
        // An identity that is the password is shown as the identity that it is.
        if (facts.station === secret) return;
        const explained = explainNegotiation(linkFacts({ ...facts, requestHeaders: [...SOUND_HEADERS, ...value] }));
        expect(JSON.stringify(explained)).not.toContain(secret);
        const order = explained.steps.map(({ subject }) => NEGOTIATION_SUBJECTS.indexOf(subject));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        expect(new Set(order).size).toBe(order.length);
      }),
    );
  });
});

describe('steps', () => {
  it.each<[string, Partial<LinkFacts>, NegotiationSubject, NegotiationStep['outcome'], RegExp]>([
    ['TLS that is too old', { ...OPEN, tls: { protocol: 'TLSv1.1', cipher: 'x' } }, 'tls', 'failed', /below TLS 1\.2/],
    [
      'SNI of another name',
      { ...OPEN, tls: { ...tls, serverName: 'other' } },
      'tls',
      'advice',
      /"other" \(SNI\).*"bench.local"/,
    ],
    ['SNI of the host', { ...OPEN, tls: { ...tls, serverName: 'Bench.local' } }, 'tls', 'passed', /TLSv1\.3/],
    [
      'a suite without forward secrecy',
      { ...OPEN, tls: { protocol: 'TLSv1.2', cipher: 'TLS_RSA_WITH_AES_128_GCM_SHA256' } },
      'tls',
      'advice',
      /forward secrecy/,
    ],
    [
      'old versions on offer',
      { ...OPEN, tls: { ...tls, offered: { protocols: ['TLSv1.3', 'TLSv1'], ciphers: [] } } },
      'tls',
      'advice',
      /also offers TLSv1,/,
    ],
    ['a password without TLS', { ...OPEN, requestHeaders: basic('CS-1', 'x') }, 'tls', 'advice', /anybody/],
    ['a broken escape', { ...OPEN, url: '/CS%2' }, 'path', 'advice', /%25/],
    ['an escape that is no UTF-8', { ...OPEN, url: '/CS%ff' }, 'path', 'advice', /no UTF-8/],
    ['what should be escaped', { ...OPEN, url: '/RDAM|123' }, 'path', 'advice', /percent-encoded/],
    ['what is escaped', { ...OPEN, url: '/RDAM%7C123', station: 'RDAM|123' }, 'path', 'passed', /path/],
    ['two slashes', { ...OPEN, url: '/ocpp//CS-1' }, 'path', 'advice', /two slashes/],
    ['an identity that is too long', { ...OPEN, station: 'x'.repeat(49) }, 'identity', 'advice', /49 characters; 48/],
    ['an identity of 48 characters', { ...OPEN, station: 'x'.repeat(48) }, 'identity', 'passed', /identity/],
    ['an identity with a colon', { ...OPEN, station: 'CS:1' }, 'identity', 'advice', /colon/],
    ['an identity with a blank', { ...OPEN, station: 'CS 1' }, 'identity', 'advice', /" "/],
    ['an identity of the allowed characters', { ...OPEN, station: 'aZ0*-_=+|@.' }, 'identity', 'passed', /identity/],
    [
      'another version of WebSocket',
      { code: 'bad-handshake', status: 400, requestHeaders: SOUND_HEADERS.map(([k, v]) => [k, v === '13' ? '8' : v]) },
      'handshake',
      'failed',
      /Sec-WebSocket-Version is "8"; it should be 13/,
    ],
    [
      'a key that is none',
      {
        code: 'bad-handshake',
        status: 400,
        requestHeaders: SOUND_HEADERS.map(([k, v]) => [k, /==$/.test(v) ? 'abc' : v]),
      },
      'handshake',
      'failed',
      /Sec-WebSocket-Key is "abc"/,
    ],
    [
      'a request without Upgrade',
      { code: 'bad-handshake', status: 426, requestHeaders: SOUND_HEADERS.filter(([k]) => k !== 'Upgrade') },
      'handshake',
      'failed',
      /header Upgrade is missing/,
    ],
    [
      'a user name of another case',
      { ...OPEN, requestHeaders: basic('cs-1', 'x') },
      'credentials',
      'advice',
      /upper and lower case/,
    ],
    [
      'another user name where a password is asked for',
      { status: 401, policy: { profile: 1, versions: ['2.1'] }, requestHeaders: basic('s3cret', 'x') },
      'credentials',
      'failed',
      /^The user name is not the identity "CS-1"\.$/,
    ],
    [
      'another user name that is known not to be the password',
      {
        status: 401,
        policy: { profile: 1, versions: ['2.1'] },
        requestHeaders: basic('CS-2', 'x'),
        failure: 'The user name is "CS-2".',
      },
      'credentials',
      'failed',
      /"CS-2" is not the identity "CS-1"/,
    ],
    [
      'credentials exchanged',
      { ...OPEN, requestHeaders: basic('s3cret', 'CS-1') },
      'credentials',
      'advice',
      /exchanged/,
    ],
    ['a short password', { ...OPEN, requestHeaders: basic('CS-1', 'short') }, 'credentials', 'advice', /16 characters/],
    [
      'no password where one is asked for',
      { status: 401, policy: { profile: 2, versions: ['2.1'] } },
      'credentials',
      'failed',
      /security profile 2/,
    ],
    [
      'a masked password',
      { ...OPEN, requestHeaders: [['Authorization', 'Basic ******']] },
      'credentials',
      'not-done',
      /does not keep them/,
    ],
    [
      'a password that the session does not keep, and that was right',
      { ...OPEN, policy: { profile: 1, versions: ['2.1'] }, requestHeaders: [['Authorization', 'Basic ******']] },
      'credentials',
      'passed',
      /asked for/,
    ],
    [
      'a name of 1.6 with a J',
      { status: 404, offered: ['ocpp1.6J'] },
      'subprotocol',
      'failed',
      /"ocpp1.6J".*"ocpp1.6"/,
    ],
    ['upper case', { status: 404, offered: ['OCPP1.6'] }, 'subprotocol', 'failed', /in lower case/],
    ['2.0, which was withdrawn', { status: 404, offered: ['ocpp2.0'] }, 'subprotocol', 'failed', /withdrawn/],
    ['no offer', { status: 400, offered: [] }, 'subprotocol', 'failed', /offers no subprotocol/],
    ['a choice that was not offered', { ...OPEN, chosen: 'ocpp1.6' }, 'subprotocol', 'failed', /not offered/],
    [
      'compression that the CSMS does not take',
      { ...OPEN, ...csms, requestHeaders: [['Sec-WebSocket-Extensions', 'permessage-deflate']] },
      'extensions',
      'advice',
      /must support/,
    ],
    ['compression', { ...OPEN, extensions: 'permessage-deflate' }, 'extensions', 'passed', /compressed/],
  ])('tell of %s', (_, facts, subject, outcome, sentence) => {
    expect(stepOf(facts, subject)).toMatchObject({ outcome, sentence: expect.stringMatching(sentence) });
  });

  it('tell of the first check of a certificate that failed', () => {
    const names = Object.keys(CERTIFICATE_CHECKS) as (keyof typeof CERTIFICATE_CHECKS)[];
    const checks = names.map(
      (check): CertificateCheck => ({ check, outcome: 'passed', sentence: `${check}.`, requirements: [] }),
    );
    expect(stepOf({ ...OPEN, tls: { ...tls, checks } }, 'certificate')).toMatchObject({ outcome: 'passed' });
    const bad = checks.map(
      (one): CertificateCheck => (one.check === 'name' || one.check === 'key' ? { ...one, outcome: 'failed' } : one),
    );
    expect(stepOf({ ...OPEN, tls: { ...tls, checks: bad } }, 'certificate')).toMatchObject({
      outcome: 'failed',
      sentence: 'name. 1 further check failed.',
    });
    expect(stepOf(OPEN, 'certificate')).toBeUndefined();
  });
});

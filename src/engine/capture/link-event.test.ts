import { describe, expect, it } from 'vitest';
import { NEGOTIATION_CODES } from '../../session/negotiation/codes.ts';
import { closingEvent, negotiationEvent, remarkEvent } from './link-event.ts';
import { NEGOTIATED, opening } from './testing/session-fixtures.ts';

const rules = (event: { readonly findings: readonly { readonly rule: string }[] }): readonly string[] =>
  event.findings.map(({ rule }) => rule);
const csms = { peer: 'csms', opener: 'plugscope', url: 'ws://csms/CS-1' } as const;

describe('negotiationEvent', () => {
  it('says who connected with which version', () => {
    expect(negotiationEvent(opening(), NEGOTIATED)).toEqual({
      direction: 'to-csms',
      summary: 'CS-1 connected · OCPP 2.1',
      findings: [],
    });
    expect(negotiationEvent(opening('CS-1', csms), NEGOTIATED)).toMatchObject({
      direction: 'to-csms',
      summary: 'Connected to the CSMS · OCPP 2.1',
    });
  });

  it.each([
    ['nothing offered', [], { status: 101 }, ['link.no-subprotocol']],
    ['only unknown names offered', ['ocpp1.5', 'mqtt'], { status: 101 }, ['link.subprotocol-unknown']],
    ['none agreed', ['ocpp2.1'], { status: 101 }, ['link.subprotocol-not-agreed']],
    ['one that was not offered', ['ocpp1.6'], { status: 101, chosen: 'ocpp2.1' }, ['link.subprotocol-not-offered']],
    ['an HTTP answer', ['ocpp2.1'], { status: 404 }, ['link.refused']],
    ['no answer', ['ocpp2.1'], { failure: 'Connection refused.' }, ['link.not-reached']],
    ['both at once', [], { status: 400 }, ['link.no-subprotocol', 'link.refused']],
  ] as const)('finds fault with %s', (_, offered, negotiation, expected) => {
    expect(rules(negotiationEvent(opening('CS-1', { offered }), negotiation))).toEqual(expected);
  });

  it('says why there is no connection', () => {
    expect(negotiationEvent(opening('CS-1', csms), { status: 404 }).summary).toBe('The CSMS refused · HTTP 404');
    expect(negotiationEvent(opening('CS-1', csms), { failure: 'No such host.' }).summary).toBe(
      'The CSMS not reached · No such host.',
    );
    expect(negotiationEvent(opening(), { status: 503 }).summary).toBe('CS-1 was refused · HTTP 503');
  });
});

describe('negotiationEvent of a failure that is known', () => {
  it.each([
    ['wrong-password', 401, 'link.wrong-password', 'error', 'CS-1 was refused · HTTP 401 · wrong password'],
    ['client-certificate-refused', 401, 'link.client-certificate', 'error', undefined],
    ['headers-too-large', 431, 'limit.header-bytes', 'error', undefined],
    ['too-many-connections', 503, 'limit.connections', 'error', undefined],
    ['handshake-timeout', undefined, 'limit.handshake-ms', 'warning', 'CS-1 was refused · handshake timeout'],
  ] as const)('has a finding of its own for %s', (code, status, rule, severity, summary) => {
    const event = negotiationEvent(opening(), { status, code });
    expect(event.findings).toEqual([expect.objectContaining({ rule, severity })]);
    if (summary !== undefined) expect(event.summary).toBe(summary);
  });

  it('has a finding more where it stands for more than itself, whatever anybody wrote into it', () => {
    const repeats = { count: 1_234_567, first: 0, last: 61_000, stations: ['CS-1', 'CS-2'], from: ['10.0.0.9'] };
    const { findings, summary } = negotiationEvent(opening(), { status: 401, code: 'wrong-password', repeats });
    expect(summary).toBe('CS-1 was refused · HTTP 401 · wrong password · 1,234,567 attempts');
    expect(findings).toMatchObject([
      { rule: 'link.wrong-password' },
      {
        rule: 'limit.refusals-per-minute',
        severity: 'warning',
        sentence:
          '1,234,567 attempts like this one came from 10.0.0.9 between 1970-01-01T00:00:00Z and 1970-01-01T00:01:01Z. ' +
          'More attempts came to nothing than are recorded one by one, so these are counted. They named "CS-1" and "CS-2".',
      },
    ]);
    const many = Array.from({ length: 11 }, (_, index) => `10.0.0.${index}`);
    const odd = { ...repeats, count: 1, last: 8.64e15, stations: [], from: many };
    const [, flood] = negotiationEvent(opening(), { code: 'gone', repeats: odd }).findings;
    expect(flood?.sentence).toContain('10.0.0.9 and others between');
  });

  it('takes a download for no fault', () => {
    const served = { status: 200, code: 'file-served', failure: 'GET /ca.pem was answered with the file.' } as const;
    const { findings, summary } = negotiationEvent(opening('', { attempt: 'http', url: '/ca.pem' }), served);
    expect(summary).toContain('asked for /ca.pem over HTTP · HTTP 200 · file served');
    expect(findings).toMatchObject([{ severity: 'info', sentence: served.failure }]);
  });

  it('always says what is wrong in a sentence', () => {
    for (const code of NEGOTIATION_CODES) {
      const [finding] = negotiationEvent(opening(), { code }).findings;
      expect(finding?.sentence, code).toMatch(/\.$/);
    }
  });

  it.each([
    ['http', 'http-request', 'link.attempt-http', 'info', '10.0.0.2:1 asked for /health over HTTP · http request'],
    ['tcp', 'nothing-sent', 'link.port-scan', 'info', '10.0.0.2:1 connected without a handshake · nothing sent'],
    ['tls', 'tls-alert', 'link.tls-alert', 'error', '10.0.0.2:1 did not come through the TLS handshake · tls alert'],
  ] as const)(
    'names what is no handshake (%s) by the address it came from',
    (attempt, code, rule, severity, summary) => {
      const facts = { attempt, offered: [], url: '/health', remoteAddress: '10.0.0.2:1' } as const;
      const event = negotiationEvent(opening('', facts), { code });
      expect(event.summary).toBe(summary);
      expect(event.findings).toEqual([expect.objectContaining({ rule, severity })]);
    },
  );

  it('finds fault with certificates that do not stand, and tells of what is advised', () => {
    const check = (name: 'validity' | 'organization' | 'key', outcome: 'passed' | 'failed' | 'advice') =>
      ({ check: name, outcome, sentence: `${name}.`, requirements: ['A00.FR.509'] }) as const;
    const checks = [check('validity', 'failed'), check('organization', 'advice'), check('key', 'passed')];
    const event = negotiationEvent(opening(), { ...NEGOTIATED, tls: { protocol: '', cipher: '', checks } });
    expect(event.findings).toEqual([
      { severity: 'error', rule: 'certificate.validity', requirements: ['A00.FR.509'], sentence: 'validity.' },
      { severity: 'info', rule: 'certificate.organization', requirements: ['A00.FR.509'], sentence: 'organization.' },
    ]);
  });
});

describe('a station without a certificate', () => {
  it('has one finding, not two of the same', () => {
    const checks = [{ check: 'presented', outcome: 'failed', sentence: 'None.', requirements: [] }] as const;
    const tls = { protocol: '', cipher: '', checks };
    expect(rules(negotiationEvent(opening(), { status: 403, code: 'no-client-certificate', tls }))).toEqual([
      'link.no-client-certificate',
    ]);
  });
});

describe('remarkEvent', () => {
  it('has the finding of the remark, and keeps the spelling of the identity', () => {
    const remark = {
      severity: 'warning',
      rule: 'link.slow-reader',
      requirements: [],
      sentence: 'It is slow.',
    } as const;
    expect(remarkEvent(opening('cs-1'), remark)).toEqual({
      direction: 'to-csms',
      summary: 'cs-1 · It is slow.',
      findings: [remark],
    });
  });
});

describe('closingEvent', () => {
  it.each([
    ['messageBytes', 'limit.message-bytes'],
    ['messagesPerSecond', 'limit.messages-per-second'],
    ['queueBytes', 'limit.queue-bytes'],
  ] as const)('has a finding of its own for the limit %s', (limit, rule) => {
    expect(rules(closingEvent(opening(), { code: 1009, reason: '', by: 'plugscope', limit }))).toEqual([rule]);
  });

  it.each([
    [{ code: 1000, reason: '', by: 'peer' }, 'to-csms', 'Closed by CS-1 · 1000 normal', []],
    [{ code: 1001, reason: 'bye', by: 'plugscope' }, 'to-station', 'Closed by Plugscope · 1001 going away · bye', []],
    [{ code: 1006, reason: '', by: 'lost' }, 'to-csms', 'Connection to CS-1 lost', ['link.lost']],
    [
      { code: 1002, reason: '', by: 'peer' },
      'to-csms',
      'Closed by CS-1 · 1002 protocol error',
      ['link.closed-abnormally'],
    ],
    [{ code: 4000, reason: 'own', by: 'peer' }, 'to-csms', 'Closed by CS-1 · 4000 · own', []],
  ] as const)('says %o in words', (closing, direction, summary, expected) => {
    const event = closingEvent(opening(), closing);
    expect(event).toMatchObject({ direction, summary });
    expect(rules(event)).toEqual(expected);
  });

  it('points the other way for a CSMS', () => {
    expect(closingEvent(opening('CS-1', csms), { code: 1000, reason: '', by: 'peer' })).toMatchObject({
      direction: 'to-station',
      summary: 'Closed by the CSMS · 1000 normal',
    });
  });
});

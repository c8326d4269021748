import { describe, expect, it } from 'vitest';
import { closingEvent, negotiationEvent } from './link-event.ts';
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

describe('closingEvent', () => {
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

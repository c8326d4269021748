import { describe, expect, it } from 'vitest';
import type { ConnectionCard } from '../../../session/life/life.ts';
import { CONNECTIONS, fakeConnections } from '../../testing/fake-connection-facts.ts';
import { createFakeConnections } from '../../testing/fake-connections.ts';
import { explanationText } from './explanation-text.ts';

const START = Date.UTC(2026, 10, 20, 9, 5, 1, 203);
const SHAPE = { stations: 1, start: START, step: 1, hostile: false, large: false, empty: false };
const { 'connections.card': cardOf } = createFakeConnections(SHAPE);

function card(station: string): ConnectionCard {
  const index = fakeConnections(START).findIndex((one) => one.station === station);
  const found = cardOf(CONNECTIONS + index + 1);
  if (!found) throw new Error(`no connection of ${station}`);
  return found;
}

describe('an explanation as text', () => {
  it('says verdict, cause and remedy first, with times in UTC', () => {
    const text = explanationText(card('CS-BASIC'));
    expect(text).toMatch(/^Connection \d+: CS-BASIC → Plugscope\nVerdict: Refused with 401\nCause: .*CS-BASIC/);
    expect(text).toContain('What usually helps: ');
    expect(text).toContain('Opened: 2026-11-20T09:08:41.203Z');
    expect(text).toContain('Security profile that was asked for: 2');
  });

  it('holds no secret: neither of a header nor of a URL', () => {
    const basic = card('CS-BASIC');
    const secrets = ['Q1MtQkFTSUM6d3Jvbmctb2Ytc2l4dGVlbi14', 'hunter2', 'abcdef0123'];
    const facts = { ...basic.facts, url: 'wss://me:hunter2@csms.example/ocpp?token=abcdef0123' };
    const step = {
      subject: 'path',
      outcome: 'passed',
      offered: '/ocpp?token=abcdef0123',
      sentence: 'The path is right.',
      requirements: ['part 4, 3.1.1'],
    } as const;
    const text = explanationText({ ...basic, facts, explanation: { ...basic.explanation, steps: [step] } });
    expect(text).toContain('Authorization: Basic ******');
    expect(text).toContain('[Passed] Path: The path is right. (part 4, 3.1.1)\n      offered /ocpp?token=******');
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('sets each check below the certificate that it is about', () => {
    const text = explanationText(card('CS-EXPIRED'));
    const certificates = text.slice(text.indexOf('Certificates of the peer'), text.indexOf('Request headers'));
    expect(certificates).toMatch(/1\. CN=SN-004711[\s\S]*\[Failed\] It expired on[\s\S]*2\. /);
  });

  it('ends with what was remarked of the connection', () => {
    const remark = { entry: 7, at: START, severity: 'warning', sentence: 'CS-BASIC does not keep up.' } as const;
    const text = explanationText({ ...card('CS-BASIC'), remarks: [remark] });
    expect(text).toMatch(/\[warning\] 2026-11-20T09:05:01.203Z CS-BASIC does not keep up\.\n$/);
  });

  it('makes what a peer sent harmless and short', () => {
    const basic = card('CS-BASIC');
    const requestHeaders = [
      ['X-Long', 'x'.repeat(1_000_000)],
      ['X-Escape', 'red\u001b[31m\nforged: line'],
      ...Array.from({ length: 5000 }, (_, index) => [`X-${index}`, 'y'] as const),
    ] as const;
    const text = explanationText({ ...basic, facts: { ...basic.facts, requestHeaders } });
    expect(text.length).toBeLessThan(20_000);
    expect(text).toContain('X-Escape: red‹ESC›[31m‹LF›forged: line');
    expect(text).toContain('and 4902 more');
  });
});

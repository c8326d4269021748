import { describe, expect, it } from 'vitest';
import { parseFrame } from '../../../ocpp/frame.ts';
import { createValidator } from '../../../ocpp/schemas.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { Corruption } from '../../../workspace/rule-action.ts';
import { forwarded, frameOf, ruleOf, rulesAtWork, verdictOf } from '../testing/frames.ts';

const BOOT =
  '[2,"b-1","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"One 😀","vendorName":"Plugscope"}}]';

const corrupted = (corruption: Corruption, frame = frameOf(BOOT)): string | undefined =>
  forwarded(verdictOf({ kind: 'corrupt', corruption }, frame))[0];

/** The rules of the schema that a corrupted frame breaks. */
function violations(text: string | undefined, version: OcppVersion = '2.0.1'): readonly string[] {
  const parsed = parseFrame(text ?? '', version);
  if (!parsed.ok || parsed.message.type !== 'CALL') throw new Error(`No CALL: ${text}`);
  const found = createValidator().validate(version, parsed.message.action, 'request', parsed.message.payload);
  return found.map(({ rule, pointer }) => `${rule} ${pointer}`);
}

/** What was done, as the rule says it, one after the other. */
function saidOf(corruption: Corruption, times: number, frame = frameOf(BOOT)): readonly (string | undefined)[] {
  const rules = rulesAtWork([ruleOf({ kind: 'corrupt', corruption })]);
  return Array.from({ length: times }, () => rules.judge(frame)?.fired[0]?.name);
}

describe('a message that is spoilt', () => {
  it('is cut off, never within a character', () => {
    expect(corrupted({ how: 'truncate', keep: 10 })).toBe(BOOT.slice(0, 10));
    expect(corrupted({ how: 'truncate' })).toBe(BOOT.slice(0, BOOT.length / 2));
    const within = BOOT.indexOf('😀') + 1;
    expect(corrupted({ how: 'truncate', keep: within })).toBe(BOOT.slice(0, within - 1));
    expect(corrupted({ how: 'truncate', keep: BOOT.length })).toBeUndefined();
  });

  it('is cut off where it is binary as well', () => {
    const verdict = verdictOf(
      { kind: 'corrupt', corruption: { how: 'truncate', keep: 2 } },
      frameOf(Buffer.from([1, 2, 3]), { binary: true }),
    );
    expect(verdict?.forward).toEqual([{ data: Buffer.from([1, 2]), binary: true }]);
  });

  it('is no JSON for any reader', () => {
    const text = corrupted({ how: 'break-json' });
    expect(text).toHaveLength(BOOT.length);
    expect(() => JSON.parse(text ?? '')).toThrow();
    expect(corrupted({ how: 'break-json' }, frameOf('{"a":1} '))).toBe('{"a":1] ');
  });

  it('is of another type, or under another id', () => {
    expect(corrupted({ how: 'message-type', number: 7 })).toBe(BOOT.replace('[2', '[7'));
    expect(corrupted({ how: 'message-type', number: 2 })).toBeUndefined();
    expect(corrupted({ how: 'message-id', messageId: 'x' })).toBe(BOOT.replace('b-1', 'x'));
    expect(corrupted({ how: 'message-id' })).toMatch(/^\[2,"[0-9a-f-]{36}","Boot/);
  });

  it('has a text that is too long by one character, another one each time', () => {
    expect(violations(corrupted({ how: 'oversize' }))).toEqual(['maxLength /chargingStation/model']);
    expect(saidOf({ how: 'oversize' }, 3)).toEqual([
      'The rule (/chargingStation/model with 21 characters)',
      'The rule (/chargingStation/vendorName with 51 characters)',
      'The rule (/chargingStation/model with 21 characters)',
    ]);
    const long = corrupted({ how: 'oversize', pointer: '/chargingStation/model', characters: 100_000 });
    expect(long?.length).toBeGreaterThan(100_000);
  });

  it('has a huge property that no schema knows', () => {
    expect(violations(corrupted({ how: 'huge-field', characters: 500 }))).toEqual([
      'additionalProperties /plugscopeFiller',
    ]);
  });

  it('has a value outside of its enumeration', () => {
    expect(violations(corrupted({ how: 'wrong-enum' }))).toEqual(['enum /reason']);
    expect(saidOf({ how: 'wrong-enum' }, 1)).toEqual(['The rule (/reason is NotPowerUp)']);
    expect(corrupted({ how: 'wrong-enum', pointer: '/chargingStation/model' })).toContain('"NotOne 😀"');
  });

  it('lacks what is required, another property each time', () => {
    expect(violations(corrupted({ how: 'strip-required' }))).toHaveLength(1);
    expect(saidOf({ how: 'strip-required' }, 5)).toEqual([
      'The rule (without /reason)',
      'The rule (without /chargingStation)',
      'The rule (without /chargingStation/model)',
      'The rule (without /chargingStation/vendorName)',
      'The rule (without /reason)',
    ]);
    expect(corrupted({ how: 'strip-required', pointer: '/chargingStation/vendorName' })).not.toContain('vendorName');
  });

  it('is an answer, by the schema of its request', () => {
    const request = { action: 'BootNotification', text: BOOT };
    const text = '[3,"b-1",{"currentTime":"2026-11-20T09:05:01Z","interval":300,"status":"Accepted"}]';
    const frame = frameOf(text, { request, direction: 'to-station' });
    expect(corrupted({ how: 'wrong-enum' }, frame)).toBe(text.replace('Accepted', 'NotAccepted'));
    expect(saidOf({ how: 'strip-required' }, 3, frame)).toEqual([
      'The rule (without /currentTime)',
      'The rule (without /interval)',
      'The rule (without /status)',
    ]);
  });

  it('is left alone where nothing of it can be spoilt so', () => {
    const ways: Corruption[] = [{ how: 'oversize' }, { how: 'wrong-enum' }, { how: 'strip-required' }];
    for (const frame of [
      frameOf('[2,"1","Heartbeat",{}]'),
      frameOf('[2,"1","NoSuchAction",{"a":"b"}]'),
      frameOf('x'),
    ]) {
      for (const way of ways) expect(corrupted(way, frame)).toBeUndefined();
    }
    expect(corrupted({ how: 'break-json' }, frameOf('no JSON'))).toBeUndefined();
    expect(corrupted({ how: 'message-type', number: 3 }, frameOf('{}'))).toBeUndefined();
  });
});

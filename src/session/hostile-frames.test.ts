import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OCPP_VERSIONS, type OcppVersion } from '../ocpp/version.ts';
import { createConversation } from './conversation.ts';
import type { Observation, RecordedFrame } from './observation.ts';

function observe(content: RecordedFrame['content'], version: OcppVersion | undefined = '1.6'): Observation {
  const fold = createConversation({ version, station: 'CS-1', validator: { validate: () => [] } });
  return fold.observe({ entry: 1, direction: 'to-csms', mono: 0, size: 7, content });
}

function text(value: string, version: OcppVersion | undefined = '1.6'): Observation {
  return observe({ kind: 'text', text: value }, version);
}

describe('a frame with a flaw', () => {
  it.each([
    ['frame.not-json', '[2,"a","Heartbeat",{}', 'error', 21],
    ['frame.not-array', '{"a":1}', 'error', undefined],
    ['frame.message-type-unknown', '[7,"a"]', 'error', 1],
    ['frame.message-type-unknown', '["2","a","Heartbeat",{}]', 'error', 1],
    ['frame.message-type-unknown', '[]', 'error', 1],
    ['frame.message-type-not-in-version', '[6,"a","Heartbeat",{}]', 'error', 1],
    ['frame.message-id-missing', '[2]', 'error', 2],
    ['frame.message-id-not-string', '[2, 17,"Heartbeat",{}]', 'error', 4],
    ['frame.message-id-empty', '[2,"","Heartbeat",{}]', 'warning', 3],
    ['frame.message-id-too-long', `[2,"${'x'.repeat(37)}","Heartbeat",{}]`, 'error', 3],
    ['frame.element-count', '[2,"a","Heartbeat"]', 'error', 18],
    ['frame.element-count', '[2,"a","Heartbeat",{"x":[1,2]}, 5]', 'error', 32],
    ['frame.action-not-string', '[2,"a]\\",",null,{}]', 'error', 11],
    ['frame.payload-null', '[2,"a","Heartbeat",null]', 'warning', 19],
    ['frame.payload-not-object', '[2,"a","Heartbeat",[]]', 'error', 19],
    ['frame.error-code-not-string', '[4,"a",1,"",{}]', 'error', 7],
    ['frame.error-description-not-string', '[4,"a","GenericError",null,{}]', 'error', 22],
    ['frame.error-details-not-object', '[4,"a","GenericError","",""]', 'error', 25],
  ])('has the finding %s for %s', (rule, frame, severity, offset) => {
    const observation = text(frame);
    const finding = observation.findings.find((candidate) => candidate.rule === rule);
    expect(finding).toMatchObject({ severity });
    expect(finding?.offset).toBe(offset);
    expect(finding?.requirements[0]).toMatch(/^OCPP-J 1\.6, /);
    expect(finding?.sentence).toMatch(/\.$/);
  });

  it('has no such finding where it is sound', () => {
    expect(text('[2,"a","Heartbeat",{}]').findings).toEqual([]);
  });

  it('is not text at all: binary, or no UTF-8', () => {
    const binary = observe({ kind: 'binary' });
    expect(binary).toMatchObject({ type: 'malformed', messageId: null, action: null });
    expect(binary.findings).toMatchObject([{ rule: 'frame.binary' }]);
    expect(binary.summary).toContain('7 bytes');
    expect(observe({ kind: 'invalid-utf-8', byteOffset: 3 }).findings).toMatchObject([
      { rule: 'frame.not-utf-8', sentence: 'The text is not valid UTF-8 at byte 3.' },
    ]);
  });

  it('cites the clause of the version', () => {
    expect(text('{', '2.0.1').findings[0]?.requirements).toEqual(['part 4, 4.1.2']);
  });
});

describe('a hostile frame', () => {
  it('of 100,000 nested brackets is read', () => {
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(text(nested).type).toBe('malformed');
    expect(text(`[2,"a","DataTransfer",{"vendorId":"v","data":${nested}}]`).type).toBe('CALL');
    expect(text('['.repeat(100_000)).type).toBe('malformed');
  });

  it('with __proto__ keys changes nothing else', () => {
    const observation = text('[2,"a","Heartbeat",{"__proto__":{"polluted":1}}]');
    expect(observation.type).toBe('CALL');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('of any kind yields an observation with a short, plain summary', () => {
    const jsonArray = fc.tuple(
      fc.oneof(fc.integer({ min: 1, max: 8 }), fc.jsonValue()),
      fc.oneof(fc.string(), fc.jsonValue()),
      fc.oneof(fc.constantFrom('Heartbeat', 'TransactionEvent', '__proto__'), fc.jsonValue()),
      fc.jsonValue(),
    );
    const frames = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      jsonArray.map((value) => JSON.stringify(value)),
    );
    const versions = fc.constantFrom(undefined, ...OCPP_VERSIONS);
    fc.assert(
      fc.property(frames, versions, (frame, version) => {
        const { summary } = text(frame, version);
        expect(summary.length).toBeLessThanOrEqual(120);
        expect(summary).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
    );
  });
});

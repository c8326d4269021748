import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Message, parseFrame } from './frame.ts';
import { frameText } from './frame-text.ts';
import type { JsonObject } from './json.ts';

/** What JSON can say: no negative zero. */
const object = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
const messageId = fc.string({ minLength: 1, maxLength: 36 });
const request = { messageId, action: fc.string(), payload: object };
const error = { messageId, errorCode: fc.string(), errorDescription: fc.string(), errorDetails: object };
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ type: fc.constant('CALL' as const), ...request }),
  fc.record({ type: fc.constant('SEND' as const), ...request }),
  fc.record({ type: fc.constant('CALLRESULT' as const), messageId, payload: object }),
  fc.record({ type: fc.constant('CALLERROR' as const), ...error }),
  fc.record({ type: fc.constant('CALLRESULTERROR' as const), ...error }),
);

describe('the text of a message', () => {
  it('is as the specification shows it', () => {
    const text = frameText({ type: 'CALL', messageId: '19223201', action: 'Heartbeat', payload: {} });
    expect(text).toBe('[2,"19223201","Heartbeat",{}]');
    expect(frameText({ type: 'CALLRESULT', messageId: '19223201', payload: {} })).toBe('[3,"19223201",{}]');
  });

  it('is read as the same message', () => {
    fc.assert(
      fc.property(message, (sent) => {
        expect(parseFrame(frameText(sent), '2.1')).toEqual({ ok: true, flaws: [], message: sent });
      }),
    );
  });
});

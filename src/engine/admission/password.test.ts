import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPassword } from './password.ts';

const KEY = '00010203040506070809fffefdfcfbfaf9f8f7f6';

describe('a password', () => {
  it.each([
    ['text', 'Zugang für 16', Buffer.from('Zugang für 16')],
    ['text', KEY, Buffer.from(KEY)],
    ['key-bytes', KEY, Buffer.from(KEY, 'hex')],
    ['key-bytes', KEY.toUpperCase(), Buffer.from(KEY, 'hex')],
    ['line-break', 'secret', Buffer.from('secret\n')],
    ['line-break', 'secret', Buffer.from('secret\r\n')],
    ['latin-1', 'Zugang für 16', Buffer.from('Zugang für 16', 'latin1')],
    ['base64', 'secret', Buffer.from('c2VjcmV0')],
    ['wrong', 'secret', Buffer.from('Secret')],
    ['wrong', 'secret', Buffer.from('')],
    ['wrong', KEY.slice(1), Buffer.from(KEY.slice(1), 'hex')],
  ] as const)('is %s', (match, configured, sent) => {
    expect(matchPassword(sent, configured)).toBe(match);
  });

  it('is right in no form but those', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.uint8Array(), (configured, sent) => {
        const known = ['utf8', 'latin1', 'hex'].some((form) =>
          Buffer.from(configured, form as BufferEncoding).equals(sent),
        );
        if (!known && !Buffer.from(sent).toString().startsWith(configured)) {
          expect(['wrong', 'base64']).toContain(matchPassword(sent, configured));
        }
      }),
    );
  });
});

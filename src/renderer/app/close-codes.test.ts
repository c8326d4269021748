import { describe, expect, it } from 'vitest';
import { closeCodeInWords, closingInWords } from './close-codes.ts';

describe('close codes', () => {
  it('are told in words', () => {
    expect(closeCodeInWords(1006)).toBe('lost without a close frame');
    expect(closeCodeInWords(4001)).toBe('a code of the application');
    expect(closeCodeInWords(3500)).toBe('a registered code');
    expect(closeCodeInWords(77)).toBe('a code without a meaning');
  });

  it('say who closed, and why where there is a reason', () => {
    expect(closingInWords({ code: 1000, reason: 'bye', by: 'peer' })).toBe('1000, normal closure (by the peer): “bye”');
    expect(closingInWords({ code: 1001, reason: '', by: 'plugscope' })).toBe('1001, going away (by Plugscope)');
  });
});

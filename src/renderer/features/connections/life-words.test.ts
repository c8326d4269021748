import { describe, expect, it } from 'vitest';
import { backOffWords, clockWords, compressionOf, compressionWords, expectedWords } from './life-words.ts';

describe('the life of a connection in words', () => {
  it.each([
    [2400, 38, '2.40 s ahead, from 38 messages'],
    [-250, 1, 'within a second of ours (250 ms behind), from 1 message'],
    [-1200, 7, '1.20 s behind, from 7 messages'],
  ])('puts an offset of %d ms in words', (offset, samples, words) => {
    expect(clockWords({ offset, samples })).toBe(words);
  });

  it('says what the variables ask for, and where they are not known', () => {
    expect(expectedWords({ least: 10_000, most: 15_000 })).toBe('10.00 s to 15.00 s');
    expect(expectedWords({ least: 10_000, most: 10_000 })).toBe('10.00 s');
    expect(expectedWords(null)).toBe('not known');
    expect(backOffWords(null, 's')).toBe('not known from this session');
    expect(backOffWords(10, 's')).toBe('10 s');
    expect(backOffWords(1, 'times')).toBe('1 time');
  });

  const traffic = { bytes: { 'to-csms': 9000, 'to-station': 2000 } } as Parameters<typeof compressionOf>[0]['traffic'];
  const facts = {
    peer: 'station',
    extensions: 'permessage-deflate; server_no_context_takeover',
    closing: { code: 1000, reason: '', by: 'peer', wire: { received: 3000, sent: 4000 } },
  } as Parameters<typeof compressionOf>[0]['facts'];

  it('sets the bytes of messages against those of the wire, each way', () => {
    expect(compressionOf({ facts, traffic })).toEqual({ received: 3, sent: 0.5 });
    expect(compressionOf({ facts: { ...facts, peer: 'csms' }, traffic })).toEqual({ received: 2 / 3, sent: 2.25 });
    expect(compressionWords({ received: 3, sent: null })).toBe('3.0 : 1 received');
    expect(compressionWords({ received: null, sent: null })).toBe('no message passed');
  });

  it('says nothing of compression where none was agreed or nobody counted', () => {
    expect(compressionOf({ facts: { ...facts, extensions: undefined }, traffic })).toBeNull();
    expect(compressionOf({ facts: { ...facts, closing: undefined }, traffic })).toBeNull();
  });
});

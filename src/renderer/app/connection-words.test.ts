import { describe, expect, it } from 'vitest';
import type { ConnectionCard, ConnectionRow } from '../../session/life/life.ts';
import { lookOf, partiesOf, verdictWords } from './connection-words.ts';
import { beginningOf } from './long-text.tsx';

const row = {
  peer: 'station',
  opener: 'peer',
  station: 'CS-1',
  remoteAddress: '10.0.0.9:1',
  attempt: null,
} as ConnectionRow;

describe('a connection in words', () => {
  it.each([
    [{}, 'CS-1 → Plugscope'],
    [{ station: '' }, '10.0.0.9:1 → Plugscope'],
    [{ station: '', remoteAddress: '' }, 'somebody → Plugscope'],
    [{ peer: 'csms', opener: 'plugscope' }, 'Plugscope → CSMS (for CS-1)'],
    [{ station: 'a\u202eb' }, 'a‹U+202E›b → Plugscope'],
  ] as const)('with %j is %s', (own, words) => {
    expect(partiesOf({ ...row, ...own })).toBe(words);
  });

  it('has a shape of its own for each way to stand', () => {
    const look = (own: Partial<ConnectionRow>): string => lookOf({ ...row, trouble: false, ...own });
    expect(look({ state: 'open' })).toBe('open');
    expect(look({ state: 'ended' })).toBe('ended');
    expect(look({ state: 'ended', trouble: true })).toBe('lost');
    expect(look({ state: 'refused', trouble: true })).toBe('refused');
    expect(look({ state: 'refused', trouble: true, attempt: 'tcp' })).toBe('attempt');
  });

  it.each([
    ['open', { state: 'ended', trouble: true }, 'Lost'],
    ['refused', { state: 'refused' }, 'Refused with 401'],
    ['not-reached', { state: 'refused' }, 'Not reached'],
    ['no-websocket', { state: 'refused' }, 'Never became a WebSocket'],
  ] as const)('has the verdict %s', (verdict, own, words) => {
    const card = { row: { ...row, trouble: false, ...own }, explanation: { verdict }, facts: { status: 401 } };
    expect(verdictWords(card as unknown as ConnectionCard)).toBe(words);
  });

  it('is not said to be refused with what opens a WebSocket', () => {
    const card = { row, explanation: { verdict: 'refused' }, facts: { status: 101 } };
    expect(verdictWords(card as unknown as ConnectionCard)).toBe('Refused after 101');
  });

  it('is cut where no character breaks in two', () => {
    expect(beginningOf('ab😀c', 3)).toBe('ab');
    expect(beginningOf('ab😀c', 4)).toBe('ab😀');
    expect(beginningOf('ab', 4)).toBe('ab');
  });
});

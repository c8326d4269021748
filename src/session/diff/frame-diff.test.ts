import { describe, expect, it } from 'vitest';
import { diffFrames, diffTexts } from './frame-diff.ts';

describe('the diff of two frames', () => {
  it('names their parts as the specification does', () => {
    const diff = diffFrames('[2,"1","Heartbeat",{}]', '[2,"2","Authorize",{"idTag":"A"}]');
    expect(diff).toEqual({
      kind: 'message',
      identical: false,
      differences: [
        { kind: 'changed', path: '/messageId', old: '1', new: '2' },
        { kind: 'changed', path: '/action', old: 'Heartbeat', new: 'Authorize' },
        { kind: 'added', path: '/payload/idTag', new: 'A' },
      ],
      ignored: 0,
    });
    expect(diffFrames('[2,"1","Heartbeat",{}]', '[2,"2","Heartbeat",{}]', { ignore: { ids: true } })).toMatchObject({
      differences: [],
      ignored: 1,
    });
  });

  it('compares an answer with an error', () => {
    const diff = diffFrames('[3,"1",{"status":"Accepted"}]', '[4,"1","InternalError","",{}]');
    expect(diff).toMatchObject({
      kind: 'message',
      differences: [
        { path: '/messageType', old: 'CALLRESULT', new: 'CALLERROR' },
        { kind: 'removed', path: '/payload' },
        { kind: 'added', path: '/errorCode' },
        { kind: 'added', path: '/errorDescription' },
        { kind: 'added', path: '/errorDetails' },
      ],
    });
  });

  it('says that only the spelling differs', () => {
    expect(diffFrames('[3,"1",{"a":1.0}]', '[3, "1", {"a": 1}]')).toEqual({
      kind: 'message',
      identical: false,
      differences: [],
      ignored: 0,
    });
  });

  it('compares the letters of what is no message', () => {
    expect(diffFrames('[2,"1","Heartbeat",{}', '[2,"1","Heartbeat",{}]')).toEqual({
      kind: 'text',
      identical: false,
      pieces: [
        { kind: 'same', text: '[2,"1","Heartbeat",{}' },
        { kind: 'added', text: ']' },
      ],
    });
    expect(diffFrames('nonsense', 'nonsense')).toMatchObject({ kind: 'text', identical: true });
    expect(diffFrames(`[3,"1",{"__proto__":1}]`, '[3,"1",{}]')).toMatchObject({ kind: 'text' });
    expect(diffFrames(`[3,"1",${'['.repeat(100_000)}`, '[')).toMatchObject({ identical: false });
  });

  it('does not start on what would take too long', () => {
    const long = 'x'.repeat(100_001);
    expect(diffFrames(long, 'y')).toEqual({ kind: 'too-large', identical: false });
    expect(diffFrames(long, long)).toEqual({ kind: 'too-large', identical: true });
  });
});

describe('the diff of two texts', () => {
  it('holds both of them', () => {
    const [a, b] = ['the quick brown fox', 'a quick red fox 🦊'];
    const pieces = diffTexts(a, b);
    const side = (left: 'added' | 'removed'): string =>
      pieces.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join('');
    expect(side('added')).toBe(a);
    expect(side('removed')).toBe(b);
  });
});

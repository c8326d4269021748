import { describe, expect, it } from 'vitest';
import type { HeldMessage } from '../../../bridge/methods/intercept.ts';
import type { Finding } from '../../../session/finding.ts';
import { countdownOf, heldTitle, validityInWords } from './held-words.ts';

const message = (more: Partial<HeldMessage> = {}): HeldMessage =>
  ({ heldSince: 1000, senderGivesUp: 31_000, goesOn: 28_000, decided: false, ...more }) as HeldMessage;

describe('the countdown', () => {
  it('says when a message goes on by itself, and how much of the time of its sender is left', () => {
    expect(countdownOf(message(), 1000)).toEqual({ words: 'goes on in 27 s', left: 1, soon: false });
    expect(countdownOf(message(), 25_000)).toEqual({ words: 'goes on in 3 s', left: 0.2, soon: true });
    expect(countdownOf(message(), 40_000)).toEqual({ words: 'goes on now', left: 0, soon: true });
  });

  it('says of what is held for ever when its sender gives up', () => {
    expect(countdownOf(message({ goesOn: null }), 11_000).words).toBe('sender waits 20 s');
    expect(countdownOf(message({ goesOn: null }), 31_000)).toEqual({ words: 'sender gave up', left: 0, soon: false });
  });

  it('says how long an answer has been held, for which nobody waits', () => {
    const answer = message({ goesOn: null, senderGivesUp: null });
    expect(countdownOf(answer, 6000)).toEqual({ words: 'held for 5 s', left: null, soon: false });
  });

  it('says of a decided one that it waits for those before it', () => {
    expect(countdownOf(message({ decided: true }), 25_000)).toMatchObject({
      words: 'decided, waits its turn',
      soon: false,
    });
  });
});

it('names a message by its action, and an answer by its type as well', () => {
  expect(heldTitle({ action: 'Heartbeat', type: 'CALL' })).toBe('Heartbeat');
  expect(heldTitle({ action: 'Heartbeat', type: 'CALLRESULT' })).toBe('Heartbeat CALLRESULT');
  expect(heldTitle({ action: null, type: 'CALLERROR' })).toBe('CALLERROR');
  expect(heldTitle({ action: 'a\u202Eb', type: 'CALL' })).toBe('a‹U+202E›b');
});

describe('validity', () => {
  const finding = (severity: Finding['severity']): Finding => ({
    severity,
    rule: 'schema.type',
    requirements: [],
    sentence: '/evse/id is "x"; it must be an integer.',
  });

  it('is said with the version, and that an invalid one is sent all the same', () => {
    expect(validityInWords({ findings: [] }, '2.1').sentence).toBe('Valid for 2.1.');
    expect(validityInWords({ findings: [finding('warning')] }, '1.6').sentence).toBe('Valid for 1.6, with 1 warning.');
    expect(validityInWords({ findings: [finding('error'), finding('error'), finding('warning')] }, '2.1')).toEqual({
      valid: false,
      sentence: 'Not valid for 2.1: 2 errors. It is sent all the same.',
    });
  });

  it('is not claimed where no version was agreed', () => {
    expect(validityInWords({ findings: [] }, null).sentence).toContain('only the structure');
  });
});

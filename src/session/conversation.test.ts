import { describe, expect, it } from 'vitest';
import type { Direction } from '../ocpp/direction.ts';
import type { PayloadValidator } from '../ocpp/schemas.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import type { Violation } from '../ocpp/violation.ts';
import { type ConversationOptions, createConversation } from './conversation.ts';
import type { ConversationFold, Observation, RecordedFrame } from './observation.ts';

const violation: Violation = {
  pointer: '/reason',
  rule: 'enum',
  found: 'the string "x"',
  allowed: 'one of …',
  sentence: 'reason is wrong.',
  errorCode: 'PropertyConstraintViolation',
};

/** Payloads with a property `bad` break the schema; what was asked for is noted. */
function stubValidator(): PayloadValidator & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    validate(version, action, kind, payload) {
      asked.push(`${version} ${action} ${kind}`);
      return Array.from({ length: Number(payload.bad ?? 0) }, () => violation);
    },
  };
}

class Talk {
  readonly validator = stubValidator();
  readonly fold: ConversationFold;
  private entry = 0;
  now = 0;

  constructor(version: OcppVersion | undefined, options: Partial<ConversationOptions> = {}) {
    this.fold = createConversation({ version, station: 'CS-1', validator: this.validator, ...options });
  }

  frame(direction: Direction, content: RecordedFrame['content'], size = 2, link?: number): Observation {
    this.entry += 1;
    return this.fold.observe({ entry: this.entry, direction, mono: this.now, size, content, link });
  }
  raw(text: string): Observation {
    return this.frame('to-csms', { kind: 'text', text });
  }
  station(...message: unknown[]): Observation {
    return this.frame('to-csms', { kind: 'text', text: JSON.stringify(message) });
  }
  csmsOn(link: number, ...message: unknown[]): Observation {
    return this.frame('to-station', { kind: 'text', text: JSON.stringify(message) }, 2, link);
  }
  csms(...message: unknown[]): Observation {
    return this.frame('to-station', { kind: 'text', text: JSON.stringify(message) });
  }
}

function rules(observation: Observation): string[] {
  return observation.findings.map((finding) => finding.rule);
}

describe('an exchange', () => {
  it('pairs a CALL with its CALLRESULT by message id and measures the time between', () => {
    const talk = new Talk('1.6');
    const call = talk.station(2, 'a', 'Heartbeat', {});
    expect(call).toMatchObject({ type: 'CALL', messageId: 'a', action: 'Heartbeat', call: null, latency: null });
    talk.now = 28.5;
    const result = talk.csms(3, 'a', { currentTime: 'x' });
    expect(result).toMatchObject({ type: 'CALLRESULT', action: 'Heartbeat', call: 1, latency: 28.5, findings: [] });
    expect(call.findings).toEqual([]);
    expect(talk.validator.asked).toEqual(['1.6 Heartbeat request', '1.6 Heartbeat response']);
  });

  it('keeps the ids of the two sides apart', () => {
    const talk = new Talk('2.0.1');
    talk.station(2, 'a', 'Heartbeat', {});
    expect(rules(talk.csms(2, 'a', 'ClearCache', {}))).toEqual([]);
    expect(talk.station(3, 'a', { status: 'Accepted' })).toMatchObject({ action: 'ClearCache', call: 2, findings: [] });
    expect(talk.csms(3, 'a', {})).toMatchObject({ action: 'Heartbeat', call: 1, findings: [] });
  });

  it('finds an answer to nothing', () => {
    const talk = new Talk('1.6');
    const orphan = talk.csms(3, 'a', {});
    expect(rules(orphan)).toEqual(['rpc.response-orphan']);
    expect(orphan).toMatchObject({ call: null, latency: null, action: null });
    expect(orphan.findings[0]?.sentence).toBe('There is no CALL from the station with the message id "a".');
  });

  it('finds a second answer', () => {
    const talk = new Talk('1.6');
    talk.station(2, 'a', 'Heartbeat', {});
    talk.csms(3, 'a', {});
    const second = talk.csms(4, 'a', 'InternalError', '', {});
    expect(second.call).toBe(1);
    expect(rules(second)).toEqual(['rpc.response-duplicate']);
  });

  it('takes a CALLERROR as an answer, and knows the error codes of each version', () => {
    const talk = new Talk('1.6');
    talk.station(2, 'a', 'Heartbeat', {});
    expect(talk.csms(4, 'a', 'FormationViolation', '', {})).toMatchObject({ call: 1, findings: [] });
    talk.station(2, 'b', 'Heartbeat', {});
    const unknown = talk.csms(4, 'b', 'RpcFrameworkError', '', {});
    expect(rules(unknown)).toEqual(['rpc.error-code-unknown']);
    expect(unknown.findings[0]?.requirements).toEqual(['OCPP-J 1.6, 4.2.3']);
  });

  it('reads a CALLERROR with the id "-1" as the answer to a frame without a readable id', () => {
    const talk = new Talk('2.0.1');
    expect(rules(talk.csms(4, '-1', 'RpcFrameworkError', '', {}))).toEqual(['rpc.response-orphan']);
    talk.raw('{');
    expect(rules(talk.csms(4, '-1', 'RpcFrameworkError', '', {}))).toEqual([]);
    expect(rules(talk.csms(4, '-1', 'RpcFrameworkError', '', {}))).toEqual(['rpc.response-orphan']);
  });

  it('pairs a CALLERROR with the malformed CALL that it answers', () => {
    const talk = new Talk('2.0.1');
    expect(rules(talk.station(2, 'a', 'Heartbeat'))).toEqual(['frame.element-count']);
    expect(talk.csms(4, 'a', 'FormatViolation', '', {})).toMatchObject({ call: 1, action: 'Heartbeat', findings: [] });
  });

  it('lets a malformed answer end its CALL', () => {
    const talk = new Talk('1.6');
    talk.station(2, 'a', 'Heartbeat', {});
    expect(talk.csms(3, 'a', 'now')).toMatchObject({ type: 'malformed', action: 'Heartbeat', call: 1 });
    expect(talk.fold.close()).toEqual([]);
  });
});

describe('one CALL at a time', () => {
  it('is a demand of 2.x and a recommendation of 1.6', () => {
    for (const [version, severity] of [
      ['1.6', 'warning'],
      ['2.0.1', 'error'],
      ['2.1', 'error'],
    ] as const) {
      const talk = new Talk(version);
      talk.station(2, 'a', 'Heartbeat', {});
      talk.now = 1500;
      const second = talk.station(2, 'b', 'Heartbeat', {});
      expect(second.findings).toMatchObject([{ rule: 'rpc.call-while-pending', severity }]);
      expect(second.findings[0]?.sentence).toBe(
        'The station sent a CALL while Heartbeat (entry 1) had waited 1.5 s for its answer; a sender has one CALL open at a time.',
      );
    }
  });

  it('holds for each sender alone, ends with the time-out, and does not bind SEND', () => {
    const talk = new Talk('2.1');
    talk.station(2, 'a', 'Heartbeat', {});
    expect(rules(talk.csms(2, 'a', 'ClearCache', {}))).toEqual([]);
    expect(rules(talk.station(6, 'b', 'NotifyPeriodicEventStream', {}))).toEqual([]);
    talk.now = 30_000;
    expect(rules(talk.station(2, 'c', 'Heartbeat', {}))).toEqual([]);
  });
});

describe('message ids', () => {
  it('are not to be used twice by the same sender, for CALL or SEND', () => {
    const talk = new Talk('2.1');
    talk.station(2, 'a', 'Heartbeat', {});
    talk.csms(3, 'a', {});
    const again = talk.station(6, 'a', 'NotifyPeriodicEventStream', {});
    expect(again.findings).toMatchObject([{ rule: 'rpc.message-id-reused', severity: 'error' }]);
    expect(again.findings[0]?.sentence).toContain('Heartbeat (entry 1)');
  });

  it('are found again after many others, also when the message is long forgotten', () => {
    const talk = new Talk('1.6');
    for (let index = 0; index < 1500; index += 1) {
      talk.station(2, `id-${index}`, 'Heartbeat', {});
      talk.csms(3, `id-${index}`, {});
    }
    expect(rules(talk.station(2, 'id-0', 'Heartbeat', {}))).toEqual(['rpc.message-id-reused']);
  });

  it('may be used again to retry what had no answer in its time', () => {
    const talk = new Talk('2.0.1');
    talk.station(2, 'a', 'Heartbeat', {});
    talk.now = 30_000;
    expect(rules(talk.station(2, 'a', 'Heartbeat', {}))).toEqual([]);
    expect(talk.csms(3, 'a', {})).toMatchObject({ call: 2, latency: 0, findings: [] });
  });

  it('are not to be used again while the CALL waits, nor for another action', () => {
    const talk = new Talk('2.0.1');
    talk.station(2, 'a', 'Heartbeat', {});
    expect(rules(talk.station(2, 'a', 'Heartbeat', {}))).toEqual(['rpc.message-id-reused']);
    talk.now = 30_000;
    expect(rules(talk.station(2, 'a', 'BootNotification', {}))).toEqual(['rpc.message-id-reused']);
  });

  it('far too long are cut in the row, and still pair', () => {
    const talk = new Talk('1.6');
    const id = 'x'.repeat(100_000);
    const call = talk.station(2, id, 'Heartbeat', {});
    expect(rules(call)).toEqual(['frame.message-id-too-long']);
    expect(call.messageId?.length).toBe(255);
    expect(talk.csms(3, id, {}).call).toBe(1);
  });
});

describe('time', () => {
  it('reports a CALL without an answer once, and its late answer', () => {
    const talk = new Talk('1.6', { callTimeoutMs: 1000 });
    talk.station(2, 'a', 'Heartbeat', {});
    expect(talk.fold.expire(999)).toEqual([]);
    expect(talk.fold.expire(1000)).toMatchObject([
      { entry: 1, finding: { rule: 'rpc.no-response', sentence: 'Heartbeat (entry 1) had no answer within 1 s.' } },
    ]);
    expect(talk.fold.expire(2000)).toEqual([]);
    expect(talk.fold.pending()).toEqual([]);
    talk.now = 2500;
    const late = talk.csms(3, 'a', {});
    expect(late).toMatchObject({ call: 1, latency: 2500 });
    expect(late.findings).toMatchObject([
      { rule: 'rpc.late-response', sentence: 'The answer came 2.5 s after its CALL; the time-out is 1 s.' },
    ]);
  });

  it('reports what is unanswered when the link ends, unless its time had run out before', () => {
    const talk = new Talk('2.0.1');
    talk.station(2, 'a', 'Heartbeat', {});
    talk.now = 30_000;
    talk.fold.expire(30_000);
    talk.csms(2, 'b', 'ClearCache', {});
    expect(talk.fold.close()).toMatchObject([{ entry: 2, finding: { rule: 'rpc.unanswered-at-close' } }]);
    expect(talk.fold.close()).toEqual([]);
  });

  it('begins anew for a CSMS whose connection ended while that of the station stays', () => {
    const talk = new Talk('1.6');
    talk.csmsOn(2, 2, 'a', 'Reset', { type: 'Soft' });
    talk.station(2, 'b', 'Heartbeat', {});
    const text = '[2,"ours","ClearCache",{}]';
    const ours = { direction: 'to-station', mono: 0, size: 2, content: { kind: 'text', text }, link: 1 } as const;
    talk.fold.observe({ ...ours, entry: 50, made: { origin: 'injected', original: null } });
    const departed = (link: number) => talk.fold.departed(link).map(({ entry, finding }) => [entry, finding.rule]);
    expect(departed(2)).toEqual([[1, 'rpc.unanswered-at-close']]);
    expect(departed(2)).toEqual([]);
    // The next connection may begin with the same id, and is not to blame for what the one before asked.
    expect(rules(talk.csmsOn(3, 2, 'a', 'ClearCache', {}))).toEqual([]);
    // The station answers in the order in which it was asked.
    expect(talk.station(3, 'a', { status: 'Accepted' })).toMatchObject({ action: 'Reset', call: 1, findings: [] });
    expect(talk.station(3, 'a', { status: 'Accepted' })).toMatchObject({ action: 'ClearCache', call: 3, findings: [] });
    expect(rules(talk.station(3, 'a', {}))).toEqual(['rpc.response-duplicate']);
    // The ids of the station are those of one connection still, and so are those of what was injected.
    expect(rules(talk.station(2, 'b', 'Heartbeat', {}))).toEqual(['rpc.message-id-reused']);
    const waiting = talk.fold.pending().map(({ messageId }) => messageId);
    expect(waiting.sort()).toEqual(['b', 'ours']);
    // It may never answer what was asked before.
    talk.csmsOn(3, 2, 'c', 'Reset', { type: 'Soft' });
    departed(3);
    talk.now += 30_000;
    talk.fold.expire(talk.now);
    expect(rules(talk.csmsOn(4, 2, 'c', 'ClearCache', {}))).toEqual([]);
    expect(talk.station(3, 'c', { status: 'Accepted' })).toMatchObject({ action: 'ClearCache', findings: [] });
    expect(departed(3)).toEqual([]);
  });

  it('goes on with the calls that were waiting when it was put away', () => {
    const before = new Talk('1.6');
    before.station(2, 'a', 'Heartbeat', {});
    const pending = before.fold.pending();
    expect(pending).toEqual([{ entry: 1, direction: 'to-csms', mono: 0, messageId: 'a', action: 'Heartbeat' }]);
    const after = new Talk('1.6', { resume: pending });
    after.now = 5;
    expect(after.csms(3, 'a', {})).toMatchObject({ action: 'Heartbeat', call: 1, latency: 5, findings: [] });
  });

  it('keeps a bounded number of calls, whatever is sent', () => {
    const talk = new Talk('1.6');
    for (let index = 0; index < 2000; index += 1) talk.station(2, `id-${index}`, 'Heartbeat', {});
    expect(talk.fold.pending().length).toBe(256);
  });
});

describe('actions', () => {
  it('are those of the version, with their letter case', () => {
    const talk = new Talk('1.6');
    const later = talk.csms(2, 'a', 'RequestStartTransaction', {});
    expect(later.findings).toMatchObject([{ rule: 'action.unknown', severity: 'error' }]);
    expect(later.findings[0]?.sentence).toBe(
      '"RequestStartTransaction" is no action of OCPP 1.6; it is one of OCPP 2.0.1 and 2.1.',
    );
    expect(rules(new Talk('1.6').station(2, 'a', 'heartbeat', {}))).toEqual(['action.unknown']);
    expect(rules(new Talk('2.1').csms(2, 'a', 'RequestStartTransaction', {}))).toEqual([]);
  });

  it('that nobody knows leave the answer unchecked', () => {
    const talk = new Talk('1.6');
    talk.station(2, 'a', 'constructor', {});
    expect(talk.csms(3, 'a', { bad: 1 })).toMatchObject({ action: 'constructor', findings: [] });
    expect(talk.validator.asked).toEqual([]);
  });

  it('go the way that the version says', () => {
    const wrong = new Talk('2.0.1').csms(2, 'a', 'Heartbeat', {});
    expect(wrong.findings).toMatchObject([
      { rule: 'action.wrong-direction', sentence: 'Heartbeat is sent by the station, never by the CSMS.' },
    ]);
    expect(rules(new Talk('2.0.1').csms(2, 'a', 'DataTransfer', {}))).toEqual([]);
    expect(rules(new Talk('2.0.1').station(2, 'a', 'DataTransfer', {}))).toEqual([]);
  });

  it('are sent as the message type that the version says', () => {
    const talk = new Talk('2.1');
    expect(rules(talk.station(2, 'a', 'NotifyPeriodicEventStream', {}))).toEqual(['action.wrong-message-type']);
    expect(rules(talk.station(6, 'b', 'Heartbeat', {}))).toEqual(['action.wrong-message-type']);
    expect(rules(talk.station(6, 'c', 'NotifyPeriodicEventStream', {}))).toEqual([]);
  });
});

describe('SEND and CALLRESULTERROR', () => {
  it('finds an answer to a SEND', () => {
    const talk = new Talk('2.1');
    talk.station(6, 'a', 'NotifyPeriodicEventStream', {});
    const answer = talk.csms(3, 'a', {});
    expect(answer.call).toBe(1);
    expect(rules(answer)).toEqual(['rpc.send-answered']);
    expect(talk.fold.close()).toEqual([]);
  });

  it('pairs a CALLRESULTERROR with the CALL whose CALLRESULT it rejects', () => {
    const talk = new Talk('2.1');
    talk.station(2, 'a', 'Heartbeat', {});
    talk.csms(3, 'a', {});
    talk.now = 12;
    const rejection = talk.station(5, 'a', 'FormatViolation', '', {});
    expect(rejection).toMatchObject({ type: 'CALLRESULTERROR', action: 'Heartbeat', call: 1, latency: 12 });
    expect(rejection.findings).toEqual([]);
    expect(rules(talk.station(5, 'a', 'FormatViolation', '', {}))).toEqual(['rpc.response-duplicate']);
  });

  it('finds a CALLRESULTERROR that rejects no CALLRESULT', () => {
    const talk = new Talk('2.1');
    expect(rules(talk.station(5, 'x', 'FormatViolation', '', {}))).toEqual(['rpc.response-orphan']);
    talk.station(2, 'a', 'Heartbeat', {});
    expect(rules(talk.station(5, 'a', 'FormatViolation', '', {}))).toEqual(['rpc.response-orphan']);
    talk.csms(3, 'a', {});
    expect(rules(talk.csms(5, 'a', 'FormatViolation', '', {}))).toEqual(['rpc.response-orphan']);
  });

  it('knows neither before 2.1', () => {
    for (const version of ['1.6', '2.0.1'] as const) {
      const talk = new Talk(version);
      expect(rules(talk.station(5, 'a', 'FormatViolation', '', {}))).toEqual(['frame.message-type-not-in-version']);
      expect(rules(talk.station(6, 'a', 'NotifyPeriodicEventStream', {}))).toEqual([
        'frame.message-type-not-in-version',
      ]);
    }
  });
});

describe('schemas', () => {
  it('are checked for requests and, by the action of their CALL, for answers', () => {
    const talk = new Talk('2.0.1');
    const call = talk.station(2, 'a', 'Heartbeat', { bad: 1 });
    expect(call.findings).toEqual([
      {
        severity: 'error',
        rule: 'schema.enum',
        requirements: ['part 4, 4.1.7'],
        pointer: '/reason',
        sentence: 'reason is wrong.',
      },
    ]);
    expect(rules(talk.csms(3, 'a', { bad: 2 }))).toEqual(['schema.enum', 'schema.enum']);
  });

  it('are left alone where no version is known, which is said once', () => {
    const talk = new Talk(undefined);
    const first = talk.station(2, 'a', 'Whatever', { bad: 1 });
    expect(first.findings).toMatchObject([{ rule: 'rpc.version-unknown', severity: 'info' }]);
    expect(first.findings[0]?.sentence).toContain('CS-1');
    expect(talk.csms(3, 'a', { bad: 1 })).toMatchObject({ action: 'Whatever', call: 1, findings: [] });
    expect(rules(talk.csms(3, 'a', {}))).toEqual(['rpc.response-duplicate']);
    talk.fold.version = '1.6';
    expect(rules(talk.station(2, 'b', 'Whatever', {}))).toEqual(['action.unknown']);
  });
});

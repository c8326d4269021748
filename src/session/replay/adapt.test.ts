import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import { shiftTimes, TransactionIds } from './adapt.ts';
import { compareAnswers, isDifference } from './verdict.ts';

describe('times', () => {
  it('move wherever they stand, and nothing else does', () => {
    const payload = {
      timestamp: '2026-01-01T10:00:00Z',
      meterValue: [{ timestamp: '2026-01-01T12:00:00.5+02:00', value: 3 }],
      idToken: '20260101',
      vendorId: '2026-01-01 is a date in a text',
    };
    expect(shiftTimes(payload, 60_000)).toEqual({
      timestamp: '2026-01-01T10:01:00.000Z',
      meterValue: [{ timestamp: '2026-01-01T10:01:00.500Z', value: 3 }],
      idToken: '20260101',
      vendorId: '2026-01-01 is a date in a text',
    });
  });

  it('stay where they would leave the calendar', () => {
    const payload = { timestamp: '9999-12-31T23:59:59Z' };
    expect(shiftTimes(payload, 1e18)).toEqual(payload);
  });

  it('leave payloads without any as they are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ maxLength: 5 }), fc.oneof(fc.integer(), fc.boolean())), (payload) => {
        expect(shiftTimes(payload as JsonObject, 1000)).toEqual(payload);
      }),
    );
  });
});

describe('transaction ids', () => {
  it('of 1.6 become those that the live CSMS hands out', () => {
    const ids = new TransactionIds();
    ids.learn({ idTagInfo: {}, transactionId: 4711 }, { transactionId: 9, idTagInfo: {} });
    expect(ids.applyTo({ transactionId: 4711, meterStop: 4711 })).toEqual({ transactionId: 9, meterStop: 4711 });
    expect(ids.applyTo({ transactionId: 1 })).toEqual({ transactionId: 1 });
  });

  it('of a station are made anew, the same one for the same transaction', () => {
    let made = 0;
    const ids = new TransactionIds(() => `new-${++made}`);
    const started = { transactionInfo: { transactionId: 'T1' } };
    expect(ids.applyTo(started)).toEqual({ transactionInfo: { transactionId: 'new-1' } });
    expect(ids.applyTo(started)).toEqual({ transactionInfo: { transactionId: 'new-1' } });
    expect(ids.applyTo({ transactionId: 'T2' })).toEqual({ transactionId: 'new-2' });
  });

  it('are learnt from lists too, and not from what is otherwise shaped', () => {
    const ids = new TransactionIds();
    ids.learn({ list: [{ transactionId: 'a' }, { transactionId: 'b' }] }, { list: [{ transactionId: 'x' }] });
    ids.learn({ transactionId: { nested: 1 } }, { transactionId: 'y' });
    expect(ids.applyTo({ list: [{ transactionId: 'a' }, { transactionId: 'b' }] })).toEqual({
      list: [{ transactionId: 'x' }, { transactionId: 'b' }],
    });
  });
});

describe('verdicts', () => {
  const recorded = {
    entry: 2,
    text: '[3,"a",{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}]',
  };
  const ignore = { ids: true, times: true };

  it('ignore message ids and times', () => {
    const live = '[3,"b",{"status":"Accepted","currentTime":"2026-11-21T10:00:00Z","interval":300}]';
    expect(compareAnswers(recorded, live, ignore)).toEqual({ kind: 'same', ignored: 2 });
    expect(isDifference(compareAnswers(recorded, live, {}))).toBe(true);
  });

  it('say what differs', () => {
    const live = '[3,"b",{"status":"Rejected","currentTime":"2026-11-21T10:00:00Z"}]';
    const verdict = compareAnswers(recorded, live, ignore);
    expect(verdict).toMatchObject({ kind: 'different' });
    expect('sentence' in verdict && verdict.sentence).toBe(
      'status is "Rejected"; it was "Accepted"; interval is missing; it was 300.',
    );
  });

  it('take an error in place of a result for a difference', () => {
    expect(isDifference(compareAnswers(recorded, '[4,"b","InternalError","",{}]', ignore))).toBe(true);
    expect(compareAnswers(null, '[3,"b",{}]', ignore)).toEqual({ kind: 'not-recorded' });
  });

  it('do not fail on what is no message', () => {
    expect(compareAnswers({ entry: 1, text: '[3,"a"' }, '[3,"a"]', ignore)).toMatchObject({ kind: 'different' });
  });
});

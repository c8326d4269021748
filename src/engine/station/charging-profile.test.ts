import { describe, expect, it } from 'vitest';
import { type ChargingProfile, type LimitQuestion, limitNow } from './charging-profile.ts';

const NOON = Date.UTC(2026, 10, 20, 12);
const HOUR = 3_600_000;
const question: LimitQuestion = {
  evse: 1,
  now: NOON,
  transaction: 'T1',
  startedAt: NOON - HOUR,
  phases: 3,
  voltage: 230,
  sharing: 1,
};
const base: ChargingProfile = {
  id: 1,
  evse: 1,
  stackLevel: 0,
  purpose: 'tx-default',
  kind: 'absolute',
  startSchedule: NOON - HOUR,
  unit: 'W',
  periods: [{ start: 0, limit: 5000, phases: 3 }],
  source: {},
};

function limit(profiles: Partial<ChargingProfile>[], asked: Partial<LimitQuestion> = {}): number {
  return limitNow(
    profiles.map((one) => ({ ...base, ...one })),
    { ...question, ...asked },
  );
}

describe('limitNow', () => {
  it('limits nothing without a profile', () => {
    expect(limit([])).toBe(Number.POSITIVE_INFINITY);
  });

  it('lets a TxProfile of this transaction overrule the default, and the station limit hold beside it', () => {
    const tx = { purpose: 'tx', transaction: 'T1', periods: [{ start: 0, limit: 9000, phases: 3 }] } as const;
    expect(limit([{}, tx])).toBe(9000);
    expect(limit([{}, { ...tx, transaction: 'T2' }])).toBe(5000);
    const max = { purpose: 'station-max', evse: 0, periods: [{ start: 0, limit: 8000, phases: 3 }] } as const;
    expect(limit([{}, tx, max])).toBe(8000);
    expect(limit([tx, max], { sharing: 2 })).toBe(4000);
  });

  it('takes the highest stack level that is in force now (K01.FR.17)', () => {
    const higher = { stackLevel: 3, periods: [{ start: 0, limit: 7000, phases: 3 }] };
    expect(limit([{}, higher])).toBe(7000);
    expect(limit([{}, { ...higher, validTo: NOON }])).toBe(5000);
    expect(limit([{}, { ...higher, validFrom: NOON + 1 }])).toBe(5000);
    expect(limit([{}, { ...higher, startSchedule: NOON + 1 }])).toBe(5000);
    expect(limit([{}, { ...higher, duration: 3600 }])).toBe(5000);
  });

  it('prefers what was set for the EVSE to what was set for all', () => {
    const all = { evse: 0, periods: [{ start: 0, limit: 7000, phases: 3 }] };
    expect(limit([{}, all])).toBe(5000);
    expect(limit([all, { evse: 2 }])).toBe(7000);
  });

  it('steps through the periods', () => {
    const periods = [
      { start: 0, limit: 1, phases: 3 },
      { start: 3600, limit: 2, phases: 3 },
      { start: 3601, limit: 3, phases: 3 },
    ];
    expect(limit([{ periods }])).toBe(2);
    expect(limit([{ periods }], { now: NOON - 1 })).toBe(1);
    expect(limit([{ periods }], { now: NOON + HOUR })).toBe(3);
  });

  it('repeats daily and weekly, and counts relative schedules from the release of energy', () => {
    const periods = [{ start: 0, limit: 4000, phases: 3 }];
    expect(limit([{ kind: 'daily', duration: 7200, startSchedule: NOON - 72 * HOUR - HOUR, periods }])).toBe(4000);
    expect(limit([{ kind: 'daily', duration: 1800, startSchedule: NOON - 72 * HOUR - HOUR, periods }])).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(limit([{ kind: 'weekly', duration: 7200, startSchedule: NOON - 168 * HOUR, periods }])).toBe(4000);
    expect(limit([{ kind: 'relative', startSchedule: undefined, duration: 3601, periods }])).toBe(4000);
    expect(limit([{ kind: 'relative', startSchedule: undefined, duration: 3600, periods }])).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it('turns amperes a phase into watts', () => {
    expect(limit([{ unit: 'A', periods: [{ start: 0, limit: 10, phases: 3 }] }])).toBe(6900);
    expect(limit([{ unit: 'A', periods: [{ start: 0, limit: 10, phases: 1 }] }])).toBe(2300);
  });
});

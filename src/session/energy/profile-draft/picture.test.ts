import { expect, it } from 'vitest';
import { absolute, contextWith, profileOf } from '../../../ocpp/schedule/testing/context.ts';
import { type DraftStation, draftPicture } from './picture.ts';

const FROM = Date.parse('2020-01-01T00:00Z');
const HOUR = 3_600_000;
const at = (hour: number) => FROM + hour * HOUR;
const window = { from: FROM, to: at(4), evseId: 1 };

function station(more: Partial<DraftStation> = {}): DraftStation {
  return {
    version: '2.1',
    installed: [
      { ...profileOf(absolute(1, 'ChargingStationMaxProfile', [{ startPeriod: 0, limit: 10_000 }]), 0), source: 12 },
    ],
    context: contextWith({ transaction: undefined }),
    facts: { at: at(1), limits: {}, ongoing: [], electrics: { current: 'AC', voltage: 230 } },
    ...more,
  };
}

it('sets the composite with the draft beside the one of now, and says what decided each piece', () => {
  const profile = absolute(2, 'TxDefaultProfile', [
    { startPeriod: 0, limit: 7000 },
    { startPeriod: 7200, limit: 20_000 },
  ]);
  const picture = draftPicture(station(), { ...window, profile });
  expect(picture.before).toMatchObject({ at: [FROM], limit: [10_000], entry: [12] });
  expect(picture.after).toMatchObject({ at: [FROM, at(2)], limit: [7000, 10_000], entry: [0, 12] });
  expect(picture.after?.decidedBy).toEqual([
    'this draft (TxDefaultProfile, level 0)',
    'profile 1 (ChargingStationMaxProfile, level 0)',
  ]);
  expect(picture.facts.installed).toEqual([expect.objectContaining({ id: 1, source: 12 })]);
  expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
});

it('replaces the profile with the same id', () => {
  const picture = draftPicture(station(), {
    ...window,
    evseId: 0,
    profile: absolute(1, 'ChargingStationMaxProfile', [{ startPeriod: 0, limit: 30_000 }]),
  });
  expect(picture.after?.limit).toEqual([30_000]);
});

it('says why a draft cannot be calculated with, and still shows what is there', () => {
  const picture = draftPicture(station(), {
    ...window,
    profile: absolute(2, 'TxDefaultProfile', [{ startPeriod: 5, limit: 1 }]),
  });
  expect(picture).toMatchObject({ after: null, problem: { code: 'K01.FR.31' }, before: { limit: [10_000] } });
  expect(draftPicture(station(), { ...window, profile: null })).toMatchObject({ after: null, problem: null });
});

it('shows what a draft would do that does not count yet, and says so', () => {
  const tx = draftPicture(station(), {
    ...window,
    profile: absolute(2, 'TxProfile', [{ startPeriod: 0, limit: 3000 }], { transactionId: 'later' }),
  });
  expect(tx.after?.limit).toEqual([3000]);
  expect(tx.assumed).toEqual(['As if a transaction began at the left edge: none goes on.']);
  const priority = draftPicture(station({ context: contextWith() }), {
    ...window,
    profile: absolute(2, 'PriorityCharging', [{ startPeriod: 0, limit: 3000 }]),
  });
  expect(priority.after?.limit).toEqual([3000]);
  expect(priority.assumed).toEqual(['As if priority charging were in use.']);
});

it('never has more steps than it may, nor numbers that JSON lacks', () => {
  const periods = Array.from({ length: 2500 }, (_, index) => ({ startPeriod: index, limit: index % 2 ? 1e308 : 1 }));
  const context = contextWith({ unit: 'W' });
  const profile = absolute(2, 'TxDefaultProfile', periods, {}, { chargingRateUnit: 'A' });
  const picture = draftPicture(station({ installed: [], context }), { ...window, profile });
  expect(picture.cut).toBe(true);
  expect(picture.after?.at).toHaveLength(2000);
  expect(picture.after?.limit.slice(0, 2)).toEqual([690, null]);
});

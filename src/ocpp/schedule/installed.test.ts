import { describe, expect, test } from 'vitest';
import type { OcppVersion } from '../version.ts';
import {
  clear,
  endTransaction,
  type InstalledProfiles,
  install,
  parseClearCriteria,
  updateDynamic,
} from './installed.ts';
import { parseProfile } from './parse-profile.ts';
import { absolute, profileOf } from './testing/context.ts';

const period = { startPeriod: 0, limit: 1 };

function of(version: OcppVersion, id: number, purpose: string, stackLevel: number, evseId = 1) {
  const payload = absolute(id, purpose, [period], { stackLevel }) as { chargingSchedule: readonly object[] };
  if (version !== '1.6') return profileOf(payload as never, evseId, version);
  const { chargingSchedule, ...rest } = payload;
  return profileOf({ ...rest, chargingProfileId: id, chargingSchedule: chargingSchedule[0] } as never, evseId, version);
}

const ids = (installed: InstalledProfiles) => installed.map(({ id }) => id);

describe('install', () => {
  test('replaces the profile of the same id (K01.FR.05)', () => {
    const installed = [of('2.1', 1, 'TxDefaultProfile', 0), of('2.1', 2, 'TxDefaultProfile', 1)];
    expect(install(installed, of('2.1', 1, 'TxProfile', 3)).map(({ id, purpose }) => [id, purpose])).toEqual([
      [2, 'TxDefaultProfile'],
      [1, 'TxProfile'],
    ]);
  });

  test('does not replace an external constraint by a profile of the CSMS (K01.FR.05)', () => {
    const installed = [of('2.1', 1, 'ChargingStationExternalConstraints', 0, 0)];
    expect(install(installed, of('2.1', 1, 'TxProfile', 0))).toHaveLength(2);
  });

  test.each([
    ['1.6', 1, [2]],
    ['1.6', 2, [1, 2]],
    ['2.1', 1, [1, 2]],
  ] as const)('in %s the same level and purpose on connector %d', (version, evseId, expected) => {
    // 1.6: 3.13.2, 5.16.3; a profile of another connector stays (3.13.1).
    const installed = [of(version, 1, 'TxDefaultProfile', 0)];
    expect(ids(install(installed, of(version, 2, 'TxDefaultProfile', 0, evseId)))).toEqual(expected);
  });
});

describe('clear', () => {
  const all = [
    of('2.1', 1, 'TxDefaultProfile', 0),
    of('2.1', 2, 'TxDefaultProfile', 1, 2),
    of('2.1', 3, 'TxProfile', 1),
    of('2.1', 4, 'ChargingStationExternalConstraints', 1, 0),
    of('2.1', 5, 'LocalGeneration', 1, 0),
  ];
  test.each([
    [
      'an id, whatever else is said (K10.FR.03)',
      { chargingProfileId: 1, chargingProfileCriteria: { stackLevel: 9 } },
      [2, 3, 4, 5],
    ],
    ['what matches all criteria (K10.FR.04)', { chargingProfileCriteria: { stackLevel: 1, evseId: 1 } }, [1, 2, 4, 5]],
    ['a purpose', { chargingProfileCriteria: { chargingProfilePurpose: 'TxDefaultProfile' } }, [3, 4, 5]],
    ['nothing from outside, even by id (K10.FR.09)', { chargingProfileId: 4 }, [1, 2, 3, 4, 5]],
    ['everything else', {}, [4, 5]],
  ])('clears %s', (_, payload, expected) => {
    const criteria = parseClearCriteria(payload, '2.1');
    expect(criteria.ok && ids(clear(all, criteria.value))).toEqual(expected);
  });

  test('in 1.6 everything that is given has to match, an id as well (errata 3.25)', () => {
    const old = [of('1.6', 1, 'TxDefaultProfile', 0), of('1.6', 2, 'TxDefaultProfile', 1)];
    const criteria = parseClearCriteria({ id: 1, stackLevel: 1 }, '1.6');
    expect(criteria.ok && ids(clear(old, criteria.value))).toEqual([1, 2]);
    expect(ids(clear(old, {}))).toEqual([]);
  });
});

test('the end of a transaction takes its TxProfiles along', () => {
  const installed = [
    of('2.1', 1, 'TxProfile', 0),
    of('2.1', 2, 'TxProfile', 0, 2),
    of('2.1', 3, 'TxDefaultProfile', 0),
  ];
  expect(ids(endTransaction(installed, 1, 'tx'))).toEqual([2, 3]);
});

describe('updateDynamic', () => {
  const dynamic = profileOf({
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind: 'Dynamic',
    chargingSchedule: [
      { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 5, setpoint: 4 }] },
    ],
  });
  const update = { profileId: 1, scheduleUpdate: { limit: 9 }, at: 77, source: 'update' };

  test('takes the new values, keeps the others and notes when (K28.FR.06, K28.FR.09)', () => {
    const result = updateDynamic([dynamic], update);
    expect(result.ok && result.value[0]).toMatchObject({
      dynUpdateTime: 77,
      source: 'update',
      schedules: [{ periods: [{ values: { limit: 9, setpoint: 4 } }] }],
    });
  });

  test('refuses a profile that is not dynamic (K28.FR.11)', () => {
    const result = updateDynamic([of('2.1', 1, 'TxProfile', 0)], update);
    expect(result).toMatchObject({ ok: false, error: { code: 'K28.FR.11' } });
  });
});

describe('parseProfile', () => {
  const arrival = { version: '2.1', source: 5, evseId: 1, receivedAt: 9 } as const;
  const kind = (chargingProfileKind: string, more = {}, schedule = {}, periods: readonly object[] = [period]) => ({
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind,
    chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: periods, ...schedule }],
    ...more,
  });
  test.each([
    ['K01.FR.40', kind('Absolute')],
    ['K01.FR.41', kind('Relative', {}, { startSchedule: '2020-01-01T00:00Z' })],
    ['K01.FR.31', kind('Relative', {}, {}, [{ startPeriod: 5, limit: 1 }])],
    ['K01.FR.35', kind('Relative', {}, {}, [period, { startPeriod: 5 }, { startPeriod: 4 }])],
    ['K28.FR.01', kind('Dynamic', {}, {}, [period, { startPeriod: 5 }])],
    ['recurrency', kind('Recurring', {}, { startSchedule: '2020-01-01T00:00Z' })],
    ['field', kind('Relative', { validTo: 'tomorrow' })],
    ['field', kind('Relative', { validTo: '2020-13-01T00:00Z' })],
    ['field', kind('Relative', { chargingProfilePurpose: 'ChargePointMaxProfile' })],
    ['field', 'no object'],
  ])('fails with %s', (code, payload) => {
    const result = parseProfile(payload as never, arrival);
    expect(result).toMatchObject({ ok: false, error: { code } });
  });

  test('knows a profile by what carried it, and an update of a dynamic one by when it came (K28.FR.05)', () => {
    expect(parseProfile(kind('Dynamic') as never, arrival)).toMatchObject({
      ok: true,
      value: { source: 5, dynUpdateTime: 9, schedules: [{ periods: [{ operationMode: 'ChargingOnly' }] }] },
    });
  });
});

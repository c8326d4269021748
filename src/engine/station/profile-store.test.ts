import { expect, it } from 'vitest';
import { parseProfile } from '../../ocpp/schedule/parse-profile.ts';
import type { ChargingProfile } from '../../ocpp/schedule/profile.ts';
import { ProfileStore } from './profile-store.ts';

/** A default of transactions whose second period begins up to a hundred seconds late. */
function delayed(store: ProfileStore): ChargingProfile {
  const payload = {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: [
      {
        id: 1,
        chargingRateUnit: 'W',
        randomizedDelay: 100,
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 11_000 },
          { startPeriod: 600, limit: 5000 },
        ],
      },
    ],
  };
  const parsed = parseProfile(payload, { version: '2.1', source: store.newSource(), evseId: 0, receivedAt: 0 });
  if (!parsed.ok) return expect.fail(JSON.stringify(parsed));
  store.install(parsed.value, payload);
  return parsed.value;
}

function counting(): ProfileStore {
  let drawn = 0;
  return new ProfileStore(() => drawn++ / 100);
}

it('draws the delay of a period once for each transaction, and never for the first period (K01.FR.93)', () => {
  const store = counting();
  const profile = delayed(store);
  expect(store.delayOf(profile, 0, 0, 'a')).toBe(0);
  const first = store.delayOf(profile, 0, 1, 'a');
  expect(store.delayOf(profile, 0, 1, 'b')).not.toBe(first);
  expect(store.delayOf(profile, 0, 1, 'a')).toBe(first);
});

it('draws anew for a profile that comes again, and forgets those of a transaction that has ended', () => {
  const store = counting();
  const first = store.delayOf(delayed(store), 0, 1, 'a');
  const again = delayed(store);
  const second = store.delayOf(again, 0, 1, 'a');
  expect(second).not.toBe(first);
  store.endTransaction(1, 'a');
  expect(store.delayOf(again, 0, 1, 'a')).not.toBe(second);
});

import { beforeAll, expect, it } from 'vitest';
import { eventsOf } from '../../../../fixtures/energy/load.ts';
import { OCPP_VERSIONS } from '../../../ocpp/version.ts';
import type { DeviceModel } from '../device-model.ts';
import { SessionEnergy } from '../session-energy.ts';
import { blankDraft } from './draft.ts';
import { draftLimits } from './limits.ts';
import { toPayload } from './payload.ts';
import { type DraftAsked, energyDraft } from './question.ts';

const energy = new SessionEnergy(() => 0);
const AT = Date.UTC(2026, 10, 20, 11);
const ASKED: DraftAsked = {
  station: 'V2X-1',
  version: '2.1',
  evseId: 1,
  shownEvseId: 1,
  profile: null,
  unit: 'W',
  at: AT,
  from: AT,
  to: AT + 3_600_000,
};

beforeAll(() => {
  for (const name of ['v2x-session', 'session-1.6'] as const) for (const event of eventsOf(name)) energy.take(event);
});

it('knows what is installed, and what would come of a draft', () => {
  const draft = blankDraft({ evseId: 1, id: 99, unit: 'W', start: AT, limit: 5000 });
  const { chargingProfile } = toPayload({ ...draft, stackLevel: 5 }, '2.1');
  const picture = energyDraft(energy, { ...ASKED, profile: chargingProfile ?? null });
  expect(picture?.facts.installed.map(({ purpose }) => purpose)).toContain('ChargingStationMaxProfile');
  expect(picture?.after?.limit).toEqual([5000]);
  expect(picture?.before.limit).not.toEqual([5000]);
  expect(picture?.before.entry[0]).toBeGreaterThan(0);
  expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
});

it('tells the limits of the station with the messages that told them', () => {
  const limits = energyDraft(energy, ASKED)?.facts.limits;
  expect(limits?.rateUnits).toMatchObject({
    name: 'SmartChargingCtrlr.RateUnit',
    value: expect.arrayContaining(['W']),
  });
  expect(limits?.rateUnits?.entry).toBeGreaterThan(0);
});

it('knows nothing of a station that said nothing', () => {
  expect(energyDraft(energy, { ...ASKED, station: 'nobody' })).toBeNull();
});

it('reads configuration keys of 1.6 and variables of 2.x, those of the EVSE first', () => {
  const told = (place: string, value: string) => [place, { value, entry: 7, at: 1 }] as const;
  const of = (...all: readonly (readonly [string, { value: string; entry: number; at: number }])[]) => {
    const values = new Map(all);
    const key = ({ component, variable, evseId, variableInstance }: Parameters<DeviceModel['value']>[0]) =>
      [component, variable, evseId, variableInstance].filter((part) => part !== undefined && part !== '').join('.');
    return {
      value: (place: Parameters<DeviceModel['value']>[0]) => values.get(key(place)),
      limits: (place: Parameters<DeviceModel['value']>[0]) =>
        key(place) === 'SmartChargingCtrlr.Entries.ChargingProfiles' ? { max: 12 } : undefined,
    };
  };
  const old = of(
    told('ChargeProfileMaxStackLevel', '8'),
    told('ChargingScheduleAllowedChargingRateUnit', 'Current,Power'),
    told('ChargingScheduleMaxPeriods', 'many'),
    told('ConnectorSwitch3to1PhaseSupported', 'TRUE'),
  );
  expect(draftLimits(old, '1.6', 1)).toEqual({
    stackLevelMax: { value: 8, name: 'ChargeProfileMaxStackLevel', text: '8', entry: 7, at: 1 },
    rateUnits: expect.objectContaining({ value: ['A', 'W'] }),
    phases3to1: expect.objectContaining({ value: true }),
  });
  const next = of(
    told('SmartChargingCtrlr.Entries.ChargingProfiles', '3'),
    told('V2XChargingCtrlr.Enabled', 'false'),
    told('V2XChargingCtrlr.Enabled.2', 'true'),
    told('SmartChargingCtrlr.SupportsFeature.LimitAtSoC', 'true'),
  );
  expect(draftLimits(next, '2.1', 2)).toEqual({
    profilesMax: expect.objectContaining({
      value: 12,
      name: 'SmartChargingCtrlr.Entries[ChargingProfiles] (maxLimit)',
      entry: 7,
    }),
    v2xEnabled: expect.objectContaining({ value: true, name: 'V2XChargingCtrlr of EVSE 2.Enabled' }),
    limitAtSoC: expect.objectContaining({ value: true }),
  });
  for (const version of OCPP_VERSIONS) expect(draftLimits(of(), version, 0).rateUnits).toBeUndefined();
});

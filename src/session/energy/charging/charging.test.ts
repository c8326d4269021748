import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { compositeSchedule } from '../../../ocpp/schedule/composite.ts';
import { calculated } from './calculated.ts';
import { CHARGING_ACTIONS } from './charging.ts';
import { contextOf } from './charging-context.ts';
import { viewOf } from './power-picture.ts';
import { at, iso, Talk } from './testing/talk.ts';

describe('what is installed when', () => {
  it('lets no profile act before it came, nor after it was cleared', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(10, 1, 'TxDefaultProfile', [[0, { limit: 6000 }]]);
    talk.ask(20, 'ClearChargingProfile', { chargingProfileId: 1 });
    expect(talk.line('limit', 0, 30)).toEqual(['0 none', '10 6000', '20 none', '30 none']);
  });

  it('ends a profile when another one with its id takes its place, be that on a lower stack level (K01.FR.05)', () => {
    const talk = new Talk();
    talk.profile(0, 1, 'TxDefaultProfile', [[0, { limit: 1000 }]], { stackLevel: 5 });
    talk.profile(10, 1, 'TxDefaultProfile', [[0, { limit: 2000 }]], { stackLevel: 0 });
    expect(talk.line('limit', 0, 30)).toEqual(['0 1000', '10 2000', '30 2000']);
  });

  it('installs nothing that the station refused, and says so', () => {
    const talk = new Talk();
    talk.begin(0);
    const request = { evseId: 1, chargingProfile: { id: 4, stackLevel: 0 } };
    talk.ask(5, 'SetChargingProfile', request, { status: 'Rejected' });
    expect(talk.line('limit', 0, 30)).toEqual([]);
    expect(talk.remarks().join()).toContain('is not installed: the station answered Rejected');
  });

  it('ends profiles of a transaction with it (2.1: 3.2)', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxProfile', [[0, { limit: 7000 }]]);
    talk.end(15);
    expect(talk.line('limit', 0, 30)).toEqual(['0 7000', '15 none', '30 none']);
  });

  it('gives the profile of a remote start to its transaction (K05, F01)', () => {
    const talk = new Talk();
    const chargingProfile = {
      ...{ id: 7, stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' },
      chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] }],
    };
    talk.ask(0, 'RequestStartTransaction', { remoteStartId: 42, evseId: 1, chargingProfile });
    talk.begin(2, 'other');
    talk.end(4, 'other');
    expect(talk.remarks(0, 4).join()).toContain('waits');
    talk.begin(5, 'tx', { remoteStartId: 42 });
    expect(talk.line('limit', 0, 10, 'A')).toEqual(['0 none', '5 10', '10 10']);
  });

  it('takes the values of an update for a dynamic profile (K28.FR.06)', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 3, 'TxProfile', [[0, { limit: 8000 }]], { chargingProfileKind: 'Dynamic' });
    const entry = talk.ask(10, 'UpdateDynamicSchedule', { chargingProfileId: 3, scheduleUpdate: { limit: 5000 } });
    expect(talk.line('limit', 0, 20)).toEqual(['0 8000', '10 5000', '20 5000']);
    expect(talk.picture(0, 20).lines[0]?.entry[1]).toBe(entry);
  });

  it('adds local generation on top while it is told (K27, example 1)', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxDefaultProfile', [[0, { limit: 5000 }]]);
    const chargingLimit = { chargingLimitSource: 'EMS', isLocalGeneration: true };
    const schedule = (limit: number) => [
      { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
    ];
    talk.tell(10, 'NotifyChargingLimit', { evseId: 1, chargingLimit, chargingSchedule: schedule(2000) });
    talk.tell(20, 'NotifyChargingLimit', { evseId: 1, chargingLimit, chargingSchedule: schedule(1000) });
    expect(talk.line('limit', 0, 30)).toEqual(['0 5000', '10 7000', '20 6000', '30 6000']);
  });

  it('limits by what others say until they release it (K11, K13)', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxDefaultProfile', [[0, { limit: 11000 }]]);
    const chargingSchedule = [
      { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 4000 }] },
    ];
    talk.tell(10, 'NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'SO' }, chargingSchedule });
    talk.tell(20, 'ClearedChargingLimit', { chargingLimitSource: 'SO' });
    expect(talk.line('limit', 0, 30)).toEqual(['0 11000', '10 4000', '20 11000', '30 11000']);
  });

  it('lets nothing exceed any limit of several others, whoever said it last (K11.FR.01)', () => {
    const talk = new Talk();
    talk.begin(0);
    const limit = (minute: number, chargingLimitSource: string, watts: number) => {
      const period = { startPeriod: 0, limit: watts };
      const chargingSchedule = [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [period] }];
      talk.tell(minute, 'NotifyChargingLimit', { chargingLimit: { chargingLimitSource }, chargingSchedule });
    };
    limit(5, 'EMS', 4000);
    limit(10, 'SO', 9000);
    limit(15, 'SO', 3000);
    talk.tell(20, 'ClearedChargingLimit', { chargingLimitSource: 'SO' });
    talk.tell(25, 'ClearedChargingLimit', { chargingLimitSource: 'EMS' });
    const steps = talk.line('limit', 0, 30);
    expect(steps).toEqual(['0 none', '5 4000', '15 3000', '20 4000', '25 none', '30 none']);
  });

  it('lets priority charging overrule the others as long as it is in use (K21)', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxProfile', [[0, { limit: 3000 }]]);
    talk.profile(0, 2, 'PriorityCharging', [[0, { limit: 22000 }]], { evseId: 0 });
    talk.ask(10, 'UsePriorityCharging', { transactionId: 'tx', activate: true });
    talk.tell(20, 'NotifyPriorityCharging', { transactionId: 'tx', activated: false });
    expect(talk.line('limit', 0, 30)).toEqual(['0 3000', '10 22000', '20 3000', '30 3000']);
  });

  it('says what a report of the station has that nobody sent, and takes it from then on', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxDefaultProfile', [[0, { limit: 9000 }]]);
    talk.ask(10, 'GetChargingProfiles', { requestId: 1, chargingProfile: {} });
    const chargingSchedule = [
      {
        id: 1,
        startSchedule: iso(0),
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 2000 }],
      },
    ];
    const kind = { chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' };
    const chargingProfile = [{ id: 99, stackLevel: 3, ...kind, chargingSchedule }];
    talk.tell(11, 'ReportChargingProfiles', { requestId: 1, chargingLimitSource: 'CSO', evseId: 1, chargingProfile });
    expect(talk.line('limit', 0, 30)).toEqual(['0 9000', '11 2000', '30 2000']);
    const remarks = talk.remarks().join('\n');
    expect(remarks).toContain('Profile 99 is on the station, but no message of this session brought it');
    expect(remarks).toContain('Profile 1 was accepted, but is not among what the station reports to have');
  });

  it('keeps profiles of 1.6 on a connector, and replaces the same level and purpose (3.13.2)', () => {
    const talk = new Talk('1.6');
    const profile = (minute: number, id: number, limit: number) =>
      talk.ask(minute, 'SetChargingProfile', {
        connectorId: 1,
        csChargingProfiles: {
          ...{ chargingProfileId: id, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile' },
          chargingProfileKind: 'Absolute',
          chargingSchedule: {
            startSchedule: iso(0),
            ...{ chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
          },
        },
      });
    profile(0, 1, 16);
    profile(10, 2, 8);
    expect(talk.line('limit', 0, 20, 'A')).toEqual(['0 16', '10 8', '20 8']);
    expect(talk.line('limit', 0, 20, 'W')).toEqual(['0 11040', '10 5520', '20 5520']);
  });
});

describe('why', () => {
  it('names what decides, what gives way and what is measured', () => {
    const talk = new Talk();
    talk.profile(0, 1, 'ChargingStationMaxProfile', [[0, { limit: 22000 }]], { evseId: 0 });
    talk.profile(0, 2, 'TxDefaultProfile', [[0, { limit: 10 }]], { unit: 'A' });
    talk.begin(1);
    talk.profile(2, 3, 'TxProfile', [[0, { limit: 16 }]], { stackLevel: 1, unit: 'A' });
    const sampledValue = [{ value: 7400, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W' } }];
    talk.tell(5, 'MeterValues', { evseId: 1, meterValue: [{ timestamp: iso(5), sampledValue }] });
    const why = talk.why(6);
    expect(why).toContain(
      "11.0 kW is offered because profile 3 (TxProfile, stack level 1) says 16 A on 3 phases, below the station's maximum of 22.0 kW (profile 1).",
    );
    expect(why).toContain(
      'Profile 2 (TxDefaultProfile, stack level 0), which says 10 A, gives way: TxProfile overrules it (profile 3).',
    );
    expect(why).toContain('Measured 7.4 kW at 2026-05-04T12:05:00.000Z: the EV takes less than offered.');
  });
});

it('tells the next change by what was known at the instant, not by what came later', () => {
  const talk = new Talk();
  talk.begin(0);
  talk.profile(0, 1, 'TxDefaultProfile', [
    [0, { limit: 9000 }],
    [30, { limit: 6000 }],
  ]);
  talk.profile(20, 2, 'TxProfile', [[0, { limit: 3000 }]]);
  expect(talk.why(10)).toContain('The next change is at 2026-05-04T12:30:00.000Z: the limit becomes 6.0 kW.');
});

describe('composite schedules as reported', () => {
  it('names the profile that a station seems not to apply', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxDefaultProfile', [[0, { limit: 16000 }]]);
    talk.profile(0, 7, 'TxProfile', [[0, { limit: 10000 }]], { stackLevel: 2 });
    talk.composite(5, [[0, { limit: 16000 }]]);
    expect(talk.differences(0, 60)).toEqual([
      'reported 16000 W, calculated 10000 W from 2026-05-04T12:05:00.000Z to 2026-05-04T13:05:00.000Z: profile 7 (TxProfile, stack level 2) seems not to be applied.',
    ]);
  });

  it('compares with what was installed when it was asked for, not with what came later', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxDefaultProfile', [[0, { limit: 16000 }]]);
    talk.composite(5, [[0, { limit: 16000 }]]);
    talk.profile(6, 7, 'TxProfile', [[0, { limit: 10000 }]]);
    expect(talk.differences(0, 60)).toEqual([]);
  });

  it('takes rounding to the digits of the version for no difference', () => {
    const talk = new Talk();
    talk.begin(0);
    talk.profile(0, 1, 'TxDefaultProfile', [[0, { limit: 10000 }]]);
    talk.composite(5, [[0, { limit: 14.492 }]], 'A');
    expect(talk.differences(0, 60)).toEqual([]);
    talk.composite(6, [[0, { limit: 14.5 }]], 'A');
    expect(talk.differences(0, 60)).toHaveLength(1);
  });
});

it('is at every instant the composite schedule of what is installed then', () => {
  const change = fc.record({
    minute: fc.integer({ min: 0, max: 50 }),
    id: fc.integer({ min: 1, max: 4 }),
    purpose: fc.constantFrom('TxDefaultProfile', 'TxProfile', 'ChargingStationMaxProfile'),
    stackLevel: fc.integer({ min: 0, max: 2 }),
    limit: fc.constantFrom(0, 3000, 7000, 11000),
    clears: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), fc.integer({ min: 0, max: 59 }), (changes, minute) => {
      const talk = new Talk();
      talk.begin(0);
      for (const { minute: when, id, purpose, stackLevel, limit, clears } of changes.sort(
        (a, b) => a.minute - b.minute,
      )) {
        if (clears) talk.ask(when, 'ClearChargingProfile', { chargingProfileId: id });
        else {
          const evseId = purpose === 'ChargingStationMaxProfile' ? 0 : 1;
          talk.profile(
            when,
            id,
            purpose,
            [
              [0, { limit }],
              [30, { limit: limit / 2 }],
            ],
            { stackLevel, evseId },
          );
        }
      }
      const station = talk.energy.station('CS');
      if (!station) throw new Error('The station said something.');
      const view = viewOf(station, { evseId: 1, unit: 'W', from: at(0), to: at(60) });
      const piece = calculated(view, { from: at(0), to: at(60) }).find(
        (each) => each.from <= at(minute) && at(minute) < each.to,
      );
      const installed = view.charging.history.at(at(minute));
      const span = { from: at(minute), to: at(minute) + 1 };
      const [now] = compositeSchedule(
        installed.map(({ profile }) => profile),
        contextOf(view, installed, span),
        span.from,
        span.to,
      );
      expect(piece?.values.limit?.value).toBe(now?.values.limit?.value);
      expect(piece?.values.limit?.decidedBy.profile).toBe(now?.values.limit?.decidedBy.profile);
    }),
    { numRuns: 60 },
  );
});

it('calculates the end of a range that is too long, as of a station that names the year 9999, and says so', () => {
  const talk = new Talk();
  talk.profile(
    0,
    1,
    'TxDefaultProfile',
    [
      [0, { limit: 1000 }],
      [60, { limit: 2000 }],
    ],
    {
      ...{ chargingProfileKind: 'Recurring', recurrencyKind: 'Daily' },
    },
  );
  const century = 100 * 365.25 * 1440;
  const picture = talk.picture(0, 80 * century);
  const limit = picture.lines.find(({ id }) => id === 'limit');
  expect(limit?.at[0]).toBeGreaterThan(at(79 * century));
  expect(limit?.at.at(-1)).toBe(at(80 * century));
  expect(picture.remarks.map(({ kind }) => kind)).toContain('cut');
  // A few years are nothing special.
  expect(talk.picture(0, century / 10).remarks.map(({ kind }) => kind)).not.toContain('cut');
});

it('throws at nothing that a peer sends', () => {
  const names = [
    'evseId',
    'chargingProfile',
    'chargingLimit',
    'chargingSchedule',
    'transactionInfo',
    'schedule',
    'requestId',
    'status',
  ];
  const json = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
  const exchange = fc.tuple(fc.constantFrom(...CHARGING_ACTIONS), json, json, fc.boolean());
  fc.assert(
    fc.property(fc.array(exchange, { maxLength: 8 }), (exchanges) => {
      const talk = new Talk();
      talk.begin(0);
      for (const [action, request, response, fromStation] of exchanges) {
        if (fromStation) talk.tell(1, action, request as JsonObject, response as JsonObject);
        else talk.ask(1, action, request as JsonObject, response as JsonObject);
      }
      talk.picture(0, 10);
      talk.why(5);
    }),
    { numRuns: 40 },
  );
});

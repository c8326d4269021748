import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createInterpretingValidator } from '../../../ocpp/interpreting-validator.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import { KINDS, OPERATION_MODES, PURPOSES, VALUE_NAMES } from '../../../ocpp/schedule/profile.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../../ocpp/version.ts';
import { blankDraft } from './draft.ts';
import { edited } from './edits.ts';
import { fromPayload, lacking, toPayload } from './payload.ts';

const BLANK = blankDraft({ evseId: 1, id: 7, unit: 'A', start: Date.UTC(2026, 10, 21, 8), limit: 16 });

const time = fc.constantFrom('2026-11-21T08:00:00Z', '2026-11-21T09:00:00.120+01:00', 'not a time');
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const wrong = fc.constantFrom<unknown>(null, 'text', [1], { customData: { vendorId: 'x' } });
const odd = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: some(arbitrary) }, { weight: 1, arbitrary: wrong });
const number = fc
  .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
  .filter((value) => !Object.is(value, -0));
const points = (axis: string) =>
  fc.array(fc.record({ [axis]: number, power: number, customData: some(fc.constant({ vendorId: 'x' })) }));
const extra = {
  customData: some(fc.constant({ vendorId: 'v', more: [1, { a: null }] })),
  unknownField: some(fc.anything({ maxDepth: 0 })),
};

function periodOf(version: OcppVersion) {
  return fc.record({
    startPeriod: fc.integer({ min: 0, max: 100_000 }),
    limit: odd(number),
    numberPhases: odd(fc.integer({ min: 0, max: 3 })),
    phaseToUse: odd(fc.integer({ min: 0, max: 3 })),
    ...(version === '2.1'
      ? Object.fromEntries(VALUE_NAMES.map((name) => [name, odd(number)]))
      : { setpoint: some(number) }),
    operationMode: odd(fc.constantFrom(...OPERATION_MODES)),
    evseSleep: odd(fc.boolean()),
    preconditioningRequest: odd(fc.boolean()),
    v2xBaseline: odd(number),
    v2xFreqWattCurve: odd(points('frequency')),
    v2xSignalWattCurve: odd(points('signal')),
    ...extra,
  });
}

function scheduleOf(version: OcppVersion) {
  return fc.record({
    id: odd(fc.integer()),
    startSchedule: odd(time),
    duration: odd(fc.integer()),
    chargingRateUnit: fc.constantFrom('A', 'W'),
    minChargingRate: odd(number),
    useLocalTime: odd(fc.boolean()),
    randomizedDelay: odd(fc.integer()),
    limitAtSoC: odd(fc.record({ soc: fc.integer(), limit: number, customData: some(fc.constant({ vendorId: 'x' })) })),
    salesTariff: some(fc.constant({ id: 1, salesTariffEntry: [] })),
    chargingSchedulePeriod: fc.array(periodOf(version), { minLength: 1, maxLength: 3 }),
    ...extra,
  });
}

/** Any request that can be drawn, sound or not. */
function requestOf(version: OcppVersion): fc.Arbitrary<JsonObject> {
  const is16 = version === '1.6';
  const purposes = is16 ? ['ChargePointMaxProfile', 'TxDefaultProfile', 'TxProfile'] : (PURPOSES as readonly string[]);
  const profile = fc.record({
    [is16 ? 'chargingProfileId' : 'id']: fc.integer(),
    stackLevel: fc.integer(),
    chargingProfilePurpose: fc.constantFrom(...purposes),
    chargingProfileKind: fc.constantFrom(...KINDS),
    recurrencyKind: odd(fc.constantFrom('Daily', 'Weekly')),
    transactionId: odd(fc.oneof(fc.integer(), fc.constantFrom('7', 'tx-1'))),
    validFrom: odd(time),
    validTo: odd(time),
    maxOfflineDuration: odd(fc.integer()),
    invalidAfterOfflineDuration: odd(fc.boolean()),
    dynUpdateInterval: odd(fc.integer()),
    dynUpdateTime: odd(time),
    priceScheduleSignature: some(fc.constant('sig')),
    chargingSchedule: is16 ? scheduleOf(version) : fc.array(scheduleOf(version), { minLength: 1, maxLength: 3 }),
    ...extra,
  });
  return fc
    .record({
      [is16 ? 'connectorId' : 'evseId']: fc.nat(10),
      [is16 ? 'csChargingProfiles' : 'chargingProfile']: profile,
      ...extra,
    })
    .map((request) => JSON.parse(JSON.stringify(request)) as JsonObject);
}

for (const version of OCPP_VERSIONS) {
  it(`keeps everything of a request of ${version} through a draft`, () => {
    fc.assert(
      fc.property(requestOf(version), (request) => {
        const draft = fromPayload(request, version);
        if (!draft.ok) throw new Error(draft.error.sentence);
        expect(toPayload(draft.value, version)).toEqual(request);
      }),
      { numRuns: 150 },
    );
  });

  it(`makes of a new draft what the schema of ${version} accepts`, () => {
    const validator = createInterpretingValidator();
    expect(validator.validate(version, 'SetChargingProfile', 'request', toPayload(BLANK, version))).toEqual([]);
  });
}

it('names the fields as each version does', () => {
  const max = edited(BLANK, { kind: 'profile', change: { purpose: 'ChargingStationMaxProfile', transactionId: '12' } });
  expect(toPayload(max, '1.6')).toMatchObject({
    connectorId: 1,
    csChargingProfiles: {
      chargingProfileId: 7,
      transactionId: 12,
      chargingProfilePurpose: 'ChargePointMaxProfile',
      chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
    },
  });
  expect(toPayload(max, '2.1')).toMatchObject({
    evseId: 1,
    chargingProfile: {
      id: 7,
      transactionId: '12',
      chargingProfilePurpose: 'ChargingStationMaxProfile',
      chargingSchedule: [{ id: 1 }],
    },
  });
});

it('says what a version has no field for, and leaves it out of its request', () => {
  const v2x = [
    { kind: 'mode', schedule: 0, index: 0, to: 'CentralSetpoint', version: '2.1' } as const,
    { kind: 'value', schedule: 0, index: 0, name: 'dischargeLimit', value: -10 } as const,
    { kind: 'schedule', schedule: 0, change: { useLocalTime: true } } as const,
  ].reduce(edited, BLANK);
  expect(lacking(v2x, '2.1')).toEqual([]);
  expect(lacking(v2x, '1.6')).toEqual(['useLocalTime', 'operationMode', 'dischargeLimit', 'setpoint']);
  expect(JSON.stringify(toPayload(v2x, '2.0.1'))).not.toMatch(/operationMode|dischargeLimit|useLocalTime/);
});

it.each([
  [null, 'The request is no object.'],
  [{ evseId: 1 }, 'The request has no chargingProfile.'],
  [{ chargingProfile: {} }, 'The request does not say for which EVSE it is.'],
  [{ evseId: 1, chargingProfile: { id: 1 } }, /lacks its id, stack level, purpose or kind/],
  [
    {
      evseId: 1,
      chargingProfile: { id: 1, stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' },
    },
    /no schedule with periods/,
  ],
])('says why %j cannot be drawn', (payload, sentence) => {
  const read = fromPayload(payload as JsonObject, '2.1');
  expect(read.ok ? '' : read.error.sentence).toMatch(sentence);
});

import { describe, expect, it } from 'vitest';
import { OCPP_VERSIONS, type OcppVersion } from '../../../ocpp/version.ts';
import { blankDraft, type PeriodDraft, type ProfileDraft, type ScheduleDraft } from './draft.ts';
import { edited } from './edits.ts';
import type { DraftFacts, InstalledSummary } from './facts.ts';
import { draftFindings } from './findings.ts';
import type { DraftLimits, Told } from './limits.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const BLANK = blankDraft({ evseId: 1, id: 50, unit: 'A', start: NOW, limit: 16 });
const [SCHEDULE] = BLANK.schedules as readonly [ScheduleDraft];
const [PERIOD] = SCHEDULE.periods as readonly [PeriodDraft];
const profile = (more: Partial<ProfileDraft>): ProfileDraft => ({ ...BLANK, ...more });
const schedule = (more: Partial<ScheduleDraft>, of: Partial<ProfileDraft> = {}) =>
  profile({ ...of, schedules: [{ ...SCHEDULE, ...more }] });
const periods = (list: readonly Partial<PeriodDraft>[], of: Partial<ScheduleDraft> = {}) =>
  schedule({ ...of, periods: list.map((more, index) => ({ ...PERIOD, startPeriod: index * 60, ...more })) });
const told = <T>(value: T): Told<T> => ({ value, name: 'Variable', text: String(value), entry: 9, at: NOW });
const tx = { id: 'tx', evseId: 1, startedAt: NOW };

function installed(more: Partial<InstalledSummary>): InstalledSummary {
  return {
    version: '2.1',
    source: 33,
    evseId: 1,
    receivedAt: 0,
    id: 1,
    stackLevel: 0,
    purpose: 'TxDefaultProfile',
    kind: 'Absolute',
    invalidAfterOfflineDuration: false,
    ...more,
  };
}

function facts(more: Partial<DraftFacts> = {}, limits: DraftLimits = {}): DraftFacts {
  return { at: NOW, limits, installed: [], ongoing: [], electrics: { current: 'AC', voltage: 230 }, ...more };
}

function found(draft: ProfileDraft, of: DraftFacts = facts(), version: OcppVersion = '2.1') {
  return draftFindings({ draft, version, facts: of });
}

it.each(OCPP_VERSIONS)('finds nothing in a plain default profile of %s', (version) => {
  expect(
    found(BLANK, facts({}, { stackLevelMax: told(0), periodsMax: told(1), profilesMax: told(1) }), version),
  ).toEqual([]);
});

const v2x = periods([{ operationMode: 'CentralSetpoint', values: { setpoint: 5, limit: 10, dischargeLimit: -10 } }]);

/** What breaks a rule, the rule, its requirement, and the version where it is not 2.1. */
const BREACHES: readonly (readonly [string, ProfileDraft, DraftFacts, OcppVersion?])[] = [
  ['K01.FR.03', profile({ purpose: 'TxProfile' }), facts({ ongoing: [tx] })],
  ['K01.FR.09', profile({ purpose: 'TxProfile', transactionId: 'tx' }), facts()],
  ['3.13.1', profile({ purpose: 'TxProfile' }), facts(), '1.6'],
  ['K01.FR.33', profile({ purpose: 'TxProfile', transactionId: 'old' }), facts({ ongoing: [tx] })],
  ['K01.FR.16', profile({ purpose: 'TxProfile', transactionId: 'tx', evseId: 0 }), facts({ ongoing: [tx] })],
  ['ChargingProfileType', profile({ transactionId: 'tx' }), facts()],
  ['K01.FR.22', profile({ purpose: 'ChargingStationExternalConstraints' }), facts()],
  ['K04.FR.03', profile({ purpose: 'ChargingStationMaxProfile' }), facts()],
  [
    'K01.FR.38',
    schedule({ startSchedule: undefined }, { purpose: 'ChargingStationMaxProfile', evseId: 0, kind: 'Relative' }),
    facts(),
  ],
  ['K01.FR.40', schedule({ startSchedule: undefined }), facts()],
  ['7.13', schedule({ startSchedule: undefined }), facts(), '1.6'],
  ['K01.FR.41', profile({ kind: 'Relative' }), facts()],
  ['ChargingProfileType', profile({ kind: 'Recurring' }), facts()],
  ['K01.FR.37', profile({ validFrom: '2026-11-21T12:00:00Z', validTo: '2026-11-21T11:00:00Z' }), facts()],
  ['K01.FR.06', BLANK, facts({ installed: [installed({})] })],
  ['3.13.2', BLANK, facts({ installed: [installed({})] }), '1.6'],
  ['K01.FR.52', profile({ evseId: 0 }), facts({ installed: [installed({})] })],
  ['K01.FR.53', BLANK, facts({ installed: [installed({ evseId: 0 })] })],
  [
    'K01.FR.39',
    profile({ purpose: 'TxProfile', transactionId: 'tx' }),
    facts({ ongoing: [tx], installed: [installed({ purpose: 'TxProfile', transactionId: 'tx' })] }),
  ],
  ['K01.FR.05', BLANK, facts({ installed: [installed({ id: 50, stackLevel: 3 })] })],
  ['K01.FR.34', profile({ schedules: [SCHEDULE, SCHEDULE] }), facts()],
  ['K01.FR.31', periods([{ startPeriod: 4 }]), facts()],
  ['errata 3.45', periods([{ startPeriod: 4 }]), facts(), '1.6'],
  ['K01.FR.35', periods([{}, { startPeriod: 0 }]), facts()],
  ['K01.FR.11', periods([{}, {}], { duration: 60 }), facts()],
  ['K01.FR.19', periods([{ numberPhases: 3, phaseToUse: 1 }]), facts({}, { phaseSwitching: told(true) })],
  ['K01.FR.20', periods([{ numberPhases: 1, phaseToUse: 1 }]), facts()],
  ['K01.FR.44', periods([{ numberPhases: 1 }]), facts({ electrics: { current: 'DC', voltage: 400 } })],
  [
    'K28.FR.01',
    { ...periods([{}, {}], { startSchedule: undefined }), kind: 'Dynamic' },
    facts({}, { dynamicProfiles: told(true) }),
  ],
  ['K01.FR.122', profile({ dynUpdateInterval: 5 }), facts()],
  [
    'K01.FR.70',
    schedule({ duration: 60 }, { purpose: 'PriorityCharging' }),
    facts({}, { additionalPurposes: told(['PriorityCharging']) }),
  ],
  ['K01.FR.71', { ...v2x, purpose: 'PriorityCharging' }, facts({}, { additionalPurposes: told(['PriorityCharging']) })],
  [
    'Q08.FR.01',
    periods([{ operationMode: 'LocalFrequency', v2xBaseline: 0, v2xFreqWattCurve: [{}, {}] }], { unit: 'W' }),
    facts(),
  ],
  ['Q08.FR.03', periods([{ operationMode: 'LocalFrequency', values: {} }], { unit: 'W' }), facts()],
  [
    'Q08.FR.05',
    periods([{ operationMode: 'LocalFrequency', values: {}, v2xBaseline: 0, v2xFreqWattCurve: [{}, {}] }]),
    facts(),
  ],
  ['Q10.FR.02', periods([{ operationMode: 'Idle' }]), facts()],
  ['block Q, "Limits and setpoints per operation mode"', periods([{ values: {} }]), facts()],
  ['ChargingSchedulePeriod', periods([{ values: {} }]), facts(), '2.0.1'],
  ['V2X.05', periods([{ operationMode: 'CentralSetpoint', values: { setpoint: -11, dischargeLimit: -10 } }]), facts()],
  ['K01.FR.29', BLANK, facts({}, { smartCharging: told(false) })],
  ['9.4.1', profile({ stackLevel: 3 }), facts({}, { stackLevelMax: told(2) }), '1.6'],
  ['Variable', profile({ stackLevel: 3 }), facts({}, { stackLevelMax: told(2) })],
  ['K01.FR.26', BLANK, facts({}, { rateUnits: told(['W'] as const) })],
  ['9.4.3', periods([{}, {}]), facts({}, { periodsMax: told(1) }), '1.6'],
  ['9.4.5', BLANK, facts({ installed: [installed({ stackLevel: 4 })] }, { profilesMax: told(1) }), '1.6'],
  ['9.4.4', periods([{ numberPhases: 1 }, {}]), facts({}, { phases3to1: told(false) }), '1.6'],
  [
    'K01.FR.95',
    schedule({ randomizedDelay: 5 }, { purpose: 'ChargingStationMaxProfile', evseId: 0 }),
    facts({}, { randomizedDelay: told(true) }),
  ],
  ['K01.FR.120', profile({ purpose: 'PriorityCharging' }), facts()],
  ['K01.FR.121', profile({ kind: 'Dynamic' }), facts()],
  ['K01.FR.123', schedule({ useLocalTime: true }), facts({}, { localTime: told(false) })],
  ['K01.FR.124', schedule({ randomizedDelay: 60 }), facts()],
  ['K01.FR.125', schedule({ limitAtSoC: { soc: 80, limit: 6 } }), facts()],
  ['K01.FR.126', periods([{ operationMode: 'Idle', values: {}, evseSleep: true }]), facts()],
  ['Variable', v2x, facts({}, { operationModes: told(['ChargingOnly']) })],
  ['Variable', v2x, facts({}, { v2xEnabled: told(false) })],
  [
    'Q09.FR.01',
    periods([{ operationMode: 'LocalLoadBalancing', values: {} }]),
    facts({}, { operationModes: told(['Idle']) }),
  ],
  ['K01.FR.80', profile({ id: 100 }), facts({}, { maxExternalConstraintsId: told(1000) })],
];

describe('finds what breaks', () => {
  it.each(BREACHES.map((breach, index) => [index, ...breach] as const))(
    '%i: %s',
    (_, requirement, draft, of, version = '2.1') => {
      const [first, ...more] = found(draft, of, version);
      expect(first?.requirements).toContain(requirement);
      expect(first?.sentence).toMatch(/^\S.*\.$/);
      expect(more).toEqual([]);
    },
  );
});

it('offers remedies after which the rule is kept', () => {
  let tried = 0;
  for (const [, draft, of, version = '2.1'] of BREACHES) {
    for (const { rule, remedy } of found(draft, of, version)) {
      if (!remedy) continue;
      tried++;
      const better = remedy.edits.reduce(edited, draft);
      expect(found(better, of, version).map((each) => each.rule)).not.toContain(rule);
    }
  }
  expect(tried).toBeGreaterThan(15);
});

it('names the message that told a limit, and says which fields a version lacks', () => {
  expect(found(profile({ stackLevel: 3 }), facts({}, { stackLevelMax: told(2) }))[0]).toMatchObject({
    entry: 9,
    sentence: 'Stack level 3 is above 2, the highest that the station takes. Variable is 2.',
  });
  expect(found(v2x, facts(), '2.0.1').map(({ sentence }) => sentence)).toContain(
    'OCPP 2.0.1 has no dischargeLimit: it is not in the message.',
  );
});

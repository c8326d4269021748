import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../ocpp/json.ts';
import { blankDraft, type ProfileDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { DraftFacts } from '../../../../session/energy/profile-draft/facts.ts';
import { toPayload } from '../../../../session/energy/profile-draft/payload.ts';
import { anchorOf, leftOf, spanOf } from './anchor.ts';
import { draftOfInstalled, newDraft } from './beginnings.ts';
import { curveText, parsedCurve } from './curve-text.ts';
import { levelText, offsetText, otherUnitText, parsedOffset, wallDate, wallText } from './plot-words.ts';
import { sendObstacle } from './send-profile.ts';
import { answerWords } from './sending.tsx';

const HOUR = 3_600_000;
const START = Date.UTC(2026, 10, 21, 8);
const BLANK = blankDraft({ evseId: 1, id: 1, unit: 'W', start: START, limit: 11_000 });
const withSchedule = (more: object, of: Partial<ProfileDraft> = {}): ProfileDraft => ({
  ...BLANK,
  ...of,
  schedules: BLANK.schedules.map((schedule) => ({ ...schedule, ...more })),
});

it('writes and reads times from the start', () => {
  for (const seconds of [0, 59, 60, 3600, 5405, 93_600]) expect(parsedOffset(offsetText(seconds))).toBe(seconds);
  expect(['90 min', '2 h', '45 s', '45', '1 d', '1:75', 'x', ''].map(parsedOffset)).toEqual([
    5400,
    7200,
    45,
    45,
    86_400,
    undefined,
    undefined,
    undefined,
  ]);
});

it('shows the clock of the station', () => {
  expect([wallText(START, HOUR), wallText(START + 5000, 0), wallDate(START, 17 * HOUR)]).toEqual([
    '09:00',
    '08:00:05',
    'Sun 22 Nov',
  ]);
  expect(wallText(Number.NaN, 0)).toBe('');
});

it('writes levels as finely as they are drawn', () => {
  expect([levelText(16, 'A'), levelText(-0.25, 'A'), levelText(11_040, 'W'), levelText(-7000, 'W')]).toEqual([
    '16.0 A',
    '−0.25 A',
    '11.04 kW',
    '−7.0 kW',
  ]);
  expect(otherUnitText(16, 'A', 3, { current: 'AC', voltage: 230 })).toBe('≈ 11.04 kW (3\u00a0×\u00a0230\u00a0V)');
  expect(otherUnitText(4000, 'W', 3, { current: 'DC', voltage: 400 })).toBe('≈ 10.0 A (400\u00a0V\u00a0DC)');
});

it('keeps what a point of a curve had besides', () => {
  const points = [{ frequency: 49.8, power: -10, customData: { vendorId: 'x' } }];
  expect(curveText(points, 'frequency')).toBe('49.8: -10');
  expect(parsedCurve('49.8: 5, 50.2: −7', 'frequency', points)).toEqual([
    { frequency: 49.8, power: 5, customData: { vendorId: 'x' } },
    { frequency: 50.2, power: -7 },
  ]);
  expect(parsedCurve('49.8', 'frequency', points)).toBeNull();
  expect(parsedCurve(' ', 'frequency', points)).toEqual([]);
});

it('knows where a schedule of each kind begins', () => {
  const at = START + 30 * HOUR;
  const of = (draft: ProfileDraft, ongoing: DraftFacts['ongoing'] = []) =>
    anchorOf(draft, 0, { at, offset: HOUR, ongoing });
  expect(of(BLANK)).toBe(START);
  expect(of(withSchedule({ useLocalTime: true }))).toBe(START - HOUR);
  expect(of({ ...BLANK, kind: 'Recurring', recurrency: 'Daily' })).toBe(START + 24 * HOUR);
  expect(of({ ...BLANK, kind: 'Dynamic' })).toBe(at);
  expect(of({ ...BLANK, kind: 'Relative' })).toBe(at);
  expect(of({ ...BLANK, kind: 'Relative' }, [{ id: 'tx', evseId: 1, startedAt: START }])).toBe(START);
  expect(of(withSchedule({ startSchedule: 'soon' }))).toBe(at);
});

it('shows all of a schedule, and of one that began long ago what is around now', () => {
  expect(spanOf(BLANK, 0)).toBe(4 * 3600);
  expect(spanOf({ ...BLANK, kind: 'Recurring', recurrency: 'Weekly' }, 0)).toBe(7 * 86_400);
  expect(spanOf(withSchedule({ duration: 10_000 }), 0)).toBe(10_800);
  const left = (hours: number) => leftOf(BLANK, 0, { at: START + hours * HOUR, anchor: START, span: 4 * 3600 });
  expect([left(2), left(30)]).toEqual([0, 29 * 3600]);
});

const FACTS: DraftFacts = {
  at: START + 60_000,
  limits: {},
  installed: [],
  ongoing: [],
  electrics: { current: 'AC', voltage: 230 },
};

it('begins with what the station is likely to take', () => {
  expect(newDraft(FACTS, 2)).toMatchObject({ evseId: 2, id: 1, purpose: 'TxDefaultProfile', stackLevel: 0 });
  const ongoing = [{ id: 'tx', evseId: 3, startedAt: START }];
  expect(newDraft({ ...FACTS, ongoing }, null)).toMatchObject({ evseId: 3, purpose: 'TxProfile', transactionId: 'tx' });
});

it('starts from an installed profile with all that its message had', () => {
  const payload: JsonObject = { ...toPayload(BLANK, '2.1'), customData: { vendorId: 'x' } };
  const entry = (frame: unknown) => ({ text: JSON.stringify(frame) }) as never;
  const profile = { id: 1, evseId: 4, version: '2.1' } as const;
  const own = draftOfInstalled(entry([2, 'id', 'SetChargingProfile', payload]), profile);
  expect(own.ok && toPayload(own.value, '2.1')).toEqual(payload);
  const report = { requestId: 1, evseId: 4, chargingProfile: [{ id: 9 }, payload.chargingProfile ?? null] };
  const reported = draftOfInstalled(entry([2, 'id', 'ReportChargingProfiles', report]), profile);
  expect(reported.ok && reported.value).toMatchObject({ id: 1, evseId: 4 });
  expect(draftOfInstalled(entry([2, 'id', 'UpdateDynamicSchedule', {}]), profile)).toMatchObject({
    ok: false,
    error: { code: 'no-profile' },
  });
  expect(draftOfInstalled(null, profile)).toMatchObject({ ok: false, error: { code: 'no-message' } });
});

it('says why it cannot be sent', () => {
  const peer = { link: 1, peer: 'station', station: 'CS', version: '1.6', by: 'csms' } as const;
  const obstacle = (more: object) => sendObstacle({ file: false, station: 'CS', peer, version: '1.6', ...more });
  expect(obstacle({})).toBeUndefined();
  expect(obstacle({ file: true })).toMatch(/^A file is shown/);
  expect(obstacle({ station: null })).toBe('Choose a station.');
  expect(obstacle({ peer: undefined })).toBe('CS is not connected.');
  expect(obstacle({ peer: { ...peer, version: null } })).toBe('No OCPP version was agreed with CS.');
  expect(obstacle({ version: '2.1' })).toBe('CS speaks OCPP 1.6, and this is a request of 2.1.');
});

it('says what the station answered, with its reason', () => {
  const run = {
    ticket: 't',
    at: 0,
    target: { station: 'CS', peer: 'station' },
    action: 'SetChargingProfile',
    call: true,
  } as const;
  const result = (payload: object) =>
    answerWords({ ...run, outcome: { ok: true, value: { kind: 'result', entry: 1, answer: 2, payload } } as never });
  expect(result({ status: 'Accepted' })).toEqual({ severity: null, words: 'Accepted.' });
  expect(result({ status: 'Rejected' }).words).toBe('Rejected, without a reason.');
  expect(result({ status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound', additionalInfo: 'none' } }).words).toBe(
    'Rejected: TxNotFound, none.',
  );
  expect(answerWords(run).severity).toBe('info');
});

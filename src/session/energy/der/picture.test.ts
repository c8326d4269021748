import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../../../fixtures/energy/load.ts';
import { isJsonObject } from '../../../ocpp/json.ts';
import { SessionEnergy } from '../session-energy.ts';
import type { DerPicture } from './der-picture.ts';
import { derPicture } from './picture.ts';

const RANGE = { from: Date.UTC(2026, 10, 20, 8), to: Date.UTC(2026, 10, 20, 9, 30) };
const energy = new SessionEnergy(() => 0);

for (const event of eventsOf('der-event')) energy.take(event);

function pictureAt(hour: number, minute: number, selected?: string): DerPicture {
  const question = { station: 'DER-1', evseId: null, range: RANGE, at: Date.UTC(2026, 10, 20, hour, minute) };
  const picture = derPicture(energy, { ...question, selected: null });
  const entry = picture?.controls.find(({ id }) => id === selected)?.entry ?? null;
  const chosen = derPicture(energy, { ...question, selected: entry });
  if (!chosen) throw new Error('Nothing is known of the station.');
  return chosen;
}

function stateOf(picture: DerPicture, id: string) {
  const control = picture.controls.find((each) => each.id === id);
  return [control?.state, control?.why, control?.verdict?.tone];
}

describe('the picture of a DER event', () => {
  test('one of higher priority takes the place of one that is executed, from its start on', () => {
    expect(stateOf(pictureAt(8, 33), 'event-volt-var')[0]).toBe('active');
    const later = pictureAt(8, 36);
    expect(stateOf(later, 'urgent-volt-var')).toEqual([
      'active',
      'Executed by its schedule. It prevails over default-volt-var, event-volt-var.',
      'good',
    ]);
    expect(stateOf(later, 'event-volt-var')).toEqual([
      'superseded',
      'Superseded by urgent-volt-var (R04.FR.07).',
      undefined,
    ]);
    expect(stateOf(later, 'default-volt-var')[0]).toBe('waits');
    expect(stateOf(pictureAt(8, 45), 'default-volt-var')[0]).toBe('active');
  });

  test('says where the station operates on a curve, in W and var into the grid', () => {
    const { measured, selected, ratings } = pictureAt(8, 36, 'urgent-volt-var');
    expect(ratings.find(({ name }) => name === 'vNom')).toMatchObject({ value: 230, by: 'EVSE' });
    expect(measured.map(({ quantity }) => quantity)).toEqual(['voltage', 'frequency', 'activePower', 'reactivePower']);
    expect(selected?.verdict?.sentence).toBe('Measured −2.64 kvar, the curve asks −2.64 kvar at 250.9 V: 0 var apart.');
    expect(selected?.shape?.point?.y).toBeCloseTo(-2640, 0);
    expect(selected?.notes[0]).toContain('percent of nominal');
    // 60 % of 4.4 kvar, up to 92 % of 230 V.
    expect(selected?.shape?.lines[0]?.points.slice(0, 2).map(({ y }) => y)).toEqual([2640, 2640]);
    expect(selected?.shape?.trail.every(({ at }) => at >= Date.UTC(2026, 10, 20, 8, 34))).toBe(true);
  });

  test('finds the power that a droop asks from the power before the deviation', () => {
    const { selected } = pictureAt(8, 53, 'default-freq-droop');
    expect(selected?.verdict).toMatchObject({ tone: 'good', sentence: expect.stringMatching(/asks 6\.3\d? kW/) });
    expect(selected?.shape?.zones).toMatchObject([{ label: 'Dead band', x1: 49.8, x2: 50.2 }]);
  });

  test('a trip curve knows how long voltage has been beyond it', () => {
    const at = Date.UTC(2026, 10, 20, 9, 12, 10);
    const picture = derPicture(energy, { station: 'DER-1', evseId: 1, range: RANGE, at, selected: null });
    expect(picture?.selected).toMatchObject({ id: 'default-lv-must-trip', verdict: { tone: 'error' } });
    expect(picture?.selected?.verdict?.sentence).toContain('it must trip');
    expect(pictureAt(9, 14, 'default-lv-must-trip').selected?.verdict?.tone).toBe('good');
  });

  test('a limit that is exceeded before it starts is none then', () => {
    expect(pictureAt(9, 4, 'congestion-limit').selected?.verdict?.tone).toBe('good');
    expect(pictureAt(8, 59, 'congestion-limit').selected).toMatchObject({
      state: 'not yet started',
      verdict: { tone: 'warning', sentence: expect.stringContaining('at most 5 kW allowed') },
    });
  });

  test('of two that ask for different reactive power, one is followed, and the order is the station’s affair', () => {
    const picture = pictureAt(8, 20, 'default-volt-var');
    expect(picture.conflicts[0]).toContain('up to the station');
    expect(picture.selected?.verdict).toMatchObject({
      tone: 'plain',
      sentence: expect.stringContaining('evening-fixed-pf is followed instead'),
    });
  });

  test('shows alarms, starts and stops, and what was active when', () => {
    const { alarms, startStops, activity, remarks } = pictureAt(9, 0);
    expect(alarms.map(({ type, fault }) => `${type} ${fault}`)).toEqual([
      'VoltWatt OverVoltage',
      'FreqDroop OverFrequency',
      'LVMustTrip UnderVoltage',
    ]);
    expect(startStops).toHaveLength(7);
    expect(activity.find(({ type }) => type === 'VoltVar')?.spans.map(({ id }) => id)).toEqual([
      'default-volt-var',
      'event-volt-var',
      'urgent-volt-var',
      'default-volt-var',
    ]);
    expect(remarks).toEqual([]);
  });

  test('nothing in it is lost as JSON', () => {
    for (const id of pictureAt(8, 36).controls.map((control) => control.id)) {
      const picture = pictureAt(8, 36, id);
      expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
    }
  });
});

test('of a station that said nothing there is no picture', () => {
  expect(derPicture(energy, { station: 'other', evseId: null, range: RANGE, at: null, selected: null })).toBeNull();
});

test('a curve with hysteresis is followed from before the range, and said of in the list too (2.59)', () => {
  const session = new SessionEnergy(() => 0);
  const hysteresis = { hysteresisHigh: 103, hysteresisLow: 95, hysteresisDelay: 60, hysteresisGradient: 1 };
  for (const event of eventsOf('der-event')) {
    const curve = 'request' in event ? event.request.curve : undefined;
    if (!('request' in event) || !isJsonObject(curve) || event.request.controlId !== 'default-volt-watt') {
      session.take(event);
    } else session.take({ ...event, request: { ...event.request, curve: { ...curve, hysteresis } } });
  }
  const at = Date.UTC(2026, 10, 20, 8, 41, 42);
  const range = { from: at - 20_000, to: at + 60_000 };
  const picture = derPicture(session, { station: 'DER-1', evseId: null, range, at, selected: null });
  const listed = picture?.controls.find(({ id }) => id === 'default-volt-watt');
  expect(listed?.verdict?.sentence).toMatch(
    /It is not back to normal before voltage is at or below 236\.9 V \(2\.59\)/,
  );
});

import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../../../fixtures/energy/load.ts';
import { SessionEnergy } from '../session-energy.ts';
import { frequencyPicture } from './frequency.ts';
import type { FrequencyPicture } from './frequency-picture.ts';
import { responsesOf, summaryOf } from './response.ts';

const energy = new SessionEnergy(() => 0);

for (const name of ['v2x-session', 'der-event'] as const) for (const event of eventsOf(name)) energy.take(event);

function moment(hour: number, minute: number): number {
  return Date.UTC(2026, 10, 20, hour, minute);
}

function pictureOf(station: string, at: number): FrequencyPicture {
  const range = { from: moment(8, 0), to: moment(10, 6) };
  const picture = frequencyPicture(energy, { station, evseId: 1, range, at, points: 1000 });
  if (!picture) throw new Error('Nothing is known of the station.');
  return picture;
}

describe('frequency support', () => {
  test('baseline plus curve at the frequency plus curve at the signal (Q08.FR.06, Q08.FR.10)', () => {
    const { curve, asked } = pictureOf('V2X-1', moment(9, 40));
    expect(curve).toMatchObject({ inForce: true, baseline: 2000, signalPower: -3000, asked: -1000 });
    const index = asked.at.findLastIndex((at) => at <= moment(9, 40));
    expect([asked.value[index], asked.note[index]]).toEqual([-1000, 'LocalFrequency, profile 10']);
  });

  test('power that profiles ask for changes with each of their periods, and is unknown where they ask for none', () => {
    const { asked } = pictureOf('V2X-1', moment(9, 0));
    expect(asked.at.slice(0, 3)).toEqual([moment(8, 3), moment(8, 33), moment(9, 3)]);
    expect(asked.value.slice(0, 3)).toEqual([11_000, -7000, null]);
  });

  test('signals hold until the next one', () => {
    const { signal } = pictureOf('V2X-1', moment(9, 0));
    expect(signal.value.slice(0, 3)).toEqual([50, -75, 0]);
    expect(signal.at[0]).toBe(moment(9, 26));
  });

  test('before a period with a curve there is none, after it the latest', () => {
    expect(pictureOf('V2X-1', moment(8, 30)).curve).toBeNull();
    expect(pictureOf('V2X-1', moment(9, 50)).curve).toMatchObject({ inForce: false, measured: null });
  });

  test('how well it was followed', () => {
    const { summary, responses } = pictureOf('V2X-1', moment(9, 0));
    expect(summary?.within).toBeGreaterThan(0.9);
    expect(responses[0]).toMatchObject({ from: 11_000, to: -7000, seconds: 30 });
  });

  test('a droop of DER control moves what a profile asks for', () => {
    const { droop, freqWatt, curve } = pictureOf('DER-1', moment(8, 53));
    const at = droop.at.findLastIndex((each) => each <= moment(8, 53));
    expect(droop.value[at]).toBeGreaterThan(-6500);
    expect(droop.value[at]).toBeLessThan(-6000);
    expect(droop.value[droop.at.findLastIndex((each) => each <= moment(8, 20))]).toBe(-8000);
    expect(freqWatt.value[0]).toBe(-10_000);
    expect(curve).toBeNull();
  });

  test('nothing in it is lost as JSON', () => {
    for (const station of ['V2X-1', 'DER-1']) {
      const picture = pictureOf(station, moment(9, 0));
      expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
    }
  });
});

describe('response to a change', () => {
  const asked = [
    { at: 0, value: 0 },
    { at: 10_000, value: 1000 },
    { at: 60_000, value: 950 },
    { at: 90_000, value: null },
  ];
  const measured = [0, 0, 0, 700, 920, 990, 1000, 1000, 950, 950].map((value, index) => ({
    at: index * 10_000,
    value,
    entry: index,
  }));

  test('is over when 90 % of the way are done', () => {
    expect(responsesOf(asked, measured, 100)).toEqual([{ at: 10_000, from: 0, to: 1000, seconds: 30, entry: 4 }]);
    expect(responsesOf(asked, measured.slice(0, 4), 100)).toMatchObject([{ seconds: null, entry: 0 }]);
  });

  test('counts time, not samples, and none without an answer to what was asked', () => {
    const summary = summaryOf(asked, measured, responsesOf(asked, measured, 100), 100, 60_000);
    expect(summary).toMatchObject({ followed: 1, changes: 1, medianSeconds: 30, slowestSeconds: 30, tolerance: 100 });
    expect(summary?.within).toBeCloseTo(6 / 9);
    expect(summaryOf([], measured, [], 100, 60_000)).toBeNull();
    expect(summaryOf(asked, measured, [], 100, 5000)).toBeNull();
  });
});

import { beforeAll, expect, it } from 'vitest';
import { eventsOf } from '../../../../fixtures/energy/load.ts';
import { SessionEnergy } from '../session-energy.ts';
import { sumOfSteps } from './allowed-power.ts';
import { timesOver } from './over-limit.ts';
import { energySite, type SitePicture } from './site-picture.ts';

const HOUR = { from: Date.UTC(2026, 10, 20, 8), to: Date.UTC(2026, 10, 20, 9, 15) };
const energy = new SessionEnergy(() => 0);
let picture: SitePicture;

beforeAll(() => {
  for (const event of eventsOf('site')) energy.take(event);
  picture = energySite(energy, { ...HOUR, points: 300 });
});

it('stacks every station, those that moved the most energy first', () => {
  expect(picture.layers.map(({ station }) => station).toSorted()).toEqual([
    'SITE-1',
    'SITE-2',
    'SITE-3',
    'SITE-4',
    'SITE-5',
    'SITE-6',
  ]);
  const moved = picture.layers.map(({ taken, given }) => taken + given);
  expect(moved).toEqual(moved.toSorted((a, b) => b - a));
  expect(picture).toMatchObject({ silent: 0, allowedUnknown: null });
  expect(picture.at).toHaveLength(300);
  expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
});

it('holds in its means the energy that the meters counted', () => {
  for (const { station, value, taken } of picture.layers) {
    const stretch = (HOUR.to - HOUR.from) / 300 / 3_600_000;
    const summed = value.reduce<number>((sum, one) => sum + (one ?? 0) * stretch, 0);
    expect(Math.abs(summed - taken)).toBeLessThan(1);
    const register = energy
      .station(station ?? '')
      ?.topics.metering.series()
      .find(({ key }) => key.measurand === 'Energy.Active.Import.Register' && key.source === 'sampled');
    if (!register) throw new Error(`${station} has no register`);
    const counted = register.value(register.length - 1) - register.value(0);
    expect(Math.abs(taken - counted) / counted).toBeLessThan(0.03);
  }
});

it('adds the layers up to the total, whichever have their own', () => {
  for (const [index, total] of picture.total.entries()) {
    const values = picture.layers.flatMap(({ value }) => value[index] ?? []);
    expect(total).toBe(values.length === 0 ? null : values.reduce((sum, value) => sum + value));
  }
});

it('takes only the stations that are asked for', () => {
  const one = energySite(energy, { ...HOUR, points: 10, stations: ['SITE-4'] });
  expect(one.layers.map(({ station }) => station)).toEqual(['SITE-4']);
  expect(energySite(energy, { ...HOUR, points: 10, stations: [] })).toMatchObject({
    layers: [],
    allowed: [],
    allowedUnknown: 'No station measured its power.',
  });
});

it('sums what the stations may take while they charge, to the message', () => {
  const at = (minute: number, millisecond = 0) => {
    const instant = Date.UTC(2026, 10, 20, 8, minute, 0, millisecond);
    return picture.allowed.findLast((step) => step.at <= instant)?.value;
  };
  expect([at(1), at(10), at(25), at(40), at(50), at(70)]).toEqual([0, 38_500, 55_000, 55_000, 55_000, 0]);
  // The stations get their new parts one after the other: for a moment they may take more together.
  expect(at(45, 100)).toBe(66_000);
});

it('adds steps of several; no limit of one is no limit of all', () => {
  const steps = sumOfSteps([
    [
      { at: 0, value: 10 },
      { at: 5, value: null },
      { at: 8, value: 1 },
    ],
    [
      { at: 0, value: 1 },
      { at: 5, value: 2 },
    ],
  ]);
  expect(steps).toEqual([
    { at: 0, value: 11 },
    { at: 5, value: null },
    { at: 8, value: 3 },
  ]);
});

it('joins the times over the limit, with the worst of each', () => {
  const series = { at: [0, 10, 20, 30, 40], total: [5, 12, 15, null, 11.5], to: 50 };
  expect(timesOver(series, () => 10)).toEqual([
    { from: 10, to: 30, highest: 15, limit: 10, at: 20 },
    { from: 40, to: 50, highest: 11.5, limit: 10, at: 40 },
  ]);
  expect(timesOver(series, (at) => (at < 20 ? null : 14.5))).toEqual([]);
});

it('puts all but the largest together', () => {
  const many = new SessionEnergy(() => 0);
  for (let copy = 0; copy < 5; copy++) {
    for (const event of eventsOf('site')) many.take({ ...event, station: `${event.station}-${copy}` });
  }
  const { layers, total } = energySite(many, { ...HOUR, points: 60 });
  expect(layers).toHaveLength(21);
  expect(layers.at(-1)).toMatchObject({ station: null, count: 10 });
  const index = total.findIndex((value) => value !== null && value > 100_000);
  const sum = layers.reduce((value, layer) => value + (layer.value[index] ?? 0), 0);
  expect(sum).toBeCloseTo(total[index] ?? 0, 3);
});

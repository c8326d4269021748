import { describe, expect, it } from 'vitest';
import { type EnergyTraceName, eventsOf } from '../../../../fixtures/energy/load.ts';
import { SessionEnergy } from '../session-energy.ts';
import { roundTripOf } from './balance.ts';
import type { BatteryPicture, BatteryQuestion } from './battery-picture.ts';
import { batteryPicture } from './battery-question.ts';

const at = (hour: number, minute: number, second = 0) => Date.UTC(2026, 10, 20, hour, minute, second);
const ALL = { from: at(8, 0), to: at(12, 0) };

function pictureOf(name: EnergyTraceName, station: string, more: Partial<BatteryQuestion> = {}): BatteryPicture {
  const energy = new SessionEnergy(() => 0);
  for (const event of eventsOf(name)) energy.take(event);
  const picture = batteryPicture(energy, {
    station,
    evseId: null,
    transaction: null,
    range: ALL,
    points: 1000,
    ...more,
  });
  if (!picture) throw new Error('Nothing is known of the station.');
  return picture;
}

describe('the battery of an EV', () => {
  const { ev, swaps, storages } = pictureOf('v2x-session', 'V2X-1', { transaction: 'b0a7e5c2-v2x-0001' });

  it('has its state of charge and signed power over time, with the messages', () => {
    expect(ev?.evseId).toBe(1);
    expect(ev?.stateOfCharge.value[0]).toBe(44);
    expect(Math.min(...(ev?.power.value ?? []).map((value) => value ?? 0))).toBeLessThan(-6500);
    expect(Math.max(...(ev?.power.value ?? []).map((value) => value ?? 0))).toBeGreaterThan(10_000);
    expect(ev?.stateOfCharge.entry.every((entry) => entry > 0)).toBe(true);
    expect([swaps, storages]).toEqual([null, []]);
  });

  it('comes to what went in, what came out, and the round trip of it', () => {
    const { balance } = ev ?? {};
    expect(balance?.taken).toBeGreaterThan(9000);
    expect(balance?.given).toBeGreaterThan(3000);
    expect([balance?.socAtStart, balance?.socAtEnd]).toEqual([44, 53.2]);
    // The trace loses 5 % in either direction.
    expect(balance?.roundTrip?.efficiency).toBeCloseTo(0.95 * 0.95, 1);
    expect(balance?.roundTrip?.takenPerPercent).toBeCloseTo(600 / 0.95, -2);
  });

  it('is held against what the EV asked for', () => {
    expect(ev?.needs).toMatchObject([
      {
        targetSoC: 60,
        energy: 9600,
        departure: at(10, 30),
        untilIs: 'end',
        until: at(10, 6),
        soc: 53.2,
        verdict: 'missed',
      },
    ]);
    expect(ev?.limits).toMatchObject([{ soc: 80, limit: 3680, unit: 'W', profileId: 10, from: expect.any(Number) }]);
  });

  it('goes on in an open transaction', () => {
    const energy = new SessionEnergy(() => 0);
    for (const event of eventsOf('v2x-session')) if (event.at < at(8, 30)) energy.take(event);
    const question = { station: 'V2X-1', evseId: 1, transaction: null, range: ALL, points: 100 };
    expect(batteryPicture(energy, question)?.ev?.needs).toMatchObject([{ untilIs: 'latest', verdict: 'open' }]);
    expect(batteryPicture(energy, question)?.ev?.balance?.noRoundTrip).toContain('rises and falls');
  });
});

describe('the round trip', () => {
  const [soc, imported] = [
    [50, 60, 50],
    [0, 1000, 1000],
  ].map((values) => values.map((value, index) => ({ at: index, value }))) as [[], []];

  it('is what comes out for each percent over what goes in', () => {
    const exported = [0, 0, 800].map((value, index) => ({ at: index, value }));
    expect(roundTripOf({ soc, imported, exported })).toMatchObject({ efficiency: 0.8, up: 10, down: 10 });
  });

  it('is not told without registers in both directions, or without a change in both', () => {
    expect(roundTripOf({ soc, imported, exported: [] })).toContain('registers');
    const exported = [0, 0, 0].map((value, index) => ({ at: index, value }));
    expect(roundTripOf({ soc, imported, exported })).toContain('rises and falls');
    expect(roundTripOf({ soc: [], imported, exported })).toContain('state of charge');
  });
});

describe('a station that swaps batteries', () => {
  const { swaps } = pictureOf('battery-swap', 'SWAP-1');

  it('has what is in its slots', () => {
    expect(swaps?.slots.map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(swaps?.slots[0]).toMatchObject({ state: 'Occupied', serialNumber: 'VB-240-1201', soc: 9, soH: 88 });
    // Charged since it was put in: the meter knows better than the swap.
    expect(swaps?.slots[5]).toMatchObject({ serialNumber: 'VB-240-1077', soH: 91 });
    expect(swaps?.slots[5]?.soc).toBeGreaterThan(40);
    expect([swaps?.targetSoC, swaps?.maxSoC]).toEqual([80, 95]);
  });

  it('tells who put in and took out what, and what was refused', () => {
    expect(swaps?.events.map(({ event }) => event)).toEqual([
      ...['BatteryIn', 'BatteryOut', 'BatteryIn', 'BatteryOut', 'BatteryIn', 'BatteryOut', 'BatteryIn'],
      'BatteryOutTimeout',
    ]);
    expect(swaps?.requests.map(({ status, reason }) => [status, reason])).toEqual([
      ['Accepted', null],
      ['Rejected', 'NoBatteryAvailable'],
    ]);
    expect(swaps?.stays).toContainEqual(
      expect.objectContaining({ slot: 1, serialNumber: 'VB-240-0931', from: null, to: expect.any(Number) }),
    );
    const course = swaps?.course.find(({ slot }) => slot === 4)?.series;
    expect(course?.value).toContain(null);
    expect(course?.value).toContain(93);
  });
});

describe('a stationary battery', () => {
  it('has its charge, power and energy from the device model', () => {
    const { storages, ev } = pictureOf('battery-swap', 'BESS-1');
    expect(storages).toMatchObject([{ instance: '', identity: 'ES-2025-0019', capacity: 60_000 }]);
    const [storage] = storages;
    expect(Math.min(...(storage?.power.value ?? []).map((value) => value ?? 0))).toBeLessThan(-50_000);
    expect(storage?.balance?.roundTrip?.efficiency).toBeCloseTo(0.9, 1);
    expect(ev?.evseId).toBe(1);
  });
});

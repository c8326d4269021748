import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import { energyOverview } from './overview-picture.ts';
import { SessionEnergy } from './session-energy.ts';
import { StationEnergy } from './station-energy.ts';
import { instant, START, saying, time } from './testing/said.ts';

const HOUR = 3_600_000;
const OTHERWISE = 5 * HOUR;

function clockSet(...variables: readonly (readonly [name: string, value: string, instance?: string])[]): StationEnergy {
  const energy = new StationEnergy('CS-1', () => OTHERWISE);
  const reportData = variables.map(([name, value, instance]) => ({
    component: { name: 'ClockCtrlr' },
    variable: { name, ...(instance === undefined ? {} : { instance }) } as JsonObject,
    variableAttribute: [{ value }],
  }));
  energy.take(saying('2.1').request('to-csms', 'NotifyReport', { reportData }));
  return energy;
}

describe('local time of a station', () => {
  const winter = START;
  const summer = Date.parse('2026-07-01T00:00:00Z');

  it('goes by its time zone, over changes of daylight-saving time', () => {
    const { known } = clockSet(['TimeZone', 'Europe/Oslo'], ['TimeOffset', '+09:00']);
    expect([known.offsetAt(winter), known.offsetAt(summer)]).toEqual([HOUR, 2 * HOUR]);
    const change = Date.parse('2026-03-29T01:00:00Z');
    expect([known.offsetAt(change - 1), known.offsetAt(change)]).toEqual([HOUR, 2 * HOUR]);
  });

  it('goes by its offset where its zone is none, and by the next one from when that holds', () => {
    expect(clockSet(['TimeZone', 'Mars/Olympus'], ['TimeOffset', '-03:30']).known.offsetAt(winter)).toBe(-3.5 * HOUR);
    const { known } = clockSet(
      ['TimeOffset', '+01:00'],
      ['TimeOffset', '+02:00', 'NextTransition'],
      ['NextTimeOffsetTransitionDateTime', '2026-03-29T01:00:00Z'],
    );
    expect([known.offsetAt(winter), known.offsetAt(summer)]).toEqual([HOUR, 2 * HOUR]);
  });

  it('goes by another clock where the station tells nothing that is one', () => {
    expect(clockSet().known.offsetAt(winter)).toBe(OTHERWISE);
    expect(clockSet(['TimeOffset', 'one hour']).known.offsetAt(winter)).toBe(OTHERWISE);
  });
});

describe('the energy of a station', () => {
  it('knows when it was offline, and that it still is', () => {
    const say = saying('2.1');
    const energy = new StationEnergy('CS-1');
    energy.take(say.link('connected'));
    const gone = say.link('disconnected');
    const back = say.link('connected');
    for (const event of [gone, back]) energy.take(event);
    expect(energy.known.offline).toEqual([{ from: gone.at, to: back.at }]);
    const last = say.link('disconnected');
    energy.take(last);
    expect(energy.known.offline.at(-1)).toEqual({ from: last.at, to: Number.POSITIVE_INFINITY });
  });

  it('has EVSEs that the station named, not those that it was asked for', () => {
    const say = saying('2.1');
    const energy = new StationEnergy('CS-1');
    energy.take(say.request('to-csms', 'MeterValues', { evseId: 3 }));
    energy.take(say.request('to-csms', 'TransactionEvent', { evse: { id: 1 }, transactionInfo: {} }));
    energy.take(say.request('to-station', 'SetChargingProfile', { evseId: 9 }));
    expect(energy.evses.ascending).toEqual([1, 3]);
  });
});

describe('the overview of a session', () => {
  it('lists stations that said something, by name, with transactions and times', () => {
    const energy = new SessionEnergy();
    const [b, a, silent] = [saying('1.6', 'B'), saying('2.1', 'A'), saying('2.1', 'Silent')];
    energy.take(silent.link('connected'));
    energy.take(b.request('to-csms', 'MeterValues', { connectorId: 2 }));
    const transactionInfo = { transactionId: 'x' };
    const started = { eventType: 'Started', timestamp: time('00:00:00'), transactionInfo };
    energy.take(a.request('to-csms', 'TransactionEvent', started));
    const { stations, revision } = energyOverview(energy);
    expect(revision).toBe(3);
    expect(stations.map(({ station, version }) => [station, version])).toEqual([
      ['A', '2.1'],
      ['B', '1.6'],
    ]);
    expect(stations[0]).toMatchObject({ transactionsInAll: 1, from: instant('00:00:00'), to: instant('00:00:01') });
    expect(JSON.parse(JSON.stringify(stations))).toEqual(stations);
  });

  it('has the latest 500 transactions of a station, and says how many there are', () => {
    const energy = new SessionEnergy();
    const say = saying('2.1');
    for (let number = 0; number < 510; number++) {
      const transactionInfo = { transactionId: String(number) };
      energy.take(say.request('to-csms', 'TransactionEvent', { eventType: 'Started', transactionInfo }));
    }
    const [station] = energyOverview(energy).stations;
    expect(station?.transactionsInAll).toBe(510);
    expect(station?.transactions).toHaveLength(500);
    expect(station?.transactions.at(-1)?.id).toBe('509');
  });
});

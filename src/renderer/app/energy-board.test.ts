import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import type { EnergyOverview, StationChoice, TransactionChoice } from '../../session/energy/overview.ts';
import { plainRow } from '../testing/scripted-engine.ts';
import { virtualTiming } from '../testing/virtual-timing.ts';
import { createEnergyBoard } from './energy-board.ts';
import { createEventListeners } from './event-listeners.ts';
import type { SelectionState } from './selection.ts';

const transaction = (id: string, startedAt: number, endedAt: number | null = null): TransactionChoice => ({
  id,
  evseId: 2,
  startedAt,
  endedAt,
  startEntry: 1,
  endEntry: null,
});
const station = (
  name: string,
  from: number,
  to: number,
  transactions: readonly TransactionChoice[],
): StationChoice => ({
  station: name,
  version: '2.1',
  evses: [1, 2],
  transactions,
  transactionsInAll: transactions.length,
  samples: 3,
  from,
  to,
  topics: ['metering'],
});

/** A board over an engine that says what the test says, and counts how often it is asked. */
function board(first: readonly StationChoice[]) {
  const timing = virtualTiming();
  const listeners = createEventListeners();
  const selection = createStore<SelectionState>(() => ({ index: null, row: null, detailOpen: false, reveal: null }));
  const engine = { stations: first, asked: 0, selected: [] as number[], refuses: null as string | null };
  const api = {
    async 'energy.overview'(): Promise<EnergyOverview> {
      engine.asked++;
      if (engine.refuses !== null) throw new Error(engine.refuses);
      return { revision: engine.asked, scanned: 9, entries: 9, stations: engine.stations };
    },
  } as Partial<Api> as Api;
  const subject = createEnergyBoard(
    () => api,
    listeners.on,
    { state: selection, selectEntry: async (entry) => void engine.selected.push(entry) },
    timing,
  );
  const grow = async (stations: readonly StationChoice[]): Promise<void> => {
    engine.stations = stations;
    listeners.tell({ name: 'energyChanged', value: { revision: 0, scanned: 9, entries: 9 } });
    await timing.pass(1000);
  };
  return { subject, engine, timing, selection, grow, read: () => subject.state.getState() };
}

describe('what is asked', () => {
  it('is nothing before somebody looks, and nothing more when nobody does', async () => {
    const { subject, engine, timing, grow } = board([]);
    await grow([]);
    expect(engine.asked).toBe(0);
    const stop = subject.watch();
    await timing.pass(1000);
    expect(engine.asked).toBe(1);
    await grow([]);
    expect(engine.asked).toBe(2);
    stop();
    stop();
    await grow([]);
    expect(engine.asked).toBe(2);
  });

  it('is asked at most every 500 ms, the last change never being lost', async () => {
    const { subject, engine, timing } = board([]);
    subject.watch();
    for (let index = 0; index < 10; index++) subject.refresh();
    await timing.pass(499);
    expect(engine.asked).toBe(1);
    await timing.pass(1000);
    expect(engine.asked).toBe(2);
  });
});

describe('what is chosen', () => {
  const two = [
    station('CS-1', 0, 5000, [transaction('a', 1000, 2000), transaction('b', 3000, 4000)]),
    station('CS-2', 0, 900, []),
  ];

  it('is at first the station with the latest data and its latest transaction', async () => {
    const { subject, timing, read } = board(two);
    subject.watch();
    await timing.pass(10);
    expect(read()).toMatchObject({ station: 'CS-1', evseId: 2, transaction: 'b', range: { from: 2970, to: 4030 } });
  });

  it('goes to the EVSE of the next transaction with it, and stays at one that was chosen until then', async () => {
    const { subject, timing, grow, read } = board(two);
    subject.watch();
    await timing.pass(10);
    subject.chooseEvse(null);
    await grow(two);
    expect(read()).toMatchObject({ transaction: 'b', evseId: null });
    const next = { ...transaction('c', 6000), evseId: 1 };
    await grow([station('CS-1', 0, 9000, [...(two[0]?.transactions ?? []), next])]);
    expect(read()).toMatchObject({ transaction: 'c', evseId: 1 });
  });

  it('goes on to the next transaction as long as the user has not said which', async () => {
    const { subject, timing, grow, read } = board(two);
    subject.watch();
    await timing.pass(10);
    const later = [station('CS-1', 0, 9000, [...(two[0]?.transactions ?? []), transaction('c', 6000)])];
    await grow(later);
    expect(read().transaction).toBe('c');
    subject.chooseTransaction('a');
    await grow([station('CS-1', 0, 9500, [...(later[0]?.transactions ?? []), transaction('d', 9200)])]);
    expect(read()).toMatchObject({ transaction: 'a', range: { from: 970, to: 2030 } });
  });

  it('is gone with the station, and chosen anew', async () => {
    const { subject, timing, grow, read } = board(two);
    subject.watch();
    await timing.pass(10);
    await grow([station('CS-9', 100, 200, [])]);
    expect(read()).toMatchObject({ station: 'CS-9', transaction: null, range: { from: 100, to: 200 } });
    subject.forget();
    expect(read()).toMatchObject({ station: null, range: null, overview: null });
  });

  it('steps from transaction to transaction, and says where there is none', async () => {
    const { subject, timing, read } = board(two);
    subject.watch();
    await timing.pass(10);
    expect(subject.stepTransaction(1)).toBe(false);
    expect(subject.stepTransaction(-1)).toBe(true);
    expect(read().transaction).toBe('a');
    subject.chooseTransaction(null);
    expect(read().range).toEqual({ from: 0, to: 5000 });
  });
});

describe('the range', () => {
  const live = (to: number): StationChoice[] => [station('CS-1', 0, to, [transaction('a', 1000)])];

  it('grows with a transaction that goes on, and stays where the user put it', async () => {
    const { subject, timing, grow, read } = board(live(5000));
    subject.watch();
    await timing.pass(10);
    expect(read().range).toEqual({ from: 880, to: 5000 });
    await grow(live(9000));
    expect(read().range?.to).toBe(9000);
    subject.zoom({ from: 2000, to: 3000 });
    await grow(live(9500));
    expect(read()).toMatchObject({ range: { from: 2000, to: 3000 }, following: false });
  });

  it('keeps its length where it follows the newest data', async () => {
    const { subject, timing, grow, read } = board(live(5000));
    subject.watch();
    await timing.pass(10);
    subject.zoom({ from: 4000, to: 4500 });
    subject.follow(true);
    expect(read().range).toEqual({ from: 4500, to: 5000 });
    await grow(live(6000));
    expect(read().range).toEqual({ from: 5500, to: 6000 });
    subject.fit();
    expect(read().range?.from).toBe(850);
  });

  it('is never shorter than charts can show, and never the wrong way round', async () => {
    const { subject, timing, read } = board(live(5000));
    subject.watch();
    await timing.pass(10);
    subject.zoom({ from: 100, to: 101 });
    expect(read().range).toEqual({ from: 90.5, to: 110.5 });
    subject.zoom({ from: 9, to: 1 });
    expect(read().range).toEqual({ from: 90.5, to: 110.5 });
  });
});

describe('the cursor', () => {
  it('is at the pointer, else at the selected message', () => {
    const { subject, selection, read } = board([]);
    selection.setState({ row: plainRow(7, { wall: 1234 }) });
    expect(read().cursor).toBe(1234);
    subject.point(50);
    selection.setState({ row: plainRow(8, { wall: 2345 }) });
    expect(read().cursor).toBe(50);
    subject.point(null);
    expect(read().cursor).toBe(2345);
  });

  it('selects the message behind a point', () => {
    const { subject, engine } = board([]);
    subject.select(42);
    expect(engine.selected).toEqual([42]);
  });
});

it('remembers what was switched in a legend', () => {
  const { subject, read } = board([]);
  subject.switchSeries('power', 'limit', false);
  subject.switchSeries('power', 'soc', true);
  expect(read().switched).toEqual({ power: { limit: false, soc: true } });
});

it('says why there is nothing to see, and asks again until there is', async () => {
  const { subject, engine, timing, read } = board([station('CS-1', 1000, 9000, [])]);
  engine.refuses = 'The session is closed.';
  subject.watch();
  await timing.pass(700);
  expect(read()).toMatchObject({ overview: null, failure: 'The session is closed.' });
  engine.refuses = null;
  await timing.pass(700);
  expect(read()).toMatchObject({ station: 'CS-1', failure: null });
  const { asked } = engine;
  await timing.pass(5000);
  expect(engine.asked).toBe(asked);
});

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../../bridge/contract.ts';
import type { EnergyOverview } from '../../session/energy/overview.ts';
import { chosenAtFirst, extentOf, type Stretch, stationOf, transactionOf } from './energy-choice.ts';
import type { EventListeners } from './event-listeners.ts';
import type { Selection } from './selection.ts';
import type { Timing } from './timing.ts';

/** The charts of the energy pane, in the order of their tabs. */
export const ENERGY_CHARTS = [
  'power',
  'meter',
  'transactions',
  'profile',
  'tariff',
  'der',
  'frequency',
  'battery',
  'site',
] as const;
export type EnergyChart = (typeof ENERGY_CHARTS)[number];

/** What all charts of energy share. */
export interface EnergyBoardState {
  /** Null until the engine said what there is. */
  readonly overview: EnergyOverview | null;
  /** In a sentence, why the engine did not say what there is. */
  readonly failure: string | null;
  readonly chart: EnergyChart;
  readonly station: string | null;
  /** Null for the station as a whole. */
  readonly evseId: number | null;
  readonly transaction: string | null;
  /** What every chart over time shows. */
  readonly range: Stretch | null;
  /** The end of the range goes along with the newest data. */
  readonly following: boolean;
  /** The one cursor: where the pointer is over any chart, else the moment of the selected message. */
  readonly cursor: number | null;
  /** Series that were switched on or off in the legend, by chart and series. */
  readonly switched: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

/** What the charts have in common: the station that is looked at, the time that is shown, and the one cursor. */
export interface EnergyBoard {
  readonly state: StoreApi<EnergyBoardState>;
  /** Asks what there is, and keeps it up to date while somebody looks; yields how to stop. */
  watch(): () => void;
  show(chart: EnergyChart): void;
  chooseStation(station: string): void;
  chooseEvse(evseId: number | null): void;
  /** Shows a transaction from its beginning to its end, or now. */
  chooseTransaction(id: string | null): void;
  zoom(range: Stretch): void;
  /** All of what was chosen. */
  fit(): void;
  follow(on: boolean): void;
  /** Moves the cursor; null where the pointer has left, and the selected message shows its moment again. */
  point(at: number | null): void;
  /** Selects the message behind a point of a chart, in the timeline too. */
  select(entry: number): void;
  /** Shows or hides a series of a chart from now on. */
  switchSeries(chart: string, series: string, shown: boolean): void;
  /** Chooses the transaction before or after the one that is chosen; false where there is none. */
  stepTransaction(by: 1 | -1): boolean;
  /** Asks the engine anew, which may be another one than before. */
  refresh(): void;
  /** Another session is on screen. */
  forget(): void;
}

const NOTHING: EnergyBoardState = {
  overview: null,
  failure: null,
  chart: 'power',
  station: null,
  evseId: null,
  transaction: null,
  range: null,
  following: true,
  cursor: null,
  switched: {},
};
/** How often the overview is asked for at most, in milliseconds: it may be long. */
const ASKED = 500;
/** Milliseconds: nothing is looked at in more detail, since times of messages have no more of it. */
const SHORTEST = 20;

/** The board over an engine. Nothing is asked before somebody watches. */
export function createEnergyBoard(
  api: () => Api | null,
  on: EventListeners['on'],
  selection: Pick<Selection, 'state' | 'selectEntry'>,
  timing: Pick<Timing, 'after'>,
): EnergyBoard {
  const state = createStore<EnergyBoardState>(() => NOTHING);
  let watchers = 0;
  let turn = 0;
  let asking = false;
  let again = false;
  /** The user said which transaction, so that the next one does not take its place. */
  let chosen = false;
  /** All of what was chosen is shown, and stays so as it grows. */
  let fitted = true;
  let pointed = false;

  const read = state.getState;
  const selectedMoment = (): number | null => selection.state.getState().row?.wall ?? null;
  /** Goes along with what came newly. */
  const grow = (before: Stretch | null): void => {
    const { range, following } = read();
    const extent = extentOf(read());
    if (extent === null || range === null || (following && fitted)) state.setState({ range: extent });
    else if (following && before !== null && extent.to > before.to) {
      state.setState({ range: { from: range.from + extent.to - range.to, to: extent.to } });
    }
  };
  const learn = (overview: EnergyOverview): void => {
    const before = extentOf(read());
    const kept = read().station !== null && overview.stations.some(({ station }) => station === read().station);
    if (!kept) chosen = false;
    const first = chosenAtFirst(overview, kept ? read().station : null);
    if (!kept) state.setState({ overview, ...first, range: null });
    else if (!chosen && read().following && first.transaction !== read().transaction) {
      // It may be at another EVSE than the one before: what is measured there is not what this one drew.
      state.setState({ overview, transaction: first.transaction, evseId: first.evseId ?? read().evseId });
    } else state.setState({ overview });
    grow(before);
  };
  const ask = async (): Promise<void> => {
    const engine = api();
    if (watchers === 0 || engine === null) return;
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    again = false;
    const mine = turn;
    try {
      const overview = await engine['energy.overview']();
      if (mine === turn) {
        state.setState({ failure: null });
        learn(overview);
      }
    } catch (error) {
      // Nothing else would ask again: what failed told of no progress.
      again = true;
      const sentence = error instanceof Error && error.message !== '' ? error.message : 'The engine did not answer.';
      if (mine === turn) state.setState({ failure: sentence });
    }
    timing.after(ASKED, () => {
      asking = false;
      if (again) void ask();
    });
  };
  const choose = (choice: Partial<Pick<EnergyBoardState, 'station' | 'evseId' | 'transaction'>>): void => {
    fitted = true;
    state.setState(choice);
    state.setState({ range: extentOf(read()), following: true });
  };

  on('energyChanged', () => void ask());
  selection.state.subscribe(() => {
    if (!pointed) state.setState({ cursor: selectedMoment() });
  });
  return {
    state,
    watch() {
      watchers++;
      void ask();
      let over = false;
      return () => {
        if (!over) watchers--;
        over = true;
      };
    },
    show: (chart) => state.setState({ chart }),
    chooseStation(station) {
      const { overview } = read();
      chosen = false;
      if (overview) choose(chosenAtFirst(overview, station));
    },
    chooseEvse: (evseId) => state.setState({ evseId }),
    chooseTransaction(id) {
      chosen = true;
      const evseId = transactionOf(read(), id)?.evseId;
      choose({ transaction: id, ...(evseId ? { evseId } : {}) });
    },
    zoom({ from, to }) {
      if (!(to > from)) return;
      fitted = false;
      const middle = (from + to) / 2;
      const half = Math.max(to - from, SHORTEST) / 2;
      state.setState({ range: { from: middle - half, to: middle + half }, following: false });
    },
    fit() {
      fitted = true;
      state.setState({ range: extentOf(read()) });
    },
    follow(following) {
      state.setState({ following });
      const { range } = read();
      const extent = extentOf(read());
      if (!following || extent === null || range === null) return;
      state.setState({ range: fitted ? extent : { from: range.from + extent.to - range.to, to: extent.to } });
    },
    point(at) {
      pointed = at !== null;
      state.setState({ cursor: at ?? selectedMoment() });
    },
    select: (entry) => void selection.selectEntry(entry),
    switchSeries(chart, series, shown) {
      const { switched } = read();
      state.setState({ switched: { ...switched, [chart]: { ...switched[chart], [series]: shown } } });
    },
    stepTransaction(by) {
      const all = stationOf(read())?.transactions ?? [];
      const index = all.findIndex(({ id }) => id === read().transaction);
      const next = index < 0 ? all.at(by < 0 ? -1 : 0) : all[index + by];
      if (!next) return false;
      this.chooseTransaction(next.id);
      return true;
    },
    refresh() {
      turn++;
      void ask();
    },
    forget() {
      turn++;
      chosen = false;
      fitted = true;
      const { chart, switched } = read();
      state.setState({ ...NOTHING, chart, switched });
      void ask();
    },
  };
}

import type { StoreApi } from 'zustand/vanilla';
import type { EnergyOverview } from '../../session/energy/overview.ts';

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
  readonly chart: EnergyChart;
  readonly station: string | null;
  /** Null for the station as a whole. */
  readonly evseId: number | null;
  readonly transaction: string | null;
  /** What every chart over time shows. */
  readonly range: { readonly from: number; readonly to: number } | null;
  /** The end of the range goes along with the newest data. */
  readonly following: boolean;
  /** The one cursor: where the pointer is over any chart, else the moment of the selected message. */
  readonly cursor: number | null;
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
  zoom(range: { readonly from: number; readonly to: number }): void;
  /** All of what was chosen. */
  fit(): void;
  follow(on: boolean): void;
  /** Moves the cursor; null where the pointer has left, and the selected message shows its moment again. */
  point(at: number | null): void;
  /** Selects the message behind a point of a chart, in the timeline too. */
  select(entry: number): void;
}

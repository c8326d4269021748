import type { OcppVersion } from '../../ocpp/version.ts';
import type { TransactionFacts } from './known.ts';

/** A transaction as it is chosen from a list. */
export type TransactionChoice = Pick<
  TransactionFacts,
  'id' | 'evseId' | 'startedAt' | 'endedAt' | 'startEntry' | 'endEntry'
>;

/** What there is to see of a station. */
export interface StationChoice {
  readonly station: string;
  readonly version: OcppVersion;
  /** EVSEs (connectors of 1.6) that any message named, in ascending order, without 0. */
  readonly evses: readonly number[];
  /** The latest ones, at most 500, in the order in which they began. */
  readonly transactions: readonly TransactionChoice[];
  readonly transactionsInAll: number;
  /** Meter values. */
  readonly samples: number;
  /** From the first to the last time that anything of this station has to do with. */
  readonly from: number;
  readonly to: number;
  /** Which topics have anything to show. */
  readonly topics: readonly EnergyTopicName[];
  /** What is missing for a fault of Plugscope itself, in a sentence. */
  readonly fault?: string;
}

/** What charts are about. */
export const ENERGY_TOPICS = ['metering', 'charging', 'der', 'tariffs', 'grid', 'battery', 'signed'] as const;
export type EnergyTopicName = (typeof ENERGY_TOPICS)[number];

/** What there is to see in a session. */
export interface EnergyOverview {
  /** Grows with everything that is taken in; a chart that was drawn at another one may be out of date. */
  readonly revision: number;
  /** Entries that were looked at, of `entries`. */
  readonly scanned: number;
  readonly entries: number;
  /** At most 10,000, by name. */
  readonly stations: readonly StationChoice[];
}

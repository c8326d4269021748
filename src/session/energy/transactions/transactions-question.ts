import type { TransactionFacts } from '../known.ts';
import { type TransactionEnergy, transactionEnergy } from '../metering/transaction-energy.ts';
import type { SessionEnergy } from '../session-energy.ts';
import type { UserKeys } from '../signed/meter-keys.ts';
import { type SignedPicture, signedPicture } from '../signed/signed-picture.ts';
import type { StationEnergy } from '../station-energy.ts';

/** A transaction as a row of a list. */
export interface TransactionRow {
  readonly id: string;
  readonly evseId: number;
  readonly startedAt: number;
  /** Whether its start is in the session. */
  readonly startKnown: boolean;
  readonly endedAt: number | null;
  readonly startEntry: number;
  readonly endEntry: number | null;
  readonly idToken: string | null;
  readonly stoppedReason: string | null;
  readonly messages: number;
  readonly energy: TransactionEnergy;
  /** Signed meter values; they are verified when the transaction is looked at. */
  readonly signedValues: number;
}

/** Transactions of a station, the latest first. */
export interface TransactionRows {
  readonly rows: readonly TransactionRow[];
  readonly inAll: number;
}

/** Which transactions are listed. */
export interface TransactionsQuestion {
  readonly station: string;
  /** How many of the latest are left out. */
  readonly skip: number;
  readonly count: number;
}

/** Lists the transactions of a station with what their meter values come to. */
export function transactionRows(
  energy: SessionEnergy,
  { station, skip, count }: TransactionsQuestion,
): TransactionRows {
  const found = energy.station(station);
  if (found === undefined) return { rows: [], inAll: 0 };
  const { all } = found.known.transactions;
  const end = Math.max(0, all.length - skip);
  const rows = all.slice(Math.max(0, end - count), end).toReversed();
  return { rows: rows.map((facts) => rowOf(found, facts)), inAll: all.length };
}

function rowOf({ topics }: StationEnergy, facts: TransactionFacts): TransactionRow {
  const { id, evseId, startedAt, startKnown, endedAt, startEntry, endEntry } = facts;
  return {
    ...{ id, evseId, startedAt, startKnown, endedAt, startEntry, endEntry },
    idToken: facts.idToken ?? null,
    stoppedReason: facts.stoppedReason ?? null,
    messages: facts.entries.length,
    energy: transactionEnergy(topics.metering, facts),
    signedValues: topics.signed.of(id).length,
  };
}

/** Of which transaction the signed values are verified, and with which keys of the user. */
export interface SignedQuestion {
  readonly station: string;
  readonly transaction: string;
  readonly keys: UserKeys;
}

/** The signed values of a transaction, verified; null where there is no such station. */
export function signedValues(
  energy: SessionEnergy,
  { station, transaction, keys }: SignedQuestion,
): SignedPicture | null {
  const found = energy.station(station);
  return found === undefined ? null : signedPicture(found.topics.signed, found.known, transaction, keys);
}

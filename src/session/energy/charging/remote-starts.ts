import type { JsonObject, JsonValue } from '../../../ocpp/json.ts';
import { parseProfile } from '../../../ocpp/schedule/parse-profile.ts';
import type { EnergyAnswer } from '../event.ts';
import { evseOf, integerOf, objectOf, textOf } from '../event-fields.ts';
import type { Known, TransactionFacts } from '../known.ts';
import type { InstalledHistory } from './installed-history.ts';
import type { Remarks } from './remarks.ts';
import { linked, type Sentence } from './sentence.ts';

/** A profile of a remote start that was accepted, before its transaction is known. */
interface Waiting {
  readonly payload: JsonValue;
  readonly version: EnergyAnswer['version'];
  readonly entry: number;
  readonly at: number;
  readonly evseId: number | undefined;
  readonly remoteStartId: number | undefined;
  readonly transactionId: string | undefined;
  readonly idTag: string | undefined;
}

const WAITING_MAX = 100;

/** Profiles of remote starts (K05; 1.6: 5.11): each belongs to the transaction that the remote start leads to. */
export class RemoteStarts {
  #waiting: readonly Waiting[] = [];
  readonly #history: InstalledHistory;
  readonly #remarks: Remarks;

  constructor(history: InstalledHistory, remarks: Remarks) {
    this.#history = history;
    this.#remarks = remarks;
  }

  /** Takes a remote start that the station accepted. */
  take(answer: EnergyAnswer, known: Known): void {
    const { request, response, version, at, requestEntry } = answer;
    const payload: JsonObject | undefined = objectOf(request, 'chargingProfile');
    if (payload === undefined || textOf(response, 'status') !== 'Accepted') return;
    const is16 = version === '1.6';
    const waiting: Waiting = {
      payload,
      version,
      at,
      entry: requestEntry,
      evseId: evseOf(request, is16 ? 'connectorId' : 'evseId') || undefined,
      remoteStartId: integerOf(request, 'remoteStartId'),
      transactionId: textOf(response, 'transactionId'),
      idTag: textOf(request, 'idTag')?.toLowerCase(),
    };
    this.#waiting = [...this.#waiting, waiting].slice(-WAITING_MAX);
    const transaction = waiting.transactionId && known.transactions.find(waiting.transactionId);
    if (transaction) this.started(transaction);
  }

  /** Takes that something was said of a transaction. */
  started(transaction: TransactionFacts): void {
    if (this.#waiting.length === 0) return;
    const found = this.#waiting.findLast((each) => isOf(each, transaction));
    const evseId = transaction.evseId || found?.evseId;
    if (!found || !evseId) return;
    this.#waiting = this.#waiting.filter((each) => each !== found);
    const { version, entry, at } = found;
    const profile = parseProfile(found.payload, { version, source: entry, evseId, receivedAt: at });
    if (profile.ok) {
      const value = { ...profile.value, transactionId: transaction.id };
      this.#history.install(value, at, entry, { by: 'csms', with: 'remote start' });
    } else {
      this.#remarks.add('unreadable', at, entry, [
        linked('The profile of the remote start', entry),
        ` cannot be calculated with: ${profile.error.sentence}`,
      ]);
    }
  }

  /** What was accepted and has no transaction yet. */
  waiting(): readonly { readonly at: number; readonly entry: number; readonly sentence: Sentence }[] {
    return this.#waiting.map(({ at, entry }) => ({
      at,
      entry,
      sentence: [linked('The profile of a remote start', entry), ' waits: no transaction has begun by it so far.'],
    }));
  }
}

function isOf(waiting: Waiting, transaction: TransactionFacts): boolean {
  if (waiting.version === '1.6') {
    const sameTag = waiting.idTag === undefined || waiting.idTag === transaction.idToken?.toLowerCase();
    const samePlace = waiting.evseId === undefined || waiting.evseId === transaction.evseId;
    // Its answer may be recorded after the start itself, which is why only the transaction's end counts.
    return sameTag && samePlace && (transaction.endedAt === null || transaction.endedAt > waiting.at);
  }
  if (waiting.transactionId !== undefined) return waiting.transactionId === transaction.id;
  return waiting.remoteStartId !== undefined && waiting.remoteStartId === transaction.remoteStartId;
}

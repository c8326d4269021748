import type { JsonObject } from '../../../ocpp/json.ts';
import {
  parseSignedMeterValue,
  parseSignedValue16,
  type SignedMeterValue,
} from '../../../ocpp/signed/signed-meter-value.ts';
import type { EnergyEvent } from '../event.ts';
import { evseOf, instantOf, integerOf, objectOf, objectsOf, textOf } from '../event-fields.ts';
import type { Known } from '../known.ts';
import type { Topic, TopicExtent } from '../topic.ts';

/** Actions that carry signed meter values. */
export const SIGNED_ACTIONS = ['MeterValues', 'StopTransaction', 'TransactionEvent'] as const;

/** A signed meter value as a message brought it. */
export interface SignedValueFacts {
  readonly entry: number;
  /** Timestamp of the meter value, in milliseconds since 1970. */
  readonly at: number;
  /** EVSE, or connector of 1.6; 0 where nothing says it. */
  readonly evseId: number;
  readonly transaction: string | null;
  readonly context: string;
  readonly measurand: string;
  /** Whether its message ends the transaction: StopTransaction, or TransactionEvent with `Ended`. */
  readonly closing: boolean;
  /** What was signed, or why it cannot be read. */
  readonly value: SignedMeterValue | { readonly fault: string };
}

/** Most that are kept: each holds up to some kilobytes, and a session may be made of them. */
const VALUES_MAX = 50_000;

/** The signed meter values of a station (Signed Meter Values v1.0, 3 and 4). */
export class SignedTopic implements Topic {
  readonly #ofTransaction = new Map<string | null, SignedValueFacts[]>();
  #count = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #passedOver = 0;

  /** Those of a transaction, or of none for null, in the order in which they came. */
  of(transaction: string | null): readonly SignedValueFacts[] {
    return this.#ofTransaction.get(transaction) ?? [];
  }

  /** Those beyond the most that are kept. */
  get passedOver(): number {
    return this.#passedOver;
  }

  take(event: EnergyEvent, known: Known): void {
    if (event.kind !== 'request') return;
    const { action, request, version } = event;
    const is16 = version === '1.6';
    if (action === 'MeterValues') {
      const transaction = is16 ? (integerOf(request, 'transactionId')?.toString() ?? null) : null;
      const evseId = evseOf(request, is16 ? 'connectorId' : 'evseId') ?? 0;
      this.#addAll(event, objectsOf(request, 'meterValue'), { evseId, transaction, closing: false }, known);
    } else if (action === 'StopTransaction' && is16) {
      const transaction = integerOf(request, 'transactionId')?.toString() ?? null;
      const evseId = (transaction === null ? undefined : known.transactions.find(transaction))?.evseId ?? 0;
      this.#addAll(event, objectsOf(request, 'transactionData'), { evseId, transaction, closing: true }, known);
    } else if (action === 'TransactionEvent') {
      const transaction = textOf(objectOf(request, 'transactionInfo'), 'transactionId') ?? null;
      const own = evseOf(objectOf(request, 'evse'), 'id');
      const evseId = own ?? (transaction === null ? undefined : known.transactions.find(transaction))?.evseId ?? 0;
      const closing = textOf(request, 'eventType') === 'Ended';
      this.#addAll(event, objectsOf(request, 'meterValue'), { evseId, transaction, closing }, known);
    }
  }

  extent(): TopicExtent | undefined {
    return this.#count === 0 ? undefined : { topics: ['signed'], from: this.#from, to: this.#to };
  }

  #addAll(
    event: EnergyEvent & { kind: 'request' },
    meterValues: readonly JsonObject[],
    { evseId, transaction, closing }: Pick<SignedValueFacts, 'evseId' | 'transaction' | 'closing'>,
    known: Known,
  ): void {
    for (const meterValue of meterValues) {
      const at = instantOf(meterValue, 'timestamp') ?? event.at;
      for (const sample of objectsOf(meterValue, 'sampledValue')) {
        const value = signedValueOf(sample, event.version === '1.6');
        if (value === undefined) continue;
        this.#add({
          entry: event.entry,
          at,
          evseId,
          // A MeterValues of 2.x names no transaction: it is of the one that goes on at its EVSE.
          transaction: transaction ?? known.transactions.at(evseId, at)?.id ?? null,
          context: textOf(sample, 'context') ?? 'Sample.Periodic',
          measurand: textOf(sample, 'measurand') ?? 'Energy.Active.Import.Register',
          closing,
          value,
        });
      }
    }
  }

  #add(facts: SignedValueFacts): void {
    if (this.#count >= VALUES_MAX) {
      this.#passedOver += 1;
      return;
    }
    this.#count += 1;
    this.#from = Math.min(this.#from, facts.at);
    this.#to = Math.max(this.#to, facts.at);
    const same = this.#ofTransaction.get(facts.transaction);
    if (same) same.push(facts);
    else this.#ofTransaction.set(facts.transaction, [facts]);
  }
}

function signedValueOf(sample: JsonObject, is16: boolean): SignedValueFacts['value'] | undefined {
  if (is16 ? sample.format !== 'SignedData' : sample.signedMeterValue === undefined) return undefined;
  const parsed = is16 ? parseSignedValue16(sample.value) : parseSignedMeterValue(sample.signedMeterValue);
  return parsed.ok ? parsed.value : { fault: parsed.error.sentence };
}

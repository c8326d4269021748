import type { JsonValue } from '../../../ocpp/json.ts';
import { DEFAULT_MEASURAND } from '../../../ocpp/metering/measurands.ts';
import { parseMeterValues } from '../../../ocpp/metering/parse-meter-values.ts';
import type { SampledValue, SampleFault } from '../../../ocpp/metering/sampled-value.ts';
import { DEFAULT_LOCATION } from '../../../ocpp/metering/terms.ts';
import type { EnergyAnswer, EnergyEvent, EnergyRequest } from '../event.ts';
import { evseOf, instantOf, integerOf, numberOf, objectOf, textOf } from '../event-fields.ts';
import type { Known } from '../known.ts';
import type { Topic, TopicExtent } from '../topic.ts';
import { MeterSeries, type SeriesKey, seriesId } from './meter-series.ts';
import { Names } from './names.ts';

/** Actions that bring meter values. */
export const METERING_ACTIONS = ['MeterValues', 'TransactionEvent', 'StartTransaction', 'StopTransaction'] as const;

/** Series of one station: measurands times phases, locations and EVSEs. A station that makes up names gets no more. */
const SERIES_MAX = 2000;

/** A kind of fault in meter values. */
export interface MeteringFault {
  readonly code: SampleFault['code'] | 'series';
  /** Of the first one. */
  readonly sentence: string;
  /** The message with the first one. */
  readonly entry: number;
  readonly count: number;
}

/** Where the values of a message belong. */
interface Place {
  readonly evseId: number | null;
  readonly transaction: string | undefined;
  readonly entry: number;
}

/**
 * The meter values of a station: MeterValues, TransactionEvent and StopTransaction.transactionData, and as a register of
 * its own meterStart and meterStop of 1.6. A value that came before (same series, time, value, context and transaction)
 * is a message sent again, or a sample that a station gives in two messages, and counts once. A reading without a time
 * has no place in a series, and is only counted as a fault.
 */
export class Metering implements Topic {
  readonly #series = new Map<string, MeterSeries>();
  readonly #contexts = new Names(255);
  readonly #transactions = new Names(2 ** 31 - 1);
  readonly #faults = new Map<MeteringFault['code'], MeteringFault>();
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #count = 0;

  take(event: EnergyEvent, known: Known): void {
    if (event.kind === 'answer') {
      if (event.action === 'StartTransaction') this.#started(event);
      return;
    }
    if (event.kind !== 'request' || event.direction !== 'to-csms') return;
    if (event.action === 'MeterValues') this.#meterValues(event);
    else if (event.action === 'TransactionEvent') this.#transactionEvent(event, known);
    else if (event.action === 'StartTransaction') this.#register(event, 'meterStart', known);
    else if (event.action === 'StopTransaction') {
      this.#readings(event, event.request.transactionData, this.#placeOfStop(event, known));
      this.#register(event, 'meterStop', known);
    }
  }

  extent(): TopicExtent | undefined {
    if (this.#count === 0) return undefined;
    return { topics: ['metering'], samples: this.#count, from: this.#from, to: this.#to };
  }

  /** Kinds of faults in meter values, with the first of each kind. */
  get faults(): readonly MeteringFault[] {
    return [...this.#faults.values()];
  }

  /** All series, ready to be looked at. */
  series(): readonly MeterSeries[] {
    const all = [...this.#series.values()];
    for (const one of all) this.#settle(one);
    return all;
  }

  /** One series, ready to be looked at. */
  find(id: string): MeterSeries | undefined {
    const found = this.#series.get(id);
    if (found) this.#settle(found);
    return found;
  }

  /** Name of the reading context that samples have as a code. */
  contextName(code: number): string {
    return this.#contexts.name(code);
  }

  /** Code of a reading context; undefined where no sample has it. */
  contextCode(name: string): number | undefined {
    return this.#contexts.find(name);
  }

  /** Id of the transaction that samples have as a number. */
  transactionId(number: number): string {
    return this.#transactions.name(number);
  }

  /** Number of a transaction in samples; undefined where none names it. */
  transactionNumber(id: string): number | undefined {
    return this.#transactions.find(id);
  }

  #settle(series: MeterSeries): void {
    const before = series.held;
    series.settle();
    this.#count += series.held - before;
  }

  #meterValues(event: EnergyRequest): void {
    const { request, version, entry } = event;
    const number = version === '1.6' ? integerOf(request, 'transactionId') : undefined;
    this.#readings(event, request.meterValue, {
      evseId: evseOf(request, version === '1.6' ? 'connectorId' : 'evseId') ?? null,
      transaction: number === undefined ? undefined : String(number),
      entry,
    });
  }

  #transactionEvent(event: EnergyRequest, known: Known): void {
    const { request, entry } = event;
    const transaction = textOf(objectOf(request, 'transactionInfo'), 'transactionId');
    const evseId = evseOf(objectOf(request, 'evse'), 'id') ?? evseOfTransaction(transaction, known);
    if (transaction !== undefined && evseId !== null) this.#moveTo(evseId, transaction);
    this.#readings(event, request.meterValue, { evseId, transaction, entry });
  }

  /** A transaction may begin before it has an EVSE (E03): what it measured until then belongs to that one. */
  #moveTo(evseId: number, transaction: string): void {
    const number = this.#transactions.find(transaction);
    if (number === undefined) return;
    for (const [id, series] of this.#series) {
      if (series.key.evseId !== null || !series.transactions.has(number)) continue;
      this.#settle(series);
      const rest = new MeterSeries(series.key);
      this.#series.set(id, rest);
      for (let index = 0; index < series.length; index++) {
        const sample = series.sample(index);
        const into = sample.transaction === number ? this.#seriesOf({ ...series.key, evseId }, sample.entry) : rest;
        into?.add(sample);
      }
      if (rest.held === 0) this.#series.delete(id);
    }
  }

  #placeOfStop({ request, entry }: EnergyRequest, known: Known): Place {
    const number = integerOf(request, 'transactionId');
    const transaction = number === undefined ? undefined : String(number);
    return { evseId: evseOfTransaction(transaction, known), transaction, entry };
  }

  #register(event: EnergyRequest, field: 'meterStart' | 'meterStop', known: Known): void {
    const value = numberOf(event.request, field);
    const at = instantOf(event.request, 'timestamp');
    if (value === undefined || at === undefined || Math.abs(value) > Number.MAX_SAFE_INTEGER) return;
    const start = field === 'meterStart';
    const place = start
      ? { evseId: evseOf(event.request, 'connectorId') ?? null, transaction: undefined, entry: event.entry }
      : this.#placeOfStop(event, known);
    this.#add(place, at, value, start ? 'Transaction.Begin' : 'Transaction.End', registerKey(place.evseId));
  }

  /** 1.6: a transaction has its id by the answer. */
  #started({ request, response }: EnergyAnswer): void {
    const transaction = integerOf(response, 'transactionId');
    const value = numberOf(request, 'meterStart');
    const at = instantOf(request, 'timestamp');
    if (transaction === undefined || value === undefined || at === undefined) return;
    const series = this.#series.get(seriesId(registerKey(evseOf(request, 'connectorId') ?? null)));
    series?.assign(at, value, this.#transactions.code(String(transaction)));
  }

  #readings(event: EnergyRequest, meterValues: JsonValue | undefined, place: Place): void {
    for (const { at, values, faults } of parseMeterValues(meterValues, event.version)) {
      for (const fault of faults) this.#fault(fault, place.entry);
      for (const value of values) this.#sampled(value, at, place);
    }
  }

  #sampled(sampled: SampledValue, at: number | undefined, place: Place): void {
    for (const fault of sampled.faults) this.#fault(fault, place.entry);
    const { value, measurand, phase, location, unit, context } = sampled;
    if (value === undefined || at === undefined) return;
    const key: SeriesKey = { evseId: place.evseId, measurand, phase, location, unit, source: 'sampled' };
    const series = this.#add(place, at, value, context, key);
    if (series && sampled.faults.some(({ code }) => code === 'unit-assumed')) series.unitsAssumed += 1;
  }

  #add(place: Place, at: number, value: number, context: string, key: SeriesKey): MeterSeries | undefined {
    const series = this.#seriesOf(key, place.entry);
    if (series === undefined) return undefined;
    const before = series.held;
    series.add({
      at,
      value,
      entry: place.entry,
      context: this.#contexts.code(context),
      transaction: place.transaction === undefined ? -1 : this.#transactions.code(place.transaction),
    });
    this.#count += series.held - before;
    this.#from = Math.min(this.#from, at);
    this.#to = Math.max(this.#to, at);
    return series;
  }

  #seriesOf(key: SeriesKey, entry: number): MeterSeries | undefined {
    const id = seriesId(key);
    let series = this.#series.get(id);
    if (series === undefined) {
      if (this.#series.size >= SERIES_MAX) {
        const sentence = `The station has more than ${SERIES_MAX} series of meter values; those after are left out.`;
        this.#fault({ code: 'series', sentence }, entry);
        return undefined;
      }
      series = new MeterSeries(key);
      this.#series.set(id, series);
    }
    return series;
  }

  #fault({ code, sentence }: Pick<MeteringFault, 'code' | 'sentence'>, entry: number): void {
    const before = this.#faults.get(code);
    this.#faults.set(code, before ? { ...before, count: before.count + 1 } : { code, sentence, entry, count: 1 });
  }
}

function registerKey(evseId: number | null): SeriesKey {
  return {
    evseId,
    measurand: DEFAULT_MEASURAND,
    phase: '',
    location: DEFAULT_LOCATION,
    unit: 'Wh',
    source: 'meterStart',
  };
}

/** A message that names no EVSE is of the one of its transaction, as far as that is known. */
function evseOfTransaction(id: string | undefined, known: Known): number | null {
  const evseId = id === undefined ? undefined : known.transactions.find(id)?.evseId;
  return evseId === undefined || evseId === 0 ? null : evseId;
}

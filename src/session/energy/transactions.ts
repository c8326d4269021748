import type { JsonObject } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { EnergyAnswer, EnergyEvent, EnergyRequest } from './event.ts';
import { evseOf, instantOf, integerOf, numberOf, objectOf, textOf } from './event-fields.ts';
import type { TransactionFacts, TransactionsKnown } from './known.ts';
import { TransactionRecord } from './transaction-record.ts';
import { StateHistory } from './transaction-states.ts';

/** Actions that tell of transactions. */
export const TRANSACTION_ACTIONS = [
  'StartTransaction',
  'StopTransaction',
  'StatusNotification',
  'MeterValues',
  'RemoteStopTransaction',
  'TransactionEvent',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'GetTransactionStatus',
  'CostUpdated',
  'SetChargingProfile',
] as const;

/** Remote starts that still wait for the transaction that comes of them. */
const REMOTE_STARTS_MAX = 1000;
/** Transactions on one EVSE that are looked at backwards from an instant: there is one at a time, but for faults. */
const OVERLAP_MAX = 16;

/**
 * The transactions of a station. Times are the station's own, so that what it tells late, after it was offline, takes
 * its place all the same.
 */
export class Transactions implements TransactionsKnown {
  /** In the order in which they began. */
  readonly #all: TransactionRecord[] = [];
  /** The latest one of an id. */
  readonly #byId = new Map<string, TransactionRecord>();
  readonly #onEvse = new Map<number, TransactionRecord[]>();
  /** Of 1.6: what StatusNotification said of each connector. */
  readonly #connectors = new Map<number, StateHistory>();
  readonly #remoteStarts = new Map<number, number[]>();
  /** The one that came of a remote start last. */
  readonly #byRemoteStart = new Map<number, TransactionRecord>();

  get all(): readonly TransactionFacts[] {
    return this.#all;
  }

  find(id: string): TransactionFacts | undefined {
    return this.#byId.get(id);
  }

  at(evseId: number, instant: number): TransactionFacts | undefined {
    const records = this.#onEvse.get(evseId) ?? [];
    const before = placeOf(records, instant);
    for (let index = before - 1; index >= Math.max(0, before - OVERLAP_MAX); index--) {
      const record = records[index];
      if (record && (record.endedAt === null || instant <= record.endedAt)) return record;
    }
    return undefined;
  }

  /** Takes what the station or its CSMS said. */
  take(event: EnergyEvent): void {
    if (event.kind === 'answer') this.#answer(event);
    else if (event.kind === 'request') this.#request(event);
  }

  #request(event: EnergyRequest): void {
    const { action } = event;
    if (action === 'StopTransaction') this.#stop(event);
    else if (action === 'TransactionEvent') this.#event(event);
    else if (action === 'RequestStartTransaction') this.#remoteStart(event.request, event.entry);
    else if (action === 'StatusNotification') this.#status(event);
    // That of 1.6 gets its transaction with the answer.
    else if (action !== 'StartTransaction') this.#named(event);
  }

  #answer(event: EnergyAnswer): void {
    if (event.action === 'StartTransaction') this.#started(event);
    else if (event.action === 'RequestStartTransaction') this.#remoteStart(event.request, event.entry);
    else this.#byId.get(idIn(event.version, event.request) ?? '')?.note(event.entry);
  }

  /** 1.6: a transaction has its id by the answer; a StartTransaction that was sent again may have one before. */
  #started({ request, response, requestEntry, requestAt, entry, version }: EnergyAnswer): void {
    const number = integerOf(response, 'transactionId');
    if (number === undefined) return;
    const id = String(number);
    const startedAt = instantOf(request, 'timestamp') ?? requestAt;
    const evseId = evseOf(request, 'connectorId') ?? 0;
    let record = this.#byId.get(id);
    // A CSMS may give the same id twice; what began at another time or place is another transaction.
    const same = record && (!record.startKnown || (record.startedAt === startedAt && record.evseId === evseId));
    if (!record || !same) record = this.#begin(id, version, startedAt, requestEntry);
    if (!record.startKnown) {
      record.start = { entry: requestEntry };
      record.meterStart = numberOf(request, 'meterStart');
      record.idToken = textOf(request, 'idTag');
      this.#move(record, startedAt, evseId);
    }
    record.note(requestEntry);
    record.note(entry);
  }

  #stop(event: EnergyRequest): void {
    const record = this.#named(event);
    if (!record || record.endEntry !== null) return;
    record.end(instantOf(event.request, 'timestamp') ?? event.at, event.entry);
    record.meterStop = numberOf(event.request, 'meterStop');
    record.stoppedReason = textOf(event.request, 'reason') ?? 'Local';
  }

  #status({ version, request, entry, at }: EnergyRequest): void {
    if (version !== '1.6') return;
    const connector = evseOf(request, 'connectorId');
    const state = textOf(request, 'status');
    if (connector === undefined || state === undefined) return;
    this.#historyOf(connector).add({ at: instantOf(request, 'timestamp') ?? at, state, entry });
  }

  #event(event: EnergyRequest): void {
    const { request, entry } = event;
    const info = objectOf(request, 'transactionInfo');
    const id = textOf(info, 'transactionId');
    if (id === undefined) return;
    const at = instantOf(request, 'timestamp') ?? event.at;
    const type = textOf(request, 'eventType');
    const record = this.#byId.get(id) ?? this.#begin(id, event.version, at, entry);
    record.note(entry);
    if (type === 'Started' && !record.startKnown) {
      record.start = { entry };
      this.#move(record, at, record.evseId);
    } else if (!record.startKnown && at < record.startedAt) {
      this.#move(record, at, record.evseId);
    }
    const evseId = evseOf(objectOf(request, 'evse'), 'id');
    if (evseId !== undefined && evseId > 0 && evseId !== record.evseId) this.#move(record, record.startedAt, evseId);
    record.idToken ??= textOf(objectOf(request, 'idToken'), 'idToken');
    this.#linkRemoteStart(record, integerOf(info, 'remoteStartId'));
    const state = textOf(info, 'chargingState');
    if (state !== undefined) record.addState({ at, state, entry }, integerOf(request, 'seqNo'));
    if (type === 'Ended' && record.endEntry === null) {
      record.end(at, entry);
      record.stoppedReason = textOf(info, 'stoppedReason') ?? 'Local';
    }
  }

  #remoteStart(request: JsonObject, entry: number): void {
    const remoteStartId = integerOf(request, 'remoteStartId');
    if (remoteStartId === undefined) return;
    const started = this.#byRemoteStart.get(remoteStartId);
    const waiting = this.#remoteStarts.get(remoteStartId);
    if (waiting) waiting.push(entry);
    else if (started && started.endedAt === null) started.note(entry);
    else this.#remoteStarts.set(remoteStartId, [entry]);
    const [oldest] = this.#remoteStarts.keys();
    if (this.#remoteStarts.size > REMOTE_STARTS_MAX && oldest !== undefined) this.#remoteStarts.delete(oldest);
  }

  #linkRemoteStart(record: TransactionRecord, remoteStartId: number | undefined): void {
    if (remoteStartId === undefined || record.remoteStartId !== undefined) return;
    record.remoteStartId = remoteStartId;
    this.#byRemoteStart.set(remoteStartId, record);
    for (const entry of this.#remoteStarts.get(remoteStartId) ?? []) record.note(entry);
    this.#remoteStarts.delete(remoteStartId);
  }

  /** The transaction that a message names; one whose start is not in the session begins with the first message of it. */
  #named({ version, direction, request, entry, at }: EnergyRequest): TransactionRecord | undefined {
    const id = idIn(version, request);
    if (id === undefined) return undefined;
    let record = this.#byId.get(id);
    // Only the station knows what there is; a CSMS may ask for anything.
    if (direction === 'to-csms') {
      record ??= this.#begin(id, version, instantOf(request, 'timestamp') ?? at, entry);
      const evseId = version === '1.6' ? evseOf(request, 'connectorId') : undefined;
      if (record.evseId === 0 && evseId) this.#move(record, record.startedAt, evseId);
    }
    record?.note(entry);
    return record;
  }

  #begin(id: string, version: OcppVersion, startedAt: number, entry: number): TransactionRecord {
    const history = version === '1.6' ? (connector: number) => this.#historyOf(connector) : undefined;
    const record = new TransactionRecord(id, version, startedAt, entry, history);
    this.#byId.set(id, record);
    insert(this.#all, record);
    insert(this.#evse(0), record);
    return record;
  }

  /** Another start or another EVSE than was thought, which changes where a transaction stands in the lists. */
  #move(record: TransactionRecord, startedAt: number, evseId: number): void {
    remove(this.#all, record);
    remove(this.#evse(record.evseId), record);
    record.startedAt = startedAt;
    record.evseId = evseId;
    insert(this.#all, record);
    insert(this.#evse(evseId), record);
  }

  #evse(evseId: number): TransactionRecord[] {
    return held(this.#onEvse, evseId, () => []);
  }

  #historyOf(connector: number): StateHistory {
    return held(this.#connectors, connector, () => new StateHistory());
  }
}

const NAMING = ['transactionInfo', 'chargingProfile', 'csChargingProfiles'] as const;

/** Id of the transaction that a request names. */
function idIn(version: OcppVersion, request: JsonObject): string | undefined {
  for (const holder of [request, ...NAMING.map((name) => objectOf(request, name))]) {
    const id = version === '1.6' ? integerOf(holder, 'transactionId') : textOf(holder, 'transactionId');
    if (id !== undefined) return String(id);
  }
  return undefined;
}

function held<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** Index behind the last one that began by an instant. */
function placeOf(records: readonly TransactionRecord[], instant: number): number {
  let [low, high] = [0, records.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.startedAt ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(records: TransactionRecord[], record: TransactionRecord): void {
  records.splice(placeOf(records, record.startedAt), 0, record);
}

function remove(records: TransactionRecord[], record: TransactionRecord): void {
  const index = records.lastIndexOf(record, placeOf(records, record.startedAt));
  if (index >= 0) records.splice(index, 1);
}

import type { OcppVersion } from '../../ocpp/version.ts';
import type { TransactionFacts, TransactionState } from './known.ts';
import { StateHistory } from './transaction-states.ts';

/** A transaction while it is being gathered. */
export class TransactionRecord implements TransactionFacts {
  readonly id: string;
  readonly version: OcppVersion;
  evseId = 0;
  startedAt: number;
  endedAt: number | null = null;
  endEntry: number | null = null;
  idToken: string | undefined;
  remoteStartId: number | undefined;
  stoppedReason: string | undefined;
  meterStart: number | undefined;
  meterStop: number | undefined;
  /** The message that tells of the start, where it is in the session. */
  start: { readonly entry: number } | undefined;
  readonly #firstEntry: number;
  readonly #entries: number[] = [];
  readonly #states = new StateHistory();
  readonly #connector: ((connector: number) => StateHistory) | undefined;
  #cached: readonly TransactionState[] | undefined;
  #cachedBy = '';

  /** @param connector yields what was told of a connector, where a transaction has no states of its own (1.6) */
  constructor(
    id: string,
    version: OcppVersion,
    startedAt: number,
    entry: number,
    connector: ((connector: number) => StateHistory) | undefined,
  ) {
    this.id = id;
    this.version = version;
    this.startedAt = startedAt;
    this.#firstEntry = entry;
    this.#connector = connector;
  }

  get startKnown(): boolean {
    return this.start !== undefined;
  }

  get startEntry(): number {
    return this.start?.entry ?? this.#firstEntry;
  }

  get entries(): readonly number[] {
    return this.#entries;
  }

  get states(): readonly TransactionState[] {
    const history = this.#connector?.(this.evseId) ?? this.#states;
    const by = `${history.size} ${this.evseId} ${this.startedAt} ${this.endedAt}`;
    if (this.#cached === undefined || by !== this.#cachedBy) {
      this.#cached = history.between(this.startedAt, this.endedAt ?? Number.POSITIVE_INFINITY);
      this.#cachedBy = by;
    }
    return this.#cached;
  }

  addState(state: TransactionState, sequence: number | undefined): void {
    this.#states.add(state, sequence);
  }

  end(at: number, entry: number): void {
    this.endedAt = at;
    this.endEntry = entry;
  }

  /** Notes a message that names it. */
  note(entry: number): void {
    let index = this.#entries.length;
    while (index > 0 && (this.#entries[index - 1] ?? 0) > entry) index -= 1;
    if (this.#entries[index - 1] !== entry) this.#entries.splice(index, 0, entry);
  }
}

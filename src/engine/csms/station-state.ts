import type { OcppVersion } from '../../ocpp/version.ts';

/** What a station said of itself when it booted. */
export interface BootInfo {
  readonly vendor: string;
  readonly model: string;
  readonly serialNumber?: string;
  readonly firmwareVersion?: string;
  /** Why it booted; 1.6 does not say. */
  readonly reason?: string;
  /** Wall clock in milliseconds since 1970 UTC. */
  readonly at: number;
}

/** The last status of one connector. */
export interface ConnectorState {
  /** Undefined in 1.6, which numbers connectors across the station; its connector 0 is the station itself. */
  readonly evseId?: number;
  readonly connectorId: number;
  /** The status in the words of the version. */
  readonly status: string;
  /** Fault of 1.6, undefined where it is none. */
  readonly errorCode?: string;
  /** When it was so, as the station wrote it. */
  readonly timestamp?: string;
}

/** A transaction that has started and not ended. */
export interface OpenTransaction {
  /** The id as text; in 1.6 the number that this CSMS gave. */
  readonly id: string;
  readonly evseId?: number;
  readonly connectorId?: number;
  readonly idToken?: string;
  /** Charging state of 2.x. */
  readonly chargingState?: string;
  /** When it started, as the station wrote it. */
  readonly startedAt: string;
}

/** What the CSMS knows of a station. It outlives a connection, as a station need not boot to reconnect (1.6-J 5.4). */
export interface StationState {
  readonly version: OcppVersion;
  readonly boot?: BootInfo;
  readonly connectors: readonly ConnectorState[];
  readonly transactions: readonly OpenTransaction[];
}

/** The most connectors and transactions that are kept of one station, whatever it sends. */
const ENTRIES_MAX = 500;

/** The state of one station as behaviours write it. */
export class StationRecord implements StationState {
  readonly version: OcppVersion;
  boot: BootInfo | undefined;
  readonly #connectors = new Map<string, ConnectorState>();
  readonly #transactions = new Map<string, OpenTransaction>();

  constructor(version: OcppVersion) {
    this.version = version;
  }

  get connectors(): readonly ConnectorState[] {
    return [...this.#connectors.values()];
  }

  get transactions(): readonly OpenTransaction[] {
    return [...this.#transactions.values()];
  }

  /** Takes the status of a connector. */
  report(connector: ConnectorState): void {
    keep(this.#connectors, `${connector.evseId}/${connector.connectorId}`, connector);
  }

  /** Takes what is new about a transaction, known or not; what is undefined leaves the old as it is. */
  update(transaction: OpenTransaction): void {
    const old = this.#transactions.get(transaction.id);
    keep(this.#transactions, transaction.id, {
      id: transaction.id,
      evseId: transaction.evseId ?? old?.evseId,
      connectorId: transaction.connectorId ?? old?.connectorId,
      idToken: transaction.idToken ?? old?.idToken,
      chargingState: transaction.chargingState ?? old?.chargingState,
      startedAt: old?.startedAt ?? transaction.startedAt,
    });
  }

  /** Forgets a transaction that has ended. */
  end(transactionId: string): void {
    this.#transactions.delete(transactionId);
  }
}

/** Sets an entry, at the cost of the oldest one where there are too many. */
function keep<T>(entries: Map<string, T>, key: string, value: T): void {
  if (!entries.has(key) && entries.size >= ENTRIES_MAX) {
    for (const oldest of entries.keys()) {
      entries.delete(oldest);
      break;
    }
  }
  entries.set(key, value);
}

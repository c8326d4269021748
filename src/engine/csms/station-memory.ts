import type { OcppVersion } from '../../ocpp/version.ts';
import { StationRecord } from './station-state.ts';

/** The most stations that are remembered after they have gone. */
const REMEMBERED_MAX = 10_000;

/** What is known of stations that are not connected. The longest gone is forgotten where there are too many. */
export class StationMemory {
  readonly #records = new Map<string, StationRecord>();

  /** Remembers a station that has gone. */
  keep(id: string, record: StationRecord): void {
    this.#records.set(id, record);
    if (this.#records.size <= REMEMBERED_MAX) return;
    for (const oldest of this.#records.keys()) {
      this.#records.delete(oldest);
      return;
    }
  }

  /** What is known of a station that connects: of its `current` link, from before, or nothing where its version changed. */
  recall(id: string, version: OcppVersion, current: StationRecord | undefined): StationRecord {
    const known = current ?? this.#records.get(id);
    this.#records.delete(id);
    return known?.version === version ? known : new StationRecord(version);
  }
}

import { DEVICE_MODEL_ACTIONS } from './device-model.ts';
import type { EnergyEvent } from './event.ts';
import { machineOffset } from './known-offset.ts';
import { StationEnergy } from './station-energy.ts';
import { TOPIC_ACTIONS } from './topics.ts';
import { TRANSACTION_ACTIONS } from './transactions.ts';

/** Actions whose messages the energy of a session is gathered from. */
export const ENERGY_ACTIONS: ReadonlySet<string> = new Set([
  ...TRANSACTION_ACTIONS,
  ...DEVICE_MODEL_ACTIONS,
  ...TOPIC_ACTIONS,
]);

/** The energy of all stations of a session, gathered event by event. */
export class SessionEnergy {
  readonly #stations = new Map<string, StationEnergy>();
  readonly #otherwise: (instant: number) => number;
  #revision = 0;
  /** How far the session was looked at: entries, of so many. */
  progress = { scanned: 0, entries: 0 };

  /** @param otherwise local time minus UTC of a station that does not tell; of this machine where it is left out */
  constructor(otherwise: (instant: number) => number = machineOffset) {
    this.#otherwise = otherwise;
  }

  /** Grows with everything that is taken in. */
  get revision(): number {
    return this.#revision;
  }

  /** Takes the next event. */
  take(event: EnergyEvent): void {
    this.#revision += 1;
    let station = this.#stations.get(event.station);
    if (station === undefined) {
      station = this.fresh(event.station);
      this.#stations.set(event.station, station);
    }
    station.take(event);
  }

  /** A station of which nothing is known yet, to be gathered apart. */
  fresh(station: string): StationEnergy {
    return new StationEnergy(station, this.#otherwise);
  }

  /** Puts what was gathered apart in the place of what was there. */
  replace(station: StationEnergy): void {
    this.#revision += 1;
    this.#stations.set(station.station, station);
  }

  /** Undefined for one that said nothing. */
  station(id: string): StationEnergy | undefined {
    return this.#stations.get(id);
  }

  /** In the order in which they first said something. */
  stations(): Iterable<StationEnergy> {
    return this.#stations.values();
  }
}

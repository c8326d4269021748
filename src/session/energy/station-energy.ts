import type { OcppVersion } from '../../ocpp/version.ts';
import { DeviceModel } from './device-model.ts';
import type { EnergyEvent } from './event.ts';
import { EvseNumbers } from './evse-numbers.ts';
import type { Known } from './known.ts';
import { machineOffset, StationOffset } from './known-offset.ts';
import { Offline } from './offline.ts';
import type { Topic, TopicExtent } from './topic.ts';
import { createTopics, type Topics } from './topics.ts';
import { Transactions } from './transactions.ts';

/** What the energy of one station is known by: first what every topic may ask, then the topics. */
export class StationEnergy {
  readonly station: string;
  readonly known: Known;
  readonly topics: Topics;
  /** Grows with every event. */
  revision = 0;
  /** What is missing for a fault of Plugscope itself, in a sentence. */
  fault: string | undefined;
  readonly evses = new EvseNumbers();
  readonly #transactions = new Transactions();
  readonly #device = new DeviceModel();
  readonly #offline = new Offline();
  readonly #topics: readonly Topic[];
  #version: OcppVersion | undefined;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  /** @param otherwise local time minus UTC where the station does not tell */
  constructor(station: string, otherwise: (instant: number) => number = machineOffset) {
    this.station = station;
    this.topics = createTopics();
    this.#topics = Object.values<Topic>(this.topics);
    const offset = new StationOffset(this.#device, otherwise);
    const version = (): OcppVersion => this.#version ?? '2.1';
    const offline = this.#offline;
    this.known = {
      station,
      get version() {
        return version();
      },
      transactions: this.#transactions,
      device: this.#device,
      get offline() {
        return offline.times;
      },
      offsetAt: (instant) => offset.at(instant),
    };
  }

  /** Version of the latest message; undefined as long as there was none. */
  get version(): OcppVersion | undefined {
    return this.#version;
  }

  /** What there is of each topic that has anything. */
  get topicExtents(): readonly TopicExtent[] {
    return this.#topics.flatMap((topic) => topic.extent() ?? []);
  }

  /** From the first to the last time that anything known has to do with; undefined as long as there was no message. */
  get extent(): { readonly from: number; readonly to: number } | undefined {
    if (this.#version === undefined) return undefined;
    let [from, to] = [this.#from, this.#to];
    const { all } = this.known.transactions;
    from = Math.min(from, all[0]?.startedAt ?? from);
    to = Math.max(to, all.at(-1)?.endedAt ?? to);
    for (const extent of this.topicExtents) {
      from = Math.min(from, extent.from ?? from);
      to = Math.max(to, extent.to ?? to);
    }
    return { from, to };
  }

  /** Takes the next event: what every topic may ask is up to date when the topics get it. */
  take(event: EnergyEvent): void {
    this.revision += 1;
    if (event.kind === 'request' || event.kind === 'answer') {
      this.#version = event.version;
      this.#from = Math.min(this.#from, event.at);
      this.#to = Math.max(this.#to, event.at);
      this.evses.take(event);
      this.#transactions.take(event);
      this.#device.take(event);
    } else {
      this.#offline.take(event);
    }
    for (const topic of this.#topics) {
      try {
        topic.take(event, this.known);
      } catch (error) {
        // A fault of ours in reading one message must not take all the others with it; it is told.
        this.fault ??= `Plugscope failed to read entry ${event.entry}: ${error instanceof Error ? error.message : error}.`;
      }
    }
  }
}

import type { EnergyEvent } from './event.ts';
import type { Known } from './known.ts';
import type { EnergyTopicName } from './overview.ts';

/** Something that is gathered from the messages of one station, such as its meter values or its tariffs. */
export interface Topic {
  /** Takes the next event. What makes no sense to the topic is passed over: findings say what is wrong with a message. */
  take(event: EnergyEvent, known: Known): void;
  /** What there is so far; undefined where there is nothing. Asked for often, so it takes no scan. */
  extent(): TopicExtent | undefined;
}

/** What a topic adds to the overview of its station. */
export interface TopicExtent {
  /** Charts that have anything to show by it. */
  readonly topics: readonly EnergyTopicName[];
  /** Meter values that it holds. */
  readonly samples?: number;
  /** From the first to the last time that it has anything of, in milliseconds since 1970; the end may lie ahead. */
  readonly from?: number;
  readonly to?: number;
}

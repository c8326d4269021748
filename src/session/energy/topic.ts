import type { EnergyEvent } from './event.ts';
import type { Known } from './known.ts';

/** Something that is gathered from the messages of one station, such as its meter values or its tariffs. */
export interface Topic {
  /** Takes the next event. What makes no sense to the topic is passed over: findings say what is wrong with a message. */
  take(event: EnergyEvent, known: Known): void;
}

import type { Direction } from '../../ocpp/direction.ts';
import { CONNECTION_ENDED } from './reasons.ts';

/** Which sides of a conversation are there, each by the direction that leads to it, and why nothing gets to one. */
export class Sides {
  readonly #open: Record<Direction, boolean> = { 'to-csms': true, 'to-station': true };
  /** The rule that lets nothing go on any more. */
  stalledBy: string | undefined;
  /** What ended the conversation, as the fate of what still waits. */
  endedBy = CONNECTION_ENDED;

  get areOpen(): boolean {
    return this.#open['to-csms'] && this.#open['to-station'];
  }

  isOpen(direction: Direction): boolean {
    return this.#open[direction];
  }

  opened(direction: Direction): void {
    this.#open[direction] = true;
    this.endedBy = CONNECTION_ENDED;
  }

  closed(direction: Direction): void {
    this.#open[direction] = false;
  }

  /** Why a frame is not delivered to a side that is not there. */
  get undeliveredBy(): string {
    return this.stalledBy ?? this.endedBy;
  }
}

import type { Direction } from '../../ocpp/direction.ts';

/** Over which leg of a proxied connection a frame was taken to go on. */
export interface OnwardFrame {
  readonly entry: number;
  readonly link: number;
  readonly direction: Direction;
  readonly bytes: number;
}

/** Entries back to which it is remembered; what becomes of a frame is mostly said at once. */
const ENTRIES = 10_000;

/**
 * Frames among the latest entries that were taken to go on: what became of one comes to light a little later. A ring with
 * a place for each entry, as every frame goes through it: a `Map` whose oldest is deleted each time took 10 µs a frame.
 */
export class OnwardFrames {
  readonly #ring: (OnwardFrame | undefined)[] = new Array(ENTRIES);

  add(frame: OnwardFrame): void {
    this.#ring[frame.entry % ENTRIES] = frame;
  }

  /** Yields a frame and forgets it; undefined where it is not known any more. */
  take(entry: number): OnwardFrame | undefined {
    const frame = this.#ring[entry % ENTRIES];
    if (frame?.entry !== entry) return undefined;
    this.#ring[entry % ENTRIES] = undefined;
    return frame;
  }
}

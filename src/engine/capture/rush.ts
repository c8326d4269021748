/** Entries a second from which on forwarding has the machine to itself as far as possible. */
const RUSH_PER_SECOND = 4000;
/** The rate is taken over at least this time, in milliseconds. */
const WINDOW_MS = 50;
/** With so many entries to go the indexer hurries all the same, so that a rush that lasts does not fill the disk. */
export const RUSH_LAG_MAX = 250_000;

/**
 * Tells whether so much traffic passes that the indexer had better rest: on a machine with few processors each moment
 * of its work delays frames. What it leaves it catches up with once the rush is over. (The priority of its thread does
 * not bring that about: at the lowest one it still took a third of the time of two processors.)
 */
export class Rush {
  #entries = 0;
  #mono = 0;
  #on = false;

  /**
   * @param entries last entry in the journal
   * @param lag entries that the index does not have yet
   * @param mono the recording's monotonic clock in milliseconds
   */
  isOn(entries: number, lag: number, mono: number): boolean {
    const elapsed = mono - this.#mono;
    if (elapsed >= WINDOW_MS) {
      this.#on = (entries - this.#entries) / elapsed > RUSH_PER_SECOND / 1000;
      this.#entries = entries;
      this.#mono = mono;
    }
    return this.#on && lag < RUSH_LAG_MAX;
  }
}

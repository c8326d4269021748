import type { EnergyLinkEvent } from './event.ts';

/** When a station had no connection to its CSMS. Before the first connection of the session nothing is known. */
export class Offline {
  readonly #times: { readonly from: number; to: number }[] = [];

  get times(): readonly { readonly from: number; readonly to: number }[] {
    return this.#times;
  }

  /** Takes that the station came or went. */
  take({ kind, at }: EnergyLinkEvent): void {
    const last = this.#times.at(-1);
    const isOffline = last?.to === Number.POSITIVE_INFINITY;
    if (kind === 'disconnected' && !isOffline) this.#times.push({ from: at, to: Number.POSITIVE_INFINITY });
    else if (kind === 'connected' && isOffline) last.to = Math.max(at, last.from);
  }
}

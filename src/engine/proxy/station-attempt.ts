import type { LinkNegotiation, LinkOpening } from '../../session/link.ts';
import type { RefusalBook } from '../admission/refusals/refusal-book.ts';
import type { Recorder } from '../recorder.ts';

/** Where links are recorded until it is known what becomes of them. */
export type LinkRecorder = Pick<Recorder, 'openLink' | 'negotiated'>;

/**
 * The record of a station's attempt to come in, from its request on. It is recorded as it goes on, unless too many like it
 * came to nothing: then its links, which have numbers below zero so long, are kept back until it is known that it comes to
 * something, and are else counted.
 */
export class StationAttempt implements LinkRecorder {
  readonly #opening: LinkOpening;
  readonly #refusals: RefusalBook;
  readonly #recorder: Recorder;
  /** Links that are kept back, in their order; undefined where none are. */
  #withheld: { readonly opening: LinkOpening; negotiation?: LinkNegotiation }[] | undefined;
  #link: number;
  /** Whether it has a place of its own in the record, which is free again where it comes to something. */
  readonly #hasPlace: boolean;

  constructor(opening: LinkOpening, refusals: RefusalBook, recorder: Recorder) {
    this.#opening = opening;
    this.#refusals = refusals;
    this.#recorder = recorder;
    this.#hasPlace = refusals.reserve(opening);
    if (!this.#hasPlace) this.#withheld = [];
    this.#link = this.openLink(opening);
  }

  /** The link of the station. */
  get link(): number {
    return this.#link;
  }

  get isWithheld(): boolean {
    return this.#withheld !== undefined;
  }

  openLink(opening: LinkOpening): number {
    return this.#withheld ? -this.#withheld.push({ opening }) : this.#recorder.openLink(opening);
  }

  negotiated(link: number, negotiation: LinkNegotiation): void {
    const kept = this.#withheld?.[-link - 1];
    if (kept) kept.negotiation = negotiation;
    else this.#recorder.negotiated(link, negotiation);
  }

  /** The station is not let in. */
  refused(negotiation: LinkNegotiation): void {
    if (this.#withheld) this.#refusals.count(this.#opening, negotiation);
    else this.#recorder.negotiated(this.#link, negotiation);
  }

  /** The station is let in, which `record` came before. */
  opened(negotiation: LinkNegotiation): void {
    if (this.#hasPlace) this.#refusals.opened(this.#opening);
    this.#recorder.negotiated(this.#link, negotiation);
  }

  /** It comes to something: what was kept back is recorded. Yields the link that another has from now on. */
  record(other: number): number {
    const withheld = this.#withheld;
    if (!withheld) return other;
    this.#withheld = undefined;
    const links: number[] = [];
    for (const { opening, negotiation } of withheld) {
      const pairedWith = opening.pairedWith === undefined ? undefined : links[-opening.pairedWith - 1];
      const link = this.#recorder.openLink({ ...opening, pairedWith });
      if (negotiation) this.#recorder.negotiated(link, negotiation);
      links.push(link);
    }
    this.#link = links[0] ?? this.#link;
    return links[-other - 1] ?? other;
  }
}

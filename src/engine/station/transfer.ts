import type { Timer } from '../clock.ts';
import type { StationCore } from './station-core.ts';

/** The states of an attempt, as the messages of a version call them. */
export interface TransferStatuses<Status> {
  /** While it waits for its time; not told where a version has no word for it. */
  readonly scheduled?: Status;
  readonly started: Status;
  readonly failed: Status;
}

/** Seconds from the start of an attempt to its failure. */
const ATTEMPT_SECONDS = 2;

/**
 * A transfer of a file that the CSMS asks for. This station has no file transfer, so that each attempt really fails, and
 * the CSMS is told so: one status when it starts, another when it has failed.
 */
export class Transfer<Status extends string> {
  readonly #core: Pick<StationCore, 'after' | 'clock'>;
  readonly #statuses: TransferStatuses<Status>;
  readonly #notify: (status: Status, requestId: number) => void;
  #requestId = 0;
  /** On the monotonic clock. A restart of the station ends an attempt unseen. */
  #startsAt = Number.POSITIVE_INFINITY;
  #endsAt = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;

  constructor(
    core: Pick<StationCore, 'after' | 'clock'>,
    statuses: TransferStatuses<Status>,
    notify: (status: Status, requestId: number) => void,
  ) {
    this.#core = core;
    this.#statuses = statuses;
    this.#notify = notify;
  }

  /** The status and the request of the attempt that is under way; undefined where none is. */
  get ongoing(): { readonly status: Status; readonly requestId: number } | undefined {
    const { mono } = this.#core.clock.now();
    return mono >= this.#startsAt && mono < this.#endsAt
      ? { status: this.#statuses.started, requestId: this.#requestId }
      : undefined;
  }

  /** Makes an attempt after a delay in seconds, in place of the one that is under way. */
  start(requestId = 0, delay = 0): void {
    this.#timer?.cancel();
    this.#requestId = requestId;
    this.#startsAt = this.#core.clock.now().mono + 1000 * delay;
    this.#endsAt = this.#startsAt + 1000 * ATTEMPT_SECONDS;
    if (delay > 0 && this.#statuses.scheduled) this.#notify(this.#statuses.scheduled, requestId);
    this.#timer = this.#core.after(delay, () => {
      this.#notify(this.#statuses.started, requestId);
      this.#timer = this.#core.after(ATTEMPT_SECONDS, () => this.#notify(this.#statuses.failed, requestId));
    });
  }
}

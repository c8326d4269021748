import type { CallOutcome } from '../rpc/effects.ts';
import type { StationCore } from './station-core.ts';

/** Sees to it that each change of a connector's status is reported once, over lost connections too. */
export class StatusReports {
  readonly #core: Pick<StationCore, 'inService'>;
  readonly #send: (connector: number) => Promise<CallOutcome>;
  readonly #reported = new Map<number, string>();

  constructor(core: Pick<StationCore, 'inService'>, send: (connector: number) => Promise<CallOutcome>) {
    this.#core = core;
    this.#send = send;
  }

  /** Reports a status if it is another than the last one, or always. Out of service nothing is reported: that follows. */
  report(connector: number, status: string, always: boolean): void {
    if (!this.#core.inService || (!always && this.#reported.get(connector) === status)) return;
    this.#reported.set(connector, status);
    void this.#send(connector).then(({ kind }) => {
      // It did not get through: after the reconnection it counts as changed.
      if (kind === 'closed') this.#reported.delete(connector);
    });
  }
}

import type { Interval } from '../../../ocpp/schedule/context.ts';
import type { Known } from '../known.ts';

/** A stretch in which a transaction used priority charging. */
export interface PriorityUse extends Interval {
  readonly transactionId: string;
  readonly entry: number;
}

type Use = { -readonly [K in keyof PriorityUse]: PriorityUse[K] };

const USES_MAX = 10_000;

/** When priority charging was in use (K21, K22). */
export class PriorityUses {
  readonly #uses: Use[] = [];

  /** Takes that it is in use from now on, or no more. */
  take(transactionId: string, activated: boolean, at: number, entry: number): void {
    const open = this.#uses.findLast(
      (use) => use.transactionId === transactionId && use.to === Number.POSITIVE_INFINITY,
    );
    if (activated && !open && this.#uses.length < USES_MAX) {
      this.#uses.push({ transactionId, from: at, to: Number.POSITIVE_INFINITY, entry });
    } else if (!activated && open) open.to = Math.max(open.from, at);
  }

  /** Of the transactions on an EVSE; it ends with its transaction at the latest. */
  on(evseId: number, { transactions }: Pick<Known, 'transactions'>): readonly PriorityUse[] {
    return this.#uses.flatMap((use) => {
      const transaction = transactions.find(use.transactionId);
      if (transaction?.evseId !== evseId) return [];
      const to = Math.min(use.to, transaction.endedAt ?? Number.POSITIVE_INFINITY);
      return use.from < to ? [{ ...use, to }] : [];
    });
  }
}

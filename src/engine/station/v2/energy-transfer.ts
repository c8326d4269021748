import type { JsonObject } from '../../../ocpp/json.ts';
import type { RequestOf } from '../../../ocpp/messages.ts';
import type { OfferNow } from '../charging-session.ts';
import type { Follower } from '../dialect.ts';
import type { Evse, IdToken, Transaction } from '../evse.ts';

/** How energy goes between EVSE and vehicle. */
export type EnergyTransfer = RequestOf<'2.1', 'NotifyAllowedEnergyTransfer'>['allowedEnergyTransfer'][number];

/** What the vehicles of this station can do, the best first. */
export const ENERGY_TRANSFERS = ['AC_BPT_DER', 'AC_BPT', 'AC_three_phase'] as const satisfies readonly EnergyTransfer[];

/**
 * What the CSMS lets a vehicle do (2.1, Q01, Q02). Without a word of it everything is allowed, so that V2X can be tried
 * with a CSMS that knows nothing of this; the specification would have the vehicle only charge then (Q02.FR.04).
 */
export class EnergyTransfers implements Follower {
  readonly #ofDrivers = new Map<string, readonly EnergyTransfer[]>();
  readonly #allowed = new Map<Transaction, readonly EnergyTransfer[]>();

  /** What an AuthorizeResponse allows its driver (Q01.FR.01). */
  authorized({ token }: IdToken, { allowedEnergyTransfer: list }: JsonObject): void {
    // The response was checked against its schema.
    if (Array.isArray(list)) this.#ofDrivers.set(token.toLowerCase(), list as unknown as readonly EnergyTransfer[]);
    else this.#ofDrivers.delete(token.toLowerCase());
  }

  /** From now on this is allowed in a transaction (Q02.FR.05). */
  allow(transaction: Transaction, list: readonly EnergyTransfer[]): void {
    this.#allowed.set(transaction, list);
  }

  /** What the vehicle asks for: the best that is allowed, or to be charged where nothing is that it can do. */
  requested(transaction: Transaction | undefined): (typeof ENERGY_TRANSFERS)[number] {
    const allowed = transaction && this.#allowed.get(transaction);
    return ENERGY_TRANSFERS.find((transfer) => allowed?.includes(transfer) ?? true) ?? 'AC_three_phase';
  }

  begins(_evse: Evse, transaction: Transaction): void {
    const allowed = this.#ofDrivers.get(transaction.idToken.token.toLowerCase());
    if (allowed) this.#allowed.set(transaction, allowed);
  }

  /** Nothing is given back where only charging is allowed. */
  adjust({ transaction }: Evse, offer: OfferNow): OfferNow {
    if (this.requested(transaction) !== 'AC_three_phase') return offer;
    const { setpoint } = offer;
    return { ...offer, dischargeLimit: 0, ...(setpoint === undefined ? {} : { setpoint: Math.max(0, setpoint) }) };
  }

  ended(_evse: Evse, transaction: Transaction): void {
    this.#allowed.delete(transaction);
    this.#ofDrivers.delete(transaction.idToken.token.toLowerCase());
  }
}

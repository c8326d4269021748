import type { Tariff } from '../../../ocpp/tariff/tariff.ts';

/** Which message brought a tariff. */
export type TariffKind = 'default' | 'driver' | 'changed';

/** A tariff that the station accepted, or was given with an authorization. */
export interface KnownTariff {
  readonly kind: TariffKind;
  readonly tariff: Tariff;
  /** The message with the tariff in it: a request of the CSMS, or its answer to Authorize. */
  readonly entry: number;
  /** When it was accepted. */
  readonly at: number;
  /** Of a default tariff; 0 is every EVSE. */
  readonly evseId?: number;
  /** Of a driver's. */
  readonly idToken?: string;
  /** Of a changed one. */
  readonly transaction?: string;
}

/** A tariff that was sent in vain, or cannot be read. */
export interface RefusedTariff {
  readonly entry: number;
  readonly at: number;
  readonly action: string;
  readonly tariffId: string | null;
  readonly sentence: string;
  readonly transaction?: string;
}

/** A tariff that a transaction says it uses (`transactionInfo.tariffId`). */
export interface ToldTariff {
  readonly tariffId: string;
  /** By the station's clock. */
  readonly at: number;
  readonly entry: number;
  readonly triggerReason: string | null;
}

import type { ComparedSum } from '../../../ocpp/tariff/agreement.ts';
import type { CostKind } from '../../../ocpp/tariff/evaluation.ts';
import type { CostDimension } from '../../../ocpp/tariff/tariff.ts';
import type { TariffLine } from '../../../ocpp/tariff/words.ts';
import type { TariffKind } from './known-tariff.ts';
import type { TariffsAnswer } from './tariff-topic.ts';

/** A tariff that a transaction was under. */
export interface ShownTariff {
  readonly tariffId: string;
  readonly kind: TariffKind;
  readonly currency: string;
  readonly from: number;
  /** Null to the end. */
  readonly to: number | null;
  /** The message that brought it, and the one from which on it counts. */
  readonly entry: number;
  readonly toldEntry: number;
  readonly lines: readonly TariffLine[];
  /** What it says to the driver; the first text. */
  readonly description: string | null;
}

/** A price that was used, and for how much. Amounts are rounded for display alone, to six decimals. */
export interface ChargeRow {
  readonly dimension: CostDimension;
  /** Wh, milliseconds, or 1. */
  readonly quantity: number;
  /** From 1; null where no price applies. */
  readonly element: number | null;
  readonly price: number;
  /** When the price applies, in words; empty for always. */
  readonly conditions: string;
  /** Why the prices before it do not apply, in words. */
  readonly passedOver: readonly string[];
  readonly exclTax: number;
  readonly inclTax: number;
}

/** A charging period, or what is paid once at the start. */
export interface PeriodRows {
  readonly tariffId: string | null;
  readonly from: number;
  readonly to: number;
  /** Local time of the station less UTC, in milliseconds: times of day in conditions are local. */
  readonly offset: number;
  readonly because: string;
  /** The meter values between which energy at its start was interpolated. */
  readonly interpolated: { readonly from: number; readonly to: number } | null;
  readonly rows: readonly ChargeRow[];
}

/** Sums over time, each value holding at its instant. */
export interface CostLines {
  readonly at: readonly number[];
  /** With tax. */
  readonly total: readonly number[];
  readonly dimensions: readonly { readonly dimension: CostDimension; readonly inclTax: readonly number[] }[];
}

/** A cost that was reported, as a point. */
export interface ReportPoint {
  readonly from: 'station' | 'csms';
  readonly action: string;
  readonly at: number;
  readonly entry: number;
  readonly final: boolean;
  readonly exclTax: number | null;
  readonly inclTax: number | null;
  /** With tax, at the same instant; null where there is no tariff. */
  readonly calculated: number | null;
  /** Null where nothing was calculated. */
  readonly agrees: boolean | null;
}

/** A dimension, or all, by who says what. */
export interface TotalRow {
  readonly dimension: CostDimension | 'total';
  readonly calculated: SidesOfSum | null;
  readonly station: SidesOfSum | null;
  readonly csms: SidesOfSum | null;
}

export interface SidesOfSum {
  readonly exclTax: number | null;
  readonly inclTax: number | null;
}

/** What somebody reported last, held against the calculation at the same instant. */
export interface ReportComparison {
  readonly entry: number;
  readonly at: number;
  readonly final: boolean;
  readonly agrees: boolean;
  readonly sums: readonly ComparedSum[];
  readonly sentences: readonly string[];
  readonly causes: readonly string[];
}

/** The tariff and the cost of a transaction. */
export interface TariffPicture {
  readonly transaction: string;
  readonly from: number;
  /** Until when the course is known; the end where `ended`. */
  readonly to: number;
  readonly ended: boolean;
  /** Null where nothing tells a currency. */
  readonly currency: string | null;
  /** Why nothing is calculated, in a sentence; null where it is. */
  readonly missing: string | null;
  readonly tariffs: readonly ShownTariff[];
  readonly typeOfCost: CostKind | null;
  readonly maximumAt: number | null;
  /** The sum before minimum and maximum. */
  readonly uncapped: SidesOfSum | null;
  readonly once: readonly ChargeRow[];
  readonly periods: readonly PeriodRows[];
  /** More of them than are shown. */
  readonly periodsInAll: number;
  readonly lines: CostLines;
  readonly power: {
    readonly at: readonly number[];
    readonly value: readonly number[];
    readonly entry: readonly number[];
  };
  readonly reports: readonly ReportPoint[];
  readonly totals: readonly TotalRow[];
  readonly usage: { readonly energy: number; readonly chargingTime: number; readonly idleTime: number } | null;
  readonly station: ReportComparison | null;
  readonly csms: ReportComparison | null;
  /** What is remarkable about the tariffs, what had to be assumed, and which tariffs were sent in vain. */
  readonly remarks: readonly { readonly sentence: string; readonly entry: number | null }[];
  /** The latest answer to GetTariffs. */
  readonly answer: TariffsAnswer | null;
}

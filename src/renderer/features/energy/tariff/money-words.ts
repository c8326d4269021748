import type { CostDimension } from '../../../../ocpp/tariff/tariff.ts';
import type { ChargeRow, SidesOfSum } from '../../../../session/energy/tariffs/tariff-picture.ts';
import { valueWords } from '../../../components/chart/value-words.ts';

/** What is paid for, as tables and legends name it. */
export const DIMENSION_WORDS: Readonly<Record<CostDimension | 'total', string>> = {
  fixed: 'Fixed fee',
  energy: 'Energy',
  chargingTime: 'Charging time',
  idleTime: 'Idle time',
  reservationTime: 'Reservation time',
  reservationFixed: 'Reservation fee',
  total: 'Total',
};

/** An amount as the language of the browser writes it in a currency; as a number where there is no such currency. */
export function money(value: number, currency: string | null, digits?: number): string {
  const language = globalThis.navigator?.language ?? 'en';
  if (currency === null || !/^[A-Z]{3}$/.test(currency)) {
    return `${value.toFixed(digits ?? 2)}${currency === null ? '' : ` ${currency}`}`;
  }
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  }).format(value);
}

/** A sum of a table; a dash where nobody says it. */
export function sumWords(sum: SidesOfSum | null, side: keyof SidesOfSum, currency: string | null): string {
  const value = sum?.[side] ?? null;
  return value === null ? '–' : money(value, currency);
}

/** What was used: `3.65 kWh`, `15 min`, `1 ×`. */
export function quantityWords({ dimension, quantity }: Pick<ChargeRow, 'dimension' | 'quantity'>): string {
  if (dimension === 'energy') return valueWords(quantity, { unit: 'Wh', scales: true });
  if (dimension === 'fixed' || dimension === 'reservationFixed') return `${quantity} ×`;
  const seconds = quantity / 1000;
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const rest = Number((seconds % 60).toFixed(1));
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** A price with what it is for: `€0.45/kWh`. */
export function priceWords(
  { dimension, price }: Pick<ChargeRow, 'dimension' | 'price'>,
  currency: string | null,
): string {
  const written = String(price);
  const decimals = written.includes('.') && !written.includes('e') ? written.length - written.indexOf('.') - 1 : 0;
  const unit = dimension === 'energy' ? '/kWh' : dimension.endsWith('Time') ? '/min' : '';
  return `${decimals > 2 ? money(price, currency, decimals) : money(price, currency)}${unit}`;
}

/** Time of day at the station. */
export function stationTime(at: number, offset: number): string {
  return new Date(at + offset).toISOString().slice(11, 19);
}

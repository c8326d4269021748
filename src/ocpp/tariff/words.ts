import Big from 'big.js';
import { currencyDigits } from './money.ts';
import {
  type Conditions,
  DAYS_OF_WEEK,
  type DayOfWeek,
  type FixedConditions,
  type Price,
  type PriceList,
  RANGES,
  type RangeQuantity,
  type Tariff,
  type TaxRate,
} from './tariff.ts';

/** A line of a tariff in words: what is paid for, and how much when. */
export interface TariffLine {
  readonly what: string;
  readonly words: string;
}

/** A tariff in words: `Energy`, `0.45 EUR/kWh from 22:00 to 06:00, else 0.60 EUR/kWh, plus 19 % vat`. */
export function tariffInWords(tariff: Tariff): readonly TariffLine[] {
  const { currency } = tariff;
  const lines: TariffLine[] = [];
  const add = (what: string, list: PriceList | undefined, unit: string): void => {
    if (list) lines.push({ what, words: listInWords(list, currency, unit) });
  };
  add('Energy', tariff.energy, '/kWh');
  add('Charging time', tariff.chargingTime, '/min');
  add('Idle time', tariff.idleTime, '/min');
  add('Fixed fee', tariff.fixedFee, '');
  add('Reservation time', tariff.reservationTime, '/min');
  add('Reservation fee', tariff.reservationFixed, '');
  if (tariff.minCost) lines.push({ what: 'At least', words: priceInWords(tariff.minCost, currency) });
  if (tariff.maxCost) lines.push({ what: 'At most', words: priceInWords(tariff.maxCost, currency) });
  return lines;
}

function listInWords(list: PriceList, currency: string, unit: string): string {
  const prices = list.prices.map(({ price, conditions }, index) => {
    const words = conditionsInWords(conditions);
    const amount = `${moneyInWords(price, currency)}${unit}`;
    if (words !== '') return `${amount} ${words}`;
    return index > 0 ? `else ${amount}` : amount;
  });
  const last = list.prices.at(-1);
  if (last?.conditions && conditionsInWords(last.conditions) !== '') prices.push('else nothing');
  const separator = list.prices.length > 2 ? '; ' : ', ';
  return `${prices.join(separator)}${taxInWords(list.taxRates)}`;
}

/** Amounts as the tariff has them: with the decimals of the currency at least. */
export function moneyInWords(value: number, currency: string): string {
  const amount = new Big(value);
  const digits = Math.max(currencyDigits(currency), amount.c.length - amount.e - 1);
  return `${amount.toFixed(digits)} ${currency}`;
}

function priceInWords({ exclTax, inclTax, taxRates }: Price, currency: string): string {
  const sides = [
    ...(exclTax === undefined ? [] : [`${moneyInWords(exclTax, currency)} without tax`]),
    ...(inclTax === undefined ? [] : [`${moneyInWords(inclTax, currency)} with tax`]),
  ];
  return `${sides.join(', ')}${inclTax === undefined ? taxInWords(taxRates) : ''}`;
}

function taxInWords(rates: readonly TaxRate[]): string {
  if (rates.length === 0) return '';
  const words = rates.map(
    ({ type, tax, stack }) => `${new Big(tax)} % ${type}${stack > 0 ? ` on top (level ${stack})` : ''}`,
  );
  return `, plus ${words.join(' and ')}`;
}

/** Conditions in words: `from 22:00 to 06:00 on Mon–Fri`; empty where there are none. */
export function conditionsInWords(conditions: Conditions | undefined): string {
  if (!conditions) return '';
  return [timeInWords(conditions), daysInWords(conditions.dayOfWeek), datesInWords(conditions), kindInWords(conditions)]
    .concat(RANGES.map(({ min, max, quantity }) => rangeInWords(quantity, conditions[min], conditions[max])))
    .filter((words) => words !== '')
    .join(' ');
}

function timeInWords({ startTimeOfDay: start, endTimeOfDay: end }: FixedConditions): string {
  if (start !== undefined && end !== undefined) return `from ${clock(start)} to ${clock(end)}`;
  if (start !== undefined) return `from ${clock(start)} on`;
  return end === undefined ? '' : `until ${clock(end)}`;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function daysInWords(days: readonly DayOfWeek[] | undefined): string {
  if (!days || days.length === 0) return '';
  const indices = DAYS_OF_WEEK.flatMap((day, index) => (days.includes(day) ? [index] : []));
  const [first = 0, last = 0] = [indices[0], indices.at(-1)];
  const short = (index: number): string => (DAYS_OF_WEEK[index] ?? '').slice(0, 3);
  const inARow = indices.length > 2 && last - first === indices.length - 1;
  return `on ${inARow ? `${short(first)}–${short(last)}` : indices.map(short).join(', ')}`;
}

function datesInWords({ validFromDate: from, validToDate: to }: FixedConditions): string {
  const words = [
    ...(from === undefined ? [] : [`since ${date(from)}`]),
    ...(to === undefined ? [] : [`before ${date(to)}`]),
  ];
  return words.join(' ');
}

function date(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

function kindInWords({ evseKind, paymentBrand, paymentRecognition }: FixedConditions): string {
  const words = [
    ...(evseKind === undefined ? [] : [`at ${evseKind}`]),
    ...(paymentBrand === undefined ? [] : [`paid by ${paymentBrand}`]),
    ...(paymentRecognition === undefined ? [] : [`paid as ${paymentRecognition}`]),
  ];
  return words.join(' ');
}

const UNITS: { readonly [quantity in RangeQuantity]: { readonly words: string; readonly unit: string } } = {
  energy: { words: 'of energy', unit: 'Wh' },
  current: { words: 'of current', unit: 'A' },
  power: { words: 'of power', unit: 'W' },
  time: { words: 'of the transaction', unit: 's' },
  chargingTime: { words: 'of charging', unit: 's' },
  idleTime: { words: 'idle', unit: 's' },
};

function rangeInWords(quantity: RangeQuantity, low: number | undefined, high: number | undefined): string {
  if (low === undefined && high === undefined) return '';
  const { words, unit } = UNITS[quantity];
  const bound = (value: number): string => (unit === 's' ? durationInWords(value) : quantityInWords(value, unit));
  if (low === undefined) return `below ${bound(high ?? 0)} ${words}`;
  const after = unit === 's' || quantity === 'energy' ? 'after' : 'from';
  if (high === undefined) return `${after} ${bound(low)} ${words}`;
  return `${after} ${bound(low)} and below ${bound(high)} ${words}`;
}

/** `11 kW`, `500 W`. */
export function quantityInWords(value: number, unit: string): string {
  const large = unit !== 'A' && Math.abs(value) >= 1000;
  return `${Number((large ? value / 1000 : value).toFixed(3))} ${large ? 'k' : ''}${unit}`;
}

/** `90 s`, `30 min`, `1 h 30 min`. */
export function durationInWords(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) {
    return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  const minutes = seconds / 60;
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

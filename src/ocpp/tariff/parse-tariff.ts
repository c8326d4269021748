import {
  choiceAt,
  FieldFault,
  numberAt,
  objectAt,
  objectsAt,
  type Parsed,
  parsed,
  requiredNumberAt,
  timeAt,
} from '../fields.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import {
  type Conditions,
  DAYS_OF_WEEK,
  EVSE_KINDS,
  type FixedConditions,
  type Price,
  type PriceElement,
  type PriceList,
  RANGES,
  type RangeBound,
  type Tariff,
  type TaxRate,
} from './tariff.ts';

/**
 * The tariff of a SetDefaultTariff, ChangeTransactionTariff or AuthorizeResponse. One that cannot be calculated with
 * fails, with the requirement that lets a station reject it (I07.FR.05) or the field that is wrong.
 */
export function parseTariff(payload: JsonValue | undefined): Parsed<Tariff> {
  return parsed(() => {
    if (!isJsonObject(payload)) throw new FieldFault('I07.FR.05', 'The tariff is no object (I07.FR.05).');
    return readTariff(payload);
  });
}

function readTariff(payload: JsonObject): Tariff {
  const currency = requiredTextAt(payload, 'currency');
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new FieldFault('I07.FR.05', `The currency ${currency} is no code of ISO 4217 (I07.FR.05).`);
  }
  const running = { price: 'priceKwh', ranges: true } as const;
  const minute = { price: 'priceMinute', ranges: true } as const;
  const fixed = { price: 'priceFixed', ranges: false } as const;
  return {
    tariffId: requiredTextAt(payload, 'tariffId'),
    currency,
    ...defined('validFrom', timeAt(payload, 'validFrom')),
    description: objectsAt(payload, 'description').map((text) => ({
      content: requiredTextAt(text, 'content'),
      ...defined('language', textAt(text, 'language')),
    })),
    ...defined('energy', listAt(payload, 'energy', running)),
    ...defined('chargingTime', listAt(payload, 'chargingTime', minute)),
    ...defined('idleTime', listAt(payload, 'idleTime', minute)),
    ...defined('fixedFee', listAt(payload, 'fixedFee', fixed)),
    ...defined('reservationTime', listAt(payload, 'reservationTime', minute)),
    ...defined('reservationFixed', listAt(payload, 'reservationFixed', fixed)),
    ...defined('minCost', priceAt(payload, 'minCost')),
    ...defined('maxCost', priceAt(payload, 'maxCost')),
  };
}

interface ListKind {
  readonly price: 'priceKwh' | 'priceMinute' | 'priceFixed';
  /** Whether conditions may be about energy, power, current and durations too. */
  readonly ranges: boolean;
}

function listAt(payload: JsonObject, name: string, kind: ListKind): PriceList | undefined {
  if (payload[name] === undefined) return undefined;
  return within(name, () => {
    const holder = objectAt(payload, name);
    const prices = objectsAt(holder, 'prices');
    if (prices.length === 0) throw new FieldFault('I07.FR.05', 'prices has at least one element (I07.FR.05).');
    return {
      prices: prices.map((price, index) => within(`prices[${index}]`, () => readElement(price, kind))),
      taxRates: readTaxRates(holder),
    };
  });
}

function readElement(holder: JsonObject, kind: ListKind): PriceElement {
  const price = requiredNumberAt(holder, kind.price);
  if (holder.conditions === undefined) return { price };
  const conditions = objectAt(holder, 'conditions');
  return { price, conditions: within('conditions', () => readConditions(conditions, kind.ranges)) };
}

function readConditions(holder: JsonObject, ranges: boolean): Conditions {
  const days = holder.dayOfWeek;
  const known = DAYS_OF_WEEK.filter((day) => Array.isArray(days) && days.includes(day));
  if (days !== undefined && (!Array.isArray(days) || days.some((day) => !known.some((each) => each === day)))) {
    throw new FieldFault('I07.FR.05', `dayOfWeek is no list of ${DAYS_OF_WEEK.join(', ')} (I07.FR.05).`);
  }
  const fixed: FixedConditions = {
    ...defined('startTimeOfDay', minuteOfDayAt(holder, 'startTimeOfDay')),
    ...defined('endTimeOfDay', minuteOfDayAt(holder, 'endTimeOfDay')),
    ...(days === undefined ? {} : { dayOfWeek: known }),
    ...defined('validFromDate', dateAt(holder, 'validFromDate')),
    ...defined('validToDate', dateAt(holder, 'validToDate')),
    ...defined('evseKind', choiceAt(holder, 'evseKind', EVSE_KINDS)),
    ...defined('paymentBrand', textAt(holder, 'paymentBrand')),
    ...defined('paymentRecognition', textAt(holder, 'paymentRecognition')),
  };
  const bounds: { [bound in RangeBound]?: number } = {};
  for (const { min, max } of RANGES) {
    for (const name of [min, max] as const) {
      const value = numberAt(holder, name);
      if (value === undefined) continue;
      if (!ranges) throw new FieldFault('I07.FR.05', `A fixed price has no condition ${name} (I07.FR.05).`);
      bounds[name] = value;
    }
  }
  return { ...fixed, ...bounds };
}

function readTaxRates(holder: JsonObject): readonly TaxRate[] {
  return objectsAt(holder, 'taxRates').map((rate, index) =>
    within(`taxRates[${index}]`, () => ({
      type: requiredTextAt(rate, 'type'),
      tax: requiredNumberAt(rate, 'tax'),
      stack: numberAt(rate, 'stack') ?? 0,
    })),
  );
}

/** The price (`PriceType`) under a name, if it is there. */
export function priceAt(payload: JsonObject, name: string): Price | undefined {
  if (payload[name] === undefined) return undefined;
  return within(name, () => {
    const holder = objectAt(payload, name);
    const exclTax = numberAt(holder, 'exclTax');
    const inclTax = numberAt(holder, 'inclTax');
    if (exclTax === undefined && inclTax === undefined) {
      throw new FieldFault('I07.FR.05', 'one of exclTax and inclTax has to be there (PriceType).');
    }
    return { ...defined('exclTax', exclTax), ...defined('inclTax', inclTax), taxRates: readTaxRates(holder) };
  });
}

function minuteOfDayAt(holder: JsonObject, name: string): number | undefined {
  const text = textAt(holder, name);
  if (text === undefined) return undefined;
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!match) throw new FieldFault('I07.FR.17', `${name} ${text} is no time of day as hh:mm (I07.FR.17).`);
  return Number(match[1]) * 60 + Number(match[2]);
}

const DAY = 86_400_000;

function dateAt(holder: JsonObject, name: string): number | undefined {
  const text = textAt(holder, name);
  if (text === undefined) return undefined;
  const instant = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(instant)) throw new FieldFault('I07.FR.17', `${name} ${text} is no date (I07.FR.17).`);
  return instant / DAY;
}

/** The text under a name, if it is there. */
export function textAt(holder: JsonObject, name: string): string | undefined {
  const value = holder[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new FieldFault('I07.FR.05', `${name} is no text (I07.FR.05).`);
}

function requiredTextAt(holder: JsonObject, name: string): string {
  const text = textAt(holder, name);
  if (text === undefined) throw new FieldFault('I07.FR.05', `${name} is missing (I07.FR.05).`);
  return text;
}

/** Reads something further inside, and says in a fault where that is. */
function within<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (fault) {
    if (!(fault instanceof FieldFault)) throw fault;
    throw new FieldFault(fault.code, `${place}: ${fault.message}`);
  }
}

function defined<K extends string, T>(name: K, value: T | undefined): { readonly [name in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in K]: T });
}

import { valueWords } from '../../../components/chart/value-words.ts';

/** Energy with its unit, exact to a thousandth of a Wh. */
export const amount = (wattHours: number): string => valueWords(wattHours, { unit: 'Wh', scales: true });

/** Power with its unit, to a watt: an average has no more digits that mean anything. */
export const power = (watts: number): string => valueWords(Math.round(watts), { unit: 'W', scales: true });

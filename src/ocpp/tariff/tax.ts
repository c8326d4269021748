import Big from 'big.js';
import { decimal } from './money.ts';
import type { TaxRate } from './tariff.ts';

/** How tax rates come together: `stacked` as the specification has it; the others are mistakes that stations make. */
export type TaxReading = 'stacked' | 'none' | 'added' | 'compounded';

/**
 * What a net price is multiplied by. Rates of one stack level are added up, since each is on the same net price; a
 * level is then applied to the result of the level below it (I12.FR.13). Without rates no tax is applicable.
 */
export function taxFactor(rates: readonly TaxRate[], reading: TaxReading = 'stacked'): Big {
  if (reading === 'none') return new Big(1);
  const percentages = new Map<number, Big>();
  rates.forEach(({ tax, stack }, index) => {
    const level = reading === 'added' ? 0 : reading === 'compounded' ? index : stack;
    percentages.set(level, (percentages.get(level) ?? new Big(0)).plus(decimal(tax)));
  });
  return [...percentages.values()].reduce((factor, tax) => factor.times(tax.times('0.01').plus(1)), new Big(1));
}

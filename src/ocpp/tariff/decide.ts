import { type Moment, refusal } from './conditions.ts';
import type { Decision, PassedOver } from './evaluation.ts';
import type { Reading } from './reading.ts';
import type { PriceList } from './tariff.ts';
import { conditionsInWords } from './words.ts';

/** The element of a price list that is used at a moment: the first whose conditions are met (I12.FR.33, I12.FR.34). */
export function decide(list: PriceList, moment: Moment, match: Reading['match'] = 'first'): Decision {
  const passedOver: PassedOver[] = [];
  let used: number | null = null;
  for (const [element, { conditions }] of list.prices.entries()) {
    const refused = refusal(conditions, moment);
    if (refused) {
      if (used === null) passedOver.push({ element, ...refused });
      continue;
    }
    used = element;
    if (match === 'first') break;
  }
  const price = used === null ? undefined : list.prices[used];
  return { element: used, price: price?.price ?? 0, conditional: price?.conditions !== undefined, passedOver };
}

/** Why another element is used than before, in words; elements count from 1, as in tables. */
export function changeInWords(what: string, list: PriceList, before: Decision, now: Decision): string {
  const when = (element: number): string => {
    const words = conditionsInWords(list.prices[element]?.conditions);
    return words === '' ? '' : `: ${words}`;
  };
  if (now.element === null || now.passedOver.some(({ element }) => element === before.element)) {
    const lost = before.element ?? 0;
    const next = now.element === null ? ', and no other does' : '';
    return `${what} price ${lost + 1} no longer applies${when(lost)}${next}`;
  }
  return `${what} price ${now.element + 1} applies${when(now.element)}`;
}

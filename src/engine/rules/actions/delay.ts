import type { ActionOf } from '../../../workspace/rule-action.ts';
import { compileFilter } from '../compile-filter.ts';
import type { PreparedAction } from '../effect.ts';

/** Lets a message go on later. */
export function prepareDelay({ ms, jitterMs = 0, until = '' }: ActionOf<'delay'>): PreparedAction {
  const passes = until.trim() === '' ? undefined : compileFilter(until);
  return {
    onFrame(_, { chances }) {
      const delayMs = Math.max(0, ms + (jitterMs === 0 ? 0 : chances.between(-jitterMs, jitterMs)));
      const words = jitterMs === 0 ? {} : { words: `${delayMs} ms` };
      return { delayMs, ...words, ...(passes && { until: ({ subject }) => passes(subject) }) };
    },
  };
}

import { readFilter } from '../../session/filter/check.ts';
import { localEnvironment } from '../../session/filter/environment.ts';
import { compilePredicate, type Predicate } from '../../session/filter/predicate.ts';

/** A filter as a function; an empty one lets everything pass, and one that cannot be used nothing. */
export function compileFilter(text: string): Predicate {
  const { filter, problems } = readFilter(text);
  if (filter !== undefined) return compilePredicate(filter, localEnvironment());
  const unusable = problems.some(({ severity }) => severity === 'error');
  return () => !unusable;
}

/** What is wrong with a filter, in a sentence; undefined where it can be used. */
export function filterFault(text: string): string | undefined {
  return readFilter(text).problems.find(({ severity }) => severity === 'error')?.sentence;
}

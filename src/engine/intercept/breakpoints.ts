import type { Direction } from '../../ocpp/direction.ts';
import { readFilter } from '../../session/filter/check.ts';
import type { FilterEnvironment } from '../../session/filter/environment.ts';
import { compilePredicate, type Predicate } from '../../session/filter/predicate.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';
import type { Breakpoint } from '../../workspace/breakpoint.ts';

/** Breakpoints, ready to be asked about frames. */
export interface CompiledBreakpoints {
  /** Whether no breakpoint is on that could catch anything, so that frames need not be read. */
  readonly idle: boolean;
  /** Breakpoints whose filter cannot be used, by id, with the reason in a sentence. They catch nothing. */
  readonly faults: Readonly<Record<string, string>>;
  /** The first breakpoint that catches a frame. */
  match(subject: FilterSubject, direction: Direction): Breakpoint | undefined;
}

/** Compiles breakpoints. A broken filter is a fault, never a match. */
export function compileBreakpoints(
  breakpoints: readonly Breakpoint[],
  environment: FilterEnvironment,
): CompiledBreakpoints {
  const faults: Record<string, string> = {};
  const active: { readonly breakpoint: Breakpoint; readonly holds: Predicate }[] = [];
  for (const breakpoint of breakpoints) {
    const { filter, problems } = readFilter(breakpoint.filter);
    const fault = problems.find(({ severity }) => severity === 'error');
    if (fault) faults[breakpoint.id] = fault.sentence;
    else if (breakpoint.enabled) {
      active.push({ breakpoint, holds: filter ? compilePredicate(filter, environment) : () => true });
    }
  }
  return {
    idle: active.length === 0,
    faults,
    match: (subject, direction) =>
      active.find(
        ({ breakpoint, holds }) =>
          (breakpoint.direction === 'both' || breakpoint.direction === direction) && holds(subject),
      )?.breakpoint,
  };
}

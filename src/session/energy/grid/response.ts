/** A value that holds until the next one. */
interface Step {
  readonly at: number;
  readonly value: number | null;
  readonly entry?: number;
}

/** How power followed a change of what was asked. */
export interface PowerResponse {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Seconds until 90 % of the change were delivered, by the samples; null where that did not come. */
  readonly seconds: number | null;
  /** Entry of the sample that showed it, else 0. */
  readonly entry: number;
}

/** How close delivered power was to what was asked. */
export interface ResponseSummary {
  /** Mean distance in W over the time in which both are known. */
  readonly meanDeviation: number;
  /** Part of that time within the tolerance, from 0 to 1. */
  readonly within: number;
  /** W. */
  readonly tolerance: number;
  /** Of the changes that were followed, in seconds. */
  readonly medianSeconds: number | null;
  readonly slowestSeconds: number | null;
  readonly followed: number;
  readonly changes: number;
}

/** Changes that are reported. */
const RESPONSES_MAX = 500;

/**
 * Changes of asked power by more than `least` W from one value to the next, and when each was followed: when measured
 * power first had come 90 % of the way, before the next such change.
 */
export function responsesOf(
  asked: readonly Step[],
  measured: readonly (Step & { readonly value: number })[],
  least: number,
): readonly PowerResponse[] {
  const changes = asked.flatMap((step, index) => {
    const before = asked[index - 1]?.value ?? null;
    if (step.value === null || before === null || Math.abs(step.value - before) <= least) return [];
    return [{ at: step.at, from: before, to: step.value }];
  });
  return changes.slice(-RESPONSES_MAX).map((change, index, all) => {
    const until = all[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const goal = change.to - 0.1 * (change.to - change.from);
    const up = change.to > change.from;
    const reached = measured.find(
      ({ at, value }) => at >= change.at && at < until && (up ? value >= goal : value <= goal),
    );
    return {
      ...change,
      seconds: reached ? (reached.at - change.at) / 1000 : null,
      entry: reached?.entry ?? 0,
    };
  });
}

/** How close delivered power was to what was asked; null where the two are never known together. */
export function summaryOf(
  asked: readonly Step[],
  measured: readonly (Step & { readonly value: number })[],
  responses: readonly PowerResponse[],
  tolerance: number,
  gap: number,
): ResponseSummary | null {
  let time = 0;
  let area = 0;
  let within = 0;
  let index = -1;
  for (const [place, sample] of measured.entries()) {
    const next = measured[place + 1];
    if (!next) break;
    while (index + 1 < asked.length && (asked[index + 1]?.at ?? 0) <= sample.at) index += 1;
    const wanted = asked[index]?.value ?? null;
    const length = next.at - sample.at;
    if (wanted === null || length > gap) continue;
    const deviation = Math.abs(sample.value - wanted);
    time += length;
    area += deviation * length;
    if (deviation <= tolerance) within += length;
  }
  if (time === 0) return null;
  const seconds = responses.flatMap((response) => response.seconds ?? []).sort((a, b) => a - b);
  return {
    meanDeviation: area / time,
    within: within / time,
    tolerance,
    medianSeconds: seconds[Math.floor((seconds.length - 1) / 2)] ?? null,
    slowestSeconds: seconds.at(-1) ?? null,
    followed: seconds.length,
    changes: responses.length,
  };
}

import type { Course, Sample } from '../../../ocpp/tariff/course.ts';
import type { Evaluation, Totals } from '../../../ocpp/tariff/evaluation.ts';
import { toNumber } from '../../../ocpp/tariff/money.ts';
import { COST_DIMENSIONS } from '../../../ocpp/tariff/tariff.ts';
import { shown } from './period-rows.ts';
import type { CostLines } from './tariff-picture.ts';

/**
 * The calculated cost over time: at meter values, and wherever prices, charging or the tariff change. In between it
 * grows evenly. A minimum cost counts at the very end.
 */
export function costLines(evaluation: Evaluation, course: Course, points: number): CostLines {
  const { from, to, register, charging, ended } = course;
  const instants = new Set([from, to]);
  for (const period of evaluation.periods.slice(0, points)) instants.add(period.from).add(period.to);
  if (evaluation.maximumAt !== null) instants.add(evaluation.maximumAt);
  for (const samples of [register, charging]) {
    const every = Math.max(1, Math.ceil(samples.length / points));
    for (let index = 0; index < samples.length; index += every) instants.add(samples[index]?.at ?? from);
  }
  const raised = ended && evaluation.typeOfCost === 'MinCost' && to > from;
  if (raised) instants.add(to - 1);
  const at = [...instants].filter((each) => each >= from && each <= to).toSorted((one, other) => one - other);
  const sums = at.map((instant) => evaluation.runningAt(instant));
  const used = COST_DIMENSIONS.filter((dimension) => evaluation.calculatedDimensions[dimension]);
  return {
    at,
    total: sums.map(({ total }, index) => withTax(raised && index === at.length - 1 ? evaluation.total : total)),
    dimensions: used.map((dimension) => ({
      dimension,
      inclTax: sums.map(({ dimensions }) => withTax(dimensions[dimension])),
    })),
  };
}

function withTax(amount: Totals['total'] | undefined): number {
  return amount?.inclTax ? shown(toNumber(amount.inclTax)) : 0;
}

/** Of many samples the lowest and the highest of each part of the time; few stay as they are. */
export function thinned<T extends Sample>(samples: readonly T[], points: number): readonly T[] {
  if (samples.length <= points) return samples;
  const size = Math.ceil((samples.length * 2) / points);
  const kept: T[] = [];
  for (let start = 0; start < samples.length; start += size) {
    const part = samples.slice(start, start + size);
    const lowest = part.reduce((one, other) => (other.value < one.value ? other : one));
    const highest = part.reduce((one, other) => (other.value > one.value ? other : one));
    kept.push(...(lowest === highest ? [lowest] : [lowest, highest].toSorted((one, other) => one.at - other.at)));
  }
  return kept;
}

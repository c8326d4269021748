import { compareSums } from '../../../ocpp/tariff/agreement.ts';
import { Mistakes } from '../../../ocpp/tariff/causes.ts';
import { type Comparison, explain, type Reporter } from '../../../ocpp/tariff/difference.ts';
import { type CostRequest, evaluate } from '../../../ocpp/tariff/evaluate.ts';
import type { Evaluation } from '../../../ocpp/tariff/evaluation.ts';
import { toNumber } from '../../../ocpp/tariff/money.ts';
import { shown } from './period-rows.ts';
import type { CostReport } from './reported-costs.ts';
import type { ReportComparison, ReportPoint } from './tariff-picture.ts';

/** What reports are held against. */
export interface Calculation {
  readonly request: CostRequest;
  readonly evaluation: Evaluation;
  timeInWords(instant: number): string;
}

/**
 * Instants that a report may be about: a station says when its cost held. A CSMS calculates from what it has, which is
 * the latest meter values when it sends CostUpdated.
 */
function instantsOf(report: CostReport, { request: { course } }: Calculation): readonly number[] {
  if (report.from === 'station' || report.action !== 'CostUpdated') return [report.at];
  const before = course.register.findLast(({ at }) => at <= report.at)?.at;
  return before === undefined ? [report.at] : [before, report.at];
}

/** A reported cost as a point, beside what is calculated for its instant. */
export function reportPoint(report: CostReport, calculation: Calculation | null): ReportPoint {
  const { from, action, at, entry, final, cost } = report;
  const point = {
    ...{ from, action, at, entry, final },
    exclTax: cost.total.exclTax ?? null,
    inclTax: cost.total.inclTax ?? null,
  };
  if (!calculation) return { ...point, calculated: null, agrees: null };
  const { evaluation } = calculation;
  const all = instantsOf(report, calculation).map((instant) =>
    final ? evaluation : { currency: evaluation.currency, ...evaluation.runningAt(instant) },
  );
  const right = all.find((totals) =>
    compareSums({ total: cost.total, dimensions: {} }, totals).every(({ agrees }) => agrees),
  );
  const { total } = right ?? all.at(-1) ?? evaluation;
  return {
    ...point,
    calculated: total.inclTax && shown(toNumber(total.inclTax)),
    agrees: report.fault === undefined && cost.failure === undefined && right !== undefined,
  };
}

/** The latest of some reports, the final one before all, explained. */
export function compareLatest(
  reports: readonly CostReport[],
  who: Reporter,
  calculation: Calculation | null,
): ReportComparison | null {
  const report = reports.findLast(({ final }) => final) ?? reports.at(-1);
  if (!report) return null;
  const { entry, at, final, fault } = report;
  const place = { entry, at, final };
  if (fault !== undefined) {
    const sentence = `The cost details of the ${who} cannot be read: ${fault}`;
    return { ...place, agrees: false, sums: [], sentences: [sentence], causes: [] };
  }
  if (!calculation) return { ...place, agrees: true, sums: [], sentences: [], causes: [] };
  const tried = final
    ? [explainAt(report, who, calculation, calculation.request, calculation.evaluation)]
    : instantsOf(report, calculation).map((instant) => {
        const request = until(calculation.request, instant);
        return explainAt(report, who, calculation, request, evaluate(request));
      });
  const best = tried.find(({ agrees }) => agrees) ?? tried.at(-1);
  if (!best) return null;
  const { agrees, sums, sentences, causes } = best;
  return { ...place, agrees, sums, sentences, causes: causes.map(({ id }) => id) };
}

function explainAt(
  report: CostReport,
  who: Reporter,
  { timeInWords }: Calculation,
  request: CostRequest,
  evaluation: Evaluation,
): Comparison {
  return explain(who, report.cost, evaluation, new Mistakes(request, evaluation), timeInWords);
}

/** The transaction as it was at an instant, going on. */
function until({ course, ...request }: CostRequest, instant: number): CostRequest {
  const to = Math.min(course.to, Math.max(course.from, instant));
  return { ...request, course: { ...course, to, ended: false } };
}

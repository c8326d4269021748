import type { ReportedAmount } from '../../../ocpp/tariff/cost-details.ts';
import { type CostRequest, evaluate } from '../../../ocpp/tariff/evaluate.ts';
import type { Amount, Evaluation } from '../../../ocpp/tariff/evaluation.ts';
import { toNumber } from '../../../ocpp/tariff/money.ts';
import { COST_DIMENSIONS } from '../../../ocpp/tariff/tariff.ts';
import { tariffInWords } from '../../../ocpp/tariff/words.ts';
import type { TransactionFacts } from '../known.ts';
import type { SessionEnergy } from '../session-energy.ts';
import type { StationEnergy } from '../station-energy.ts';
import { type Assigned, assignedTariffs } from './assigned.ts';
import { costLines, thinned } from './cost-lines.ts';
import { transactionMeter } from './meter-source.ts';
import { onceRows, periodRows, shown } from './period-rows.ts';
import { type Calculation, compareLatest, reportPoint } from './report-comparison.ts';
import type { CostReport } from './reported-costs.ts';
import type { ShownTariff, SidesOfSum, TariffPicture, TotalRow } from './tariff-picture.ts';
import { transactionCourse } from './transaction-course.ts';

/** Which transaction. */
export interface TariffQuestion {
  readonly station: string;
  readonly transaction: string;
  /** For how many points there is room in each series. */
  readonly points: number;
}

/** Periods and reports that are shown. */
const PERIODS_MAX = 500;
const REPORTS_MAX = 2000;
const REMARKS_MAX = 100;
/** A transaction lasts no longer: conditions on the time of day are looked at for each of its days. */
const LONGEST = 10 * 365 * 86_400_000;

const TOO_LONG = 'By its timestamps the transaction lasts for more than ten years, so that nothing is calculated.';

/** The tariff and the cost of a transaction; null where the station or the transaction is not known. */
export function tariffPicture(energy: SessionEnergy, question: TariffQuestion): TariffPicture | null {
  const station = energy.station(question.station);
  const transaction = station?.known.transactions.find(question.transaction);
  if (!station || !transaction) return null;
  const { tariffs: topic, metering } = station.topics;
  const assigned = assignedTariffs(topic, station.known, transaction);
  const latest = station.extent?.to ?? transaction.startedAt;
  const course = transactionCourse(topic, station.known, metering, transaction, latest);
  const { from, to, ended } = course;
  const request: CostRequest = {
    course,
    tariffs: assigned.tariffs.map(({ known, from: since }) => ({ tariff: known.tariff, from: since })),
    offsetAt: (instant) => station.known.offsetAt(instant),
  };
  const isTooLong = to - from > LONGEST;
  const evaluation = assigned.tariffs.length > 0 && !isTooLong ? evaluate(request) : null;
  const calculation: Calculation | null = evaluation && {
    request,
    evaluation,
    timeInWords: (instant) => new Date(instant + station.known.offsetAt(instant)).toISOString().slice(11, 19),
  };
  const reports = topic.costs.of(transaction.id);
  const byId = new Map(assigned.tariffs.map(({ known: { tariff } }) => [tariff.tariffId, tariff]));
  const power = thinned(transactionMeter(metering, transaction.evseId, from, to).power, question.points);
  const of = (who: CostReport['from']) => reports.filter((report) => report.from === who);
  return {
    transaction: transaction.id,
    ...{ from, to, ended },
    currency: evaluation?.currency ?? currencyOf(station, reports),
    missing: evaluation ? null : isTooLong ? TOO_LONG : whyMissing(transaction, assigned, reports),
    tariffs: shownTariffs(assigned),
    typeOfCost: evaluation?.typeOfCost ?? null,
    maximumAt: evaluation?.maximumAt ?? null,
    uncapped: evaluation && evaluation.typeOfCost !== 'NormalCost' ? sides(evaluation.calculated) : null,
    once: evaluation ? onceRows(evaluation, byId) : [],
    periods: (evaluation?.periods ?? [])
      .slice(0, PERIODS_MAX)
      .map((period) => periodRows(period, byId, station.known.offsetAt(period.from))),
    periodsInAll: evaluation?.periods.length ?? 0,
    lines: evaluation ? costLines(evaluation, course, question.points) : { at: [], total: [], dimensions: [] },
    power: {
      at: power.map(({ at }) => at),
      value: power.map(({ value }) => value),
      entry: power.map(({ entry }) => entry),
    },
    reports: reports.slice(-REPORTS_MAX).map((report) => reportPoint(report, calculation)),
    totals: totalRows(evaluation, latestOf(of('station')), latestOf(of('csms'))),
    usage: evaluation?.usage ?? null,
    station: compareLatest(of('station'), 'station', calculation),
    csms: compareLatest(of('csms'), 'CSMS', calculation),
    remarks: remarksOf(station, transaction, assigned, evaluation),
    answer: topic.tariffsAnswer ?? null,
  };
}

function shownTariffs({ tariffs }: Assigned): readonly ShownTariff[] {
  return tariffs.map(({ known: { tariff, kind, entry }, from, toldEntry }, index) => ({
    tariffId: tariff.tariffId,
    kind,
    currency: tariff.currency,
    from,
    to: tariffs[index + 1]?.from ?? null,
    entry,
    toldEntry,
    lines: tariffInWords(tariff),
    description: tariff.description[0]?.content ?? null,
  }));
}

function whyMissing({ version }: TransactionFacts, assigned: Assigned, reports: readonly CostReport[]): string {
  if (version === '1.6') return 'OCPP 1.6 has neither tariffs nor costs.';
  if (version === '2.0.1') {
    const said = reports.length > 0 ? 'What the CSMS said of the cost is shown.' : 'The CSMS said nothing of the cost.';
    return `OCPP 2.0.1 has tariffs as texts alone, so that nothing can be calculated. ${said}`;
  }
  if (assigned.remarks.length > 0) return assigned.remarks.join(' ');
  return 'No message of this session brought a tariff for this transaction (I07, I08, I11).';
}

function currencyOf(station: StationEnergy, reports: readonly CostReport[]): string | null {
  const told = reports.find(({ cost }) => cost.currency !== undefined)?.cost.currency;
  return told ?? station.known.device.value({ component: 'TariffCostCtrlr', variable: 'Currency' })?.value ?? null;
}

function latestOf(reports: readonly CostReport[]): CostReport | undefined {
  return reports.findLast(({ final }) => final) ?? reports.at(-1);
}

function totalRows(
  evaluation: Evaluation | null,
  station: CostReport | undefined,
  csms: CostReport | undefined,
): readonly TotalRow[] {
  const rows: TotalRow[] = [];
  for (const dimension of [...COST_DIMENSIONS, 'total'] as const) {
    const calculated = dimension === 'total' ? evaluation?.total : evaluation?.dimensions[dimension];
    const said = (report: CostReport | undefined): ReportedAmount | undefined =>
      dimension === 'total' ? report?.cost.total : report?.cost.dimensions[dimension];
    if (!calculated && !said(station) && !said(csms)) continue;
    rows.push({
      dimension,
      calculated: calculated ? sides(calculated) : null,
      station: reportedSides(said(station)),
      csms: reportedSides(said(csms)),
    });
  }
  return rows;
}

function sides({ exclTax, inclTax }: Amount): SidesOfSum {
  return { exclTax: exclTax && shown(toNumber(exclTax)), inclTax: inclTax && shown(toNumber(inclTax)) };
}

function reportedSides(amount: ReportedAmount | undefined): SidesOfSum | null {
  return amount ? { exclTax: amount.exclTax ?? null, inclTax: amount.inclTax ?? null } : null;
}

function remarksOf(
  station: StationEnergy,
  { id }: TransactionFacts,
  assigned: Assigned,
  evaluation: Evaluation | null,
): TariffPicture['remarks'] {
  const refused = station.topics.tariffs.refused
    .filter(({ transaction }) => transaction === undefined || transaction === id)
    .map(({ action, tariffId, sentence, entry }) => ({
      sentence: `${action}${tariffId === null ? '' : ` with tariff ${tariffId}`} came to nothing. ${sentence}`,
      entry,
    }));
  const others = [...(evaluation ? assigned.remarks : []), ...(evaluation?.notes ?? [])];
  return [...others.map((sentence) => ({ sentence, entry: null })), ...refused].slice(0, REMARKS_MAX);
}

import type { CostDimension } from '../../../../ocpp/tariff/tariff.ts';
import type { ReportPoint, TariffPicture } from '../../../../session/energy/tariffs/tariff-picture.ts';
import type {
  ChartColour,
  TimeBand,
  TimeChartSpec,
  TimeMark,
  TimeSeries,
} from '../../../components/chart/time-chart-spec.ts';
import { DIMENSION_WORDS } from './money-words.ts';

const COLOURS: Readonly<Record<CostDimension, ChartColour>> = {
  fixed: 'grey',
  energy: 3,
  chargingTime: 5,
  idleTime: 4,
  reservationTime: 8,
  reservationFixed: 8,
};

/** Cost over time as calculated, by what is paid for, with what was reported as points, over the power. */
export function costSpec(picture: TariffPicture): TimeChartSpec {
  const { lines, power, reports, currency } = picture;
  const series: TimeSeries[] = [];
  if (lines.at.length > 0) {
    series.push({
      ...{ id: 'total', label: 'Total, calculated', axis: 'cost', shape: 'line', colour: 1, width: 2 },
      at: lines.at,
      value: lines.total,
      dash: 'solid',
    });
  }
  for (const { dimension, inclTax } of lines.dimensions) {
    series.push({
      ...{ id: dimension, label: DIMENSION_WORDS[dimension], axis: 'cost', shape: 'line', dash: 'dashed' },
      colour: COLOURS[dimension],
      at: lines.at,
      value: inclTax,
    });
  }
  for (const [from, label, colour] of [
    ['station', 'Station says', 7],
    ['csms', 'CSMS says', 2],
  ] as const) {
    const points = reports.filter((report) => report.from === from && report.inclTax !== null);
    if (points.length > 0) series.push(reportSeries(from, label, colour, points));
  }
  if (power.at.length > 0) {
    series.push({
      ...{ id: 'power', label: 'Power', axis: 'power', shape: 'line', dash: 'solid', colour: 6, width: 1, fill: true },
      at: power.at,
      value: power.value,
      entry: power.entry,
    });
  }
  return {
    title: 'Cost over time, with tax',
    axes: [
      { id: 'cost', label: 'Cost', unit: currency ?? '', scales: false, include: [0] },
      { id: 'power', label: 'Power', unit: 'W', scales: true, include: [0] },
    ],
    series,
    bands: bandsOf(picture),
    marks: marksOf(picture),
  };
}

function reportSeries(id: string, label: string, colour: ChartColour, reports: readonly ReportPoint[]): TimeSeries {
  const sorted = reports.toSorted((one, other) => one.at - other.at);
  return {
    ...{ id, label, axis: 'cost', shape: 'points', colour },
    at: sorted.map(({ at }) => at),
    value: sorted.map(({ inclTax }) => inclTax),
    entry: sorted.map(({ entry }) => entry),
    note: sorted.map(({ final, agrees }) => {
      const kind = final ? 'final' : 'running';
      return agrees === null ? kind : `${kind}, ${agrees ? 'as calculated' : 'differs'}`;
    }),
  };
}

/** The tariffs in force, one after the other, and the time after the maximum was reached. */
function bandsOf({ tariffs, to, maximumAt }: TariffPicture): readonly TimeBand[] {
  const bands: TimeBand[] = tariffs.map((tariff, index) => ({
    from: tariff.from,
    to: tariff.to ?? to,
    label: tariff.tariffId,
    tone: index % 2 === 0 ? 'plain' : 'good',
    entry: tariff.entry,
  }));
  if (maximumAt !== null) bands.push({ from: maximumAt, to, label: 'maximum reached', tone: 'warning' });
  return bands;
}

function marksOf({ tariffs, reports }: TariffPicture): readonly TimeMark[] {
  const marks: TimeMark[] = tariffs.map(({ from, toldEntry, tariffId }) => ({
    at: from,
    entry: toldEntry,
    label: `Tariff ${tariffId}`,
    towards: 'csms',
  }));
  for (const { at, entry, from, action } of reports) {
    marks.push({ at, entry, label: `${action} with a cost`, towards: from === 'station' ? 'csms' : 'station' });
  }
  return marks.toSorted((one, other) => one.at - other.at);
}

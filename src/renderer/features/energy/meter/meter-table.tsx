import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { count, span } from '../../../app/format.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { SeriesSample } from '../../../components/chart/chart-legend.tsx';
import { pointAt } from '../../../components/chart/series-at.ts';
import { seriesStyles } from '../../../components/chart/series-style.ts';
import { NOTHING_SWITCHED } from '../../../components/chart/time-chart.tsx';
import type { TimeChartSpec } from '../../../components/chart/time-chart-spec.ts';
import { ageWords, localMoment } from '../../../components/chart/time-words.ts';
import { valueWords } from '../../../components/chart/value-words.ts';
import { MEMORY } from './memory.ts';
import { type DrawnSeries, isBelowZero } from './meter-specs.ts';
import css from './meter-table.module.css';
import { type EnergyWords, energyWords } from './summary-words.ts';

/** What each series says at the cursor, and what it comes to over what is shown. */
export function MeterTable({
  drawn,
  charts,
}: {
  drawn: readonly DrawnSeries[];
  charts: readonly TimeChartSpec[];
}): ReactNode {
  const { energy } = useWorkbench();
  const { cursor, range, switched } = useStore(energy.state);
  const hidden = switched[MEMORY.legend] ?? NOTHING_SWITCHED;
  const rows = drawn.filter(({ series }) => hidden[series.id] ?? true);
  const at = cursor ?? range?.to ?? null;
  if (at === null || range === null || rows.length === 0) return null;
  const styles = new Map(charts.flatMap(({ series }) => [...seriesStyles(series)]));
  return (
    <table className={css.table}>
      <caption>
        {cursor === null ? 'At the end: ' : ''}
        {localMoment(at)}
        <span className={css.over}>Over the {span(range.to - range.from)} shown</span>
      </caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">Series</th>
          <th scope="col">Value</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      {rows.map((row) => (
        <Row key={row.series.id} row={row} style={styles.get(row.series.id)} at={at} />
      ))}
    </table>
  );
}

function Row({
  row,
  style,
  at,
}: {
  row: DrawnSeries;
  style: Parameters<typeof SeriesSample>[0]['style'];
  at: number;
}): ReactNode {
  const { energy } = useWorkbench();
  const { series, axis, samples, shown } = row;
  const point = pointAt(series, at);
  const { summary } = samples;
  const sign = isBelowZero(shown) ? -1 : 1;
  const words = (value: number) => valueWords(value * sign, axis);
  const [low, high] = sign < 0 ? [summary.highest, summary.lowest] : [summary.lowest, summary.highest];
  const isCounter = shown.choice.kind === 'register' || shown.choice.kind === 'net';
  const entry = point?.entry;
  return (
    <tbody>
      <tr>
        <th scope="row" className={css.name}>
          <SeriesSample series={series} style={style} />
          <span>{series.label}</span>
        </th>
        <td className={css.value}>
          {point?.value == null ? '–' : valueWords(point.value, axis)}
          {point && <span className={css.age}>{point.note ?? `${ageWords(at - point.at)} ago`}</span>}
        </td>
        <td>
          {entry !== undefined && (
            <button
              type="button"
              className={css.entry}
              title={`Select message ${entry}`}
              onClick={() => energy.select(entry)}
            >
              {entry}
            </button>
          )}
        </td>
      </tr>
      <tr>
        <td colSpan={3} className={css.facts}>
          {summary.average !== null && (
            <span title={`Weighted by time, over the ${span(summary.covered)} between samples`}>
              average <b>{words(Number(summary.average.toPrecision(5)))}</b>
            </span>
          )}
          {isCounter && summary.first && summary.last && (
            <span>
              {words(summary.first.value)} → {words(summary.last.value)}
            </span>
          )}
          {!isCounter && low && high && (
            <span>
              {words(low.value)} to {words(high.value)}
            </span>
          )}
          {summary.energy && <EnergyFact {...energyWords(summary.energy)} />}
          <span>{summary.count === 1 ? '1 sample' : `${count(summary.count)} samples`}</span>
          {shown.choice.unitsAssumed > 0 && (
            <span className={css.caution} title={`The station gave no unit; taken to be ${axis.unit}`}>
              unit assumed
            </span>
          )}
        </td>
      </tr>
    </tbody>
  );
}

function EnergyFact({ amount, remark, caution, title }: EnergyWords): ReactNode {
  return (
    <span title={title}>
      <b>{amount}</b>
      {remark !== '' && ` ${remark}`}
      {caution !== '' && <span className={css.caution}> {caution}</span>}
    </span>
  );
}

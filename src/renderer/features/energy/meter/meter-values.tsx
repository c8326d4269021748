import { type ReactNode, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { stationOf } from '../../../app/energy-choice.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { NOTHING_SWITCHED } from '../../../components/chart/time-chart.tsx';
import { useSize } from '../../../components/chart/use-size.ts';
import { EmptyPane } from '../../../components/empty-pane.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { useStepped } from '../use-stepped.ts';
import { MEMORY } from './memory.ts';
import { MeterCharts } from './meter-charts.tsx';
import { MeterFaults } from './meter-faults.tsx';
import { firstChoice, kindKey, kindsOf } from './meter-kinds.ts';
import { MeterList } from './meter-list.tsx';
import { askedParts, partsOf, SERIES_MAX, seriesOfParts } from './meter-parts.ts';
import { chartsOf, drawnSeries, toldApart } from './meter-specs.ts';
import { MeterTable } from './meter-table.tsx';
import css from './meter-values.module.css';

/** Points for each pixel, of what is shown and half as much on either side. */
const DENSITY = 4;

/** The meter values of a station, chosen by measurand, phase and place, beside those of others. */
export function MeterValues(): ReactNode {
  const { energy } = useWorkbench();
  const board = useStore(energy.state);
  const { overview, station, evseId, transaction, switched } = board;
  const memory = (name: string) => switched[name] ?? NOTHING_SWITCHED;
  const compared = memory(MEMORY.compared);
  const ways = memory(MEMORY.ways);
  const excluded = memory(MEMORY.contexts);
  const kindSwitches = memory(MEMORY.kinds);
  const aligned = ways.aligned ?? true;
  const parts = useMemo(
    () => (overview && station ? partsOf(overview, station, transaction, evseId, compared, aligned) : []),
    [overview, station, transaction, evseId, compared, aligned],
  );
  const names = useMemo(() => [...new Set(parts.map((part) => part.station))], [parts]);
  const { answer: stations, failure } = useEnergyQuestion('energy.series', names.length === 0 ? null : [names]);
  const available = useMemo(() => seriesOfParts(parts, stations ?? []), [parts, stations]);
  const kinds = useMemo(() => kindsOf(available.map(({ choice }) => choice)), [available]);
  const first = useMemo(() => firstChoice(kinds), [kinds]);
  const all = useMemo(
    () => available.filter(({ choice }) => kindSwitches[kindKey(choice)] ?? first.has(kindKey(choice))),
    [available, kindSwitches, first],
  );
  const shown = useMemo(() => all.slice(0, SERIES_MAX), [all]);
  const contexts = useMemo(() => [...new Set(shown.flatMap(({ choice }) => choice.contexts))], [shown]);
  const column = useRef<HTMLDivElement>(null);
  const width = useSize(column)?.width ?? 0;
  // While the range moves, what was drawn before moves along with it, until finer data are there.
  const range = useStepped(board.range);
  const half = range === null ? 0 : (range.to - range.from) / 2;
  const asked = range !== null && width > 0 && shown.length > 0;
  const {
    answer: samples,
    failure: why,
    current,
  } = useEnergyQuestion(
    'energy.samples',
    asked
      ? [
          {
            parts: askedParts(shown),
            ...(contexts.some((name) => excluded[name] === false) && {
              contexts: contexts.filter((name) => excluded[name] !== false),
            }),
            from: range.from - half,
            to: range.to + half,
            summed: range,
            points: Math.min(20_000, Math.max(400, width * DENSITY)),
            by: ways.line ? 'line' : 'extremes',
          },
        ]
      : null,
  );
  const evseWord = stationOf(board)?.version === '1.6' ? 'connector' : 'EVSE';
  const drawn = useMemo(
    () => drawnSeries(shown, samples ?? [], toldApart(shown, evseWord)),
    [shown, samples, evseWord],
  );
  const charts = useMemo(() => chartsOf(drawn), [drawn]);
  const none = stations?.every(({ series }) => series.length === 0) ?? false;
  return (
    <div className={css.whole}>
      {!none && (
        <MeterList
          kinds={kinds}
          isShown={(key) => kindSwitches[key] ?? first.has(key)}
          contexts={contexts}
          parts={parts}
        />
      )}
      <div className={css.column} ref={column} aria-busy={asked && !(current && range === board.range)}>
        {(failure ?? why) !== null && <p className={css.words}>{failure ?? why}</p>}
        {none && <NoValues station={station} />}
        {!none && stations !== null && shown.length === 0 && (
          <p className={css.words}>Choose at the left what is to be shown.</p>
        )}
        {shown.length > 0 && samples !== null && board.range !== null && (
          <MeterCharts charts={charts} drawn={drawn} range={board.range} />
        )}
        {all.length > shown.length && (
          <p className={css.note}>
            The first {shown.length} of {all.length} series are shown.
          </p>
        )}
      </div>
      {!none && (
        <section className={css.side} aria-label="Values">
          <MeterTable drawn={drawn} charts={charts} />
          <MeterFaults stations={stations ?? []} />
        </section>
      )}
    </div>
  );
}

function NoValues({ station }: { station: string | null }): ReactNode {
  return (
    <EmptyPane title={station === null ? 'No station is chosen' : `${station} has sent no meter values so far`}>
      <p>
        They come with MeterValues, with StartTransaction and StopTransaction of 1.6, and in TransactionEvent of 2.x.
        Which measurands a station samples, and how often, is set by MeterValuesSampledData and MeterValueSampleInterval
        (1.6), or SampledDataCtrlr and AlignedDataCtrlr (2.x).
      </p>
    </EmptyPane>
  );
}

import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../../app/workbench.ts';
import { EnergyTimeChart } from '../energy-time-chart.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { useCursorInRange } from '../use-stepped.ts';
import css from './power.module.css';
import { powerSpec } from './power-spec.ts';
import { Differences, Remarks } from './remarks.tsx';
import { WhyPanel } from './why-panel.tsx';

/** For how many points there is room: a chart is seldom wider than this. */
const POINTS = 2000;
const UNITS = ['W', 'A'] as const;

/** Power over time, and why it is what it is. */
export function Power(): ReactNode {
  const { energy } = useWorkbench();
  const { station, evseId: chosen, range, overview } = useStore(energy.state);
  const [unit, setUnit] = useState<(typeof UNITS)[number]>('W');
  const evses = overview?.stations.find((each) => each.station === station)?.evses;
  // The station as a whole has no measurements of its own; a single EVSE is meant where none is chosen.
  const evseId = chosen ?? (evses?.length === 1 ? (evses[0] ?? 0) : 0);
  const { answer, failure } = useEnergyQuestion(
    'energy.power',
    station && range ? [{ station, evseId, from: range.from, to: range.to, points: POINTS, unit }] : null,
  );
  const pointed = useCursorInRange();
  const at = pointed ?? (range ? range.to - 1 : null);
  const why = useEnergyQuestion('energy.why', station && at !== null ? [{ station, evseId, at, unit }] : null).answer;
  const spec = useMemo(() => answer && powerSpec(answer), [answer]);
  if (station === null) return <p className={css.empty}>Choose a station to see its power.</p>;
  if (failure !== null) return <p className={css.empty}>{failure}</p>;
  if (!answer || !spec) return <p className={css.empty} />;
  return (
    <div className={css.pane}>
      <div className={css.main}>
        <fieldset className={css.units}>
          <legend className={css.hidden}>Unit</legend>
          {UNITS.map((each) => (
            <button key={each} type="button" aria-pressed={unit === each} onClick={() => setUnit(each)}>
              {each === 'W' ? 'Power (W)' : 'Current (A)'}
            </button>
          ))}
        </fieldset>
        <div className={css.chart}>
          <EnergyTimeChart id="power" spec={spec} table={false} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too */}
      <section className={css.side} aria-label="Reasons and remarks" tabIndex={0}>
        {why && <WhyPanel answer={why} pointed={pointed !== null} />}
        <Differences picture={answer} />
        <Remarks picture={answer} />
      </section>
    </div>
  );
}

import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../../app/workbench.ts';
import { CurveChart } from '../../../components/chart/curve-chart.tsx';
import { EmptyPane } from '../../../components/empty-pane.tsx';
import { EnergyTimeChart } from '../energy-time-chart.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { useCursorInRange } from '../use-stepped.ts';
import css from './frequency.module.css';
import { curveSpec, gridSpec, powerSpec } from './frequency-spec.ts';
import { ResponseWords } from './response-words.tsx';

/** For how many points there is room: a chart is seldom wider than this. */
const POINTS = 2000;

/** Frequency of the grid and signals above, power that was asked for and delivered below, and one over the other beside. */
export function FrequencyTab(): ReactNode {
  const { energy } = useWorkbench();
  const { station, evseId, range } = useStore(energy.state);
  const at = useCursorInRange();
  const { answer, failure } = useEnergyQuestion(
    'energy.frequency',
    station === null || range === null ? null : [{ station, evseId, range, points: POINTS, at }],
  );
  const grid = useSame(answer && gridSpec(answer));
  const power = useSame(answer && powerSpec(answer));
  const curve = useSame(answer && curveSpec(answer));
  if (failure !== null) return <EmptyPane className={css.empty}>{failure}</EmptyPane>;
  if (!answer || !grid || !power) return <EmptyPane className={css.empty} />;
  const nothing = answer.frequency.at.length === 0 && answer.signal.at.length === 0 && answer.refused.length === 0;
  if (nothing && !curve) return <Nothing />;
  return (
    <div className={css.whole}>
      <div className={css.pane}>
        <div className={css.time}>
          <EnergyTimeChart id="frequency" spec={grid} table={false} />
        </div>
        <div className={css.time}>
          <EnergyTimeChart id="frequency-power" spec={power} table={false} />
        </div>
        <div className={css.curve}>
          {curve ? (
            <CurveChart spec={curve} onSelect={(entry) => energy.select(entry)} />
          ) : (
            <EmptyPane className={css.empty}>
              No charging profile with a v2xFreqWattCurve (operation mode LocalFrequency) is in force up to here.
            </EmptyPane>
          )}
        </div>
        <ResponseWords picture={answer} />
      </div>
    </div>
  );
}

/** The object before, as long as it says the same: moving the cursor does not draw a chart anew. */
function useSame<T>(value: T): T {
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says when the value is another one
  return useMemo(() => value, [text]);
}

function Nothing(): ReactNode {
  return (
    <EmptyPane title="Nothing about the frequency of the grid in this range" className={css.empty}>
      <p>
        Frequency is a measurand of meter values; signals come with AFRRSignal, and what is asked for with charging
        profiles of operation mode LocalFrequency (OCPP 2.1, Q07 and Q08) or with DER control.
      </p>
    </EmptyPane>
  );
}

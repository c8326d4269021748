import { type ReactNode, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../../app/workbench.ts';
import { CurveChart } from '../../../components/chart/curve-chart.tsx';
import { EmptyPane } from '../../../components/empty-pane.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { useCursorInRange } from '../use-stepped.ts';
import { ActivityStrip } from './activity-strip.tsx';
import { ControlDetail } from './control-detail.tsx';
import { ControlList } from './control-list.tsx';
import { curveSpec } from './curve-spec.ts';
import css from './der.module.css';

/** DER controls of a station: which is active and why, and where the station operates on its curve. */
export function DerTab(): ReactNode {
  const { energy } = useWorkbench();
  const { station, evseId, range, cursor } = useStore(energy.state);
  const at = useCursorInRange();
  const [chosen, setChosen] = useState<{ readonly station: string; readonly entry: number } | null>(null);
  const selected = chosen !== null && chosen.station === station ? chosen.entry : null;
  const { answer, failure } = useEnergyQuestion(
    'energy.der',
    station === null || range === null ? null : [{ station, evseId, range, at, selected }],
  );
  const control = answer?.selected ?? null;
  const spec = useMemo(() => control && curveSpec(control), [control]);
  if (failure !== null) return <EmptyPane className={css.empty}>{failure}</EmptyPane>;
  if (!answer || station === null || range === null) return <EmptyPane className={css.empty} />;
  if (answer.controls.length === 0 && answer.alarms.length === 0 && answer.refused.length === 0) return <Nothing />;
  const choose = (entry: number): void => setChosen({ station, entry });
  return (
    <div className={css.whole}>
      <div className={css.pane}>
        <ControlList picture={answer} onChoose={choose} />
        <div className={css.chart}>
          {spec ? (
            <CurveChart spec={spec} onSelect={(entry) => energy.select(entry)} />
          ) : (
            <EmptyPane className={css.empty}>
              {control ? 'There is nothing to draw of this control.' : 'No control is known.'}
            </EmptyPane>
          )}
        </div>
        <ControlDetail picture={answer} />
        <ActivityStrip
          picture={answer}
          range={range}
          cursor={cursor}
          chosen={control?.entry}
          onPoint={energy.point}
          onChoose={choose}
          onSelect={(entry) => energy.select(entry)}
        />
      </div>
    </div>
  );
}

function Nothing(): ReactNode {
  return (
    <EmptyPane title="No DER control at this station" className={css.empty}>
      <p>
        Curves and settings of SetDERControl (OCPP 2.1, block R) appear here as soon as the station accepts one, or
        reports one with ReportDERControl.
      </p>
    </EmptyPane>
  );
}

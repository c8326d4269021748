import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../../app/workbench.ts';
import { Button } from '../../../components/button.tsx';
import { ToolBar } from '../../../components/tool-bar.tsx';
import { EnergyTimeChart } from '../energy-time-chart.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { LimitField } from './limit-field.tsx';
import { OverList } from './over-list.tsx';
import css from './site.module.css';
import { overLimits, siteSpec } from './site-spec.ts';
import { SiteTable } from './site-table.tsx';

/** Means that are drawn: a wide screen has room for each. */
const POINTS = 720;

/** The stations behind one connection to the grid: what each takes, stacked, against what the site may take. */
export function Site(): ReactNode {
  const { energy, preferences } = useWorkbench();
  const { range, overview, cursor } = useStore(energy.state);
  const limit = useStore(preferences.state, ({ siteLimit }) => siteLimit);
  const whole = useMemo(() => {
    const stations = overview?.stations.filter(({ samples }) => samples > 0) ?? [];
    const from = Math.min(...stations.map((station) => station.from));
    const to = Math.max(...stations.map((station) => station.to));
    return from < to ? { from, to } : null;
  }, [overview]);
  const { answer: picture, failure } = useEnergyQuestion('energy.site', range ? [{ ...range, points: POINTS }] : null);
  const over = useMemo(() => (picture ? overLimits(picture, limit) : []), [picture, limit]);
  const spec = useMemo(() => picture && siteSpec(picture, limit, over), [picture, limit, over]);
  return (
    <div className={css.site}>
      <ToolBar label="Site" className={css.bar}>
        <LimitField value={limit} onChange={(siteLimit) => preferences.set({ siteLimit })} />
        <span className={css.hint}>
          {limit !== null
            ? 'Times over it are shaded.'
            : picture?.allowedUnknown
              ? `Held against nothing: ${picture.allowedUnknown}`
              : 'Held against what the stations together may take.'}
        </span>
        <Button
          disabled={whole === null}
          title="From the first to the last meter value of any station"
          onClick={() => whole && energy.zoom(whole)}
        >
          Whole time
        </Button>
      </ToolBar>
      {failure !== null && <p className={css.hint}>{failure}</p>}
      {picture && spec && picture.layers.length > 0 ? (
        <div className={css.parts}>
          <div className={css.chart}>
            <EnergyTimeChart id="site" spec={spec} table={false} />
          </div>
          <section className={css.side} aria-label="Values of the site">
            <SiteTable picture={picture} limit={limit} at={cursor ?? picture.to} onSelect={energy.select} />
            <OverList over={over} onShow={energy.zoom} onPoint={energy.point} />
          </section>
        </div>
      ) : (
        picture && (
          <p className={css.empty}>
            No station told its power in this time. Whole time shows all that was recorded, where anything was.
          </p>
        )
      )}
    </div>
  );
}

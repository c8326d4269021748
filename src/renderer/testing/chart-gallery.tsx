import { type ReactNode, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../app/tokens.css';
import { CurveChart } from '../components/chart/curve-chart.tsx';
import { extentOfSeries } from '../components/chart/series-at.ts';
import { TimeChart } from '../components/chart/time-chart.tsx';
import type { TimeChartSpec, TimeRange } from '../components/chart/time-chart-spec.ts';
import { ValueTable } from '../components/chart/value-table.tsx';
import { chargeSpec, curveSpec, envelopeSpec, longSpec } from './gallery-specs.ts';

const SPECS: Readonly<Record<string, (points: number) => TimeChartSpec>> = {
  charge: chargeSpec,
  long: longSpec,
  envelope: envelopeSpec,
};

/** Shows charts of made-up data by themselves: which ones says the query. */
export function showGallery(page: Document, query: URLSearchParams): void {
  page.documentElement.dataset.theme = query.get('theme') ?? 'light';
  const place = page.getElementById('workbench');
  if (!place) throw new Error('The page has no place for charts.');
  const names = (query.get('gallery') ?? '').split(',');
  createRoot(place).render(<Gallery names={names} points={Number(query.get('points') ?? 1000)} />);
}

const CURVES = curveSpec();

function Gallery({ names, points }: { names: readonly string[]; points: number }): ReactNode {
  const specs = useMemo(() => names.flatMap((name) => SPECS[name]?.(points) ?? []), [names, points]);
  const extent = extentOfSeries(specs.flatMap(({ series }) => series)) ?? { from: 0, to: 1 };
  const [range, setRange] = useState<TimeRange>(extent);
  const [cursor, setCursor] = useState<number | null>(null);
  const [selected, setSelected] = useState(0);
  const [switched, setSwitched] = useState<Record<string, boolean>>({});
  return (
    <main style={{ display: 'flex', flexDirection: 'column', height: '100vh' }}>
      <h1 className="visually-hidden">Made-up data</h1>
      <h2 className="visually-hidden">Charts</h2>
      <output aria-label="Selected entry">{selected}</output>
      {specs.map((spec) => (
        <div key={spec.title} style={{ display: 'flex', flex: 1, minHeight: 0 }} onPointerLeave={() => setCursor(null)}>
          <TimeChart
            spec={spec}
            range={range}
            onRange={setRange}
            onFit={() => setRange(extent)}
            cursor={cursor}
            onCursor={(at) => setCursor((before) => at ?? before)}
            onSelect={setSelected}
            switched={switched}
            onSwitch={(series, shown) => setSwitched({ ...switched, [series]: shown })}
          />
          <div style={{ flex: 'none', width: 340, overflow: 'auto' }}>
            <ValueTable
              spec={spec}
              switched={switched}
              at={cursor ?? range.to}
              pointed={cursor !== null}
              onSelect={setSelected}
            />
          </div>
        </div>
      ))}
      <div style={{ display: 'flex', flex: names.includes('curve') ? 1 : 'none', minHeight: 0 }}>
        {names.includes('curve') && <CurveChart spec={CURVES} onSelect={setSelected} />}
      </div>
    </main>
  );
}

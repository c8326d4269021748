import { csvText } from './csv-text.ts';
import type { Curve, CurveChartSpec } from './curve-chart-spec.ts';

/** The points of the curves that are shown, and the single points, in base units. */
export function curveCsv(spec: CurveChartSpec, shown: readonly Curve[]): string {
  const head = ['name', 'x', 'x_unit', 'y', 'y_unit', 'entry', 'note'];
  const rows = shown.flatMap(({ label, x, y, entry, note }) =>
    x.map((value, index) => [label, value, spec.x.unit, y[index], spec.y.unit, entry, note]),
  );
  const points = (spec.points ?? []).map(({ label, x, y, entry }) => [label, x, spec.x.unit, y, spec.y.unit, entry]);
  return csvText([head, ...rows, ...points]);
}

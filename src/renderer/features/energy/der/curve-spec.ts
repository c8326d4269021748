import type { CurveShape, DerControlPicture, ShapeAxis } from '../../../../session/energy/der/der-picture.ts';
import type {
  Curve,
  CurveAxis,
  CurveChartSpec,
  CurvePoint,
  CurveZone,
} from '../../../components/chart/curve-chart-spec.ts';

/** Units whose large values are shown with `k`. */
const SCALED: readonly string[] = ['W', 'var'];

/** A control as a chart of curves; null where there is nothing to be drawn. */
export function curveSpec({ title, id, entry, shape }: DerControlPicture): CurveChartSpec | null {
  if (!shape) return null;
  return {
    title: `${title} (${id})`,
    x: axisOf(shape.x),
    y: axisOf(shape.y),
    curves: [...shape.lines.map((line, index) => curveOf(line, index, entry)), ...trailOf(shape), ...wayOf(shape)],
    zones: zonesOf(shape),
    points: pointsOf(shape),
  };
}

function axisOf({ label, unit, from, to }: ShapeAxis): CurveAxis {
  return { label, unit, scales: SCALED.includes(unit), include: [from, to] };
}

function curveOf({ label, dash, points }: CurveShape['lines'][number], index: number, entry: number): Curve {
  return {
    id: `line-${index}`,
    label,
    colour: index === 0 ? 1 : 3,
    dash,
    width: 2,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    entry,
  };
}

/** What was measured over the range, as dots in the order of x: the way between them says nothing. */
function trailOf({ trail }: CurveShape): readonly Curve[] {
  if (trail.length === 0) return [];
  const sorted = [...trail].sort((a, b) => a.x - b.x);
  const [x, y] = [sorted.map((point) => point.x), sorted.map((point) => point.y)];
  return [{ id: 'trail', label: 'Measured while active', colour: 'grey', loose: true, x, y }];
}

/** Where the operating point came from. */
function wayOf({ path = [] }: CurveShape): readonly Curve[] {
  if (path.length < 2) return [];
  const [x, y] = [path.map((point) => point.x), path.map((point) => point.y)];
  return [{ id: 'way', label: 'Last 10 min', colour: 2, dash: 'solid', width: 1, way: true, x, y }];
}

function zonesOf({ zones }: CurveShape): readonly CurveZone[] {
  return zones.map(({ label, tone, x1, x2, y1, y2 }, index) => ({
    id: String(index),
    // Neighbours that belong together are named once.
    label: zones[index - 1]?.label === label ? '' : label,
    tone,
    ...(x1 === null ? {} : { x1 }),
    ...(x2 === null ? {} : { x2 }),
    ...(y1 === null ? {} : { y1 }),
    ...(y2 === null ? {} : { y2 }),
  }));
}

function pointsOf({ point, asked, y }: CurveShape): readonly CurvePoint[] {
  // Two names over each other are none.
  const near = point && asked && Math.abs(point.y - asked.y) < 0.06 * (y.to - y.from);
  return [
    ...(asked ? [{ id: 'asked', label: near ? '' : 'Asked', colour: 3 as const, ...asked }] : []),
    ...(point
      ? [{ id: 'measured', label: near ? 'Measured and asked' : 'Measured', colour: 2 as const, ...point }]
      : []),
  ];
}

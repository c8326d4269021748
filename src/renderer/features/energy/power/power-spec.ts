import type { PowerLine, PowerLineKind } from '../../../../session/energy/charging/power-line.ts';
import type { PowerBand, PowerPicture } from '../../../../session/energy/charging/power-picture.ts';
import type { ChartColour, TimeChartSpec, TimeSeries, ValueAxis } from '../../../components/chart/time-chart-spec.ts';

type Look = Pick<TimeSeries, 'shape' | 'colour' | 'dash' | 'width' | 'fill'>;

const LOOKS: Readonly<Record<Exclude<PowerLineKind, 'stack'>, Look>> = {
  limit: { shape: 'step', colour: 1, dash: 'solid', width: 2 },
  dischargeLimit: { shape: 'step', colour: 1, dash: 'dotted', width: 2 },
  setpoint: { shape: 'step', colour: 5, dash: 'solid', width: 1.5 },
  setpointReactive: { shape: 'step', colour: 8, dash: 'dotted', width: 1.5 },
  reported: { shape: 'step', colour: 2, dash: 'dashed', width: 1.5 },
  request: { shape: 'step', colour: 4, dash: 'dashed', width: 1.5 },
  offered: { shape: 'step', colour: 7, dash: 'dotted', width: 1.5 },
  measured: { shape: 'line', colour: 3, dash: 'solid', width: 1.5, fill: true },
  stateOfCharge: { shape: 'line', colour: 'grey', dash: 'dashed', width: 1 },
};
/** As in the legend: what matters first, but for what is filled, which lies behind the rest. */
const ORDER: readonly PowerLineKind[] = [
  'measured',
  'limit',
  'dischargeLimit',
  'setpoint',
  'reported',
  'request',
  'offered',
  'stateOfCharge',
  'setpointReactive',
  'stack',
];
const STACK_COLOURS: readonly ChartColour[] = [6, 8, 4, 7, 2, 5];
const STACK_DASHES = ['dotted', 'dashed', 'solid'] as const;
const TONES: Readonly<Record<PowerBand['kind'], 'plain' | 'good' | 'warning' | 'error'>> = {
  state: 'plain',
  priority: 'good',
  offline: 'warning',
  difference: 'error',
};

/** Power over time: what limits it, what was reported, asked for and measured, and the state of charge at the right. */
export function powerSpec(picture: PowerPicture): TimeChartSpec {
  const { unit, lines } = picture;
  const axes: ValueAxis[] = [
    { id: 'rate', label: unit === 'W' ? 'Power' : 'Current', unit, scales: unit === 'W', include: [0] },
  ];
  if (lines.some((line) => line.unit === '%')) {
    axes.push({ id: 'soc', label: 'State of charge', unit: '%', scales: false, include: [0, 100] });
  }
  const stacks = lines.filter(({ kind }) => kind === 'stack');
  const sorted = lines.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return {
    title: unit === 'W' ? 'Power over time' : 'Current over time',
    axes,
    series: sorted.map((line) => seriesOf(line, stacks.indexOf(line))),
    // What differs lies over what is only shaded.
    bands: picture.bands
      .filter(({ kind, label }) => kind !== 'state' || label !== 'Idle')
      .map(({ from, to, label, kind, entry }) => ({
        from,
        to,
        label,
        tone: TONES[kind],
        ...(entry > 0 ? { entry } : {}),
      })),
    marks: picture.marks.map(({ at, entry, label, towards }) => ({ at, entry, label, towards })),
  };
}

function seriesOf(line: PowerLine, stack: number): TimeSeries {
  const look: Look =
    line.kind === 'stack'
      ? {
          shape: 'step',
          colour: STACK_COLOURS[stack % STACK_COLOURS.length] ?? 6,
          dash: STACK_DASHES[Math.floor(stack / STACK_COLOURS.length) % STACK_DASHES.length] ?? 'dotted',
          width: 1,
        }
      : LOOKS[line.kind];
  return {
    id: line.id,
    label: line.unit === 'var' ? `${line.label} (var)` : line.label,
    axis: line.unit === '%' ? 'soc' : 'rate',
    ...look,
    at: line.at,
    value: line.value,
    entry: line.entry,
    ...(line.note ? { note: line.note.map((note) => note ?? undefined) } : {}),
    hidden: line.hidden,
  };
}

import type { FrequencyPicture, PictureSeries } from '../../../../session/energy/grid/frequency-picture.ts';
import type { CurveChartSpec } from '../../../components/chart/curve-chart-spec.ts';
import type { TimeChartSpec, TimeSeries } from '../../../components/chart/time-chart-spec.ts';

/** So that the time axes of both charts are the same. */
const SIDES = { left: 60, right: 52 };

/** Measured frequency, and the signals of the reserve. */
export function gridSpec({ frequency, signal, refused }: FrequencyPicture): TimeChartSpec {
  const hasSignal = signal.at.length > 0;
  return {
    title: 'Frequency of the grid',
    sides: SIDES,
    axes: [
      { id: 'hertz', label: 'Frequency', unit: 'Hz', scales: false },
      ...(hasSignal ? [{ id: 'signal', label: 'aFRR signal', unit: '', scales: false, include: [0] }] : []),
    ],
    series: [
      line('frequency', 'Frequency', 'hertz', frequency, { colour: 1 }),
      ...(hasSignal
        ? [line('signal', 'aFRR signal', 'signal', signal, { colour: 2, shape: 'step', dash: 'dashed', width: 2 })]
        : []),
    ],
    marks: refused.map(({ at, entry, signal: value, status }) => ({
      at,
      entry,
      label: `AFRRSignal ${value}: ${status}`,
      towards: 'station' as const,
    })),
  };
}

/** Power that is asked for and delivered. */
export function powerSpec({ asked, measured, droop, freqWatt }: FrequencyPicture): TimeChartSpec {
  return {
    title: 'Power asked and delivered',
    sides: SIDES,
    axes: [{ id: 'power', label: 'Power from the grid', unit: 'W', scales: true, include: [0] }],
    series: [
      line('measured', 'Delivered', 'power', measured, { colour: 2, width: 2 }),
      {
        ...line('asked', 'Asked by charging profiles', 'power', asked, { colour: 1, shape: 'step', dash: 'dashed' }),
        note: asked.note.map((words) => words ?? undefined),
      },
      ...(droop.at.length > 0
        ? [line('droop', 'With frequency droop (DER)', 'power', droop, { colour: 3, dash: 'dotted', width: 2 })]
        : []),
      ...(freqWatt.at.length > 0
        ? [line('freqWatt', 'Least by frequency-watt curve (DER)', 'power', freqWatt, { colour: 4, dash: 'dashed' })]
        : []),
    ],
  };
}

/** Frequency and power as the curve of the period wants them, with what was measured; null where no period has one. */
export function curveSpec({ curve, scatter }: FrequencyPicture): CurveChartSpec | null {
  if (!curve) return null;
  const { frequency, measured, asked, baseline, signalPower, entry } = curve;
  const shifted = signalPower !== null && signalPower !== 0;
  const [x, y] = [frequency.map((point) => point.x), frequency.map((point) => point.y)];
  const powers = [...y, measured?.power ?? 0, asked ?? 0, 0];
  const near =
    measured !== null &&
    asked !== null &&
    Math.abs(measured.power - asked) < 0.06 * (Math.max(...powers) - Math.min(...powers));
  const sorted = [...scatter].sort((a, b) => a.x - b.x);
  return {
    title: 'Power over frequency',
    x: { label: 'Frequency', unit: 'Hz', scales: false },
    y: { label: 'Power from the grid', unit: 'W', scales: true, include: [0] },
    curves: [
      { id: 'curve', label: 'Curve and baseline', colour: 1, width: 2, marked: true, x, y, entry },
      ...(shifted
        ? [
            {
              id: 'shifted',
              label: 'With aFRR signal',
              colour: 3 as const,
              dash: 'dashed' as const,
              x,
              y: y.map((power) => power + signalPower),
              entry,
            },
          ]
        : []),
      {
        id: 'scatter',
        label: 'Measured',
        colour: 'grey',
        loose: true,
        x: sorted.map((point) => point.x),
        y: sorted.map((point) => point.y),
      },
    ],
    points: [
      ...(measured && asked !== null
        ? [{ id: 'asked', label: near ? '' : 'Asked', colour: 3 as const, x: measured.frequency, y: asked }]
        : []),
      ...(measured
        ? [
            {
              id: 'measured',
              label: near ? 'Delivered and asked' : 'Delivered',
              colour: 2 as const,
              x: measured.frequency,
              y: measured.power,
            },
          ]
        : []),
    ],
    lines: baseline === 0 ? [] : [{ id: 'baseline', label: 'v2xBaseline', at: { y: baseline } }],
  };
}

function line(
  id: string,
  label: string,
  axis: string,
  { at, value, entry }: PictureSeries,
  style: Pick<TimeSeries, 'colour'> & Partial<Pick<TimeSeries, 'shape' | 'dash' | 'width'>>,
): TimeSeries {
  return { id, label, axis, shape: 'line', dash: 'solid', ...style, at, value, entry };
}

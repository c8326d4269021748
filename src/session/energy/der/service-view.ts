import type { EnterService } from '../../../ocpp/der/control.ts';
import { enterServiceAt, rampTo } from '../../../ocpp/der/grid-return.ts';
import { readEnterService } from '../../../ocpp/der/nominal-voltage.ts';
import type { CurveShape, DerVerdict, ShapePoint } from './der-picture.ts';
import { quantity, secondsText } from './der-words.ts';
import {
  type ControlView,
  historyOf,
  inSight,
  measuredAt,
  pathOf,
  roundSpan,
  type Situation,
  spanAround,
  trailOf,
} from './situation.ts';

/** Where voltage and frequency have to be for an inverter to enter service. */
export function enterServiceView(told: EnterService, situation: Situation): ControlView {
  const { bounds, notes } = readEnterService(told, situation.ratings.vNom);
  const back = ((bounds.delay ?? 0) + (bounds.randomDelay ?? 0)) * 2000 + 60_000;
  const state = enterServiceAt(
    bounds,
    historyOf(situation, 'voltage', back),
    historyOf(situation, 'frequency', back),
    situation.at,
  );
  const voltage = measuredAt(situation, 'voltage')?.value;
  const frequency = measuredAt(situation, 'frequency')?.value;
  const point = voltage === undefined || frequency === undefined ? null : { x: voltage, y: frequency };
  return {
    verdict: verdictOf(state, bounds.rampRate, situation, point),
    notes,
    shape: () => enterServiceShape(bounds, situation, point),
  };
}

function verdictOf(
  { voltage, frequency, earliest, latest }: ReturnType<typeof enterServiceAt>,
  rampRate: number | undefined,
  situation: Situation,
  point: ShapePoint | null,
): DerVerdict {
  const { at } = situation;
  if (!point || voltage === null || frequency === null) {
    return { tone: 'plain', sentence: 'Voltage and frequency were not both measured.' };
  }
  const measured = `Measured ${quantity(point.x, 'V')} and ${quantity(point.y, 'Hz')}`;
  if (!voltage || !frequency || earliest === null || latest === null) {
    const what = [voltage ? '' : 'voltage', frequency ? '' : 'frequency'].filter((each) => each !== '').join(' and ');
    // What is in service already stays so: this is no fault then.
    const tone = (measuredAt(situation, 'activePower')?.value ?? 0) === 0 ? 'warning' : 'plain';
    return {
      tone,
      sentence: `${measured}: it may not enter service, since ${what} ${voltage || frequency ? 'is' : 'are'} out of bounds.`,
    };
  }
  if (at >= latest) {
    // What is in service already is not on this ramp, and no message tells when a station has tripped.
    const ramp = rampRate ? `, all of rated power ${secondsText(rampRate)} after it has` : '';
    return { tone: 'good', sentence: `${measured}: it may enter service${ramp}.` };
  }
  const wait = secondsText((Math.max(earliest, at) - at) / 1000);
  const random = latest > earliest ? `, at the latest in ${secondsText((latest - at) / 1000)}` : '';
  return { tone: 'warning', sentence: `${measured}: within bounds, it may enter service in ${wait}${random}.` };
}

function enterServiceShape(bounds: EnterService, situation: Situation, point: ShapePoint | null): CurveShape {
  const { lowVoltage, highVoltage, lowFreq, highFreq } = bounds;
  const trail = trailOf(situation, 'voltage', 'frequency', (x, y) => ({ x, y }));
  const marks = point ? [point] : [];
  const xs = spanAround(
    [lowVoltage, highVoltage, ...marks.map(({ x }) => x)],
    trail.map(({ x }) => x),
    5,
  );
  const ys = spanAround(
    [lowFreq, highFreq, ...marks.map(({ y }) => y)],
    trail.map(({ y }) => y),
    0.2,
  );
  return {
    x: { label: 'Voltage', unit: 'V', ...xs },
    y: { label: 'Frequency', unit: 'Hz', ...ys },
    lines: [],
    zones: [{ label: 'May enter service', tone: 'good', x1: lowVoltage, x2: highVoltage, y1: lowFreq, y2: highFreq }],
    point,
    asked: null,
    trail: inSight(trail, xs, ys),
    path: pathOf(trail, point, situation.at),
  };
}

/** How fast power may change from nothing to all of what is rated. */
export function gradientView(gradient: number, softGradient: number): ControlView {
  const longest = Math.max(gradient, softGradient, 0);
  const until = longest > 0 ? roundSpan(0, longest * 1.15).to : 1;
  const line = (seconds: number): readonly ShapePoint[] =>
    [0, seconds, until].map((x) => ({ x, y: rampTo(0, 100, 100, seconds, x) }));
  const shape: CurveShape = {
    x: { label: 'Time', unit: 's', from: 0, to: until },
    y: { label: 'Power, of rated', unit: '%', from: 0, to: 120 },
    lines: [
      ...(gradient > 0 ? [{ label: 'Default ramp', dash: 'solid' as const, points: line(gradient) }] : []),
      ...(softGradient > 0 ? [{ label: 'Soft start', dash: 'dashed' as const, points: line(softGradient) }] : []),
    ],
    zones: [],
    point: null,
    asked: null,
    trail: [],
  };
  return { verdict: null, notes: [], shape: () => (longest > 0 ? shape : null) };
}

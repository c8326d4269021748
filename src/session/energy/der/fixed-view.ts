import type { Setting } from '../../../ocpp/der/control.ts';
import { reactivePowerAt } from '../../../ocpp/der/power-factor.ts';
import { amountOf } from '../../../ocpp/der/ratings.ts';
import type { CurveShape, DerVerdict, ShapePoint, ShapeZone } from './der-picture.ts';
import { decimal, quantity, unitText } from './der-words.ts';
import { type ControlView, powerAt, type Situation, spanOf, toleranceOf, trailOf } from './situation.ts';

type Fixed = Extract<Setting, { readonly type: 'FixedPFAbsorb' | 'FixedPFInject' | 'FixedVar' | 'LimitMaxDischarge' }>;

/** What is fixed in the plane of active and reactive power: a power factor, a reactive power, a limit. */
export function fixedView(setting: Fixed, situation: Situation): ControlView {
  const rule = ruleOf(setting, situation);
  const { activePower, reactivePower } = powerAt(situation);
  const point =
    activePower === undefined || (setting.type !== 'LimitMaxDischarge' && reactivePower === undefined)
      ? null
      : { x: activePower, y: reactivePower ?? 0 };
  const asked = point && rule.asked(point);
  const missing = setting.type === 'LimitMaxDischarge' ? 'Active power was' : 'Active and reactive power were';
  const verdict = point ? rule.judge(point) : { tone: 'plain' as const, sentence: `${missing} not measured.` };
  return { verdict, notes: rule.notes, shape: () => shapeOf(rule, situation, point, asked) };
}

interface Rule {
  readonly label: string;
  readonly notes: readonly string[];
  /** Between two active powers. */
  line(from: number, to: number): readonly ShapePoint[];
  readonly zones: readonly ShapeZone[];
  asked(point: ShapePoint): ShapePoint | null;
  judge(point: ShapePoint): DerVerdict;
}

function ruleOf(setting: Fixed, situation: Situation): Rule {
  switch (setting.type) {
    case 'FixedVar':
      return fixedVar(setting, situation);
    case 'LimitMaxDischarge':
      return limit(setting, situation);
    default:
      return fixedFactor(setting, situation);
  }
}

function fixedFactor(
  { type, displacement, excitation }: Extract<Setting, { readonly type: 'FixedPFAbsorb' | 'FixedPFInject' }>,
  { ratings }: Situation,
): Rule {
  const injects = type === 'FixedPFInject';
  const counts = (x: number) => (injects ? x > 0 : x < 0);
  const reactive = (x: number) => reactivePowerAt(x, displacement, excitation);
  return {
    label: `cos φ ${decimal(displacement, 3)}`,
    notes: [],
    line: (from, to) => {
      const ends = injects ? [0, Math.max(to, 1)] : [Math.min(from, -1), 0];
      return ends.map((x) => ({ x, y: reactive(x) })).filter(({ y }) => Number.isFinite(y));
    },
    zones: [],
    asked: ({ x }) => (counts(x) && Number.isFinite(reactive(x)) ? { x, y: reactive(x) } : null),
    judge: ({ x, y }) => {
      if (!counts(x)) {
        const other = injects ? 'goes into' : 'comes from';
        return { tone: 'plain', sentence: `Does not count now: it does only while power ${other} the grid.` };
      }
      return compared(y, reactive(x), ratings.maxVar, `a power factor of ${decimal(displacement, 3)} asks`);
    },
  };
}

function fixedVar({ setpoint, unit }: Extract<Setting, { readonly type: 'FixedVar' }>, situation: Situation): Rule {
  const { ratings } = situation;
  const quantityOf = unit === 'PctMaxW' || unit === 'PctWAvail' ? 'activePower' : 'reactivePower';
  const amount = amountOf(setpoint, unit, quantityOf, ratings, powerAt(situation));
  const notes = amount ? [`${decimal(setpoint, 2)} % of ${amount.of}.`] : ['The rating is not known.'];
  const value = amount?.value;
  return {
    label: `${decimal(setpoint, 2)} ${unitText(unit)}`,
    notes,
    line: (from, to) => (value === undefined ? [] : [from, to].map((x) => ({ x, y: value }))),
    zones: [],
    asked: ({ x }) => (value === undefined ? null : { x, y: value }),
    judge: ({ y }) =>
      value === undefined
        ? { tone: 'plain', sentence: 'What it asks in var cannot be said without a rating.' }
        : compared(y, value, ratings.maxVar, 'the setpoint asks'),
  };
}

function limit({ percent }: Extract<Setting, { readonly type: 'LimitMaxDischarge' }>, { ratings }: Situation): Rule {
  const most = percent === undefined ? undefined : amountOf(percent, 'PctMaxW', 'activePower', ratings)?.value;
  const zone: ShapeZone = { label: 'Not allowed', tone: 'error', x1: most ?? null, x2: null, y1: null, y2: null };
  const unknown = percent === undefined ? 'It gives no limit.' : 'Rated discharge power is not known.';
  return {
    label: 'Limit',
    notes: most === undefined ? [unknown] : [],
    line: () => [],
    zones: most === undefined ? [] : [zone],
    asked: ({ x, y }) => (most === undefined || x <= most ? null : { x: most, y }),
    judge: ({ x }) => {
      if (most === undefined) return { tone: 'plain', sentence: unknown };
      const sentence = `Measured ${quantity(x, 'W')} into the grid, at most ${quantity(most, 'W')} allowed`;
      if (x <= most) return { tone: 'good', sentence: `${sentence}.` };
      const tone = x - most <= toleranceOf(ratings.maxW, most) ? 'good' : 'warning';
      return { tone, sentence: `${sentence}: ${quantity(x - most, 'W')} too much.` };
    },
  };
}

function compared(measured: number, asked: number, rating: number | undefined, who: string): DerVerdict {
  const off = Math.abs(measured - asked);
  const tone = off <= toleranceOf(rating, asked) ? 'good' : 'warning';
  return {
    tone,
    sentence: `Measured ${quantity(measured, 'var')}, ${who} ${quantity(asked, 'var')}: ${quantity(off, 'var')} apart.`,
  };
}

function shapeOf(rule: Rule, situation: Situation, point: ShapePoint | null, asked: ShapePoint | null): CurveShape {
  const { maxW, maxChargeRateW } = situation.ratings;
  const trail = trailOf(situation, 'activePower', 'reactivePower', (x, y) => ({ x, y }));
  const marks = [...trail, ...(point ? [point] : []), ...(asked ? [asked] : [])];
  const known = maxW === undefined ? [] : [maxW, -(maxChargeRateW ?? maxW)];
  const xs = spanOf([...known, ...marks.map(({ x }) => x), 0, 1000], 1000);
  const line = rule.line(xs.from, xs.to);
  const ys = spanOf([...line, ...marks].map(({ y }) => y).concat(0), 1000);
  return {
    x: { label: 'Active power into the grid', unit: 'W', ...xs },
    y: { label: 'Reactive power into the grid', unit: 'var', ...ys },
    lines: line.length === 0 ? [] : [{ label: rule.label, dash: 'solid', points: line }],
    zones: rule.zones,
    point,
    asked,
    trail,
  };
}

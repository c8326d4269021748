import { describe, expect, test } from 'vitest';
import type { Setting } from '../../../ocpp/der/control.ts';
import { curveOf } from '../../../ocpp/der/testing/controls.ts';
import type { GridMeasurements, GridQuantity } from '../grid/measured.ts';
import { controlView } from './control-view.ts';
import { roundSpan, type Situation, spanAround, spanOf } from './situation.ts';

const RATINGS = { maxW: 10_000, maxVar: 5000, maxVarNeg: 5000, maxVA: 11_000, maxChargeRateW: 10_000, vNom: 230 };

type Values = Partial<Record<GridQuantity, readonly (readonly [seconds: number, value: number])[]>>;

/** A situation at 100 s; power as meters have it, positive from the grid. */
function situation(values: Values, ratings: Situation['ratings'] = RATINGS): Situation {
  const samples = (quantity: GridQuantity) =>
    (values[quantity] ?? []).map(([seconds, value]) => ({ at: seconds * 1000, value, entry: 1 }));
  const grid: GridMeasurements = {
    latest: (quantity, at) => samples(quantity).findLast((sample) => sample.at <= at),
    between: (quantity, from, to) => samples(quantity).filter(({ at }) => at >= from && at < to),
  };
  return { at: 100_000, range: { from: 0, to: 200_000 }, grid, ratings, during: () => true };
}

function view(setting: Setting, values: Values, ratings?: Situation['ratings']) {
  return controlView({ id: 'c', isDefault: true, priority: 0, setting }, situation(values, ratings));
}

function verdict(setting: Setting, values: Values, ratings?: Situation['ratings']) {
  const found = view(setting, values, ratings).verdict;
  return `${found?.tone}: ${found?.sentence}`;
}

describe('what measured values mean for a control', () => {
  const voltVar: Setting = {
    type: 'VoltVar',
    curve: curveOf('PctMaxVar', [
      [230, 0],
      [250, -50],
    ]),
  };

  test('a curve that is followed, one that is not, and one that nobody can tell', () => {
    const voltage = [[90, 246]] as const;
    expect(verdict(voltVar, { voltage, reactivePower: [[90, 2000]] })).toBe(
      'good: Measured −2 kvar, the curve asks −2 kvar at 246 V: 0 var apart.',
    );
    expect(verdict(voltVar, { voltage, reactivePower: [[90, 1200]] })).toBe(
      'warning: Measured −1.2 kvar, the curve asks −2 kvar at 246 V: 800 var apart.',
    );
    expect(verdict(voltVar, { voltage })).toBe(
      'plain: The curve asks −2 kvar at 246 V; reactive power was not measured.',
    );
    expect(verdict(voltVar, {})).toBe('plain: No voltage was measured.');
    expect(verdict(voltVar, { voltage: [[90, 246]] }, {})).toContain('cannot be said without a rating');
  });

  test('a value that is too old says nothing', () => {
    expect(verdict(voltVar, { voltage: [[-2000, 246]] })).toBe('plain: No voltage was measured.');
  });

  test('without a rating a curve stays in percent', () => {
    const shape = view(voltVar, { voltage: [[90, 246]], reactivePower: [[90, 1200]] }, {}).shape();
    expect(shape).toMatchObject({ y: { unit: '%' }, asked: { x: 246, y: -40 }, point: null });
  });

  test('less than a volt-watt curve allows is fine', () => {
    const setting: Setting = {
      type: 'VoltWatt',
      curve: curveOf('PctMaxW', [
        [240, 100],
        [250, 0],
      ]),
    };
    const voltage = [[90, 245]] as const;
    expect(verdict(setting, { voltage, activePower: [[90, -3000]] })).toMatch(/^good: .*allows at most 5 kW/);
    expect(verdict(setting, { voltage, activePower: [[90, 9000]] })).toMatch(/^good/);
    expect(verdict(setting, { voltage, activePower: [[90, -7000]] })).toMatch(/^warning: .*2 kW too much/);
  });

  describe('of a curve with hysteresis (2.59)', () => {
    const setting: Setting = {
      type: 'VoltWatt',
      curve: curveOf(
        'PctMaxW',
        [
          [250, 100],
          [260, 20],
        ],
        { hysteresis: { high: 245, low: 220, delay: 60, gradient: 4 } },
      ),
    };
    const held = [
      [0, 230],
      [10, 260],
      [20, 247],
    ] as const;

    test('power that is held is good, in full it is too early, and between the specification is silent', () => {
      const at = (watts: number) => verdict(setting, { voltage: held, activePower: [[90, -watts]] });
      expect(at(2000)).toBe(
        'good: Measured 2 kW, the curve allows at most 10 kW at 247 V. It is not back to normal before voltage is at or below 245 V (2.59).',
      );
      expect(at(6000)).toMatch(/^plain: .*Until then anything from 10 kW to 2 kW may count: that is not specified\.$/);
      expect(at(10_000)).toMatch(/^warning: .*Measured power is back too early\.$/);
    });

    test('the delay and the gradient are counted from when the value came back', () => {
      const back = (second: number) =>
        verdict(setting, { voltage: [...held, [second, 244]], activePower: [[90, -2000]] });
      expect(back(80)).toMatch(/It may return to normal in 40 s: 60 s after voltage came back between the bounds/);
      expect(back(30)).toMatch(/^good: .*It returns to normal with 4 %\/s, which takes 10 s more \(2\.59\)\.$/);
      const over = [
        [0, 230],
        [5, 260],
        [10, 244],
      ] as const;
      expect(verdict(setting, { voltage: over, activePower: [[90, -9000]] })).toBe(
        'good: Measured 9 kW, the curve allows at most 10 kW at 244 V.',
      );
    });

    test('is drawn with its bounds, and with what may count until it is back to normal', () => {
      const shape = view(setting, { voltage: held, activePower: [[90, -2000]] }).shape();
      expect(shape?.zones).toEqual([{ label: 'Back to normal', tone: 'good', x1: 220, x2: 245, y1: null, y2: null }]);
      expect(shape?.lines[1]).toEqual({
        label: 'Not yet back to normal',
        dash: 'dashed',
        points: [
          { x: 260, y: 2000 },
          { x: 247, y: 2000 },
          { x: 247, y: 10_000 },
        ],
      });
      expect(shape?.path).toEqual([
        { x: 247, y: 2000 },
        { x: 247, y: 2000 },
      ]);
    });
  });

  test('power may take its response time to a new target (2.37), from what was one before', () => {
    const setting: Setting = {
      type: 'VoltWatt',
      curve: curveOf(
        'PctMaxW',
        [
          [250, 100],
          [260, 20],
        ],
        { responseTime: 10 },
      ),
    };
    const at = (second: number, watts: number) =>
      verdict(setting, {
        voltage: [
          [0, 230],
          [second, 260],
        ],
        activePower: [[99, -watts]],
      });
    expect(at(95, 6000)).toMatch(/^plain: .*4 kW too much\. It may still take up to 10 s\.$/);
    expect(at(95, 2000)).toMatch(/^good/);
    expect(at(80, 6000)).toMatch(/^warning: .*4 kW too much\.$/);
  });

  test('the ten-minute mean of voltage trips by its own threshold (2.120)', () => {
    const setting: Setting = {
      type: 'HVMustTrip',
      curve: curveOf('Not_Applicable', [[265, 1]], { voltageParams: { mean10Minutes: 253, mean10MinutesDelay: 3 } }),
    };
    expect(verdict(setting, { voltage: [[-1000, 254]] })).toMatch(
      /^error: Measured 254 V, not above 265 V\. Its ten-minute mean is 254 V, above 253 V for .*: it must trip/,
    );
    expect(
      verdict(setting, {
        voltage: [
          [-1200, 230],
          [90, 254],
        ],
      }),
    ).toMatch(/^good: .*mean is 230\.4 V, not above 253 V\.$/);
    expect(verdict(setting, { voltage: [[90, 254]] })).toMatch(/^good: .*was not measured for ten minutes/);
  });

  test('what may enter service takes its ramp', () => {
    const enterService = { highVoltage: 253, lowVoltage: 207, highFreq: 50.1, lowFreq: 49.9, rampRate: 300 };
    const values = { voltage: [[90, 230]], frequency: [[90, 50]] } as const;
    expect(verdict({ type: 'EnterService', enterService }, values)).toBe(
      'good: Measured 230 V and 50 Hz: it may enter service, all of rated power 5 min after it has.',
    );
  });

  test('a fixed power factor counts in its own direction alone', () => {
    const setting: Setting = { type: 'FixedPFInject', displacement: 0.9, excitation: true };
    expect(verdict(setting, { activePower: [[90, -5000]], reactivePower: [[90, 2421.6]] })).toMatch(/^good/);
    expect(verdict(setting, { activePower: [[90, -5000]], reactivePower: [[90, -2421.6]] })).toMatch(/^warning/);
    expect(verdict(setting, { activePower: [[90, 5000]], reactivePower: [[90, 0]] })).toMatch(/^plain: Does not count/);
  });

  test('a fixed reactive power', () => {
    const setting: Setting = { type: 'FixedVar', setpoint: 20, unit: 'PctMaxVar' };
    const activePower = [[90, 0]] as const;
    expect(verdict(setting, { activePower, reactivePower: [[90, -1000]] })).toMatch(/^good: Measured 1 kvar/);
    expect(verdict(setting, { activePower, reactivePower: [[90, 1000]] })).toMatch(/^warning.*2 kvar apart/);
  });

  test('a watt-power factor curve is drawn as reactive power over active power', () => {
    const curve = curveOf('Not_Applicable', [
      [0, 1],
      [100, 0.9],
    ]);
    const shape = view(
      { type: 'WattPF', curve },
      { activePower: [[90, -5000]], reactivePower: [[90, 1643.4]] },
    ).shape();
    expect(shape).toMatchObject({ x: { unit: 'W' }, y: { unit: 'var' } });
    expect(shape?.asked?.y).toBeCloseTo(-1643.4, 0);
  });

  test('each threshold of a trip curve has its own time', () => {
    const setting: Setting = {
      type: 'HFMustTrip',
      curve: curveOf('Not_Applicable', [
        [51, 30],
        [52, 1],
      ]),
    };
    const at = (frequency: Values['frequency']) => verdict(setting, { frequency });
    expect(at([[90, 50]])).toMatch(/^good: Measured 50 Hz, not above 51 Hz/);
    expect(at([[90, 51.5]])).toBe(
      'warning: Measured 51.5 Hz, above 51 Hz for 10 s, by its samples, must trip in 20 s.',
    );
    expect(at([[60, 51.5]])).toMatch(/^error: .*it must trip/);
    expect(at([[95, 52.5]])).toMatch(/^error/);
    expect(
      at([
        [60, 51.5],
        [90, 50.9],
        [95, 51.5],
      ]),
    ).toMatch(/^warning: .*for 5 s/);
  });

  test('power monitoring watches power above a limit', () => {
    const monitoring = curveOf('Not_Applicable', [
      [0, 100],
      [60, 60],
    ]);
    const setting: Setting = { type: 'LimitMaxDischarge', percent: 50, monitoring };
    expect(verdict(setting, { activePower: [[70, -4000]] })).toMatch(/^good/);
    expect(verdict(setting, { activePower: [[70, -7000]] })).toMatch(/^warning: .*for 30 s/);
    expect(verdict(setting, { activePower: [[70, -9000]] })).toMatch(/^error/);
  });

  test('a droop may take its response time', () => {
    const droop = { overFreq: 50.2, underFreq: 49.8, overDroop: 0.05, underDroop: 0.05, responseTime: 20 };
    const setting: Setting = { type: 'FreqDroop', droop };
    const activePower = [[0, -5000]] as const;
    expect(
      verdict(setting, {
        frequency: [
          [0, 50],
          [95, 50.7],
        ],
        activePower,
      }),
    ).toMatch(/^plain: .*may still take/);
    expect(
      verdict(setting, {
        frequency: [
          [0, 50],
          [60, 50.7],
        ],
        activePower,
      }),
    ).toMatch(/^warning: .*asks 3 kW.*2 kW apart/);
    expect(verdict(setting, { frequency: [[90, 50]] })).toMatch(/^good: .*dead band/);
  });

  test('gradients are ramps over time, and none is nothing to draw', () => {
    const shape = view({ type: 'Gradients', gradient: 10, softGradient: 0 }, {}).shape();
    expect(shape?.lines).toHaveLength(1);
    expect(shape?.lines[0]?.points[1]).toEqual({ x: 10, y: 100 });
    expect(view({ type: 'Gradients', gradient: 0, softGradient: 0 }, {}).shape()).toBeNull();
  });
});

describe('the stretch of an axis', () => {
  test('has ends, however large the values are', () => {
    for (const values of [[1e300], [-1e308, 1e308], [1e308], [5e-324]]) {
      const { from, to } = spanOf(values);
      expect([from, to].every(Number.isFinite)).toBe(true);
    }
  });

  test('ends at round values', () => {
    expect(roundSpan(0, 16.25)).toEqual({ from: 0, to: 20 });
    expect(roundSpan(49.87, 50.13)).toEqual({ from: 49.85, to: 50.15 });
  });

  test('is not pressed together by what was measured far away', () => {
    expect(spanAround([210, 250], [92])).toEqual(spanAround([210, 250], []));
    expect(spanAround([210, 250], [260]).to).toBeGreaterThanOrEqual(260);
  });
});

import type { CurveChartSpec } from '../components/chart/curve-chart-spec.ts';
import type { TimeChartSpec, TimeSeries } from '../components/chart/time-chart-spec.ts';

/** Where the charts of the gallery begin: 2026-11-20 at 22:10 in UTC, so that a day begins on the way. */
const START = Date.UTC(2026, 10, 20, 22, 10);
const MINUTE = 60_000;

/** A charge that later feeds back, with limits, a state of charge, states and messages. */
export function chargeSpec(): TimeChartSpec {
  const minutes = Array.from({ length: 180 }, (_, index) => index);
  const at = minutes.map((minute) => START + minute * MINUTE);
  const power = (minute: number): number =>
    minute < 4 ? 0 : minute < 100 ? Math.min(11_040, minute * 700) - (minute % 7) * 12 : -6900 + (minute % 5) * 30;
  const limits = [11_040, 7360, 11_040, -6900, 0];
  return {
    title: 'Power',
    axes: [
      { id: 'power', label: 'Power', unit: 'W', scales: true, include: [0] },
      { id: 'soc', label: 'State of charge', unit: '%', scales: false, include: [0, 100] },
    ],
    series: [
      {
        id: 'limit',
        label: 'Limit as calculated',
        axis: 'power',
        shape: 'step',
        colour: 2,
        width: 2,
        at: [0, 40, 70, 100, 170].map((minute) => START + minute * MINUTE),
        value: limits,
        entry: [12, 40, 71, 104, 171],
        note: [
          'TxDefaultProfile 4, period 1',
          'TxProfile 7, period 1',
          'TxProfile 7, period 2',
          'TxProfile 9',
          undefined,
        ],
      },
      {
        id: 'tx-default',
        label: 'TxDefaultProfile, level 2',
        axis: 'power',
        shape: 'step',
        colour: 5,
        at: [START + 5 * MINUTE, START + 90 * MINUTE],
        value: [9000, null],
      },
      {
        id: 'measured',
        label: 'Measured power',
        axis: 'power',
        shape: 'line',
        colour: 1,
        fill: true,
        at,
        value: minutes.map((minute) => (minute > 120 && minute < 126 ? null : power(minute))),
        entry: minutes.map((minute) => minute + 2),
      },
      {
        id: 'soc',
        label: 'State of charge',
        axis: 'soc',
        shape: 'line',
        colour: 3,
        at: at.filter((_, index) => index % 10 === 0),
        value: minutes
          .filter((minute) => minute % 10 === 0)
          .map((minute) => (minute < 100 ? 20 + minute / 2 : 120 - minute / 2)),
      },
      {
        id: 'requested',
        label: 'Requested by the EV',
        axis: 'power',
        shape: 'points',
        colour: 4,
        at: [START + 8 * MINUTE, START + 60 * MINUTE, START + 130 * MINUTE],
        value: [10_000, 8000, -5000],
      },
    ],
    bands: [
      { from: START, to: START + 4 * MINUTE, label: 'EVConnected', tone: 'plain' },
      { from: START + 4 * MINUTE, to: START + 98 * MINUTE, label: 'Charging', tone: 'good' },
      { from: START + 98 * MINUTE, to: START + 104 * MINUTE, label: 'SuspendedEVSE', tone: 'warning' },
      { from: START + 150 * MINUTE, to: START + 158 * MINUTE, label: 'Fault', tone: 'error' },
    ],
    marks: minutes.map((minute) => ({
      at: START + minute * MINUTE + 300,
      entry: minute + 2,
      label: minute % 9 === 0 ? 'SetChargingProfile' : 'TransactionEvent',
      towards: minute % 9 === 0 ? 'station' : 'csms',
    })),
  };
}

/** Noise around 230 V, in so many points. */
export function longSpec(points: number): TimeChartSpec {
  const at = Array.from({ length: points }, (_, index) => START + index * 1000);
  let seed = 7;
  const noise = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648 - 0.5;
  };
  const phase = (id: string, colour: 1 | 2 | 3): TimeSeries => ({
    id,
    label: `Voltage ${id}`,
    axis: 'voltage',
    shape: 'line',
    colour,
    at,
    value: at.map((_, index) => 230 + colour + 3 * Math.sin(index / (points / 20)) + 2 * noise()),
  });
  return {
    title: 'Voltage',
    axes: [{ id: 'voltage', label: 'Voltage', unit: 'V', scales: false }],
    series: [phase('L1', 1), phase('L2', 2), phase('L3', 3)],
  };
}

/** Many samples in each point: averages between their lowest and highest. */
export function envelopeSpec(): TimeChartSpec {
  const at = Array.from({ length: 400 }, (_, index) => START + index * MINUTE);
  const value = at.map((_, index) => (index > 200 && index < 220 ? null : 50 + Math.sin(index / 30) / 20));
  return {
    title: 'Frequency',
    axes: [{ id: 'frequency', label: 'Frequency', unit: 'Hz', scales: false }],
    series: [
      {
        id: 'frequency',
        label: 'Frequency',
        axis: 'frequency',
        shape: 'range',
        colour: 6,
        at,
        value,
        low: value.map((one) => one && one - 0.02),
        high: value.map((one, index) => one && one + (index % 50 === 0 ? 0.08 : 0.02)),
      },
    ],
  };
}

/** Reactive power over voltage, with where the station is. */
export function curveSpec(): CurveChartSpec {
  return {
    title: 'Volt-var',
    x: { label: 'Voltage', unit: 'V', scales: false },
    y: { label: 'Reactive power', unit: 'var', scales: true },
    curves: [
      {
        id: 'active',
        label: 'VoltVar, priority 1',
        colour: 1,
        width: 2,
        marked: true,
        x: [200, 211.6, 225.4, 234.6, 248.4, 260],
        y: [4840, 4840, 0, 0, -4840, -4840],
        entry: 42,
      },
      {
        id: 'default',
        label: 'VoltVar, default',
        colour: 5,
        x: [200, 207, 220, 240, 253, 260],
        y: [4000, 4000, 0, 0, -4000, -4000],
        note: 'superseded',
      },
    ],
    zones: [
      { id: 'trip-low', label: 'May trip', tone: 'error', x2: 205 },
      { id: 'trip-high', label: 'May trip', tone: 'error', x1: 253 },
    ],
    points: [{ id: 'now', label: 'Now', colour: 4, x: 241.3, y: -2350, entry: 77 }],
    lines: [{ id: 'nominal', label: 'Nominal 230 V', at: { x: 230 } }],
  };
}

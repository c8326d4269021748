import type {
  BatterySeries,
  EvBattery,
  StoragePicture,
  SwapPicture,
} from '../../../../session/energy/battery/battery-picture.ts';
import type {
  ChartColour,
  TimeChartSpec,
  TimeMark,
  TimeSeries,
  ValueAxis,
} from '../../../components/chart/time-chart-spec.ts';
import { EVENT_WORDS } from './battery-words.ts';

const SOC: ValueAxis = { id: 'soc', label: 'State of charge', unit: '%', scales: false, include: [0, 100] };
const POWER: ValueAxis = { id: 'power', label: 'Power', unit: 'W', scales: true, include: [0] };
/** Pixels, so that charts above each other have the same time axis. */
const SIDES = { left: 72, right: 64 };

/** The battery of an EV: charge, power either way, what it asked for and what limits it. */
export function evSpec(ev: EvBattery, range: { readonly from: number; readonly to: number }): TimeChartSpec {
  const targets = ev.needs.filter(({ targetSoC }) => targetSoC !== null);
  return {
    title: `Battery at EVSE ${ev.evseId}`,
    axes: [POWER, SOC],
    sides: SIDES,
    series: [
      ...socAndPower(ev.stateOfCharge, ev.power),
      ...(targets.length > 0 ? [targetSeries(targets)] : []),
      ...ev.limits.map(
        ({ soc, limit, unit, profileId, entry, from, to }): TimeSeries => ({
          ...{ id: `limit-${entry}-${profileId}`, axis: 'soc', shape: 'step', colour: 'grey', dash: 'dotted' },
          label: `limitAtSoC of profile ${profileId}`,
          at: [Math.max(from, range.from), Math.min(to ?? range.to, range.to)],
          value: [soc, soc],
          entry: [entry, entry],
          note: [`at most ${limit} ${unit} beyond`, undefined],
        }),
      ),
    ],
    marks: ev.needs.map(({ at, entry }): TimeMark => ({ at, entry, label: 'NotifyEVChargingNeeds', towards: 'csms' })),
  };
}

function targetSeries(needs: EvBattery['needs']): TimeSeries {
  const points = needs.flatMap(({ at, targetSoC, until, departure, entry }, index) => {
    const next = needs[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    const end = Math.min(next, Math.max(at, departure ?? until ?? at));
    return [
      { at, value: targetSoC, entry },
      { at: end, value: targetSoC, entry },
      { at: end, value: null, entry: 0 },
    ];
  });
  return {
    ...{ id: 'target', label: 'Target until departure', axis: 'soc', shape: 'step', colour: 4, dash: 'dashed' },
    at: points.map(({ at }) => at),
    value: points.map(({ value }) => value),
    entry: points.map(({ entry }) => entry),
  };
}

/** A stationary battery. */
export function storageSpec(storage: StoragePicture): TimeChartSpec {
  return {
    title: storage.instance === '' ? 'Stationary battery' : `Stationary battery ${storage.instance}`,
    axes: [POWER, SOC],
    sides: SIDES,
    series: socAndPower(storage.stateOfCharge, storage.power),
  };
}

function socAndPower(stateOfCharge: BatterySeries, power: BatterySeries): TimeSeries[] {
  return [
    { id: 'power', label: 'Power', axis: 'power', shape: 'line', colour: 3, dash: 'solid', fill: true, ...power },
    {
      ...{ id: 'soc', label: 'State of charge', axis: 'soc', shape: 'line', colour: 1, dash: 'solid', width: 2 },
      ...stateOfCharge,
    },
  ];
}

const COLOURS: readonly ChartColour[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** State of charge in every slot of a station that swaps batteries. */
export function swapSpec(swaps: SwapPicture, range: { readonly from: number; readonly to: number }): TimeChartSpec {
  const shown = swaps.course.filter(({ series }) => series.at.length > 0);
  const level = (id: string, label: string, dash: 'dashed' | 'dotted', value: number | null): TimeSeries[] =>
    value === null
      ? []
      : [
          {
            ...{ id, label, axis: 'soc', shape: 'step', colour: 'grey', dash },
            at: [range.from, range.to],
            value: [value, value],
          },
        ];
  return {
    title: 'State of charge by slot',
    axes: [SOC],
    series: [
      ...shown.map(
        ({ slot, series }, index): TimeSeries => ({
          ...{ id: `slot-${slot}`, label: `Slot ${slot}`, axis: 'soc', shape: 'line', width: 2 },
          colour: COLOURS[index % COLOURS.length] ?? 'grey',
          ...series,
        }),
      ),
      ...level('target', 'Given out from', 'dotted', swaps.targetSoC),
      ...level('max', 'Charged to', 'dashed', swaps.maxSoC),
    ],
    marks: [
      ...swaps.events.map(
        ({ at, entry, event }): TimeMark => ({
          ...{ at, entry, towards: 'csms' },
          label: EVENT_WORDS[event] ?? event,
        }),
      ),
      ...swaps.requests.map(
        ({ at, entry }): TimeMark => ({ at, entry, label: 'RequestBatterySwap', towards: 'station' }),
      ),
    ].sort((a, b) => a.at - b.at),
  };
}

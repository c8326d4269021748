import type { ClockOffset, PingStatistics } from '../../../session/life/life.ts';
import type { TimeChartSpec } from '../../components/chart/time-chart-spec.ts';

/** Round trips of pings over time; those that were not answered stand at the foot as marks of their own. */
export function pingSpec(latest: PingStatistics['latest']): TimeChartSpec {
  const missed = latest.filter(({ milliseconds }) => milliseconds === null);
  return {
    title: 'Round trips of pings',
    axes: [{ id: 'time', label: 'Round trip', unit: 'ms', scales: false, include: [0] }],
    series: [
      {
        id: 'answered',
        label: 'Answered',
        axis: 'time',
        shape: 'line',
        colour: 1,
        at: latest.map(({ at }) => at),
        value: latest.map(({ milliseconds }) => milliseconds),
      },
      ...(missed.length === 0
        ? []
        : [
            {
              id: 'missed',
              label: 'No pong',
              axis: 'time',
              shape: 'points',
              colour: 'error',
              at: missed.map(({ at }) => at),
              value: missed.map(() => 0),
            } as const,
          ]),
    ],
    bands: missed.map(({ at }) => ({ from: at, to: following(latest, at), label: 'no pong', tone: 'error' })),
  };
}

/** When the ping after one was sent; where it was the last, nothing says how long its pong was missing. */
function following(latest: PingStatistics['latest'], after: number): number {
  return latest.find(({ at }) => at > after)?.at ?? after;
}

/** The clock of a station against ours, over time. */
export function clockSpec(latest: ClockOffset['latest']): TimeChartSpec {
  return {
    title: 'Clock of the station against ours',
    axes: [{ id: 'offset', label: 'Ahead', unit: 'ms', scales: false, include: [0] }],
    series: [
      {
        id: 'offset',
        label: 'Ahead of ours',
        axis: 'offset',
        shape: 'line',
        colour: 2,
        at: latest.map(({ at }) => at),
        value: latest.map(({ offset }) => offset),
        entry: latest.map(({ entry }) => entry),
      },
    ],
  };
}

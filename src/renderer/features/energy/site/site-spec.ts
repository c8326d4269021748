import { type OverLimit, timesOver } from '../../../../session/energy/site/over-limit.ts';
import type { SiteLayer, SitePicture } from '../../../../session/energy/site/site-picture.ts';
import type { ChartColour, TimeChartSpec, TimeSeries } from '../../../components/chart/time-chart-spec.ts';
import { valueWords } from '../../../components/chart/value-words.ts';

/** Power, large values with k or M. */
export const WATTS = { unit: 'W', scales: true } as const;

const COLOURS: readonly ChartColour[] = [1, 2, 3, 4, 5, 6, 8];

/** The colour of a layer; neighbours never have the same one. */
export function layerColour({ station }: SiteLayer, index: number): ChartColour {
  return station === null ? 'grey' : (COLOURS[index % COLOURS.length] ?? 1);
}

/** What a layer is called. */
export function layerName({ station, count }: SiteLayer): string {
  return station ?? `other ${count} stations`;
}

/** What the site may take at an instant: what the user said, else what the stations may take together. */
export function limitAt(picture: SitePicture, limit: number | null): (instant: number) => number | null {
  if (limit !== null) return () => limit;
  return (instant) => picture.allowed.findLast(({ at }) => at <= instant)?.value ?? null;
}

/** When the site took more than it may. */
export function overLimits(picture: SitePicture, limit: number | null): readonly OverLimit[] {
  return timesOver(picture, limitAt(picture, limit));
}

/** The stack as a chart: what is taken above zero, what is given back below. */
export function siteSpec(picture: SitePicture, limit: number | null, over: readonly OverLimit[]): TimeChartSpec {
  const { at, to, layers, total, allowed } = picture;
  const edges = [...at, to];
  const bound = limitAt(picture, limit);
  const above = at.map(() => 0);
  const below = at.map(() => 0);
  const stack = layers.flatMap((layer, index): readonly TimeSeries[] =>
    [1, -1].flatMap((sign) => {
      const part = layer.value.map((value) => (value !== null && value * sign > 0 ? value : null));
      if (part.every((value) => value === null)) return [];
      const base = sign > 0 ? above : below;
      const [low, high]: [(number | null)[], (number | null)[]] = [[], []];
      for (const [place, value] of part.entries()) {
        const from = base[place] ?? 0;
        const until = from + (value ?? 0);
        low.push(value === null ? null : Math.min(from, until));
        high.push(value === null ? null : Math.max(from, until));
        base[place] = until;
      }
      return [
        {
          id: `${layer.station ?? '*'} ${sign}`,
          label: `${layerName(layer)}${sign > 0 ? '' : ', given back'}`,
          axis: 'power',
          shape: 'range',
          held: true,
          edge: sign > 0 ? 'high' : 'low',
          dash: 'solid',
          width: 1,
          colour: layerColour(layer, index),
          at: edges,
          value: [...part, null],
          low: [...low, null],
          high: [...high, null],
          entry: [...layer.entry, 0],
        },
      ];
    }),
  );
  const line = (id: string, label: string, more: Partial<TimeSeries>): TimeSeries => ({
    id,
    label,
    axis: 'power',
    shape: 'step',
    colour: 7,
    at: edges,
    value: [...total, null],
    leads: true,
    ...more,
  });
  return {
    title: 'Power of the site',
    axes: [{ id: 'power', label: 'Power', ...WATTS, include: [0, ...(limit === null ? [] : [limit])] }],
    series: [
      ...stack,
      line('total', 'Total', { width: 1.5, dash: 'solid' }),
      ...(allowed.length === 0
        ? []
        : [
            line('allowed', 'Stations may take', {
              colour: 5,
              dash: 'dotted',
              width: 2,
              at: allowed.map((step) => step.at),
              value: allowed.map(({ value }) => value),
            }),
          ]),
      ...(limit === null
        ? []
        : [line('limit', 'Site limit', { colour: 'error', dash: 'dashed', width: 2, value: edges.map(() => limit) })]),
      line('headroom', 'Headroom', {
        colour: 'grey',
        dash: 'dashed',
        hidden: true,
        leads: false,
        value: [...total.map((value, index) => headroom(value, bound(at[index] ?? 0))), null],
      }),
    ],
    bands: over.map(({ from, to: until, highest, limit: most }) => ({
      from,
      to: until,
      tone: 'error',
      label: `Over the limit by ${valueWords(Math.round(highest - most), WATTS)}`,
    })),
  };
}

/** How much more the site may take; null where that is not known. */
export function headroom(total: number | null, limit: number | null): number | null {
  return limit === null ? null : limit - (total ?? 0);
}

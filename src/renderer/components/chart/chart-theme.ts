import { useMemo, useSyncExternalStore } from 'react';
import type { ChartColour, TimeBand } from './time-chart-spec.ts';

/** Colours and type of a chart, for what is drawn where no style sheet reaches. */
export interface ChartTheme {
  readonly ground: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly line: string;
  readonly focus: string;
  readonly toCsms: string;
  readonly toStation: string;
  readonly font: string;
  readonly series: Readonly<Record<ChartColour, string>>;
  /** Behind the series; the weakest of hues, since what stands on it is to be read. */
  readonly bands: Readonly<Record<TimeBand['tone'], string>>;
}

/** Size of the text in charts, in pixels. */
export const CHART_TEXT = 11;

/** Reads the theme out of the style sheet that holds for an element. */
export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: token('ground'),
    ink: token('ink'),
    muted: token('ink-muted'),
    grid: token('line'),
    line: token('control-line'),
    focus: token('focus'),
    toCsms: token('to-csms'),
    toStation: token('to-station'),
    font: token('sans'),
    series: {
      1: token('chart-1'),
      2: token('chart-2'),
      3: token('chart-3'),
      4: token('chart-4'),
      5: token('chart-5'),
      6: token('chart-6'),
      7: token('chart-7'),
      8: token('chart-8'),
      grey: token('chart-grey'),
      error: token('error'),
    },
    bands: {
      plain: token('row-grey'),
      good: token('row-green'),
      warning: token('row-yellow'),
      error: token('row-pink'),
    },
  };
}

/** The theme of charts; a new one when the page's theme changes. */
export function useChartTheme(): ChartTheme {
  const name = useSyncExternalStore(
    (changed) => {
      const observer = new MutationObserver(changed);
      observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
      return () => observer.disconnect();
    },
    () => document.documentElement.dataset.theme ?? '',
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens change with the name of the theme
  return useMemo(() => readChartTheme(document.documentElement), [name]);
}

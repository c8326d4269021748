import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { EnergyChart } from '../../app/energy-board.ts';

/** A chart of the energy pane. Its code is loaded when it is first shown. */
export interface EnergyChartTab {
  readonly id: EnergyChart;
  readonly title: string;
  readonly component: LazyExoticComponent<ComponentType>;
}

/** Every chart, in the order of the tabs; each takes what it is about from `Workbench.energy`. */
export const CHARTS: readonly EnergyChartTab[] = [
  {
    id: 'power',
    title: 'Power',
    component: lazy(async () => ({ default: (await import('./power/power.tsx')).Power })),
  },
  {
    id: 'meter',
    title: 'Meter values',
    component: lazy(async () => ({ default: (await import('./meter/meter-values.tsx')).MeterValues })),
  },
  {
    id: 'transactions',
    title: 'Transactions',
    component: lazy(async () => ({ default: (await import('./transactions/transactions.tsx')).Transactions })),
  },
  {
    id: 'profile',
    title: 'Profile',
    component: lazy(async () => ({ default: (await import('./profile/profile-editor.tsx')).ProfileEditor })),
  },
  {
    id: 'tariff',
    title: 'Tariff and cost',
    component: lazy(async () => ({ default: (await import('./tariff/tariff-and-cost.tsx')).TariffAndCost })),
  },
  {
    id: 'der',
    title: 'DER',
    component: lazy(async () => ({ default: (await import('./der/der-tab.tsx')).DerTab })),
  },
  {
    id: 'frequency',
    title: 'Frequency and aFRR',
    component: lazy(async () => ({ default: (await import('./frequency/frequency-tab.tsx')).FrequencyTab })),
  },
  {
    id: 'battery',
    title: 'Battery and BESS',
    component: lazy(async () => ({ default: (await import('./battery/battery.tsx')).Battery })),
  },
  {
    id: 'site',
    title: 'Site',
    component: lazy(async () => ({ default: (await import('./site/site.tsx')).Site })),
  },
];

import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { EnergyChart } from '../../app/energy-board.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Guarded } from '../../components/guarded.tsx';
import { ToolBar } from '../../components/tool-bar.tsx';
import { CHARTS } from './charts.ts';
import css from './energy-pane.module.css';
import { NoEnergy } from './no-energy.tsx';
import { RangeButtons } from './range-buttons.tsx';
import { StationChoice } from './station-choice.tsx';
import { TransactionChoice } from './transaction-choice.tsx';
import { useEnergyCommands } from './use-energy-commands.ts';

/** Charts of power, meter values, DER and tariffs: of one station, over one range, with one cursor. */
export function EnergyPane(): ReactNode {
  const { energy } = useWorkbench();
  const { overview, failure, chart } = useStore(energy.state);
  useEffect(() => energy.watch(), [energy]);
  useEnergyCommands();
  const tabs = useRef<HTMLDivElement>(null);
  const known = overview !== null;
  // With many charts in a narrow pane, the tab of the one that is shown may be out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: tabs are there once stations are, and move with the chart
  useEffect(() => {
    // Without a value: Chromium yields a promise, which is no way to clean up.
    tabs.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chart, known]);
  if (overview === null || overview.stations.length === 0) return <NoEnergy overview={overview} failure={failure} />;
  const shown = CHARTS.find(({ id }) => id === chart) ?? CHARTS[0];
  return (
    <Tabs.Root className={css.pane} value={shown?.id} onValueChange={(next: EnergyChart) => energy.show(next)}>
      <ToolBar className={css.head}>
        <StationChoice />
        <TransactionChoice />
        <Tabs.List ref={tabs} className={css.tabs} activateOnFocus aria-label="Charts">
          {CHARTS.map(({ id, title }) => (
            <Tabs.Tab key={id} className={css.tab} value={id}>
              {title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <RangeButtons />
      </ToolBar>
      {shown && (
        <Tabs.Panel
          className={css.body}
          value={shown.id}
          // The cursor stays while the pointer goes from a chart to what is said of that moment, and to its messages.
          onPointerLeave={() => energy.point(null)}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (!currentTarget.contains(relatedTarget)) energy.point(null);
          }}
        >
          <Guarded name={`${shown.title} chart`} shows={shown.id}>
            <Suspense>
              <shown.component />
            </Suspense>
          </Guarded>
        </Tabs.Panel>
      )}
    </Tabs.Root>
  );
}

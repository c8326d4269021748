import { useStore } from 'zustand';
import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { CHARTS } from './charts.ts';

/** What can be done with the charts by name, while the pane is there. */
export function useEnergyCommands(): void {
  const { energy } = useWorkbench();
  const { overview, following } = useStore(energy.state);
  const enabled = (): boolean => overview !== null && overview.stations.length > 0;
  useCommands([
    ...CHARTS.map(({ id, title }) => ({
      id: `energy.show.${id}`,
      group: 'Energy' as const,
      title: `Show the chart: ${title}`,
      enabled,
      run: () => energy.show(id),
    })),
    { id: 'energy.fit', group: 'Energy', title: 'Show all of what is chosen', enabled, run: energy.fit },
    {
      id: 'energy.follow',
      group: 'Energy',
      title: following ? 'Stop following the newest data' : 'Follow the newest data',
      enabled,
      run: () => energy.follow(!following),
    },
    {
      id: 'energy.transaction.next',
      group: 'Energy',
      title: 'Next transaction',
      enabled,
      run: () => energy.stepTransaction(1),
    },
    {
      id: 'energy.transaction.previous',
      group: 'Energy',
      title: 'Previous transaction',
      enabled,
      run: () => energy.stepTransaction(-1),
    },
  ]);
}

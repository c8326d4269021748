import { type ReactNode, useSyncExternalStore } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { Detail } from '../features/detail/detail.tsx';
import { FilterBar } from '../features/filter/filter-bar.tsx';
import { Help } from '../features/help/help.tsx';
import { StatusBar } from '../features/status/status-bar.tsx';
import { Timeline } from '../features/timeline/timeline.tsx';
import { Topology } from '../features/topology/topology.tsx';
import css from './app.module.css';
import { Notices } from './notices.tsx';
import { ThemeButton } from './theme-button.tsx';
import { useWorkbench } from './workbench.ts';

/** From this width on the detail stands beside the timeline, else below it. */
const WIDE = '(min-width: 1280px)';

/** The whole window. */
export function App(): ReactNode {
  const { connection } = useWorkbench();
  const lost = useStore(connection.state, (state) => state.phase === 'lost');
  return (
    <div className={css.app}>
      <Topology>
        <ThemeButton />
        <Help />
      </Topology>
      <Notices />
      <search>
        <FilterBar />
      </search>
      <main className={`${css.panes} ${lost ? css.stale : ''}`}>
        <Panes />
      </main>
      <StatusBar />
    </div>
  );
}

function Panes(): ReactNode {
  const { selection } = useWorkbench();
  const detailOpen = useStore(selection.state, (state) => state.detailOpen);
  const orientation = useMedia(WIDE) ? 'horizontal' : 'vertical';
  const panelIds = detailOpen ? ['timeline', 'detail'] : ['timeline'];
  const layout = useDefaultLayout({ id: `panes-${orientation}`, panelIds });
  return (
    <Group key={orientation} orientation={orientation} {...layout}>
      <Panel id="timeline" minSize={orientation === 'horizontal' ? 420 : 120}>
        <Timeline />
      </Panel>
      {detailOpen && (
        <>
          <Separator className={css.separator} aria-label="Size of the message pane" />
          <Panel
            id="detail"
            defaultSize={orientation === 'horizontal' ? '38%' : '52%'}
            minSize={orientation === 'horizontal' ? 320 : 140}
          >
            <Detail />
          </Panel>
        </>
      )}
    </Group>
  );
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

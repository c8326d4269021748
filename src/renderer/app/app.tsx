import { type ReactNode, useSyncExternalStore } from 'react';
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { Guarded } from '../components/guarded.tsx';
import { PaneSeparator } from '../components/pane-separator.tsx';
import { Detail } from '../features/detail/detail.tsx';
import { FileTasks } from '../features/files/file-tasks.tsx';
import { Files } from '../features/files/files.tsx';
import { FilterBar } from '../features/filter/filter-bar.tsx';
import { Help } from '../features/help/help.tsx';
import { HeldBadge } from '../features/intercept/held-badge.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { StatusBar } from '../features/status/status-bar.tsx';
import { Timeline } from '../features/timeline/timeline.tsx';
import { Topology } from '../features/topology/topology.tsx';
import css from './app.module.css';
import { DockView } from './dock-view.tsx';
import { Notices } from './notices.tsx';
import { PANES } from './panes.ts';
import { Rail } from './rail.tsx';
import { ThemeButton } from './theme-button.tsx';
import { useConnectionCommands } from './use-connection-commands.ts';
import { useEntryCommands } from './use-entry-commands.ts';
import { useWorkbench } from './workbench.ts';

/** From this width on the detail stands beside the timeline, else below it. */
const WIDE = '(min-width: 1280px)';
/** Windows in which a pane of the dock needs more than its usual share. */
const LOW = '(max-height: 760px)';

/** The whole window. */
export function App(): ReactNode {
  const { connection } = useWorkbench();
  useEntryCommands();
  useConnectionCommands();
  const lost = useStore(connection.state, (state) => state.phase === 'lost');
  return (
    <div className={css.app}>
      <Guarded name="bench strip">
        <Topology>
          <HeldBadge />
          <Files />
          <Palette />
          <ThemeButton />
          <Help />
        </Topology>
      </Guarded>
      <Guarded name="notices">
        <Notices />
        <FileTasks />
      </Guarded>
      <search>
        <Guarded name="filter">
          <FilterBar />
        </Guarded>
      </search>
      <div className={css.middle}>
        <Guarded name="rail">
          <Rail />
        </Guarded>
        <main className={`${css.panes} ${lost ? css.stale : ''}`}>
          <Docked />
        </main>
      </div>
      <Guarded name="status bar">
        <StatusBar />
      </Guarded>
    </div>
  );
}

/** The timeline and its message above, the dock below where it is open. */
function Docked(): ReactNode {
  const { dock } = useWorkbench();
  const shown = useStore(dock.state, ({ pane }) => pane);
  const pane = PANES.find(({ id }) => id === shown);
  const low = useMedia(LOW);
  const layout = useDefaultLayout({ id: 'dock', panelIds: pane ? ['above', 'dock'] : ['above'] });
  return (
    <Group orientation="vertical" {...layout}>
      <Panel id="above" minSize={160}>
        <Panes />
      </Panel>
      {pane && (
        <>
          <PaneSeparator label="Size of the dock" />
          <Panel id="dock" defaultSize={low ? '58%' : '45%'} minSize={140}>
            <DockView pane={pane} />
          </Panel>
        </>
      )}
    </Group>
  );
}

function Panes(): ReactNode {
  const { selection } = useWorkbench();
  const detailOpen = useStore(selection.state, (state) => state.detailOpen);
  const entry = useStore(selection.state, (state) => state.row?.entry);
  const orientation = useMedia(WIDE) ? 'horizontal' : 'vertical';
  // By their ids the panels have sizes of their own in each orientation, while what is in them stays as it is.
  const [timeline, detail] = [`timeline-${orientation}`, `detail-${orientation}`];
  const panelIds = detailOpen ? [timeline, detail] : [timeline];
  const layout = useDefaultLayout({ id: 'panes', panelIds });
  return (
    <Group orientation={orientation} {...layout}>
      <Panel id={timeline} minSize={orientation === 'horizontal' ? 420 : 120}>
        <Guarded name="timeline">
          <Timeline />
        </Guarded>
      </Panel>
      {detailOpen && (
        <>
          <PaneSeparator label="Size of the message pane" />
          <Panel
            id={detail}
            defaultSize={orientation === 'horizontal' ? '38%' : '52%'}
            minSize={orientation === 'horizontal' ? 320 : 140}
          >
            <Guarded name="message pane" shows={entry}>
              <Detail />
            </Guarded>
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

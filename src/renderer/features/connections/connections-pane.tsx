import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { useStore } from 'zustand';
import type { ConnectionKind } from '../../app/connection-board.ts';
import { countOf } from '../../app/format.ts';
import { useCommands } from '../../app/use-commands.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Guarded } from '../../components/guarded.tsx';
import { PaneSeparator } from '../../components/pane-separator.tsx';
import { SearchChoice } from '../../components/search-choice.tsx';
import { ToolBar } from '../../components/tool-bar.tsx';
import { Card } from './card.tsx';
import { type ConnectionFeed, createConnectionFeed } from './connection-feed.ts';
import { ConnectionList } from './connection-list.tsx';
import css from './connections-pane.module.css';
import { NoConnections } from './no-connections.tsx';

const KINDS: readonly { readonly kind: ConnectionKind; readonly word: string; readonly help: string }[] = [
  { kind: 'all', word: 'All', help: 'Every connection, and whatever else came to the port' },
  { kind: 'open', word: 'Open', help: 'Those that are open now' },
  { kind: 'trouble', word: 'Trouble', help: 'Refused, never a WebSocket, or lost' },
  { kind: 'attempts', word: 'Attempts', help: 'What never became a WebSocket: port scans, health checks, failed TLS' },
];

/** Every connection of the session: what was negotiated, why one failed, and how each lived. */
export function ConnectionsPane(): ReactNode {
  const { connections, facts } = useWorkbench();
  const feed = useFeed();
  const { link, kind, station, asked } = useStore(connections.state);
  const { count, known, total, failure, listed, waiting } = useStore(feed.state);
  const stations = useStore(facts, (state) => state.stations);
  const pane = useRef<HTMLDivElement>(null);
  const layout = useDefaultLayout({ id: 'connections', panelIds: ['list', 'card'] });
  useCommands([
    ...KINDS.map(({ kind: which, word }) => ({
      id: `connections.list.${which}`,
      group: 'Connections' as const,
      title: `List connections: ${word}`,
      run: () => connections.list(which, station),
    })),
  ]);
  const focusCard = (): void => pane.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  const focusList = (): void => pane.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  const nothing = known && count === 0;
  // There is no list to give the keyboard to, and a later one takes it from nobody.
  useEffect(() => {
    if (nothing && asked?.link === null) connections.answered();
  }, [connections, nothing, asked]);
  return (
    <div className={css.pane} ref={pane}>
      <ToolBar className={css.bar}>
        <fieldset className={css.kinds} aria-label="Which connections">
          {KINDS.map(({ kind: which, word, help }) => (
            <Button
              key={which}
              aria-pressed={kind === which}
              title={help}
              onClick={() => connections.list(which, station)}
            >
              {word}
            </Button>
          ))}
        </fieldset>
        <SearchChoice
          label="Station of the connections"
          none="Any station"
          options={stations}
          value={station}
          shown={(name) => visibleLine(name, 60)}
          onChange={(next) => connections.list(kind, next)}
        />
        <span className={css.count} role="status">
          {known && countOf(total, 'connection')}
        </span>
      </ToolBar>
      {failure !== null && (
        <p className={css.failure} role="alert">
          {visibleLine(failure, 400)}
        </p>
      )}
      {nothing && link === null ? (
        <NoConnections listed={listed} />
      ) : (
        <Group orientation="horizontal" className={css.body} {...layout}>
          <Panel id="list" defaultSize="50%" minSize={300}>
            {nothing ? <NoConnections listed={listed} /> : <ConnectionList feed={feed} onEnter={focusCard} />}
          </Panel>
          <PaneSeparator label="Size of the list of connections" />
          <Panel id="card" minSize={340}>
            {link !== null && (
              <Guarded name="card of the connection" shows={link}>
                <Card link={link} waiting={waiting} onLeave={focusList} />
              </Guarded>
            )}
          </Panel>
        </Group>
      )}
    </div>
  );
}

/** The list of what is chosen, kept up to date while the pane is there. */
function useFeed(): ConnectionFeed {
  const { api, connection, connections, on, timing } = useWorkbench();
  const { kind, station, link } = useStore(connections.state);
  const phase = useStore(connection.state, (state) => state.phase);
  const [feed] = useState(() =>
    createConnectionFeed(api, timing, {
      chosen: () => connections.state.getState().link,
      choose: connections.choose,
    }),
  );
  useEffect(() => feed.place(link), [feed, link]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another engine may have other connections
  useEffect(
    () => feed.list({ kind, station }, connections.state.getState().asked !== null),
    [feed, connections, kind, station, phase],
  );
  useEffect(() => {
    const stops = [
      on('sessionChanged', feed.changed),
      on('benchChanged', feed.changed),
      on('sessionReplaced', feed.replaced),
    ];
    return () => {
      for (const stop of stops) stop();
      feed.stop();
    };
  }, [feed, on]);
  return feed;
}

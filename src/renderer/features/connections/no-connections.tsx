import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ConnectionsWanted } from '../../../bridge/methods/connections.ts';
import type { ConnectionKind } from '../../app/connection-board.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyPane } from '../../components/empty-pane.tsx';
import css from './connections-pane.module.css';

const NONE_OF = {
  all: 'has connected',
  open: 'is connected now',
  trouble: 'has had trouble',
  attempts: 'came that was no WebSocket',
} as const satisfies Record<ConnectionKind, string>;

/** Why no connection is listed, and what to do about it. */
export function NoConnections({ listed: { kind, station } }: { listed: ConnectionsWanted }): ReactNode {
  const { connections, facts } = useWorkbench();
  const { bench, session } = useStore(facts);
  if (kind !== 'all' || station !== null) {
    const who = station === null ? (kind === 'attempts' ? 'Nothing' : 'Nobody') : visibleLine(station, 60);
    return (
      <EmptyPane title={`${who} ${NONE_OF[kind]}`} className={css.empty}>
        {kind === 'trouble' && <p>Every connection so far came about, and none was lost.</p>}
        <Button onClick={() => connections.list('all', null)}>Show all connections</Button>
      </EmptyPane>
    );
  }
  const urls = session?.mode === 'file' ? [] : (bench?.stationUrls ?? []);
  return (
    <EmptyPane title="Nothing has connected yet" className={css.empty}>
      {session?.mode === 'file' ? (
        <p>This session tells of no connections.</p>
      ) : (
        <p>
          Whatever comes to the port is listed here, and why it was let in or not: stations, and health checks, port
          scans and failed TLS handshakes as well. {urls.length > 0 && 'Point a station at one of these addresses:'}
        </p>
      )}
      {urls.map((url) => (
        <div key={url}>
          <Address url={url} own="id" />
        </div>
      ))}
    </EmptyPane>
  );
}

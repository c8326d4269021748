import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { isEmptyFilter } from '../../app/filter-actions.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Address } from '../../components/address.tsx';
import { Button } from '../../components/button.tsx';
import css from './timeline.module.css';

/** What takes less is over before a word about it could be read. */
const PATIENCE = 200;

/** Why the timeline shows nothing, and what to do about it. */
export function EmptyTimeline(): ReactNode {
  const { feed, facts, filter, timing } = useWorkbench();
  const { filter: current, loading, filtering, scanned, entries } = useStore(feed.state);
  const { bench, session } = useStore(facts);
  const [patient, setPatient] = useState(true);
  useEffect(() => timing.after(PATIENCE, () => setPatient(false)), [timing]);

  if (loading || !session) return patient ? null : <Empty title="Reading the session…" />;
  if (!isEmptyFilter(current)) {
    if (filtering) return patient ? null : <Empty title={`Looking… ${percent(scanned, entries)}`} />;
    return (
      <Empty title="Nothing passes this filter">
        <Button onClick={() => void filter('')}>Clear the filter</Button>
      </Empty>
    );
  }
  if (session.mode === 'file') return <Empty title="This session holds no messages" />;
  if (bench?.setup.role === 'station') {
    return (
      <Empty title="Nothing on the wire yet">
        <p>
          The built-in station tries to reach the CSMS at <code>{bench.setup.url}</code>.
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing on the wire yet">
      <p>Point your station at this URL; its identity takes the place of {'<id>'}.</p>
      {bench?.stationUrls.map((url) => (
        <Address key={url} url={url} own="id" />
      ))}
    </Empty>
  );
}

function Empty({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  return (
    <div className={css.empty} role="status">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${Math.floor((part / whole) * 100)} %`;
}

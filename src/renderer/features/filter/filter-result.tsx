import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { count as counted } from '../../app/format.ts';
import { isEmptyFilter } from '../../app/timeline-feed.ts';
import { useWorkbench } from '../../app/workbench.ts';
import css from './filter-bar.module.css';

/** What takes less is over before its progress could be read. */
const PATIENCE = 200;

/** How many entries pass, or how far the filter is. */
export function FilterResult(): ReactNode {
  const { feed, timing } = useWorkbench();
  const { filter, filtering, count, scanned, entries } = useStore(feed.state);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!filtering) return;
    const cancel = timing.after(PATIENCE, () => setSlow(true));
    return () => {
      cancel();
      setSlow(false);
    };
  }, [filtering, timing]);

  if (isEmptyFilter(filter)) return null;
  if (filtering && slow) {
    const percent = entries === 0 ? 0 : Math.floor((scanned / entries) * 100);
    return (
      <span className={`${css.result} ${css.progress}`}>
        <progress aria-label="Progress of the filter" value={scanned} max={Math.max(1, entries)} />
        {`${counted(count)} · ${percent} %`}
      </span>
    );
  }
  return <span className={css.result} role="status">{`${counted(count)} of ${counted(entries)}`}</span>;
}

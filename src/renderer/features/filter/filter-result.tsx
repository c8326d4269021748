import { X } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { isEmptyFilter } from '../../app/filter-actions.ts';
import { count as counted, span } from '../../app/format.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { IconButton } from '../../components/button.tsx';
import css from './filter-bar.module.css';

/** What takes less is over before its progress could be read. */
const PATIENCE = 200;

/** How many entries pass and how long that took to find out, or how far the filter is. */
export function FilterResult(): ReactNode {
  const { feed, timing } = useWorkbench();
  const { filter, filtering, filterTime, count, scanned, entries } = useStore(feed.state);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!filtering) return;
    const cancel = timing.after(PATIENCE, () => setSlow(true));
    return () => {
      cancel();
      setSlow(false);
    };
  }, [filtering, timing]);

  // Its place is kept, so that nothing moves when a filter comes.
  if (isEmptyFilter(filter) && !(filtering && slow)) return <span className={css.result} />;
  if (filtering && slow) {
    const percent = entries === 0 ? 0 : Math.floor((scanned / entries) * 100);
    return (
      <span className={`${css.result} ${css.progress}`}>
        <progress aria-label="Progress of the filter" value={scanned} max={Math.max(1, entries)} />
        {`${counted(count)} · ${percent} %`}
        <IconButton label="Stop this filter and go back to the one before" onClick={() => void feed.cancel()}>
          <X size={14} aria-hidden />
        </IconButton>
      </span>
    );
  }
  return (
    <span className={css.result} title={filterTime === null ? undefined : `Found in ${span(filterTime)}`} role="status">
      {`${counted(count)} of ${counted(entries)}`}
    </span>
  );
}

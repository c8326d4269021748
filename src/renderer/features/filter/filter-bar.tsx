import { ArrowDownToLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Bookmarks } from './bookmarks.tsx';
import { ColouringRules } from './colouring-rules.tsx';
import css from './filter-bar.module.css';
import { FilterBox } from './filter-box.tsx';
import { FilterResult } from './filter-result.tsx';
import { NamedFilters } from './named-filters.tsx';
import { QuickChoices } from './quick-choices.tsx';

/** What of the session is shown; always there, one line. */
export function FilterBar(): ReactNode {
  const { feed, selection } = useWorkbench();
  const following = useStore(feed.state, (state) => state.following);
  return (
    <div className={css.bar} role="toolbar" aria-label="Filter">
      <NamedFilters />
      <FilterBox />
      <QuickChoices />
      <FilterResult />
      <div className={css.quick}>
        <ColouringRules />
        <Bookmarks />
      </div>
      <Button
        aria-pressed={following}
        aria-label="Follow new messages"
        title="Keep to the newest message (End)"
        onClick={() => (following ? feed.follow(false) : selection.toEnd())}
      >
        <ArrowDownToLine size={14} aria-hidden />
        <span className={css.label}>Follow</span>
      </Button>
    </div>
  );
}

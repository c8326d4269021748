import { ArrowDownToLine, Flag, Search, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { RowType, TimelineFilter } from '../../../session/timeline.ts';
import { isEmptyFilter } from '../../app/timeline-feed.ts';
import { focusTimeline, useKeys } from '../../app/use-keys.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Choice, type Option } from '../../components/choice.tsx';
import { SearchChoice } from '../../components/search-choice.tsx';
import css from './filter-bar.module.css';
import { FilterResult } from './filter-result.tsx';

/** Milliseconds without a key after which a text is looked for. */
const TYPED = 150;

const DIRECTIONS = [
  { value: 'to-csms', label: '→ CSMS' },
  { value: 'to-station', label: '← Station' },
] as const;

const TYPES: readonly Option<RowType>[] = (
  ['CALL', 'CALLRESULT', 'CALLERROR', 'CALLRESULTERROR', 'SEND', 'malformed'] as const
).map((type) => ({ value: type, label: type }));

/** What of the session is shown; always there, one line. */
export function FilterBar(): ReactNode {
  const { feed, facts, filter: show, selection } = useWorkbench();
  const { filter, following } = useStore(feed.state);
  const { stations, actions } = useStore(facts);
  const change = (part: Partial<TimelineFilter>): void => void show({ ...filter, ...part });

  return (
    <div className={css.bar} role="toolbar" aria-label="Filter">
      <TextFilter text={filter.text ?? ''} onChange={(text) => change({ text: text || undefined })} />
      <SearchChoice
        label="Action"
        none="Any action"
        options={actions}
        shown={visibleLine}
        value={filter.action ?? null}
        onChange={(action) => change({ action: action ?? undefined })}
      />
      <SearchChoice
        label="Station"
        none="Any station"
        options={stations}
        shown={visibleLine}
        value={filter.station ?? null}
        onChange={(station) => change({ station: station ?? undefined })}
      />
      <Choice
        label="Direction"
        none="Any direction"
        options={DIRECTIONS}
        value={filter.direction ?? null}
        onChange={(direction) => change({ direction: direction ?? undefined })}
      />
      <Choice
        label="Type"
        none="Any type"
        options={TYPES}
        value={filter.type ?? null}
        onChange={(type) => change({ type: type ?? undefined })}
      />
      <Button
        aria-pressed={filter.withFindings ?? false}
        aria-label="Only with findings"
        title="Only messages with findings"
        onClick={() => change({ withFindings: filter.withFindings ? undefined : true })}
      >
        <Flag size={14} aria-hidden />
        <span className={css.label}>Findings</span>
      </Button>
      {!isEmptyFilter(filter) && (
        <Button look="quiet" onClick={() => void show({})}>
          <X size={14} aria-hidden />
          Clear
        </Button>
      )}
      <FilterResult />
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

function TextFilter({ text, onChange }: { text: string; onChange: (text: string) => void }): ReactNode {
  const { timing } = useWorkbench();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState(text);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  // Cleared or set from elsewhere.
  if (text !== asked) {
    setAsked(text);
    setTyped(text);
  }
  useEffect(() => {
    if (typed === asked) return;
    return timing.after(TYPED, () => {
      setAsked(typed);
      latest.current(typed);
    });
  }, [typed, asked, timing]);
  useKeys([['/', () => input.current?.focus()]]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === 'ArrowDown' || (event.key === 'Escape' && typed === '')) {
      event.preventDefault();
      focusTimeline();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      setTyped('');
    }
  };
  return (
    <div className={css.search}>
      <Search size={14} aria-hidden />
      <input
        ref={input}
        className={css.input}
        type="text"
        spellCheck={false}
        autoComplete="off"
        aria-label="Text in the message"
        aria-keyshortcuts="/"
        placeholder="Text in the message"
        maxLength={1000}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden>/</kbd>
    </div>
  );
}

import { Filter, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ExpressionInput, useQuality } from '../../app/expression/expression-input.tsx';
import { useCommands } from '../../app/use-commands.ts';
import { focusTimeline } from '../../app/use-keys.ts';
import { useWorkbench } from '../../app/workbench.ts';
import css from './filter-bar.module.css';
import { remember } from './history.ts';

/** Milliseconds without a key after which a filter is applied where nothing about it is doubtful. */
const TYPED = 250;

/** Where the filter of the timeline is written. It is applied as one types, where it is good, and by Enter. */
export function FilterBox(): ReactNode {
  const { feed, filter: show, timing, preferences } = useWorkbench();
  const { filter: applied, failure } = useStore(feed.state);
  const history = useStore(preferences.state, ({ filterHistory }) => filterHistory);
  const [text, setText] = useState(applied);
  const [asked, setAsked] = useState(applied);
  const input = useRef<HTMLInputElement>(null);
  const quality = useQuality(text);

  // Set from elsewhere: by a menu, a saved filter, another pane.
  if (applied !== asked) {
    setAsked(applied);
    setText(applied);
  }
  const apply = (next: string): void => {
    setAsked(next);
    void show(next);
  };
  useEffect(() => {
    if (text === asked || quality !== 'good') return;
    return timing.after(TYPED, () => {
      setAsked(text);
      void show(text);
    });
  }, [text, asked, quality, timing, show]);
  useCommands([
    { id: 'filter.write', group: 'Filter', title: 'Write a filter', keys: ['/'], run: () => input.current?.focus() },
  ]);
  const keep = (): void => preferences.set({ filterHistory: remember(history, text) });
  const clear = (): void => {
    keep();
    setText('');
    apply('');
  };

  return (
    <div className={css.box}>
      <Filter size={14} aria-hidden className={css.icon} />
      <ExpressionInput
        label="Filter expression"
        placeholder={'Filter: action == "BootNotification" and latency > 500ms'}
        keyShortcut="/"
        input={input}
        text={text}
        fault={failure && applied === text ? failure.sentence : undefined}
        history={history}
        onText={setText}
        onPick={apply}
        onEnter={() => {
          if (quality === 'wrong') return;
          if (text !== applied) apply(text);
          keep();
          focusTimeline();
        }}
        onEscape={() => (text === '' ? focusTimeline() : clear())}
        onLeave={() => quality !== 'wrong' && keep()}
      >
        {text === '' ? (
          <kbd aria-hidden>/</kbd>
        ) : (
          <button
            type="button"
            className={css.clear}
            aria-label="Clear the filter"
            title="Clear the filter (Escape)"
            onClick={clear}
          >
            <X size={14} aria-hidden />
          </button>
        )}
      </ExpressionInput>
    </div>
  );
}

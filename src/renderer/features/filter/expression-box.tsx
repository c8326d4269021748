import { Filter, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { readFilter } from '../../../session/filter/check.ts';
import { FILTER_LENGTH_MAX } from '../../../session/filter/parse.ts';
import { useCommands } from '../../app/commands.ts';
import { focusTimeline } from '../../app/use-keys.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import css from './expression-box.module.css';
import { remember } from './history.ts';
import { useKnowledge } from './knowledge.ts';
import { Mirror } from './mirror.tsx';
import { OfferList, offerId } from './offer-list.tsx';
import { type Draft, earlierOffers, type Offer, offersFor } from './suggest.ts';

/** Milliseconds without a key after which a filter is applied where nothing about it is doubtful. */
const TYPED = 250;
/** Milliseconds after which a mistake is shown: what is only half written is none yet. */
const PONDERED = 450;

/** Where the filter is written: with completion, its mistakes at their places, and the filters of before. */
export function ExpressionBox(): ReactNode {
  const { feed, filter: show, timing, preferences } = useWorkbench();
  const { filter: applied, failure } = useStore(feed.state);
  const history = useStore(preferences.state, ({ filterHistory }) => filterHistory);
  const [draft, setDraft] = useState<Draft>({ text: applied, caret: applied.length });
  const [asked, setAsked] = useState(applied);
  const [list, setList] = useState<'closed' | 'typing' | 'offers' | 'earlier'>('closed');
  const [active, setActive] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const [pondered, setPondered] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const { text, caret } = draft;

  const knowledge = useKnowledge(focused || text !== '');
  const { problems } = useMemo(() => readFilter(text, knowledge), [text, knowledge]);
  const wrong = problems.some(({ severity }) => severity === 'error');
  const doubtful = problems.length > 0;
  const offers = useMemo(() => {
    if (list === 'closed') return [];
    if (list === 'earlier') return earlierOffers(history);
    const all = offersFor({ text, caret }, knowledge);
    // That a filter could go on is no reason to cover the rows below.
    return list === 'typing' && all.every(({ kind }) => kind === 'keyword') ? [] : all;
  }, [list, history, text, caret, knowledge]);

  // Set from elsewhere: by a menu, a saved filter, another pane.
  if (applied !== asked) {
    setAsked(applied);
    if (applied !== text) {
      setDraft({ text: applied, caret: applied.length });
      setList('closed');
    }
  }
  const apply = (next: string): void => {
    setAsked(next);
    void show(next);
  };
  useEffect(() => {
    if (text === asked || doubtful) return;
    return timing.after(TYPED, () => {
      setAsked(text);
      void show(text);
    });
  }, [text, asked, doubtful, timing, show]);
  useEffect(() => timing.after(PONDERED, () => setPondered(text)), [text, timing]);
  // The caret of what was chosen; the browser puts it at the end.
  useEffect(() => {
    const box = input.current;
    if (box && document.activeElement === box && box.selectionStart === box.selectionEnd)
      box.setSelectionRange(caret, caret);
  }, [caret]);
  useCommands([
    { id: 'filter.write', group: 'Filter', title: 'Write a filter', keys: ['/'], run: () => input.current?.focus() },
  ]);

  const shownProblems = pondered === text || !focused ? problems : [];
  const worst = shownProblems.find(({ severity }) => severity === 'error') ?? shownProblems[0];
  const sentence = worst?.sentence ?? (failure && applied === text ? failure.sentence : undefined);
  const said = sentence === undefined ? undefined : visibleLine(sentence, 500);
  const choose = ({ kind, accept }: Offer): void => {
    const next = accept();
    setDraft(next);
    setActive(null);
    setList(kind === 'earlier' || kind === 'search' ? 'closed' : 'offers');
    if (kind === 'earlier' || kind === 'search') apply(next.text);
  };
  const write = (box: HTMLInputElement): void => {
    setDraft({ text: box.value, caret: box.selectionStart ?? box.value.length });
    setActive(null);
    setList('typing');
  };
  const clear = (): void => {
    keep();
    setDraft({ text: '', caret: 0 });
    setList('closed');
    apply('');
  };
  const keep = (): void => {
    preferences.set({ filterHistory: remember(history, text) });
  };
  const step = (by: 1 | -1): void => {
    if (offers.length > 0) setActive(((active ?? (by > 0 ? -1 : offers.length)) + by + offers.length) % offers.length);
  };
  const openList = (which: 'offers' | 'earlier'): void => {
    setList(which);
    setActive(which === 'earlier' ? 0 : null);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const open = list !== 'closed' && offers.length > 0;
    const chosen = active === null ? undefined : offers[active];
    if (event.key === ' ' && event.ctrlKey) openList('offers');
    else if (event.key === 'ArrowDown') open ? step(1) : openList('offers');
    else if (event.key === 'ArrowUp') open ? step(-1) : text === '' ? openList('earlier') : undefined;
    else if (event.key === 'Tab' && !event.shiftKey && open && list !== 'earlier') {
      const offer = chosen ?? offers[0];
      if (offer) choose(offer);
    } else if (event.key === 'Enter' && open && chosen) choose(chosen);
    else if (event.key === 'Enter') {
      setPondered(text);
      setList('closed');
      if (!wrong) {
        if (text !== applied) apply(text);
        keep();
        focusTimeline();
      }
    } else if (event.key === 'Escape') {
      if (open) setList('closed');
      else if (text !== '') clear();
      else focusTimeline();
    } else return;
    event.preventDefault();
  };

  const isOpen = focused && list !== 'closed' && offers.length > 0;
  return (
    <div className={`${css.box} ${wrong && shownProblems.length > 0 ? css.wrong : ''}`}>
      <Filter size={14} aria-hidden className={css.icon} />
      <Mirror text={text} problems={shownProblems} input={input} />
      <input
        ref={input}
        className={css.input}
        type="text"
        role="combobox"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        dir="ltr"
        aria-label="Filter expression"
        aria-keyshortcuts="/"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && active !== null ? offerId(id, active) : undefined}
        aria-invalid={wrong}
        aria-describedby={`${id}-problem`}
        title={focused ? undefined : said}
        placeholder={'Filter: action == "BootNotification" and latency > 500ms'}
        maxLength={FILTER_LENGTH_MAX}
        value={text}
        onChange={({ currentTarget }) => write(currentTarget)}
        onSelect={({ currentTarget }) => {
          const place = currentTarget.selectionStart ?? caret;
          if (place !== caret) setDraft({ text, caret: place });
        }}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          setList('closed');
          if (!wrong) keep();
        }}
      />
      {text !== '' && (
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
      {text === '' && <kbd aria-hidden>/</kbd>}
      <div className={css.below} hidden={!focused || (!isOpen && sentence === undefined)}>
        {isOpen && (
          <OfferList
            id={id}
            title={list === 'earlier' ? 'Earlier filters' : 'Suggestions'}
            offers={offers}
            active={active}
            onChoose={choose}
          />
        )}
        <p
          id={`${id}-problem`}
          className={`${css.sentence} ${worst?.severity === 'warning' ? css.warning : ''}`}
          role="status"
        >
          {said}
        </p>
      </div>
    </div>
  );
}

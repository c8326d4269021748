import { type ReactNode, type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { readFilter } from '../../../session/filter/check.ts';
import { FILTER_LENGTH_MAX } from '../../../session/filter/parse.ts';
import { visibleLine } from '../visible-text.ts';
import { useWorkbench } from '../workbench.ts';
import { Below } from './below.tsx';
import css from './expression-input.module.css';
import { useKnowledge } from './knowledge.ts';
import { Mirror } from './mirror.tsx';
import { OfferList, offerId } from './offer-list.tsx';
import type { Offer } from './suggest.ts';
import { useCompletion } from './use-completion.ts';

/** Milliseconds after which a mistake is shown: what is only half written is none yet. */
const PONDERED = 450;
const NO_HISTORY: readonly string[] = [];

/** How much an expression is good for: with a warning it can be used, with a mistake it cannot. */
export type Quality = 'good' | 'doubtful' | 'wrong';

/** How good an expression is, as it stands. */
export function useQuality(text: string): Quality {
  const knowledge = useKnowledge(text !== '');
  return useMemo(() => {
    const { problems } = readFilter(text, knowledge);
    return problems.some(({ severity }) => severity === 'error') ? 'wrong' : problems.length > 0 ? 'doubtful' : 'good';
  }, [text, knowledge]);
}

/** A line in which a filter expression is written: in colours, with completion, its mistakes at their places. */
export function ExpressionInput({
  label,
  placeholder,
  text,
  fault,
  history = NO_HISTORY,
  keyShortcut,
  input: given,
  children,
  onText,
  onPick,
  onEnter,
  onEscape,
  onLeave,
}: {
  label: string;
  placeholder?: string;
  text: string;
  /** In a sentence, why the engine refused it. */
  fault?: string | undefined;
  /** Earlier expressions, which are offered where it is empty. */
  history?: readonly string[];
  keyShortcut?: string;
  input?: RefObject<HTMLInputElement | null>;
  /** What stands in the line, at its end. */
  children?: ReactNode;
  onText: (text: string) => void;
  /** A whole expression was chosen, rather than a part of one. */
  onPick?: (text: string) => void;
  onEnter?: () => void;
  /** Escape where no list is open; without it the key goes on to whatever is around. */
  onEscape?: () => void;
  onLeave?: () => void;
}): ReactNode {
  const { timing } = useWorkbench();
  const [caret, setCaret] = useState(text.length);
  const [focused, setFocused] = useState(false);
  const [pondered, setPondered] = useState('');
  const own = useRef<HTMLInputElement>(null);
  const input = given ?? own;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const knowledge = useKnowledge(focused || text !== '');
  const { problems } = useMemo(() => readFilter(text, knowledge), [text, knowledge]);
  const completion = useCompletion({ text, caret: Math.min(caret, text.length) }, knowledge, history);
  const { offers, active } = completion;

  useEffect(() => timing.after(PONDERED, () => setPondered(text)), [text, timing]);
  // The caret of what was chosen; the browser puts it at the end.
  useEffect(() => {
    const line = input.current;
    if (line && document.activeElement === line && line.selectionStart === line.selectionEnd)
      line.setSelectionRange(caret, caret);
  }, [caret, input]);

  const wrong = problems.some(({ severity }) => severity === 'error');
  const shown = pondered === text || !focused ? problems : [];
  const worst = shown.find(({ severity }) => severity === 'error') ?? shown[0];
  const sentence = worst?.sentence ?? fault;
  const said = sentence === undefined ? undefined : visibleLine(sentence, 500);
  const choose = ({ kind, accept }: Offer): void => {
    const next = accept();
    const whole = kind === 'earlier' || kind === 'search';
    setCaret(next.caret);
    onText(next.text);
    if (whole) {
      completion.close();
      onPick?.(next.text);
    } else completion.goOn();
  };
  const isOpen = focused && offers.length > 0;

  return (
    <div
      ref={box}
      className={`${css.box} ${shown.some(({ severity }) => severity === 'error') || fault ? css.wrong : ''}`}
    >
      <div className={css.line}>
        <Mirror text={text} problems={shown} input={input} />
        <input
          ref={input}
          className={css.input}
          type="text"
          role="combobox"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          dir="ltr"
          aria-label={label}
          aria-keyshortcuts={keyShortcut}
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={`${id}-list`}
          aria-activedescendant={isOpen && active !== null ? offerId(id, active) : undefined}
          aria-invalid={wrong || fault !== undefined}
          aria-describedby={`${id}-problem`}
          title={focused ? undefined : said}
          placeholder={placeholder}
          maxLength={FILTER_LENGTH_MAX}
          value={text}
          onChange={({ currentTarget: { value, selectionStart } }) => {
            setCaret(selectionStart ?? value.length);
            completion.wrote();
            onText(value);
          }}
          onSelect={({ currentTarget: { selectionStart } }) => setCaret(selectionStart ?? caret)}
          onKeyDown={(event) => {
            if (completion.handle(event, choose)) {
              event.preventDefault();
              // An open list takes Escape for itself alone.
              event.stopPropagation();
            } else if (event.key === 'Enter') {
              event.preventDefault();
              setPondered(text);
              completion.close();
              onEnter?.();
            } else if (event.key === 'Escape' && onEscape) {
              event.preventDefault();
              completion.close();
              onEscape();
            }
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            completion.close();
            onLeave?.();
          }}
        />
      </div>
      {children}
      <Below label={`Help with: ${label}`} anchor={box} open={focused && (isOpen || said !== undefined)}>
        {isOpen && <OfferList id={id} title={completion.title} offers={offers} active={active} onChoose={choose} />}
        <p
          id={`${id}-problem`}
          className={`${css.sentence} ${worst?.severity === 'warning' ? css.warning : ''}`}
          role="status"
        >
          {said}
        </p>
      </Below>
    </div>
  );
}

import { GripVertical } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { RulesState } from '../../../bridge/methods/rules.ts';
import type { Rule } from '../../../workspace/rule.ts';
import { actionWords, limitWords } from './action-words.ts';
import css from './rule-list.module.css';

const ARROWS = { 'to-csms': '→', 'to-station': '←', both: '↔' } as const;
const ARROW_WORDS = { 'to-csms': 'to the CSMS', 'to-station': 'to the station', both: 'both directions' } as const;

/** What the list does with rules. */
export interface RuleListActions {
  select(id: string): void;
  toggle(id: string): void;
  /** Moves a rule so that it then has this place. */
  move(id: string, to: number): void;
  remove(id: string): void;
  duplicate(id: string): void;
}

/** The rules in the order in which they are applied, each with its switch and how often it fired. */
export function RuleList({
  rules,
  selected,
  known,
  actions,
}: {
  rules: readonly Rule[];
  selected: string | null;
  known: Pick<RulesState, 'counts' | 'faults'> | null;
  actions: RuleListActions;
}): ReactNode {
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  /** The place before which a dragged rule would be put. */
  const [gap, setGap] = useState<number | null>(null);

  const focus = (index: number): void => {
    list.current?.querySelectorAll<HTMLElement>('[data-rule]')[Math.max(0, Math.min(index, rules.length - 1))]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, { id }: Rule, index: number): void => {
    if (event.ctrlKey || event.metaKey) return;
    const { key, altKey } = event;
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const to = index + (key === 'ArrowDown' ? 1 : -1);
      if (to < 0 || to >= rules.length) return;
      if (altKey) actions.move(id, to);
      else focus(to);
      // The rule keeps the focus where it goes, since its row goes with it.
    } else if (altKey) return;
    else if (key === 'Home') focus(0);
    else if (key === 'End') focus(rules.length - 1);
    else if (key === 'Delete') {
      actions.remove(id);
      requestAnimationFrame(() => focus(index));
    } else if (key === 'D') actions.duplicate(id);
    else if (key === ' ') actions.toggle(id);
    else return;
    event.preventDefault();
  };
  const onDragOver = (event: DragEvent<HTMLLIElement>, index: number): void => {
    if (dragged === null) return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    setGap(event.clientY < top + height / 2 ? index : index + 1);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const from = rules.findIndex(({ id }) => id === dragged);
    if (dragged !== null && gap !== null && from >= 0) actions.move(dragged, gap > from ? gap - 1 : gap);
    setDragged(null);
    setGap(null);
  };

  return (
    <ol ref={list} className={css.list} aria-label="Rules, in the order in which they are applied">
      {rules.map((rule, index) => (
        <li
          key={rule.id}
          className={css.row}
          data-selected={rule.id === selected}
          data-off={!rule.enabled}
          data-gap={gap === index ? 'before' : gap === index + 1 && index === rules.length - 1 ? 'after' : undefined}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', rule.name);
            setDragged(rule.id);
          }}
          onDragOver={(event) => onDragOver(event, index)}
          onDrop={onDrop}
          onDragEnd={() => {
            setDragged(null);
            setGap(null);
          }}
        >
          <GripVertical size={14} aria-hidden className={css.grip} />
          <input
            type="checkbox"
            className={css.switch}
            aria-label={`${rule.name || rule.id} is on`}
            checked={rule.enabled}
            onChange={() => actions.toggle(rule.id)}
          />
          <button
            type="button"
            className={css.rule}
            data-rule={rule.id}
            aria-current={rule.id === selected}
            title="Space: on or off; Alt-↑ and Alt-↓: order; D: duplicate; Delete"
            onClick={() => actions.select(rule.id)}
            onKeyDown={(event) => onKeyDown(event, rule, index)}
          >
            <span className={css.name}>{rule.name || rule.id}</span>
            <span className={css.does}>
              <span title={ARROW_WORDS[rule.direction]}>
                <span aria-hidden>{ARROWS[rule.direction]}</span>
                <span className="visually-hidden">{ARROW_WORDS[rule.direction]}</span>
              </span>{' '}
              {actionWords(rule.action)}
              {limitWords(rule.limits)}
              {rule.filter.trim() !== '' && <span className={css.filter}> {rule.filter}</span>}
            </span>
            {known?.faults[rule.id] !== undefined && <span className={css.fault}>{known.faults[rule.id]}</span>}
          </button>
          <Count rule={rule} known={known} />
        </li>
      ))}
    </ol>
  );
}

function Count({ rule, known }: { rule: Rule; known: Pick<RulesState, 'counts'> | null }): ReactNode {
  const { hits, matches } = known?.counts[rule.id] ?? { hits: 0, matches: 0 };
  const words = `fired ${hits.toLocaleString('en-US')} times, of ${matches.toLocaleString('en-US')} messages that matched`;
  return (
    <span className={css.count} data-some={hits > 0} title={words}>
      <span aria-hidden>
        {hits.toLocaleString('en-US')} ×{matches !== hits && <small> of {matches.toLocaleString('en-US')}</small>}
      </span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

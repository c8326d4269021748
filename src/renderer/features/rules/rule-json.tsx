import { type ReactNode, useId, useState } from 'react';
import type { Rule } from '../../../workspace/rule.ts';
import { readRule } from '../../../workspace/rules-file.ts';
import { Faults } from './faults.tsx';
import css from './rules.module.css';

/** One rule as it stands in a file. What cannot be used is kept to be corrected, and the rule stays as it was. */
export function RuleJson({
  rule,
  onChange,
}: {
  rule: Rule;
  onChange: (rule: Rule, field?: string) => void;
}): ReactNode {
  const [text, setText] = useState(() => textOf(rule));
  const [shown, setShown] = useState(rule);
  const id = useId();
  if (rule !== shown) {
    setShown(rule);
    if (JSON.stringify(rule) !== JSON.stringify(shown)) setText(textOf(rule));
  }
  const read = readRule(text, rule.id);
  return (
    <div className={css.json}>
      <textarea
        className={`${css.input} ${css.mono} ${css.whole}`}
        aria-label="The rule as JSON"
        aria-invalid={!read.ok}
        aria-describedby={`${id}-faults`}
        value={text}
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value);
          const next = readRule(event.target.value, rule.id);
          if (!next.ok) return;
          setShown(next.rule);
          onChange(next.rule, 'json');
        }}
      />
      <Faults id={`${id}-faults`} sentences={read.ok ? [] : read.sentences} />
    </div>
  );
}

/** The id is how other rules and counts know it: it is no part of what is edited. */
function textOf({ id: _, ...rest }: Rule): string {
  return JSON.stringify(rest, undefined, 2);
}

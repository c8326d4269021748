import { type ReactNode, useId, useState } from 'react';
import type { Rule } from '../../../workspace/rule.ts';
import { readRule } from '../../../workspace/rules-file.ts';
import { Faults } from './faults.tsx';
import css from './rules.module.css';

/** One rule as it stands in a file. It counts once the text is left; what cannot be used is kept to be corrected. */
export function RuleJson({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }): ReactNode {
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
        onChange={(event) => setText(event.target.value)}
        onBlur={() => {
          if (!read.ok || JSON.stringify(read.rule) === JSON.stringify(rule)) return;
          setShown(read.rule);
          onChange(read.rule);
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

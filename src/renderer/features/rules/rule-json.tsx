import { type ReactNode, useState } from 'react';
import type { Rule } from '../../../workspace/rule.ts';
import { readRule } from '../../../workspace/rules-file.ts';
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
        aria-describedby="rule-json-faults"
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
      <ul id="rule-json-faults" className={css.faults} role="status">
        {!read.ok && read.sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}
      </ul>
    </div>
  );
}

/** The id is how other rules and counts know it: it is no part of what is edited. */
function textOf({ id: _, ...rest }: Rule): string {
  return JSON.stringify(rest, undefined, 2);
}

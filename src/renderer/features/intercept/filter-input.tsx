import { type ReactNode, useId, useMemo } from 'react';
import { readFilter } from '../../../session/filter/check.ts';
import { FILTER_LENGTH_MAX } from '../../../session/filter/parse.ts';
import { visibleText } from '../../app/visible-text.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import css from './intercept.module.css';

/** A field for a filter expression, with its first mistake in a sentence and the place of it. */
export function FilterInput({
  label,
  placeholder,
  text,
  fault,
  onText,
  onEnter,
  onLeave,
  onEscape,
}: {
  label: string;
  placeholder: string;
  text: string;
  /** Why the engine cannot use what it was given. */
  fault?: string;
  onText: (text: string, usable: boolean) => void;
  onEnter: (text: string) => void;
  onLeave?: () => void;
  onEscape?: () => void;
}): ReactNode {
  const id = useId();
  const problem = useMemo(() => firstProblem(text), [text]);
  const sentence = problem?.sentence ?? fault;
  return (
    <div className={css.filter}>
      <input
        className={css.expression}
        aria-label={label}
        aria-invalid={problem?.severity === 'error' || fault !== undefined}
        aria-describedby={sentence === undefined ? undefined : id}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        dir="ltr"
        maxLength={FILTER_LENGTH_MAX}
        value={text}
        onChange={({ currentTarget: { value } }) => onText(value, firstProblem(value)?.severity !== 'error')}
        onBlur={onLeave}
        onKeyDown={({ key }) => {
          if (key === 'Enter' && problem?.severity !== 'error') onEnter(text);
          if (key === 'Escape') onEscape?.();
        }}
      />
      {sentence !== undefined && (
        <p id={id} className={css.problem}>
          <SeverityMark severity={problem?.severity ?? 'error'} />
          <span>
            {problem && problem.end > problem.start && (
              <mark className={css.wrong}>{visibleText(text.slice(problem.start, problem.end))}</mark>
            )}
            {visibleText(sentence)}
          </span>
        </p>
      )}
    </div>
  );
}

function firstProblem(text: string) {
  const { problems } = readFilter(text);
  return problems.find(({ severity }) => severity === 'error') ?? problems[0];
}

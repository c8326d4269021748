import type { ReactNode } from 'react';
import { readFilter } from '../../../session/filter/check.ts';
import { ExpressionInput } from '../../app/expression/expression-input.tsx';
import { visibleText } from '../../app/visible-text.ts';
import { SeverityMark } from '../../components/severity-mark.tsx';
import css from './breakpoints.module.css';

/** Whether a text can be used as a filter. */
export function isUsable(text: string): boolean {
  return readFilter(text).problems.every(({ severity }) => severity === 'warning');
}

/** A field for a filter expression; why the engine cannot use what it was given stays below it. */
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
  fault?: string | undefined;
  onText: (text: string) => void;
  onEnter: () => void;
  onLeave?: () => void;
  onEscape?: () => void;
}): ReactNode {
  return (
    <div className={css.filter}>
      <ExpressionInput
        label={label}
        placeholder={placeholder}
        text={text}
        fault={fault}
        onText={onText}
        onEnter={() => isUsable(text) && onEnter()}
        onLeave={onLeave}
        onEscape={onEscape}
      />
      {fault !== undefined && (
        <p className={css.problem}>
          <SeverityMark severity="error" />
          <span>{visibleText(fault)}</span>
        </p>
      )}
    </div>
  );
}

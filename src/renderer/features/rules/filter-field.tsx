import type { ReactNode } from 'react';
import { ExpressionInput } from '../../app/expression/expression-input.tsx';
import css from './rules.module.css';

/** A filter expression under its label, with completion and its mistakes at their places. */
export function FilterField({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  value: string;
  placeholder: string;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <div className={`${css.field} ${css.wide}`}>
      <span aria-hidden>{label}</span>
      <ExpressionInput label={label} placeholder={placeholder} text={value} onText={onChange} />
    </div>
  );
}

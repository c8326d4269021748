import { type ReactNode, useId } from 'react';
import css from './form-field.module.css';

/** A line of text of a form, with what is wrong with it. */
export function FormField({
  label,
  value,
  error,
  placeholder,
  short = false,
  secret = false,
  onChange,
}: {
  label: string;
  value: string;
  error?: string | undefined;
  placeholder?: string;
  short?: boolean;
  /** Not readable over a shoulder. */
  secret?: boolean;
  onChange: (value: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={secret ? 'password' : 'text'}
        className={`${css.input} ${short ? css.short : ''}`}
        value={value}
        spellCheck={false}
        autoComplete={secret ? 'new-password' : 'off'}
        placeholder={placeholder}
        aria-invalid={error !== undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        onChange={(event) => onChange(event.target.value)}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className={css.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

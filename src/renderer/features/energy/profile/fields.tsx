import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import css from './fields.module.css';

/** A text that counts when it is left or Enter is pressed, so that an edit is one step to take back. */
export function TextField({
  label,
  value,
  placeholder,
  invalid = false,
  width,
  bare = false,
  onCommit,
  onStep,
}: {
  label: string;
  value: string;
  placeholder?: string;
  invalid?: boolean;
  width?: number;
  /** Its label is for those who listen alone, as in a table that has headings. */
  bare?: boolean;
  /** False where the text says nothing, so that the one before comes back. */
  onCommit: (text: string) => boolean;
  /** Arrow keys up and down. */
  onStep?: (by: 1 | -1, large: boolean) => void;
}): ReactNode {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const commit = (): void => {
    if (typed === null) return;
    const taken = typed === value || onCommit(typed);
    setRefused(!taken);
    setTyped(taken ? null : typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      setRefused(false);
    } else if (onStep && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      setTyped(null);
      onStep(event.key === 'ArrowUp' ? 1 : -1, event.shiftKey);
    }
  };
  const input = (
    <input
      id={id}
      className={css.input}
      style={width === undefined ? undefined : { width }}
      aria-label={bare ? label : undefined}
      aria-invalid={invalid || refused || undefined}
      value={typed ?? value}
      placeholder={placeholder}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setTyped(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  );
  return bare ? (
    input
  ) : (
    <Labelled label={label} id={id}>
      {input}
    </Labelled>
  );
}

/** A number, or nothing where that is allowed. */
export function NumberField({
  value,
  optional = false,
  step,
  whole = false,
  onCommit,
  ...rest
}: {
  label: string;
  value: number | undefined;
  placeholder?: string;
  optional?: boolean;
  /** By which arrow keys change it. */
  step?: number;
  whole?: boolean;
  invalid?: boolean;
  width?: number;
  bare?: boolean;
  onCommit: (value: number | undefined) => void;
}): ReactNode {
  return (
    <TextField
      {...rest}
      value={value === undefined ? '' : String(value)}
      onCommit={(text) => {
        const trimmed = text.trim().replace(',', '.').replace('−', '-');
        if (trimmed === '') {
          if (optional) onCommit(undefined);
          return optional;
        }
        const number = Number(trimmed);
        if (!Number.isFinite(number) || (whole && !Number.isInteger(number))) return false;
        onCommit(number || 0);
        return true;
      }}
      onStep={
        step === undefined
          ? undefined
          : (by, large) => onCommit(Number(((value ?? 0) + by * step * (large ? 10 : 1)).toFixed(6)) || 0)
      }
    />
  );
}

/** A choice of few; native, so that a table of many stays light. */
export function SelectField<T extends string>({
  label,
  value,
  options,
  bare = false,
  invalid = false,
  onChange,
}: {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  bare?: boolean;
  invalid?: boolean;
  onChange: (value: T) => void;
}): ReactNode {
  const id = useId();
  const select = (
    <select
      id={id}
      className={css.select}
      aria-label={bare ? label : undefined}
      aria-invalid={invalid || undefined}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
  return bare ? (
    select
  ) : (
    <Labelled label={label} id={id}>
      {select}
    </Labelled>
  );
}

function Labelled({ label, id, children }: { label: string; id: string; children: ReactNode }): ReactNode {
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
      </label>
      {children}
    </div>
  );
}

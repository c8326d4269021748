import { type ReactNode, useId, useState } from 'react';
import type { JsonValue } from '../../../ocpp/json.ts';
import css from './rules.module.css';

/** What all fields have in common. */
interface FieldProps {
  readonly label: string;
  /** What is wrong with it, in a sentence. */
  readonly error?: string | undefined;
  /** What it is for, below it. */
  readonly hint?: string;
}

/** A field around an input, with its label above and what is wrong with it below. */
function Field({
  label,
  error,
  hint,
  className = '',
  children,
}: FieldProps & {
  className?: string;
  children: (attributes: { id: string; 'aria-invalid': boolean; 'aria-describedby'?: string }) => ReactNode;
}): ReactNode {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`${css.field} ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': error !== undefined,
        ...(note === undefined ? {} : { 'aria-describedby': `${id}-note` }),
      })}
      {note !== undefined && (
        <p id={`${id}-note`} className={error === undefined ? css.hint : css.error} role={error && 'alert'}>
          {note}
        </p>
      )}
    </div>
  );
}

/** A line of text. */
export function TextField({
  value,
  mono = false,
  placeholder,
  wide = false,
  list,
  onChange,
  ...field
}: FieldProps & {
  value: string;
  mono?: boolean;
  wide?: boolean;
  placeholder?: string;
  /** What is offered while it is typed. */
  list?: readonly string[];
  onChange: (value: string) => void;
}): ReactNode {
  const listId = useId();
  return (
    <Field {...field} className={wide ? css.wide : ''}>
      {(attributes) => (
        <>
          <input
            {...attributes}
            className={`${css.input} ${mono ? css.mono : ''}`}
            value={value}
            placeholder={placeholder}
            spellCheck={false}
            autoComplete="off"
            list={list && listId}
            onChange={(event) => onChange(event.target.value)}
          />
          {list && (
            <datalist id={listId}>
              {list.map((text) => (
                <option key={text} value={text} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  );
}

/** A number, or none where it may be left out. What is no number is kept to be corrected, and not taken. */
export function NumberField({
  value,
  unit,
  placeholder,
  optional = false,
  error,
  onChange,
  ...field
}: FieldProps & {
  value: number | undefined;
  unit?: string;
  placeholder?: string;
  optional?: boolean;
  onChange: (value: number | undefined) => void;
}): ReactNode {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    setShown(value);
    if (numberIn(text) !== value) setText(value === undefined ? '' : String(value));
  }
  const number = numberIn(text);
  const own = text.trim() === '' ? (optional ? undefined : 'A number is missing.') : undefined;
  return (
    <Field {...field} error={own ?? (Number.isNaN(number) ? 'This is no number.' : error)}>
      {(attributes) => (
        <span className={css.withUnit}>
          <input
            {...attributes}
            className={`${css.input} ${css.number}`}
            inputMode="decimal"
            value={text}
            placeholder={placeholder}
            autoComplete="off"
            onChange={(event) => {
              setText(event.target.value);
              const next = numberIn(event.target.value);
              if (next === undefined ? optional : !Number.isNaN(next)) {
                setShown(next);
                onChange(next);
              }
            }}
          />
          {unit !== undefined && <span className={css.unit}>{unit}</span>}
        </span>
      )}
    </Field>
  );
}

function numberIn(text: string): number | undefined {
  return text.trim() === '' ? undefined : Number(text);
}

/** A JSON value as text. What is no JSON is kept to be corrected, and not taken. */
export function JsonField({
  value,
  rows = 4,
  error,
  onChange,
  ...field
}: FieldProps & { value: JsonValue; rows?: number; onChange: (value: JsonValue) => void }): ReactNode {
  const [text, setText] = useState(() => textOf(value));
  const [shown, setShown] = useState(value);
  if (!same(value, shown)) {
    setShown(value);
    setText(textOf(value));
  }
  const read = jsonIn(text);
  return (
    <Field {...field} className={css.wide} error={read.ok ? error : read.sentence}>
      {(attributes) => (
        <textarea
          {...attributes}
          className={`${css.input} ${css.mono}`}
          rows={rows}
          value={text}
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value);
            const next = jsonIn(event.target.value);
            if (!next.ok) return;
            setShown(next.value);
            onChange(next.value);
          }}
        />
      )}
    </Field>
  );
}

function textOf(value: JsonValue): string {
  return JSON.stringify(value, undefined, 2);
}

function same(one: JsonValue, other: JsonValue): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function jsonIn(text: string): { ok: true; value: JsonValue } | { ok: false; sentence: string } {
  try {
    return { ok: true, value: JSON.parse(text) as JsonValue };
  } catch {
    return { ok: false, sentence: 'This is no JSON; a text needs quotes.' };
  }
}

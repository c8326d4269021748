import type { ReactNode } from 'react';
import type { FormField } from '../../../session/compose/form.ts';
import controls from './controls.module.css';
import css from './form.module.css';
import { NOW } from './template-text.ts';

/** The value of a field that is no object and no list. */
export function FieldValue({
  field,
  id,
  invalid,
  describedBy,
  onChange,
}: {
  field: FormField;
  id: string;
  invalid: boolean;
  describedBy: string | undefined;
  onChange: (text: string) => void;
}): ReactNode {
  const text = field.written?.text ?? '';
  const common = { id, 'aria-invalid': invalid, 'aria-describedby': describedBy } as const;
  const choices = choicesOf(field);
  if (choices !== undefined) {
    return (
      <select {...common} className={controls.select} value={text} onChange={(event) => onChange(event.target.value)}>
        {!choices.includes(text) && <option value={text}>{text === '' ? '(empty)' : text}</option>}
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  return (
    <>
      <input
        {...common}
        className={controls.input}
        value={text}
        spellCheck={false}
        autoComplete="off"
        inputMode={field.kind === 'number' ? 'decimal' : 'text'}
        onChange={(event) => onChange(event.target.value)}
      />
      {field.kind === 'time' && text !== NOW && (
        <button type="button" className={css.now} title="The time of sending" onClick={() => onChange(NOW)}>
          now
        </button>
      )}
    </>
  );
}

function choicesOf({ kind, schema, written }: FormField): readonly string[] | undefined {
  if (kind === 'choice') return schema?.enum;
  // A variable, or a value of another type, is typed.
  const isBoolean = written?.type === 'boolean';
  return kind === 'boolean' && isBoolean ? ['true', 'false'] : undefined;
}

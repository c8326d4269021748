import { type ReactNode, useMemo } from 'react';
import { readFilter } from '../../../session/filter/check.ts';
import { TextField } from './fields.tsx';

/** A filter expression, with what is wrong with it. */
export function FilterField({
  label,
  value,
  placeholder,
  hint,
  onChange,
}: {
  label: string;
  value: string;
  placeholder: string;
  hint?: string;
  onChange: (value: string) => void;
}): ReactNode {
  const { problems } = useMemo(() => readFilter(value), [value]);
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  const place = worst && worst.end > worst.start ? value.slice(worst.start, worst.end).trim() : '';
  const at = place === '' || worst?.sentence.includes(place) ? '' : ` (at ${place.slice(0, 40)})`;
  return (
    <TextField
      label={label}
      value={value}
      mono
      wide
      placeholder={placeholder}
      hint={hint}
      error={worst && `${worst.sentence}${at}`}
      onChange={onChange}
    />
  );
}

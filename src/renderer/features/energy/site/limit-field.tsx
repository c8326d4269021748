import { type ReactNode, useState } from 'react';
import css from './site.module.css';

/** What the site may take, in kW; kept for the next time. */
export function LimitField({
  value,
  onChange,
}: {
  value: number | null;
  onChange: (watts: number | null) => void;
}): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? '' : String(value / 1000));
  const read = wattsOf(shown);
  const commit = (): void => {
    if (read === undefined) return;
    setTyped(null);
    onChange(read);
  };
  return (
    <label className={css.limit}>
      Site limit
      <input
        className={css.input}
        value={shown}
        placeholder="none"
        inputMode="decimal"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={read === undefined || undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      kW
    </label>
  );
}

/** W of a text in kW; null of an empty one, undefined of what is none. */
function wattsOf(text: string): number | null | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return null;
  const kilowatts = Number(trimmed);
  return Number.isFinite(kilowatts) && kilowatts >= 0 && kilowatts < 1e9
    ? Number((kilowatts * 1000).toFixed(3))
    : undefined;
}

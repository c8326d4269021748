import { type ReactNode, useId, useState } from 'react';
import type { InterceptSettings } from '../../../workspace/breakpoint.ts';
import css from './breakpoints.module.css';

/** How long senders wait, and how long before that a held message goes on by itself. */
export function Times({
  settings: { senderTimeoutMs, marginMs },
  onChange,
}: {
  settings: InterceptSettings;
  onChange: (part: Partial<InterceptSettings>) => void;
}): ReactNode {
  return (
    <footer className={css.times}>
      <Seconds
        label="Senders wait"
        milliseconds={senderTimeoutMs}
        least={1}
        most={3600}
        onChange={(milliseconds) => onChange({ senderTimeoutMs: milliseconds })}
      />
      <Seconds
        label="let go before"
        milliseconds={marginMs}
        least={0}
        most={600}
        onChange={(milliseconds) => onChange({ marginMs: milliseconds })}
      />
    </footer>
  );
}

function Seconds({
  label,
  milliseconds,
  least,
  most,
  onChange,
}: {
  label: string;
  milliseconds: number;
  least: number;
  most: number;
  onChange: (milliseconds: number) => void;
}): ReactNode {
  const id = useId();
  const shown = String(milliseconds / 1000);
  const [written, setWritten] = useState({ from: milliseconds, text: shown });
  if (written.from !== milliseconds) setWritten({ from: milliseconds, text: shown });
  const seconds = Number(written.text);
  const fine = written.text.trim() !== '' && seconds >= least && seconds <= most;
  const commit = (): void => {
    if (fine) onChange(Math.round(seconds * 1000));
    else setWritten({ from: milliseconds, text: shown });
  };
  return (
    <span className={css.seconds}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={css.short}
        inputMode="decimal"
        aria-invalid={!fine}
        title={`From ${least} to ${most} seconds`}
        value={written.text}
        onChange={({ currentTarget: { value } }) => setWritten({ from: milliseconds, text: value })}
        onBlur={commit}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit();
          if (key === 'Escape') setWritten({ from: milliseconds, text: shown });
        }}
      />
      s
    </span>
  );
}

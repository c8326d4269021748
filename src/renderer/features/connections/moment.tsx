import type { ReactNode } from 'react';
import { dateAndTime, isoTime } from '../../app/format.ts';

/** An instant in local time, with ISO 8601 in its tooltip. Milliseconds since 1970. */
export function Moment({ at, brief = false }: { at: number /** Without milliseconds. */; brief?: boolean }): ReactNode {
  const iso = isoTime(at);
  if (iso === '') return 'no moment that can be written';
  const words = dateAndTime(at);
  return (
    <time dateTime={iso} title={iso}>
      {brief ? words.slice(0, -'.000'.length) : words}
    </time>
  );
}

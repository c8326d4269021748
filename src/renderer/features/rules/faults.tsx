import type { ReactNode } from 'react';
import css from './rules.module.css';

/** What is wrong with a text, a sentence a line; said aloud as it changes. */
export function Faults({ id, sentences }: { id: string; sentences: readonly string[] }): ReactNode {
  return (
    <div id={id} className={css.faults} role="alert">
      {sentences.length > 0 && (
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

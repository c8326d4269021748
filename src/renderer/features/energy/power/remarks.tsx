import type { ReactNode } from 'react';
import type { PowerPicture } from '../../../../session/energy/charging/power-picture.ts';
import type { Sentence } from '../../../../session/energy/charging/sentence.ts';
import css from './power.module.css';
import { SentenceLine } from './sentence-line.tsx';

/** Where the station reports something else than is calculated. */
export function Differences({ picture }: { picture: PowerPicture }): ReactNode {
  const { differences, compared } = picture;
  const left = compared.reported - compared.compared;
  return (
    <>
      <Sentences heading="Reported, but not calculated so" sentences={differences.map(({ sentence }) => sentence)} />
      {left > 0 && <p className={css.note}>{left} earlier answers are not compared: zoom in to compare them.</p>}
    </>
  );
}

/** What should be known before believing the picture. */
export function Remarks({ picture }: { picture: PowerPicture }): ReactNode {
  return <Sentences heading="Remarks" sentences={picture.remarks.map(({ sentence }) => sentence)} />;
}

function Sentences({ heading, sentences }: { heading: string; sentences: readonly Sentence[] }): ReactNode {
  if (sentences.length === 0) return null;
  return (
    <section aria-label={heading}>
      <h3 className={css.heading}>{heading}</h3>
      <ul className={css.sentences}>
        {sentences.map((sentence, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences are replaced as a whole
          <li key={index}>
            <SentenceLine sentence={sentence} />
          </li>
        ))}
      </ul>
    </section>
  );
}

import { type ReactNode, useMemo, useState } from 'react';
import type { Finding } from '../../../session/finding.ts';
import type { TimelineRow } from '../../../session/timeline.ts';
import { bytes } from '../../app/format.ts';
import type { Mark } from '../../app/monaco/marks.ts';
import type { Stretch } from '../../app/pretty.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import css from './detail.module.css';
import { Findings } from './findings.tsx';
import { layOut } from './places.ts';
import { TextView } from './text-view.tsx';

/** Longer texts are not laid out: only their head is shown. In UTF-16 code units. */
export const LAID_OUT_MAX = 5_000_000;
const HEAD = 100_000;

/** One message with its findings. */
export function Message({
  label,
  title,
  row,
  text,
  findings,
  action,
}: {
  /** What it is among the messages that are shown. */
  label: string;
  title: string;
  row: TimelineRow;
  text: string | undefined;
  findings: readonly Finding[];
  action?: ReactNode;
}): ReactNode {
  const [reveal, setReveal] = useState<Stretch | null>(null);
  const tooLong = text !== undefined && text.length > LAID_OUT_MAX;
  const laidOut = useMemo(
    () =>
      tooLong
        ? { text: text.slice(0, HEAD), json: false, places: findings.map(() => undefined) }
        : layOut(text ?? '', row.type, findings),
    [text, tooLong, row.type, findings],
  );
  const marks = useMemo(() => marksOf(findings, laidOut.places), [findings, laidOut.places]);
  return (
    <section className={css.section} aria-label={label}>
      <div className={css['section-head']}>
        <h3>{title}</h3>
        {action}
        {text !== undefined && <CopyButton label="Copy the message" text={() => text} />}
      </div>
      {tooLong && (
        <div className={css.notice}>
          {`This message has ${bytes(row.size)}; its first ${bytes(HEAD)} are shown as they are. Raw bytes has all of it.`}
        </div>
      )}
      {text === undefined ? (
        <p className={css.message}>This frame is no text. Its bytes are under Raw bytes.</p>
      ) : (
        <div className={css.text}>
          <TextView label={label} text={laidOut.text} json={laidOut.json} marks={marks} reveal={reveal} />
        </div>
      )}
      <Findings findings={findings} places={laidOut.places} onJump={setReveal} />
    </section>
  );
}

function marksOf(findings: readonly Finding[], places: readonly (Stretch | undefined)[]): Mark[] {
  return findings.flatMap((finding, index) => {
    const place = places[index];
    return place ? [{ ...place, severity: finding.severity, sentence: finding.sentence, rule: finding.rule }] : [];
  });
}

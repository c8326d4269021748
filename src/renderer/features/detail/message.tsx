import { MoreHorizontal } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Finding } from '../../../session/finding.ts';
import { bytes } from '../../app/format.ts';
import type { Mark } from '../../app/monaco/marks.ts';
import type { Stretch } from '../../app/pretty.ts';
import { IconButton } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ContextMenu, Menu } from '../../components/menu.tsx';
import css from './detail.module.css';
import { Findings } from './findings.tsx';
import { MessageMenu } from './message-menu.tsx';
import { PlaceLine } from './place-line.tsx';
import { layOut } from './places.ts';
import type { ShownMessage } from './shown-message.ts';
import { TextView } from './text-view.tsx';
import { useFieldHelp } from './use-field-help.ts';

/** Longer texts are not laid out: only their head is shown. In UTF-16 code units. */
export const LAID_OUT_MAX = 5_000_000;
const HEAD = 100_000;

/** One message with its findings, and what the specification says of it. */
export function Message({
  label,
  title,
  message,
  action,
}: {
  /** What it is among the messages that are shown. */
  label: string;
  title: string;
  message: ShownMessage;
  action?: ReactNode;
}): ReactNode {
  const { row, text, findings } = message;
  const [reveal, setReveal] = useState<Stretch | null>(null);
  const [cursor, setCursor] = useState<{ readonly offset: number; readonly of: string } | null>(null);
  const tooLong = text !== undefined && text.length > LAID_OUT_MAX;
  const laidOut = useMemo(
    () =>
      tooLong
        ? { text: text.slice(0, HEAD), json: false, places: findings.map(() => undefined) }
        : layOut(text ?? '', row.type, findings),
    [text, tooLong, row.type, findings],
  );
  const marks = useMemo(() => marksOf(findings, laidOut.places), [findings, laidOut.places]);
  const helpAt = useFieldHelp(laidOut.text, laidOut.json, row);
  const shown = useMemo(
    () => ({ text: laidOut.text, json: laidOut.json, marks, help: helpAt }),
    [laidOut.text, laidOut.json, marks, helpAt],
  );
  // A cursor that was put into the message before says nothing of this one.
  const offset = cursor?.of === laidOut.text ? cursor.offset : null;
  const help = useMemo(() => (offset === null ? null : helpAt(offset)), [offset, helpAt]);
  const menu = <MessageMenu message={message} help={help} />;
  return (
    <section className={css.section} aria-label={label}>
      <div className={css['section-head']}>
        <h3>{title}</h3>
        {action}
        {text !== undefined && <CopyButton label="Copy the message" text={() => text} />}
        <Menu
          trigger={
            <IconButton label={`Copy, compare, filter: ${label}`}>
              <MoreHorizontal size={14} aria-hidden />
            </IconButton>
          }
        >
          {menu}
        </Menu>
      </div>
      {tooLong && (
        <div className={css.notice}>
          {`This message has ${bytes(row.size)}; its first ${bytes(HEAD)} are shown as they are. Raw bytes has all of it.`}
        </div>
      )}
      {text === undefined ? (
        <p className={css.message}>This frame is no text. Its bytes are under Raw bytes.</p>
      ) : (
        <>
          <ContextMenu
            area={
              <div className={css.text}>
                <TextView
                  label={label}
                  shown={shown}
                  reveal={reveal}
                  onCursor={(at) => setCursor({ offset: at, of: laidOut.text })}
                />
              </div>
            }
          >
            {menu}
          </ContextMenu>
          {laidOut.json && <PlaceLine help={help} hint={label === 'Message'} />}
        </>
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

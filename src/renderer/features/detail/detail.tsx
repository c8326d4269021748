import { Tabs } from '@base-ui/react/tabs';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EntryDetail, RowType, TimelineRow } from '../../../session/timeline.ts';
import { useCommands } from '../../app/commands.ts';
import { bytes, count, isoTime, span, timeOfDay } from '../../app/format.ts';
import { LinkFactsList } from '../../app/link-facts.tsx';
import { focusTimeline } from '../../app/use-keys.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import css from './detail.module.css';
import { Findings } from './findings.tsx';
import { Message } from './message.tsx';
import { Raw } from './raw.tsx';
import { useEntry } from './use-entry.ts';

/** The selected entry in full: message and counterpart, bytes, link. */
export function Detail(): ReactNode {
  const { selection } = useWorkbench();
  const state = useEntry();
  const close = (): void => {
    selection.setDetailOpen(false);
    focusTimeline();
  };
  useCommands([{ id: 'detail.close', group: 'Messages', title: 'Close the message', keys: ['Escape'], run: close }]);

  return (
    <aside className={css.panel} aria-label="Selected message">
      {state.phase === 'none' && <Hint onClose={close}>Select a message to see all of it.</Hint>}
      {state.phase === 'failed' && (
        <Hint onClose={close}>{`Entry ${count(state.entry)} could not be read from the session.`}</Hint>
      )}
      {state.phase === 'there' && (
        <>
          <Head row={state.detail.row} onClose={close} />
          <Panes detail={state.detail} />
        </>
      )}
    </aside>
  );
}

function Hint({ onClose, children }: { onClose: () => void; children: string }): ReactNode {
  return (
    <div className={css.head}>
      <span className={css.about}>{children}</span>
      <CloseButton onClose={onClose} />
    </div>
  );
}

function CloseButton({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <IconButton label="Close (Escape)" onClick={onClose}>
      <X size={14} aria-hidden />
    </IconButton>
  );
}

function Head({ row, onClose }: { row: TimelineRow; onClose: () => void }): ReactNode {
  const facts = [
    `#${count(row.entry)}`,
    visibleLine(row.station, 60),
    timeOfDay(row.wall),
    ...(row.latency === null ? [] : [`${span(row.latency)} after its call`]),
    ...(row.kind === 'frame' ? [bytes(row.size)] : []),
  ];
  return (
    <div className={css.head}>
      <h2 className={css.title}>{titleOf(row)}</h2>
      {row.kind === 'frame' && (
        <span className={css[row.direction]}>{row.direction === 'to-csms' ? '→ CSMS' : '← Station'}</span>
      )}
      <span className={css.about} title={isoTime(row.wall)}>
        {facts.join(' · ')}
      </span>
      <CloseButton onClose={onClose} />
    </div>
  );
}

function Panes({ detail }: { detail: EntryDetail }): ReactNode {
  const frame = detail.row.kind === 'frame';
  return (
    <Tabs.Root className={css.tabs} defaultValue="message">
      <Tabs.List className={css.tablist} activateOnFocus>
        <Tabs.Tab className={css.tab} value="message">
          Message
        </Tabs.Tab>
        <Tabs.Tab className={css.tab} value="raw">
          Raw bytes
        </Tabs.Tab>
        <Tabs.Tab className={css.tab} value="link">
          Link
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel className={css.body} value="message" tabIndex={-1}>
        {frame ? <Exchange detail={detail} /> : <LinkEvent detail={detail} />}
      </Tabs.Panel>
      <Tabs.Panel className={css.body} value="raw" tabIndex={-1}>
        {frame ? <Raw detail={detail} /> : <p className={css.message}>An event of a link has no bytes.</p>}
      </Tabs.Panel>
      <Tabs.Panel className={css.body} value="link" tabIndex={-1}>
        <section className={css.scroll} {...FOCUSABLE} aria-label="Facts of the link">
          <LinkFactsList link={detail.link} />
          {detail.otherLeg && (
            <>
              <h3>The other leg</h3>
              <LinkFactsList link={detail.otherLeg} />
            </>
          )}
        </section>
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function Exchange({ detail: { row, text, findings, counterpart } }: { detail: EntryDetail }): ReactNode {
  const { selection } = useWorkbench();
  return (
    <div className={css.sections}>
      <Message label="Message" title={SIDE_WORDS[row.type ?? 'malformed']} row={row} text={text} findings={findings} />
      {counterpart && (
        <Message
          label="Counterpart"
          title={SIDE_WORDS[counterpart.row.type ?? 'malformed']}
          row={counterpart.row}
          text={counterpart.text}
          findings={counterpart.findings}
          action={
            <Button look="quiet" onClick={() => void selection.selectEntry(counterpart.row.entry)}>
              {`Go to #${count(counterpart.row.entry)}`}
            </Button>
          }
        />
      )}
    </div>
  );
}

function LinkEvent({ detail: { row, findings, link } }: { detail: EntryDetail }): ReactNode {
  return (
    <section className={css.scroll} {...FOCUSABLE} aria-label="Event of the link">
      <p className={css.words}>{visibleLine(row.summary, 2000)}</p>
      <Findings findings={findings} places={[]} onJump={() => undefined} />
      <LinkFactsList link={link} />
    </section>
  );
}

/** A scroll area must be reachable by keyboard. */
const FOCUSABLE = { tabIndex: 0 } as const;

/** What a message is in its exchange. */
const SIDE_WORDS = {
  CALL: 'Call',
  SEND: 'Send',
  CALLRESULT: 'Answer',
  CALLERROR: 'Answer: an error',
  CALLRESULTERROR: 'Refusal of the answer',
  malformed: 'Frame',
} as const satisfies Record<RowType, string>;

function titleOf(row: TimelineRow): string {
  if (row.kind !== 'frame') return { opened: 'Link opened', refused: 'Link refused', closed: 'Link closed' }[row.kind];
  if (row.type === 'malformed') return 'Malformed frame';
  return `${visibleLine(row.action ?? '', 60)} ${row.type}`.trim();
}

import { Tabs } from '@base-ui/react/tabs';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { EntryDetail, TimelineRow } from '../../../session/timeline.ts';
import { BookmarkLine } from '../../app/bookmark-line.tsx';
import { bytes, count, isoTime, span, timeOfDay } from '../../app/format.ts';
import { LinkFactsList } from '../../app/link-facts.tsx';
import { Said } from '../../app/said.tsx';
import { ShortExplanation } from '../../app/short-explanation.tsx';
import { useCommands } from '../../app/use-commands.ts';
import { focusTimeline } from '../../app/use-keys.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { IconButton } from '../../components/button.tsx';
import { PaneHeading } from '../../components/pane-heading.tsx';
import css from './detail.module.css';
import { Differences } from './differences.tsx';
import { Exchange } from './exchange.tsx';
import { Findings } from './findings.tsx';
import { FollowBar } from './follow-bar.tsx';
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
          <BookmarkLine entry={state.detail.row.entry} />
          <FollowBar detail={state.detail} />
          <Panes detail={state.detail} />
        </>
      )}
      <Said />
    </aside>
  );
}

function Hint({ onClose, children }: { onClose: () => void; children: string }): ReactNode {
  return (
    <PaneHeading className={css.head}>
      <span className={css.about}>{children}</span>
      <CloseButton onClose={onClose} />
    </PaneHeading>
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
    <PaneHeading title={titleOf(row)} className={css.head}>
      {row.kind === 'frame' && (
        <span className={css[row.direction]}>{row.direction === 'to-csms' ? '→ CSMS' : '← Station'}</span>
      )}
      <span className={css.about} title={isoTime(row.wall)}>
        {facts.join(' · ')}
      </span>
      <CloseButton onClose={onClose} />
    </PaneHeading>
  );
}

const TABS = ['message', 'differences', 'raw', 'link'] as const;
type Tab = (typeof TABS)[number];
const TAB_WORDS = {
  message: 'Message',
  differences: 'Differences',
  raw: 'Raw bytes',
  link: 'Link',
} as const satisfies Record<Tab, string>;

function Panes({ detail }: { detail: EntryDetail }): ReactNode {
  const [tab, setTab] = useTab(detail.row.entry);
  const frame = detail.row.kind === 'frame';
  return (
    <Tabs.Root className={css.tabs} value={tab} onValueChange={setTab}>
      <Tabs.List className={css.tablist} activateOnFocus>
        {TABS.map((name) => (
          <Tabs.Tab key={name} className={css.tab} value={name}>
            {TAB_WORDS[name]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel className={css.body} value="message" tabIndex={-1}>
        {frame ? (
          <Exchange detail={detail} onDifferences={() => setTab('differences')} />
        ) : (
          <LinkEvent detail={detail} />
        )}
      </Tabs.Panel>
      <Tabs.Panel className={css.body} value="differences" tabIndex={-1}>
        {frame ? (
          <Differences detail={detail} />
        ) : (
          <p className={css.message}>An event of a link cannot be compared.</p>
        )}
      </Tabs.Panel>
      <Tabs.Panel className={css.body} value="raw" tabIndex={-1}>
        {frame ? <Raw detail={detail} /> : <p className={css.message}>An event of a link has no bytes.</p>}
      </Tabs.Panel>
      <Tabs.Panel className={css.body} value="link" tabIndex={-1}>
        <section className={css.scroll} {...FOCUSABLE} aria-label="Facts of the link">
          <ShortExplanation link={detail.link.id} />
          <LinkFactsList link={detail.link} />
          {detail.otherLeg && (
            <>
              <h3>The other leg</h3>
              <ShortExplanation link={detail.otherLeg.id} />
              <LinkFactsList link={detail.otherLeg} />
            </>
          )}
        </section>
      </Tabs.Panel>
    </Tabs.Root>
  );
}

/** The tab that is shown; the differences whenever they are asked for from elsewhere. */
function useTab(entry: number): [Tab, (tab: Tab) => void] {
  const { comparison } = useWorkbench();
  const shown = useStore(comparison.state, (state) => state.shown);
  const [seen, setSeen] = useState(shown);
  const [tab, setTab] = useState<Tab>(shown?.entry === entry ? 'differences' : 'message');
  if (seen !== shown) {
    setSeen(shown);
    setTab('differences');
  }
  return [tab, setTab];
}

function LinkEvent({ detail: { row, findings, link } }: { detail: EntryDetail }): ReactNode {
  return (
    <section className={css.scroll} {...FOCUSABLE} aria-label="Event of the link">
      <p className={css.words}>{visibleLine(row.summary, 2000)}</p>
      <Findings findings={findings} places={[]} onJump={() => undefined} />
      <ShortExplanation link={link.id} />
      <LinkFactsList link={link} />
    </section>
  );
}

/** A scroll area must be reachable by keyboard. */
const FOCUSABLE = { tabIndex: 0 } as const;

function titleOf(row: TimelineRow): string {
  if (row.kind !== 'frame')
    return { opened: 'Link opened', refused: 'Link refused', closed: 'Link closed', remark: 'Remark on the link' }[
      row.kind
    ];
  if (row.type === 'malformed') return 'Malformed frame';
  return `${visibleLine(row.action ?? '', 60)} ${row.type}`.trim();
}

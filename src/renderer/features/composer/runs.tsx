import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { Finding } from '../../../session/finding.ts';
import type { ComposeRun } from '../../app/composing.ts';
import { count, countOf, span, timeOfDay } from '../../app/format.ts';
import { visibleBlock, visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { SeverityMark } from '../../components/severity-mark.tsx';
import controls from './controls.module.css';
import { clearRuns } from './send.ts';
import css from './side.module.css';
import { useRecorded } from './use-recorded.ts';

/** Findings that are listed of one message. */
const FINDINGS_MAX = 20;
const SHOWN = 20_000;
/** A scroll area must be reachable by keyboard. */
const FOCUSABLE = { tabIndex: 0 } as const;

/** What this window has sent, with the answers. */
export function Runs(): ReactNode {
  const { composing } = useWorkbench();
  const runs = useStore(composing, (state) => state.runs);
  if (runs.length === 0) {
    return <p className={controls.hint}>What you send stands here with its answer. Send with Ctrl-Enter.</p>;
  }
  return (
    <div>
      {runs.map((run, index) => (
        <Run key={run.ticket} run={run} latest={index === 0} />
      ))}
      <Button look="quiet" onClick={() => clearRuns(composing)}>
        Clear this list
      </Button>
    </div>
  );
}

function Run({ run, latest }: { run: ComposeRun; latest: boolean }): ReactNode {
  const { action, at, target, outcome } = run;
  const [open, setOpen] = useState<boolean | null>(null);
  const shown = open ?? latest;
  const value = outcome?.ok ? outcome.value : undefined;
  const answer = value && 'answer' in value ? value.answer : undefined;
  const call = useRecorded(value?.entry);
  const reply = useRecorded(answer);
  const latency = reply?.row.latency ?? null;
  return (
    <article className={css.run} aria-label={`${action ?? 'Frame'} to ${target.station}`}>
      <button type="button" className={css['run-head']} aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <b>{visibleLine(action ?? 'Whole frame', 60)}</b>
        <span className={css[toneOf(run)]}>{stateOf(run)}</span>
        {latency !== null && <span>{span(latency)}</span>}
        <span className={css.when}>{`${visibleLine(target.station, 30)} · ${timeOfDay(at)}`}</span>
      </button>
      {shown && (
        <div className={css['run-body']}>
          {outcome === undefined && <Waiting run={run} />}
          {outcome?.ok === false && <p className={controls.wrong}>{visibleLine(outcome.error.sentence, 500)}</p>}
          <div className={css.links}>
            <EntryLink words="Sent as" entry={value?.entry} />
            <EntryLink words="Answered by" entry={answer} />
            {value?.kind === 'timeout' && <span>Nothing came in time.</span>}
            {value?.kind === 'closed' && <span>The connection ended before an answer came.</span>}
          </div>
          <FindingList title="The message" findings={call?.findings} />
          <FindingList title="The answer" findings={reply?.findings} />
          {value && <Body value={value} />}
        </div>
      )}
    </article>
  );
}

function Waiting({ run: { ticket, call } }: { run: ComposeRun }): ReactNode {
  const { api } = useWorkbench();
  if (!call) return null;
  const cancel = (): void => {
    void api()
      ?.['compose.cancel'](ticket)
      .catch(() => undefined);
  };
  return (
    <p className={css.links}>
      <span>Waits for its turn behind calls under way, or for the answer.</span>
      <Button onClick={cancel}>Stop waiting</Button>
    </p>
  );
}

function EntryLink({ words, entry }: { words: string; entry: number | undefined }): ReactNode {
  const { selection, facts } = useWorkbench();
  const file = useStore(facts, ({ session }) => session?.mode === 'file');
  if (entry === undefined) return null;
  if (entry === 0) return <span>{`${words} nothing that is recorded`}</span>;
  return (
    <Button
      look="quiet"
      disabled={file}
      title={file ? 'It is in the live session, and a file is shown' : 'Select it in the timeline'}
      onClick={() => {
        selection.setDetailOpen(true);
        void selection.selectEntry(entry);
      }}
    >
      {`${words} #${count(entry)}`}
    </Button>
  );
}

function FindingList({ title, findings }: { title: string; findings: readonly Finding[] | undefined }): ReactNode {
  if (!findings || findings.length === 0) return null;
  return (
    <ul className={css.findings} aria-label={`${title}: ${countOf(findings.length, 'finding')}`}>
      {findings.slice(0, FINDINGS_MAX).map(({ severity, sentence, rule }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: findings of a recorded message do not change
        <li key={index} title={rule}>
          <SeverityMark severity={severity} />
          <span>{`${title}: ${visibleLine(sentence, 500)}`}</span>
        </li>
      ))}
    </ul>
  );
}

function Body({
  value,
}: {
  value: Extract<NonNullable<ComposeRun['outcome']>, { readonly ok: true }>['value'];
}): ReactNode {
  if (value.kind === 'error') {
    return (
      <>
        <p className={controls.error}>
          <b>{visibleLine(value.code, 100)}</b> {visibleLine(value.description, 500)}
        </p>
        <Json value={value.details} />
      </>
    );
  }
  return value.kind === 'result' ? <Json value={value.payload} /> : null;
}

function Json({ value }: { value: object }): ReactNode {
  const text = JSON.stringify(value, undefined, 2);
  return (
    <section className={css.body} {...FOCUSABLE} aria-label="Payload of the answer">
      <pre>{visibleBlock(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)}</pre>
    </section>
  );
}

function stateOf({ outcome, call }: ComposeRun): string {
  if (outcome === undefined) return call ? 'waiting' : 'sending';
  if (!outcome.ok) return outcome.error.code === 'not-awaited' ? 'sent, not awaited' : 'not sent';
  return WORDS[outcome.value.kind];
}

const WORDS = {
  result: 'CALLRESULT',
  error: 'CALLERROR',
  timeout: 'no answer',
  closed: 'connection closed',
  sent: 'sent',
} as const;

function toneOf({ outcome }: ComposeRun): string {
  if (outcome === undefined) return 'waits';
  if (!outcome.ok) return 'failed';
  return outcome.value.kind === 'result' || outcome.value.kind === 'sent' ? 'good' : 'failed';
}

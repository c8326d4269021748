import { Braces, Send } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { isJsonObject, type JsonObject } from '../../../../ocpp/json.ts';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { ComposeRun } from '../../../app/composing.ts';
import { count } from '../../../app/format.ts';
import { peerOf, usePeers } from '../../../app/use-peers.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { Button } from '../../../components/button.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { SeverityMark } from '../../../components/severity-mark.tsx';
import { ACTION, requestText, sendObstacle, sendProfile } from './send-profile.ts';
import css from './sending.module.css';

/** Sends the profile, and says what the station answered. */
export function Sending({
  station,
  version,
  payload,
  errors,
}: {
  station: string | null;
  version: OcppVersion;
  payload: JsonObject;
  /** How much objects to it; it can be sent all the same. */
  errors: number;
}): ReactNode {
  const workbench = useWorkbench();
  const { composing, drafting, dock, facts, selection } = workbench;
  const file = useStore(facts, ({ session }) => session?.mode === 'file');
  const ticket = useStore(drafting, (state) => state.ticket);
  const run = useStore(composing, ({ runs }) => runs.find((one) => one.ticket === ticket));
  const peers = usePeers();
  const peer = station === null ? undefined : peerOf(peers, { station, peer: 'station' });
  const obstacle = sendObstacle({ file, station, peer, version });
  const select = (entry: number): void => {
    selection.setDetailOpen(true);
    void selection.selectEntry(entry);
  };
  return (
    <section className={css.sending} aria-label="Sending">
      <div className={css.buttons}>
        <Button
          look="primary"
          disabled={obstacle !== undefined}
          title={obstacle ?? (errors > 0 ? 'It is sent as it stands, objections and all' : `Send ${ACTION}`)}
          onClick={() => {
            if (peer) void sendProfile(workbench, peer, payload, (next) => drafting.setState({ ticket: next }));
          }}
        >
          <Send size={14} aria-hidden />
          {`Send to ${station === null ? 'the station' : visibleLine(station, 24)}`}
        </Button>
        <Button
          title="Open the request in the composer"
          onClick={() => {
            composing.setState({
              kind: 'message',
              target: station === null ? null : { station, peer: 'station' },
              version,
              action: ACTION,
              payload: requestText(payload),
              messageId: '',
            });
            dock.show('composer');
          }}
        >
          <Braces size={14} aria-hidden />
          Compose
        </Button>
        <CopyButton label="Copy as JSON" text={() => JSON.stringify(payload, undefined, 2)} />
      </div>
      {obstacle !== undefined && <p className={css.obstacle}>{obstacle}</p>}
      {run && <Answer run={run} onEntry={file ? undefined : select} />}
    </section>
  );
}

function Answer({ run, onEntry }: { run: ComposeRun; onEntry: ((entry: number) => void) | undefined }): ReactNode {
  const { severity, words } = answerWords(run);
  const value = run.outcome?.ok ? run.outcome.value : undefined;
  const entries = [value?.entry, value && 'answer' in value ? value.answer : undefined];
  return (
    <p className={css.answer} role="status">
      {severity === null ? <span className={css.good}>✓</span> : <SeverityMark severity={severity} />}
      <span>
        {visibleLine(words, 300)}{' '}
        {entries.map(
          (entry) =>
            entry !== undefined &&
            entry > 0 && (
              <button
                key={entry}
                type="button"
                className={css.link}
                disabled={onEntry === undefined}
                onClick={() => onEntry?.(entry)}
              >
                {`#${count(entry)}`}
              </button>
            ),
        )}
      </span>
    </p>
  );
}

/** What came of it, in words. */
export function answerWords({ outcome }: ComposeRun): {
  readonly severity: 'error' | 'warning' | 'info' | null;
  readonly words: string;
} {
  if (outcome === undefined) return { severity: 'info', words: 'Sent, or waiting for its turn; no answer yet.' };
  if (!outcome.ok) return { severity: 'error', words: outcome.error.sentence };
  const { value } = outcome;
  if (value.kind === 'closed') return { severity: 'warning', words: 'The connection ended before an answer came.' };
  if (value.kind === 'sent') return { severity: 'info', words: 'Sent.' };
  if (value.kind === 'error') return { severity: 'error', words: `CALLERROR ${value.code}: ${value.description}` };
  if (value.kind !== 'result') return { severity: 'warning', words: 'Nothing came in time.' };
  const { status, statusInfo } = value.payload;
  if (status === 'Accepted') return { severity: null, words: 'Accepted.' };
  const info = isJsonObject(statusInfo) ? [statusInfo.reasonCode, statusInfo.additionalInfo] : [];
  const reason = info.filter((part) => typeof part === 'string' && part !== '').join(', ');
  return { severity: 'error', words: `${String(status)}${reason === '' ? ', without a reason' : `: ${reason}`}.` };
}

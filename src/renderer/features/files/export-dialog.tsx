import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { SecretsChoice } from '../../../bridge/methods/files.ts';
import type { WriterName } from '../../../session/files.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { DialogFrame } from './dialog-frame.tsx';
import css from './files.module.css';
import { SecretsField } from './secrets-field.tsx';
import { firstTarget, TargetField, withExtension } from './target-field.tsx';

const FORMATS = {
  html: ['.html', 'Report', 'one page for people: summary, findings, messages; to read, to print, to send'],
  ndjson: ['.ndjson', 'Plugscope NDJSON', 'everything, one JSON object a line'],
  trace: ['.ndjson', 'Open OCPP Trace 1.1', 'text messages of a known version, for other tools'],
  csv: ['.csv', 'CSV', 'for spreadsheets'],
  har: ['.har', 'HAR', 'WebSocket messages as browsers save them'],
  pcapng: ['.pcapng', 'pcapng', 'for Wireshark, with made-up TCP around the messages'],
} as const satisfies Record<WriterName, readonly [extension: string, name: string, about: string]>;
const ORDER = Object.keys(FORMATS) as WriterName[];

/** Writes the session on screen, or what is filtered of it, in another format. */
export function ExportDialog({ folder, onClose }: { folder: string; onClose: () => void }): ReactNode {
  const { api, facts, feed } = useWorkbench();
  const session = useStore(facts, (state) => state.session);
  const filter = useStore(feed.state, (state) => state.filter);
  const [format, setFormat] = useState<WriterName>('html');
  const [filtered, setFiltered] = useState(filter !== '');
  const [secrets, setSecrets] = useState<SecretsChoice>('masked');
  const [target, setTarget] = useState(() => firstTarget(`${session?.name ?? 'session'}.html`));
  const [error, setError] = useState<string | null>(null);

  const start = async (): Promise<void> => {
    const outcome = await api()
      ?.['files.export']({ target, format, filter: filtered ? filter : '', secrets })
      .catch(() => null);
    if (outcome?.ok) onClose();
    else setError(outcome ? visibleLine(outcome.error.sentence, 500) : 'The engine does not answer; try again.');
  };
  return (
    <DialogFrame title="Export" action="Export" ready error={error} onSubmit={start} onClose={onClose}>
      <fieldset className={css.field}>
        <legend>Format</legend>
        {ORDER.map((name) => {
          const [extension, title, about] = FORMATS[name];
          return (
            <label key={name} className={css.choice}>
              <input
                type="radio"
                name="format"
                checked={format === name}
                onChange={() => {
                  setFormat(name);
                  setTarget(withExtension(target, extension));
                }}
              />
              <span>
                {title}
                <small>{about}</small>
              </span>
            </label>
          );
        })}
      </fieldset>
      <fieldset className={css.field}>
        <legend>What</legend>
        <label className={css.choice}>
          <input type="radio" name="what" checked={!filtered} onChange={() => setFiltered(false)} />
          <span>All {session?.entries.toLocaleString('en')} entries</span>
        </label>
        <label className={css.choice}>
          <input
            type="radio"
            name="what"
            checked={filtered}
            disabled={filter === ''}
            onChange={() => setFiltered(true)}
          />
          <span>
            What the filter lets pass
            <small>{filter === '' ? 'nothing is filtered now' : <code>{visibleLine(filter, 200)}</code>}</small>
          </span>
        </label>
      </fieldset>
      <SecretsField value={secrets} onChange={setSecrets} />
      <TargetField target={target} folder={folder} onChange={setTarget} />
    </DialogFrame>
  );
}

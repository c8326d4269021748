import { Pencil, Trash2, Undo2 } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { type ComposerKept, type HistoryItem, KEPT_TEXT_MAX, type Snippet } from '../../../workspace/snippet.ts';
import { timeOfDay } from '../../app/format.ts';
import { newId } from '../../app/new-id.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import controls from './controls.module.css';
import css from './side.module.css';
import { renamed, type SnippetEdit, saved, without } from './snippet-list.ts';

const OUTCOMES = {
  result: 'CALLRESULT',
  error: 'CALLERROR',
  timeout: 'no answer',
  closed: 'closed',
  sent: 'sent',
  failed: 'not sent',
} as const satisfies Record<HistoryItem['outcome'], string>;

/** What was sent before, to be loaded again. */
export function History({ history, onLoad }: { history: ComposerKept['history']; onLoad: Load }): ReactNode {
  const { api } = useWorkbench();
  if (history.length === 0) return <p className={controls.hint}>The last 200 messages that you sent stand here.</p>;
  const forget = (): void => {
    void api()
      ?.['compose.forgetHistory']()
      .catch(() => undefined);
  };
  return (
    <>
      <ul className={css.list} aria-label="History">
        {history.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its top, and its items have no names
          <li key={index}>
            <button type="button" className={css.item} onClick={() => onLoad(item)}>
              <b>{nameOf(item)}</b>
              <span className={css.when}>
                {`${OUTCOMES[item.outcome]} · ${item.peer === 'csms' ? 'CSMS of ' : ''}${visibleLine(item.station, 40)} · ${timeOfDay(item.at)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Button look="quiet" onClick={forget}>
        Forget the history
      </Button>
    </>
  );
}

/** Puts a kept message into the composer. */
type Load = (kept: Pick<Snippet, 'kind' | 'version' | 'action' | 'text'>) => void;

/** Messages that are kept under names. */
export function Snippets({
  snippets,
  draft,
  onLoad,
}: {
  snippets: ComposerKept['snippets'];
  /** What the composer is at, to be kept. */
  draft: Omit<Snippet, 'id' | 'name'>;
  onLoad: Load;
}): ReactNode {
  const { api } = useWorkbench();
  const [edits, setEdits] = useState<readonly SnippetEdit[]>([]);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const put = async (next: readonly Snippet[]): Promise<void> => {
    const outcome = await api()
      ?.['compose.setSnippets']([...next])
      .catch(() => undefined);
    setFailure(outcome?.ok ? null : (outcome?.error.sentence ?? 'The snippets could not be saved.'));
  };
  const change = (next: readonly Snippet[], words: string): void => {
    setEdits([...edits, { before: snippets, words }]);
    void put(next);
  };
  const undo = (): void => {
    const last = edits.at(-1);
    if (!last) return;
    setEdits(edits.slice(0, -1));
    void put(last.before);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'z' || !(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    undo();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl-Z works wherever the keyboard is among the snippets
    <div onKeyDown={onKeyDown}>
      {draft.text.length > KEPT_TEXT_MAX && <p className={controls.hint}>This message is too long to be kept.</p>}
      <NameForm
        key={draft.action}
        label="Keep this message as"
        button="Keep"
        start={draft.action}
        disabled={draft.text.length > KEPT_TEXT_MAX}
        onName={(name) => change(saved(snippets, { ...draft, id: newId(), name }), `keeping ${name}`)}
      />
      {failure !== null && (
        <p className={controls.wrong} role="alert">
          {failure}
        </p>
      )}
      {edits.length > 0 && (
        <Button look="quiet" onClick={undo}>
          <Undo2 size={14} aria-hidden />
          {`Undo ${visibleLine(edits.at(-1)?.words ?? '', 60)}`}
        </Button>
      )}
      <ul className={css.list} aria-label="Snippets">
        {snippets.map((snippet) => (
          <li key={snippet.id} className={css.kept}>
            {renaming === snippet.id ? (
              <NameForm
                label="New name"
                button="Rename"
                start={snippet.name}
                onName={(name) => {
                  setRenaming(null);
                  if (name !== snippet.name) change(renamed(snippets, snippet.id, name), `renaming ${snippet.name}`);
                }}
              />
            ) : (
              <>
                <button type="button" className={css.item} onClick={() => onLoad(snippet)}>
                  <b>{visibleLine(snippet.name, 80)}</b>
                  <span className={css.when}>
                    {`${nameOf(snippet)}${snippet.version === null ? '' : ` · OCPP ${snippet.version}`}`}
                  </span>
                </button>
                <IconButton label={`Rename ${snippet.name}`} onClick={() => setRenaming(snippet.id)}>
                  <Pencil size={14} aria-hidden />
                </IconButton>
                <IconButton
                  label={`Delete ${snippet.name}`}
                  onClick={() => change(without(snippets, snippet.id), `deleting ${snippet.name}`)}
                >
                  <Trash2 size={14} aria-hidden />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function NameForm({
  label,
  button,
  start,
  disabled = false,
  onName,
}: {
  label: string;
  button: string;
  start: string;
  disabled?: boolean;
  onName: (name: string) => void;
}): ReactNode {
  const [name, setName] = useState(start);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') onName(name.trim());
  };
  return (
    <form className={css.naming} onSubmit={submit}>
      <input
        className={controls.input}
        aria-label={label}
        placeholder={label}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={disabled}>
        {button}
      </Button>
    </form>
  );
}

function nameOf({ kind, action, text }: Pick<Snippet, 'kind' | 'action' | 'text'>): string {
  return visibleLine(kind === 'message' ? action : text, 60);
}

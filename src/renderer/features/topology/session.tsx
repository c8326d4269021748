import { type FormEvent, type ReactNode, useState } from 'react';
import type { SessionState } from '../../../bridge/contract.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { FormField } from '../../components/form-field.tsx';
import { Popover } from '../../components/popover.tsx';
import css from './topology.module.css';

const MODES = { recording: 'REC', file: 'FILE', stopped: 'STOPPED' } as const satisfies Record<
  SessionState['mode'],
  string
>;

/** What is on screen, and whether it is being recorded; opens another session. */
export function Recording({ session }: { session: SessionState }): ReactNode {
  const { api } = useWorkbench();
  const [open, setOpen] = useState(false);
  return (
    <>
      <span className={css.recording} data-mode={session.mode}>
        <span className={css.dot} />
        {MODES[session.mode]}
      </span>
      <Popover
        title="Session"
        open={open}
        onOpenChange={setOpen}
        trigger={
          <Button look="quiet" title={session.path}>
            <span className={css.name}>{visibleLine(session.name, 80)}</span>
          </Button>
        }
      >
        <OpenSession session={session} onDone={() => setOpen(false)} />
      </Popover>
      {session.mode === 'file' && (
        <Button aria-label="Back to the live session" onClick={() => void api()?.['session.showLive']()}>
          <span className={css.full}>Back to the live session</span>
          <span className={css.brief}>Live</span>
        </Button>
      )}
    </>
  );
}

function OpenSession({ session, onDone }: { session: SessionState; onDone: () => void }): ReactNode {
  const { api } = useWorkbench();
  const [path, setPath] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const outcome = await api()
      ?.['session.open'](path.trim())
      .catch(() => null);
    if (outcome?.ok) onDone();
    else setError(outcome ? outcome.error.sentence : 'The engine does not answer; try again.');
  };
  return (
    <form className={css.form} onSubmit={(event) => void submit(event)}>
      <p className={css.about}>
        <code>{visibleLine(session.path, 500)}</code>
      </p>
      <FormField
        label="Open another session file, by its path on the bench computer"
        value={path}
        placeholder="…/session.plugscope"
        error={error === null ? undefined : visibleLine(error, 500)}
        onChange={setPath}
      />
      <div className={css.buttons}>
        <Button type="submit" look="primary" disabled={path.trim() === ''}>
          Open
        </Button>
      </div>
    </form>
  );
}

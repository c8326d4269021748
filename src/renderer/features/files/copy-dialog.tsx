import { type ReactNode, useEffect, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { RangeBound, SecretsChoice } from '../../../bridge/methods/files.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { DialogFrame } from './dialog-frame.tsx';
import css from './files.module.css';
import { boundOf } from './range-bound.ts';
import { SecretsField } from './secrets-field.tsx';
import { firstTarget, TargetField } from './target-field.tsx';

/** Makes a session of the one on screen: all of it, or a range. */
export function CopyDialog({ cut, folder, onClose }: { cut: boolean; folder: string; onClose: () => void }): ReactNode {
  const { api, facts, selection } = useWorkbench();
  const session = useStore(facts, (state) => state.session);
  const [from, setFrom] = useState(() => (cut ? String(selection.meantNow()?.entry ?? 1) : ''));
  const [to, setTo] = useState(cut ? String(session?.entries ?? '') : '');
  const [secrets, setSecrets] = useState<SecretsChoice>('masked');
  const [target, setTarget] = useState(() =>
    firstTarget(`${session?.name ?? 'session'} ${cut ? 'part' : 'copy'}.plugscope`),
  );
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    if (!cut || selection.meantNow() !== undefined) return;
    // The selected row was not loaded yet; what was typed meanwhile stays.
    void selection.meant().then((row) => row && setFrom((typed) => (typed === '1' ? String(row.entry) : typed)));
  }, [cut, selection]);
  const bounds: readonly (RangeBound | undefined)[] = [boundOf(from), boundOf(to)];
  const [first, last] = bounds;

  const start = async (): Promise<void> => {
    if (first === undefined || last === undefined) return;
    const outcome = await api()
      ?.['files.saveAs']({ target, from: first, to: last, secrets })
      .catch(() => null);
    if (outcome?.ok) onClose();
    else setError(outcome ? visibleLine(outcome.error.sentence, 500) : 'The engine does not answer; try again.');
  };
  return (
    <DialogFrame
      title={cut ? 'Cut out a range' : 'Save a copy'}
      action={cut ? 'Cut out' : 'Save'}
      ready={first !== undefined && last !== undefined}
      error={error}
      onSubmit={start}
      onClose={onClose}
    >
      {!cut && session?.mode === 'recording' && (
        <p className={css.hint}>The copy holds all that is recorded up to now. Recording goes on.</p>
      )}
      {cut && (
        <fieldset className={css.field}>
          <legend>Range, both ends included</legend>
          <div className={css.line}>
            <Bound label="From" text={from} valid={first !== undefined} onChange={setFrom} />
            <Bound label="To" text={to} valid={last !== undefined} onChange={setTo} />
          </div>
          <p className={css.hint}>The number of an entry, or a time such as 2026-11-20 10:05:00. Empty: no bound.</p>
        </fieldset>
      )}
      <SecretsField value={secrets} onChange={setSecrets} />
      <TargetField target={target} folder={folder} onChange={setTarget} />
    </DialogFrame>
  );
}

function Bound({
  label,
  text,
  valid,
  onChange,
}: {
  label: string;
  text: string;
  valid: boolean;
  onChange: (text: string) => void;
}): ReactNode {
  const id = useId();
  return (
    <span className={css.bound}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={css.input}
        value={text}
        spellCheck={false}
        aria-invalid={!valid}
        onChange={(event) => onChange(event.target.value)}
      />
    </span>
  );
}

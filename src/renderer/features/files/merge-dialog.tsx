import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { SecretsChoice } from '../../../bridge/methods/files.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import css from './files.module.css';
import type { PickedFile } from './host-files.ts';
import { SecretsField } from './secrets-field.tsx';
import { SourceField } from './source-field.tsx';
import { firstTarget, TargetField } from './target-field.tsx';

/** Makes one session of several. */
export function MergeDialog({ folder, onClose }: { folder: string; onClose: () => void }): ReactNode {
  const { api } = useWorkbench();
  const [sources, setSources] = useState<readonly PickedFile[]>([]);
  const [next, setNext] = useState<PickedFile | null>(null);
  // A new field for each file.
  const [round, setRound] = useState(0);
  const [secrets, setSecrets] = useState<SecretsChoice>('masked');
  const [target, setTarget] = useState(() => firstTarget('merged.plugscope'));
  const [error, setError] = useState<string | null>(null);
  const all = next ? [...sources, next] : sources;
  const add = (): void => {
    setSources(all);
    setNext(null);
    setRound(round + 1);
  };
  const start = async (): Promise<void> => {
    const outcome = await api()
      ?.['files.merge']({ sources: all.map(({ source }) => source), target, secrets })
      .catch(() => null);
    if (outcome?.ok) onClose();
    else setError(outcome ? visibleLine(outcome.error.sentence, 500) : 'The engine does not answer; try again.');
  };
  return (
    <DialogFrame
      title="Merge sessions"
      action="Merge"
      ready={all.length >= 2}
      error={error}
      onSubmit={start}
      onClose={onClose}
    >
      <p className={css.hint}>The entries of all of them, in the order of time. Notes and findings are kept.</p>
      {sources.length > 0 && (
        <ul className={css.files} aria-label="Sessions to merge">
          {sources.map((file, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same file may stand twice
            <li key={index}>
              <span>{visibleLine(file.name, 200)}</span>
              <IconButton
                label={`Leave out ${file.name}`}
                onClick={() => setSources(sources.filter((_, other) => other !== index))}
              >
                <X size={14} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <SourceField key={round} label="A session" picked={next} onPick={setNext} />
      <div>
        <Button disabled={next === null} onClick={add}>
          Add another
        </Button>
      </div>
      <SecretsField value={secrets} onChange={setSecrets} />
      <TargetField target={target} folder={folder} onChange={setTarget} />
    </DialogFrame>
  );
}

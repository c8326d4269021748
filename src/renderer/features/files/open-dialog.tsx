import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { RecentFile } from '../../../workspace/recent-files.ts';
import { dateAndTime } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { DialogFrame } from './dialog-frame.tsx';
import css from './files.module.css';
import type { PickedFile } from './host-files.ts';
import { SourceField } from './source-field.tsx';

/** Opens a session; a file of another format is handed to the import. */
export function OpenDialog({
  recent,
  onImport,
  onForget,
  onClose,
}: {
  recent: readonly RecentFile[];
  onImport: (file: PickedFile) => void;
  onForget: (path: string) => void;
  onClose: () => void;
}): ReactNode {
  const { api } = useWorkbench();
  const [picked, setPicked] = useState<PickedFile | null>(null);
  const [error, setError] = useState<string | null>(null);

  const open = async ({ source, name }: PickedFile): Promise<void> => {
    setError(null);
    const engine = api();
    const path =
      source.kind === 'path'
        ? ({ ok: true, value: source.path } as const)
        : await engine?.['files.openUpload'](source.ticket).catch(() => undefined);
    const outcome = path?.ok ? await engine?.['session.open'](path.value).catch(() => undefined) : path;
    if (outcome?.ok) onClose();
    else if (outcome?.error.code === 'not-a-session') onImport({ source, name });
    else setError(outcome ? visibleLine(outcome.error.sentence, 500) : 'The engine does not answer; try again.');
  };
  return (
    <DialogFrame
      title="Open"
      action="Open"
      ready={picked !== null}
      error={error}
      onSubmit={() => picked && open(picked)}
      onClose={onClose}
    >
      <SourceField label="A session, or a file of another format to import" picked={picked} onPick={setPicked} />
      {recent.length > 0 && (
        <section className={css.recent}>
          <h3>Opened before</h3>
          <ul className={css.files}>
            {recent.map(({ path, opened }) => (
              <li key={path}>
                <Button
                  look="quiet"
                  title={path}
                  onClick={() => void open({ source: { kind: 'path', path }, name: path })}
                >
                  <span className={css.path}>{visibleLine(path, 300)}</span>
                </Button>
                <time>{dateAndTime(opened)}</time>
                <IconButton label={`Forget ${path}`} onClick={() => onForget(path)}>
                  <X size={14} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        </section>
      )}
    </DialogFrame>
  );
}

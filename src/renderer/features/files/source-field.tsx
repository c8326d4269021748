import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import css from './files.module.css';
import { hostFiles, type PickedFile, uploadFile } from './host-files.ts';

/** A file to read: chosen on this computer, or named by its path on the engine's. */
export function SourceField({
  label,
  picked,
  onPick,
}: {
  label: string;
  picked: PickedFile | null;
  onPick: (file: PickedFile | null) => void;
}): ReactNode {
  const host = hostFiles(window);
  const id = useId();
  const [path, setPath] = useState(picked?.source.kind === 'path' ? picked.source.path : '');
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const sending = useRef<AbortController | null>(null);
  useEffect(() => () => sending.current?.abort(), []);

  const byPath = (text: string): void => {
    setPath(text);
    const trimmed = text.trim();
    onPick(trimmed === '' ? null : { source: { kind: 'path', path: trimmed }, name: trimmed });
  };
  const send = async (file: File): Promise<void> => {
    sending.current?.abort();
    sending.current = new AbortController();
    setProblem(null);
    setPath('');
    onPick(null);
    setSent(0);
    try {
      onPick(await uploadFile(file, setSent, sending.current.signal));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setSent(null);
  };
  const choose = async (): Promise<void> => {
    if (host.kind !== 'desktop') return;
    const [chosen] = await host.dialogs.open(false);
    if (chosen !== undefined) byPath(chosen);
  };
  return (
    <fieldset className={css.field}>
      <legend>{label}</legend>
      {host.kind === 'desktop' ? (
        <Button onClick={() => void choose()}>Choose…</Button>
      ) : (
        <input
          type="file"
          aria-label="A file on this computer"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            if (file) void send(file);
          }}
        />
      )}
      {sent !== null && <progress className={css.progress} aria-label="Sending the file" value={sent} max={1} />}
      {problem !== null && (
        <p className={css.error} role="alert">
          {problem}
        </p>
      )}
      <label htmlFor={id}>
        {host.kind === 'desktop' ? 'Path' : 'Or its path on the computer where Plugscope runs'}
      </label>
      <input
        id={id}
        className={css.input}
        value={path}
        spellCheck={false}
        placeholder="/path/to/file"
        onChange={(event) => byPath(event.target.value)}
      />
    </fieldset>
  );
}

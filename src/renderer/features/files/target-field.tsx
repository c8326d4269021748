import { type ReactNode, useId } from 'react';
import type { FileTarget } from '../../../bridge/methods/files.ts';
import { Button } from '../../components/button.tsx';
import css from './files.module.css';
import { hostFiles, nameOfTarget } from './host-files.ts';

/** Where a file is written: a download in the browser, or a path on the engine's computer. */
export function TargetField({
  target,
  folder,
  onChange,
}: {
  target: FileTarget;
  /** Folder in which a relative path is. */
  folder: string;
  onChange: (target: FileTarget) => void;
}): ReactNode {
  const host = hostFiles(window);
  const id = useId();
  const name = nameOfTarget(target);
  const choose = async (): Promise<void> => {
    const path = host.kind === 'desktop' ? await host.dialogs.save(name) : null;
    if (path !== null) onChange({ kind: 'path', path });
  };
  return (
    <fieldset className={css.field}>
      <legend>Where to</legend>
      {host.kind === 'browser' && (
        <div className={css.choices}>
          <label>
            <input
              type="radio"
              name={`${id}-kind`}
              checked={target.kind === 'download'}
              onChange={() => onChange({ kind: 'download', name })}
            />
            Download to this computer
          </label>
          <label>
            <input
              type="radio"
              name={`${id}-kind`}
              checked={target.kind === 'path'}
              onChange={() => onChange({ kind: 'path', path: name })}
            />
            Write on the computer where Plugscope runs
          </label>
        </div>
      )}
      <label htmlFor={id}>{target.kind === 'download' ? 'File name' : 'Path'}</label>
      <div className={css.line}>
        <input
          id={id}
          className={css.input}
          value={name}
          spellCheck={false}
          onChange={({ target: { value } }) =>
            onChange(target.kind === 'path' ? { kind: 'path', path: value } : { kind: 'download', name: value })
          }
        />
        {host.kind === 'desktop' && <Button onClick={() => void choose()}>Choose…</Button>}
      </div>
      {target.kind === 'path' && (
        <p className={css.hint}>A name alone is put into {folder}. Nothing is written over.</p>
      )}
    </fieldset>
  );
}

/** The target that is offered first. */
export function firstTarget(name: string): FileTarget {
  return hostFiles(window).kind === 'browser' ? { kind: 'download', name } : { kind: 'path', path: name };
}

/** A target with another extension. */
export function withExtension(target: FileTarget, extension: string): FileTarget {
  const change = (name: string): string =>
    `${name.replace(/\.(plugscope|ndjson|csv|har|pcapng|html)$/, '')}${extension}`;
  return target.kind === 'path'
    ? { kind: 'path', path: change(target.path) }
    : { kind: 'download', name: change(target.name) };
}

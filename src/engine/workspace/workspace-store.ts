import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Failure, failure, type Outcome, success } from '../../session/outcome.ts';
import { EMPTY_WORKSPACE, type Workspace, workspaceSchema } from '../../workspace/workspace.ts';

/** The workspace of this user: in memory, and in a file. */
export interface WorkspaceStore {
  /** Why the file could not be used when the program started, where it could not. */
  readonly trouble: Failure | undefined;
  get(): Workspace;
  /** Replaces parts of it, and writes the file; where that fails, what was replaced counts all the same. */
  update(change: Partial<Omit<Workspace, 'format'>>): Outcome<Workspace>;
  /** Calls the listener with each new workspace; yields how to stop that. */
  onChange(listener: (workspace: Workspace) => void): () => void;
}

/**
 * Reads the workspace file. One that cannot be read or understood is set aside under another name, never overwritten;
 * one that is not there is an empty workspace.
 */
export function openWorkspace(path: string): WorkspaceStore {
  const { workspace, trouble } = read(path);
  let current = workspace;
  const listeners = new Set<(workspace: Workspace) => void>();
  return {
    trouble,
    get: () => current,
    update(change) {
      current = { ...current, ...change };
      for (const listener of listeners) listener(current);
      return write(path, current);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function read(path: string): { workspace: Workspace; trouble?: Failure } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { workspace: EMPTY_WORKSPACE };
    return setAside(path, (error as Error).message);
  }
  const parsed = parse(text);
  return parsed.ok ? { workspace: parsed.value } : setAside(path, parsed.error.sentence);
}

/** What could not be used may be worth something to its owner: the next change must not write over it. */
function setAside(path: string, why: string): ReturnType<typeof read> {
  let aside = `${path}.unreadable`;
  for (let number = 2; existsSync(aside); number++) aside = `${path}.unreadable-${number}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    return { workspace: EMPTY_WORKSPACE, trouble: unreadable(path, (error as Error).message) };
  }
  return { workspace: EMPTY_WORKSPACE, trouble: unreadable(aside, why) };
}

function parse(text: string): Outcome<Workspace> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure('workspace-not-json', 'it is no JSON');
  }
  const parsed = workspaceSchema.safeParse(json);
  return parsed.success ? success(parsed.data) : failure('workspace-foreign', z.prettifyError(parsed.error));
}

function unreadable(path: string, why: string): Failure {
  const sentence = `What was kept in ${path} could not be used, so the workspace is empty: ${why}.`;
  return { code: 'workspace-unreadable', sentence };
}

function write(path: string, workspace: Workspace): Outcome<Workspace> {
  const temporary = `${path}.new`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, `${JSON.stringify(workspace, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(temporary, path);
    return success(workspace);
  } catch (error) {
    return failure('workspace-unwritable', `The workspace could not be saved: ${(error as Error).message}.`);
  }
}

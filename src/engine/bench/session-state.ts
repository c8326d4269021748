import { basename } from 'node:path';
import type { SessionState } from '../../bridge/contract.ts';
import { SESSION_EXTENSION } from '../capture/format.ts';
import type { Recording } from '../capture/recording.ts';
import type { SessionReader } from '../capture/session-reader.ts';

/** The state of the session that is being recorded. */
export function liveState(recording: Recording): SessionState {
  const { state, failure, indexFailure, held: _, ...numbers } = recording.status();
  return {
    ...named(recording.path),
    mode: state === 'recording' ? 'recording' : 'stopped',
    reason: (failure ?? indexFailure)?.sentence,
    ...numbers,
  };
}

/** Resolves when the index has the first `entries` of a recording, when recording has stopped, or at the signal. */
export function whenIndexed(recording: Recording, entries: number, signal: AbortSignal): Promise<void> {
  const isThere = (): boolean => {
    const { lag, entries: all, state } = recording.status();
    return all - lag >= entries || state !== 'recording' || signal.aborted;
  };
  if (isThere()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      if (!isThere()) return;
      stop();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const stop = recording.onStatus(done);
    signal.addEventListener('abort', done);
  });
}

/** The state of a session file that does not grow. */
export async function fileState(reader: SessionReader): Promise<SessionState> {
  const { stopped, ...counts } = await reader.counts();
  const reason = reader.incomplete?.sentence ?? stopped;
  return { ...named(reader.path), mode: 'file', reason, lag: 0, ...counts };
}

function named(path: string): Pick<SessionState, 'path' | 'name'> {
  return { path, name: basename(path, SESSION_EXTENSION) };
}

import type { SessionState } from '../../../bridge/contract.ts';
import { count } from '../../app/format.ts';

/** What happens to messages now. */
export const RECORDING_WORDS = {
  recording: 'recording',
  file: 'read-only file',
  stopped: 'not recording',
} as const satisfies Record<SessionState['mode'], string>;

/** Entries that the index lacks, in words. */
export function indexInWords(lag: number): string {
  return lag === 0 ? 'index up to date' : `indexing, ${count(lag)} behind`;
}

import { z } from 'zod';

/** Files that are remembered. */
export const RECENT_FILES_MAX = 20;

/** A session file that was open. */
export const recentFileSchema = z.strictObject({
  path: z.string().min(1).max(4096),
  /** When it was opened last, in milliseconds since 1970 UTC. */
  opened: z.number(),
});
export type RecentFile = z.infer<typeof recentFileSchema>;

/** Remembers a file as the one that was opened last. */
export function withRecentFile(files: readonly RecentFile[], file: RecentFile): RecentFile[] {
  return [file, ...files.filter(({ path }) => path !== file.path)].slice(0, RECENT_FILES_MAX);
}

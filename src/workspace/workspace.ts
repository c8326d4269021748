import { z } from 'zod';
import { interceptSettingsSchema, NO_INTERCEPTION } from './breakpoint.ts';
import { RECENT_FILES_MAX, recentFileSchema } from './recent-files.ts';
import { NO_RULES, ruleSettingsSchema } from './rule.ts';
import { composerKeptSchema, NOTHING_KEPT } from './snippet.ts';

/**
 * What a user keeps between sessions, as the file `workspace.json` has it. A part that is missing has its default, so
 * that a new one needs no new format.
 */
export const workspaceSchema = z.strictObject({
  format: z.literal(1),
  intercept: interceptSettingsSchema.default(NO_INTERCEPTION),
  rules: ruleSettingsSchema.default(NO_RULES),
  composer: composerKeptSchema.default(NOTHING_KEPT),
  recentFiles: z.array(recentFileSchema).max(RECENT_FILES_MAX).default([]),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** The workspace of somebody who has kept nothing yet. */
export const EMPTY_WORKSPACE: Workspace = workspaceSchema.parse({ format: 1 });

import type { StoreApi } from 'zustand/vanilla';

/** Groups of commands, in the order in which they are listed. */
export const COMMAND_GROUPS = [
  'Messages',
  'Filter',
  'Panes',
  'Intercept',
  'Rules',
  'Composer',
  'Replay',
  'Energy',
  'Connections',
  'Capture',
  'View',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

/** Something that a user can have done: by its keys, in the command palette, and listed under `?`. */
export interface Command {
  /** Unique, such as `timeline.next`. */
  readonly id: string;
  readonly group: CommandGroup;
  /** What it does, as a user would say it. */
  readonly title: string;
  /** By `KeyboardEvent.key`, without Ctrl, Alt and Meta, with `Shift-` before a key that needs it; any of them. */
  readonly keys?: readonly string[];
  /** Whether it has a meaning now; without it, always. The palette leaves out those that have none. */
  readonly enabled?: () => boolean;
  /** Left out of the palette: moving by one message makes no sense there. */
  readonly keysOnly?: boolean;
  /** Yields false where the key is left to whoever else wants it. */
  run(): unknown;
}

/** All commands of the panes that are there. */
export type Commands = StoreApi<{ readonly sets: ReadonlyMap<object, readonly Command[]> }>;

/** Every command that is there, by group, in the order in which the panes came. */
export function listCommands(sets: ReadonlyMap<object, readonly Command[]>): readonly Command[] {
  const all = [...sets.values()].flat();
  return COMMAND_GROUPS.flatMap((group) => all.filter((command) => command.group === group));
}

import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useKeys } from './use-keys.ts';
import { useWorkbench } from './workbench.ts';

/** Groups of commands, in the order in which they are listed. */
export const COMMAND_GROUPS = [
  'Messages',
  'Filter',
  'Panes',
  'Intercept',
  'Rules',
  'Composer',
  'Replay',
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
  /** By `KeyboardEvent.key`, without Ctrl, Alt and Meta; any of them. */
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

/** Offers commands, and listens to their keys, while the component is there. */
export function useCommands(commands: readonly Command[]): void {
  const { commands: store } = useWorkbench();
  const latest = useRef(commands);
  const owner = useRef({});
  // What a command does may change with each rendering; what it is called does not, so that nothing is rendered for it.
  const names = commands.map(({ id, title, keys }) => [id, title, keys?.join()].join()).join('\n');
  useEffect(() => {
    latest.current = commands;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names say when the list is another one
  useEffect(() => {
    const key = owner.current;
    const set = latest.current.map((command, index): Command => {
      const now = (): Command => latest.current[index] ?? command;
      return { ...command, enabled: () => now().enabled?.() ?? true, run: () => now().run() };
    });
    store.setState(({ sets }) => ({ sets: new Map(sets).set(key, set) }));
    return () => store.setState(({ sets }) => ({ sets: new Map([...sets].filter(([other]) => other !== key)) }));
  }, [store, names]);
  useKeys(
    commands.flatMap(({ keys = [], enabled, run }) =>
      keys.map((key) => [key, () => (enabled?.() === false ? false : run())] as const),
    ),
  );
}

import { useEffect, useRef } from 'react';
import type { Command } from './commands.ts';
import { useKeys } from './use-keys.ts';
import { useWorkbench } from './workbench.ts';

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

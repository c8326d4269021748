import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { PANES } from './panes.ts';
import css from './rail.module.css';
import { useCommands } from './use-commands.ts';
import { useWorkbench } from './workbench.ts';

/** The strip of icons that show and hide the panes of the dock. */
export function Rail(): ReactNode {
  const { dock } = useWorkbench();
  const { pane: shown, badges } = useStore(dock.state);
  useCommands(
    PANES.map(({ id, title, key }) => ({
      id: `pane.${id}`,
      group: 'Panes',
      title: `${title} pane`,
      keys: [key],
      run: () => dock.toggle(id),
    })),
  );
  return (
    <nav className={css.rail} aria-label="Panes">
      {PANES.map(({ id, title, icon: Icon, key }) => (
        <button
          key={id}
          type="button"
          className={css.button}
          title={`${title} (${key})`}
          aria-label={badges[id] ? `${title}, ${badges[id]}` : title}
          aria-pressed={shown === id}
          onClick={() => dock.toggle(id)}
        >
          <Icon size={18} aria-hidden />
          {badges[id] && (
            <span className={css.badge} aria-hidden>
              {badges[id]}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}

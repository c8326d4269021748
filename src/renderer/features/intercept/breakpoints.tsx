import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { InterceptState } from '../../../bridge/methods/intercept.ts';
import type { Breakpoint, InterceptSettings } from '../../../workspace/breakpoint.ts';
import { newId } from '../../app/new-id.ts';
import { undoCommands } from '../../app/undo-commands.ts';
import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { PaneHeading } from '../../components/pane-heading.tsx';
import { UndoButtons, undoKeys } from '../../components/undo.tsx';
import { BreakpointRow } from './breakpoint-row.tsx';
import css from './breakpoints.module.css';
import { FilterInput, isUsable } from './filter-input.tsx';
import pane from './intercept.module.css';
import { Times } from './times.tsx';

/** What is held: the breakpoints, and how long a message may wait. */
export function Breakpoints({ known }: { known: InterceptState }): ReactNode {
  const { interception } = useWorkbench();
  const { canUndo, canRedo } = useStore(interception.state);
  const { settings, hits, faults } = known;
  const change = (part: Partial<InterceptSettings>): void => void interception.configure({ ...settings, ...part });
  const replace = (next: Breakpoint): void =>
    change({ breakpoints: settings.breakpoints.map((one) => (one.id === next.id ? next : one)) });
  const undoing = { canUndo, canRedo, undo: interception.undo, redo: interception.redo };
  useCommands(undoCommands('intercept', 'Intercept', 'breakpoints', undoing));

  return (
    <section className={pane.column} aria-label="Breakpoints" onKeyDown={undoKeys(undoing)}>
      <PaneHeading level={3} title="Breakpoints" className={css.head}>
        <UndoButtons undoing={undoing} />
      </PaneHeading>
      <div className={css.scroll}>
        <ul className={css.breakpoints}>
          {settings.breakpoints.map((breakpoint) => (
            <BreakpointRow
              key={breakpoint.id}
              breakpoint={breakpoint}
              hits={hits[breakpoint.id] ?? 0}
              fault={faults[breakpoint.id]}
              onChange={replace}
              onRemove={() => change({ breakpoints: settings.breakpoints.filter(({ id }) => id !== breakpoint.id) })}
            />
          ))}
        </ul>
        <NewBreakpoint onAdd={(added) => change({ breakpoints: [...settings.breakpoints, added] })} />
      </div>
      <Times settings={settings} onChange={change} />
    </section>
  );
}

/** A breakpoint is on from when it is added, so that it is written first. */
function NewBreakpoint({ onAdd }: { onAdd: (breakpoint: Breakpoint) => void }): ReactNode {
  const [filter, setFilter] = useState('');
  const add = (): void => {
    onAdd({ id: newId(), enabled: true, filter, direction: 'both', forEver: false });
    setFilter('');
  };
  return (
    <div className={css.new}>
      <FilterInput
        label="New breakpoint"
        placeholder={'action == "Heartbeat"; empty holds all'}
        text={filter}
        onText={setFilter}
        onEnter={add}
      />
      <Button disabled={!isUsable(filter)} onClick={add}>
        Add
      </Button>
    </div>
  );
}

import { Redo2, Undo2 } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { InterceptState } from '../../../bridge/methods/intercept.ts';
import type { Breakpoint, InterceptSettings } from '../../../workspace/breakpoint.ts';
import { newId } from '../../app/new-id.ts';
import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
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
  useCommands([
    {
      id: 'intercept.undo',
      group: 'Intercept',
      title: 'Undo the last change of breakpoints',
      enabled: () => canUndo,
      run: interception.undo,
    },
    {
      id: 'intercept.redo',
      group: 'Intercept',
      title: 'Do the change of breakpoints again',
      enabled: () => canRedo,
      run: interception.redo,
    },
  ]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.target instanceof HTMLInputElement) return;
    const key = event.key.toLowerCase();
    if (key === 'z') void (event.shiftKey ? interception.redo() : interception.undo());
    else if (key === 'y') void interception.redo();
    else return;
    event.preventDefault();
  };

  return (
    <section className={pane.column} aria-label="Breakpoints" onKeyDown={onKeyDown}>
      <header className={pane.bar}>
        <h3 className={`${pane.heading} ${css.grow}`}>Breakpoints</h3>
        <IconButton label="Undo (Ctrl-Z)" disabled={!canUndo} onClick={interception.undo}>
          <Undo2 size={14} aria-hidden />
        </IconButton>
        <IconButton label="Redo (Ctrl-Shift-Z)" disabled={!canRedo} onClick={interception.redo}>
          <Redo2 size={14} aria-hidden />
        </IconButton>
      </header>
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

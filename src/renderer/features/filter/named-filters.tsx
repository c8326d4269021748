import { Check, Pencil, Star, Trash2 } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { NAME_LENGTH_MAX, type NamedFilter } from '../../../session/notes.ts';
import { isEmptyFilter } from '../../app/filter-actions.ts';
import { undoCommands } from '../../app/undo-commands.ts';
import { useCommands } from '../../app/use-commands.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { UndoButtons, undoKeys } from '../../components/undo.tsx';
import css from './kept.module.css';
import { KeptFailure } from './kept-failure.tsx';
import { useKeptUndo } from './use-kept-undo.ts';

/** Filters that were given a name; they are kept in the session file. */
export function NamedFilters(): ReactNode {
  const { notes, feed, filter: show } = useWorkbench();
  const filters = useStore(notes.state, (state) => state.filters);
  const current = useStore(feed.state, (state) => state.filter);
  const [open, setOpen] = useState(false);
  const [renamed, setRenamed] = useState<string | null>(null);
  const pick = ({ filter }: NamedFilter): void => {
    setOpen(false);
    void show(filter);
  };
  const put = (next: readonly NamedFilter[]): void => void notes.putFilters(next);
  const undoing = useKeptUndo('filters');
  useCommands([
    ...undoCommands('filter.named', 'Filter', 'named filters', undoing),
    { id: 'filter.named', group: 'Filter', title: 'Named filters', run: () => setOpen(true) },
    ...filters.map((named, index) => ({
      id: `filter.named.${index}`,
      group: 'Filter' as const,
      title: `Filter: ${visibleLine(named.name)}`,
      run: () => pick(named),
    })),
  ]);

  return (
    <Popover
      title="Named filters"
      open={open}
      onOpenChange={setOpen}
      onKeyDown={undoKeys(undoing)}
      trigger={
        <IconButton label="Named filters">
          <Star size={14} aria-hidden />
        </IconButton>
      }
    >
      <div className={css.kept}>
        <KeptFailure />
        {filters.length === 0 && (
          <p className={css.hint}>None yet. A filter that is saved under a name stays with this session.</p>
        )}
        <ul className={css.rows} aria-label="Named filters">
          {filters.map((named) => (
            <li key={named.name} className={css.row}>
              {renamed === named.name ? (
                <NameForm
                  label="New name"
                  name={named.name}
                  action="Rename"
                  onName={(name) => {
                    setRenamed(null);
                    put(
                      filters
                        .filter((other) => other === named || other.name !== name)
                        .map((other) => (other === named ? { ...named, name } : other)),
                    );
                  }}
                />
              ) : (
                <>
                  <button type="button" className={css.pick} onClick={() => pick(named)}>
                    <span>{visibleLine(named.name)}</span>
                    <code>{visibleLine(named.filter)}</code>
                  </button>
                  <IconButton label={`Rename ${visibleLine(named.name)}`} onClick={() => setRenamed(named.name)}>
                    <Pencil size={14} aria-hidden />
                  </IconButton>
                  <IconButton
                    label={`Delete ${visibleLine(named.name)}`}
                    onClick={() => put(filters.filter((other) => other !== named))}
                  >
                    <Trash2 size={14} aria-hidden />
                  </IconButton>
                </>
              )}
            </li>
          ))}
        </ul>
        {isEmptyFilter(current) ? (
          <p className={css.hint}>Write a filter to save it here.</p>
        ) : (
          <NameForm
            key={current}
            label="Name for the present filter"
            name={filters.find(({ filter }) => filter === current)?.name ?? ''}
            action="Save"
            onName={(name) => put([...filters.filter((other) => other.name !== name), { name, filter: current }])}
          >
            <code className={css.present}>{visibleLine(current)}</code>
          </NameForm>
        )}
        <div className={css.line}>
          <UndoButtons undoing={undoing} />
        </div>
      </div>
    </Popover>
  );
}

function NameForm({
  label,
  name,
  action,
  onName,
  children,
}: {
  label: string;
  name: string;
  action: string;
  onName: (name: string) => void;
  children?: ReactNode;
}): ReactNode {
  const [typed, setTyped] = useState(name);
  const trimmed = typed.trim();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (trimmed !== '') onName(trimmed);
  };
  return (
    <form className={css.form} onSubmit={onSubmit}>
      {children}
      <input
        className={css.field}
        aria-label={label}
        placeholder={label}
        maxLength={NAME_LENGTH_MAX}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button type="submit" disabled={trimmed === ''}>
        <Check size={14} aria-hidden />
        {action}
      </Button>
    </form>
  );
}

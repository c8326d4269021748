import type { ReactNode } from 'react';
import type { JsonValue } from '../../ocpp/json.ts';
import type { FieldRef } from '../../session/filter/ast.ts';
import type { TimelineRow } from '../../session/timeline.ts';
import { MenuGroup, MenuItem } from '../components/menu.tsx';
import { type EntryPart, entryCommands } from './entry-commands.ts';
import { type FilterHow, filterOn } from './filter-actions.ts';
import { useWorkbench } from './workbench.ts';

/** What can be done to an entry, as the items of its menu. */
export function EntryItems({ row, parts }: { row: TimelineRow; parts: readonly EntryPart[] }): ReactNode {
  const commands = entryCommands(useWorkbench());
  return parts.map((part) => (
    <MenuGroup key={part} label={part}>
      {commands
        .filter((command) => command.part === part && !(command.rare && !command.suits(row)))
        .map(({ id, words, keys, suits, run }) => (
          <MenuItem key={id} keys={keys?.[0]} disabled={!suits(row)} onClick={() => run(row)}>
            {typeof words === 'string' ? words : words(row)}
          </MenuItem>
        ))}
    </MenuGroup>
  ));
}

const HOWS = [
  ['and', 'Filter on this'],
  ['exclude', 'Exclude this'],
  ['only', 'Filter on this alone'],
] as const satisfies readonly (readonly [FilterHow, string])[];

/** What a value that is shown can do to the filter; nothing where no filter can ask for it. */
export function FilterItems({ field, value }: { field: FieldRef | undefined; value: JsonValue }): ReactNode {
  const workbench = useWorkbench();
  return HOWS.map(([how, words]) => (
    <MenuItem key={how} disabled={!field} onClick={() => field && filterOn(workbench, field, value, how)}>
      {words}
    </MenuItem>
  ));
}

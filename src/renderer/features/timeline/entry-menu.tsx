import { type ReactElement, type ReactNode, useState } from 'react';
import type { TimelineRow } from '../../../session/timeline.ts';
import { ENTRY_PARTS } from '../../app/entry-commands.ts';
import { EntryItems, FilterItems } from '../../app/entry-items.tsx';
import { filterOn } from '../../app/filter-actions.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { ContextMenu, MenuGroup, MenuItem, SubMenu } from '../../components/menu.tsx';
import { ROW_FIELDS, type RowField } from './row-fields.ts';

/** What the menu was opened for. */
interface Target {
  readonly index: number;
  /** Undefined while it is loaded, null where it cannot be read. */
  readonly row: TimelineRow | null | undefined;
  /** What the cell says that was clicked; undefined where that is nothing to filter on, or a key was pressed. */
  readonly cell: RowField | undefined;
}

/** The menu of the row that is clicked in `area`, or of the selected one by its key. That row is selected. */
export function EntryMenu({ area }: { area: ReactElement }): ReactNode {
  const { feed, selection } = useWorkbench();
  const [target, setTarget] = useState<Target | null>(null);
  const onOpen = ({ target: clicked }: Event): boolean => {
    const at = clicked instanceof Element ? clicked.closest<HTMLElement>('[data-index]') : null;
    if (!(clicked instanceof Element) || at === null) return false;
    const name = clicked.closest<HTMLElement>('[data-field]')?.dataset.field;
    const index = Number(at.dataset.index);
    const opened = { index, row: feed.row(index), cell: ROW_FIELDS.find(({ field }) => field === name) };
    setTarget(opened);
    void selection.select(index);
    void selection.meant().then((row) => setTarget((now) => (now === opened ? { ...opened, row } : now)));
    return true;
  };
  return (
    <ContextMenu area={area} onOpen={onOpen}>
      {target && <Items target={target} />}
    </ContextMenu>
  );
}

function Items({ target: { row, cell } }: { target: Target }): ReactNode {
  if (!row) {
    return (
      <MenuItem disabled onClick={() => undefined}>
        {row === undefined ? 'Reading the message…' : 'This message could not be read.'}
      </MenuItem>
    );
  }
  return (
    <>
      <Filters row={row} cell={cell} />
      <EntryItems row={row} parts={ENTRY_PARTS} />
    </>
  );
}

/** What the cell can do to the filter; without one, what each cell can. */
function Filters({ row, cell }: { row: TimelineRow; cell: RowField | undefined }): ReactNode {
  const workbench = useWorkbench();
  const value = cell?.value(row) ?? null;
  if (cell && value !== null) {
    return (
      <MenuGroup label={wordsOf(cell, value)}>
        <FilterItems field={{ kind: 'row', name: cell.field }} value={value} />
      </MenuGroup>
    );
  }
  const values = ROW_FIELDS.flatMap((each) => {
    const said = each.value(row);
    return said === null ? [] : [{ each, said }];
  });
  return (
    <MenuGroup label="Filter">
      {(['and', 'exclude'] as const).map((how) => (
        <SubMenu key={how} label={how === 'and' ? 'Filter on' : 'Exclude'}>
          {values.map(({ each, said }) => (
            <MenuItem
              key={each.field}
              onClick={() => filterOn(workbench, { kind: 'row', name: each.field }, said, how)}
            >
              {wordsOf(each, said)}
            </MenuItem>
          ))}
        </SubMenu>
      ))}
    </MenuGroup>
  );
}

function wordsOf({ label }: RowField, value: string | number): string {
  return `${label}: ${visibleLine(String(value), 60)}`;
}

import type { ReactNode } from 'react';
import { success } from '../../../session/outcome.ts';
import { EntryItems, FilterItems } from '../../app/entry-items.tsx';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { MenuGroup, MenuItem } from '../../components/menu.tsx';
import type { FieldHelp } from './field-help.ts';
import type { ShownMessage } from './shown-message.ts';

/** What can be done with a message and, where the cursor is on one, with a value in it. */
export function MessageMenu({ message, help }: { message: ShownMessage; help: FieldHelp | null }): ReactNode {
  return (
    <>
      {help && <ValueItems help={help} />}
      <EntryItems row={message.row} parts={['Copy as', 'Compare', 'Use']} />
    </>
  );
}

function ValueItems({ help: { path, field, value } }: { help: FieldHelp }): ReactNode {
  const { saying } = useWorkbench();
  if (value === undefined) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <MenuGroup label={visibleLine(path, 80)}>
      <FilterItems field={field} value={value} />
      <MenuItem onClick={() => saying.copy('Value', Promise.resolve(success(text)))}>Copy the value</MenuItem>
    </MenuGroup>
  );
}

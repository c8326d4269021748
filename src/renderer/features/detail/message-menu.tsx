import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { holdMessagesLike } from '../../app/breakpoint-from.ts';
import { canComposeFrom, composeFrom } from '../../app/compose-from.ts';
import { filterOn } from '../../app/filter-actions.ts';
import { count } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { MenuGroup, MenuItem } from '../../components/menu.tsx';
import { prettyPayload, sendCommand } from './copy-as.ts';
import type { FieldHelp } from './field-help.ts';
import { useCopy } from './said.tsx';
import type { ShownMessage } from './shown-message.ts';

/** What can be done with a message and, where the cursor is on one, with a value in it. */
export function MessageMenu({ message, help }: { message: ShownMessage; help: FieldHelp | null }): ReactNode {
  return (
    <>
      {help && <ValueItems help={help} />}
      <CopyItems message={message} />
      <CompareItems message={message} />
      <UseItems message={message} />
    </>
  );
}

function ValueItems({ help: { path, field, value } }: { help: FieldHelp }): ReactNode {
  const workbench = useWorkbench();
  const copy = useCopy();
  if (value === undefined) return null;
  const filter = (how: 'only' | 'and' | 'exclude') => field && filterOn(workbench, field, value, how);
  return (
    <MenuGroup label={visibleLine(path, 80)}>
      <MenuItem disabled={!field} onClick={() => filter('and')}>
        Filter on this
      </MenuItem>
      <MenuItem disabled={!field} onClick={() => filter('exclude')}>
        Exclude this
      </MenuItem>
      <MenuItem disabled={!field} onClick={() => filter('only')}>
        Filter on this alone
      </MenuItem>
      <MenuItem onClick={() => copy('Value', typeof value === 'string' ? value : JSON.stringify(value, null, 2))}>
        Copy the value
      </MenuItem>
    </MenuGroup>
  );
}

function CopyItems({ message }: { message: ShownMessage }): ReactNode {
  const copy = useCopy();
  const { text, row } = message;
  const command = sendCommand(message);
  const payload = text === undefined ? undefined : prettyPayload(text, row);
  return (
    <MenuGroup label="Copy as">
      <MenuItem keys="y" disabled={payload === undefined} onClick={() => copy('Payload', payload ?? '')}>
        JSON: the payload, laid out
      </MenuItem>
      <MenuItem keys="Y" disabled={text === undefined} onClick={() => copy('Frame', text ?? '')}>
        Wire frame: exactly as it was
      </MenuItem>
      <MenuItem disabled={command === undefined} onClick={() => copy('Command', command ?? '')}>
        plugscope send command
      </MenuItem>
    </MenuGroup>
  );
}

function CompareItems({ message: { row } }: { message: ShownMessage }): ReactNode {
  const { comparison, selection } = useWorkbench();
  const base = useStore(comparison.state, (state) => state.base);
  const { entry } = row;
  return (
    <MenuGroup label="Compare">
      {base !== null && base !== entry && (
        <MenuItem
          keys="d"
          onClick={() => {
            comparison.show(entry);
            return selection.selectEntry(entry);
          }}
        >
          {`With #${count(base)}`}
        </MenuItem>
      )}
      <MenuItem keys={base === null || base === entry ? 'd' : undefined} onClick={() => comparison.mark(entry)}>
        {base === entry ? 'Compare with this no more' : 'Compare others with this'}
      </MenuItem>
    </MenuGroup>
  );
}

function UseItems({ message: { row } }: { message: ShownMessage }): ReactNode {
  const workbench = useWorkbench();
  return (
    <MenuGroup label="Use">
      <MenuItem disabled={!canComposeFrom(row)} onClick={() => composeFrom(workbench, row)}>
        Compose from this
      </MenuItem>
      <MenuItem keys="h" onClick={() => holdMessagesLike(workbench, row)}>
        Hold messages like this
      </MenuItem>
    </MenuGroup>
  );
}

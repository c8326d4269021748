import { Dialog } from '@base-ui/react/dialog';
import { Command as Menu } from 'cmdk';
import { Search } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { COMMAND_GROUPS, type Command, listCommands } from '../../app/commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { IconButton } from '../../components/button.tsx';
import css from './palette.module.css';

/** The command palette: everything that the workbench can do, by typing a part of its name. */
export function Palette(): ReactNode {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((shown) => !shown);
    };
    // Before an editor takes the key for itself.
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        render={
          <IconButton label="Commands (Ctrl-K)">
            <Search size={16} aria-hidden />
          </IconButton>
        }
      />
      <Dialog.Portal>
        <Dialog.Backdrop className={css.backdrop} />
        <Dialog.Popup className={css.popup} aria-label="Commands">
          <Choices onChosen={() => setOpen(false)} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Choices({ onChosen }: { onChosen: () => void }): ReactNode {
  const { commands: store, timing } = useWorkbench();
  const { sets } = useStore(store);
  const commands = listCommands(sets).filter(({ keysOnly, enabled }) => !keysOnly && enabled?.() !== false);
  const choose = (command: Command): void => {
    onChosen();
    // After the palette has given the keyboard back, so that the command can take it.
    timing.after(0, () => command.run());
  };
  return (
    <Menu label="Commands" className={css.menu} loop>
      <Menu.Input className={css.input} placeholder="Type a command" autoFocus />
      <Menu.List className={css.list}>
        <Menu.Empty className={css.empty}>No command has that in its name.</Menu.Empty>
        {COMMAND_GROUPS.map((group) => {
          const members = commands.filter((command) => command.group === group);
          return members.length === 0 ? null : (
            <Menu.Group key={group} heading={group} className={css.group}>
              {members.map((command) => (
                <Menu.Item
                  key={command.id}
                  value={`${group} ${command.title}`}
                  className={css.item}
                  onSelect={() => choose(command)}
                >
                  <span>{command.title}</span>
                  {command.keys && <kbd>{command.keys[0]}</kbd>}
                </Menu.Item>
              ))}
            </Menu.Group>
          );
        })}
      </Menu.List>
    </Menu>
  );
}

import { Dialog } from '@base-ui/react/dialog';
import { CircleHelp, X } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import { COMMAND_GROUPS, listCommands } from '../../app/commands.ts';
import { useCommands } from '../../app/use-commands.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { IconButton } from '../../components/button.tsx';
import css from './help.module.css';

/** The button and the key that show what the keys do. */
export function Help(): ReactNode {
  const [open, setOpen] = useState(false);
  useCommands([{ id: 'help', group: 'View', title: 'Keyboard shortcuts', keys: ['?'], run: () => setOpen(true) }]);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger
        render={
          <IconButton label="Keyboard shortcuts (?)">
            <CircleHelp size={16} aria-hidden />
          </IconButton>
        }
      />
      <Dialog.Portal>
        <Dialog.Backdrop className={css.backdrop} />
        <Dialog.Popup className={css.popup}>
          <div className={css.head}>
            <Dialog.Title className={css.title}>Keyboard shortcuts</Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label="Close">
                  <X size={14} aria-hidden />
                </IconButton>
              }
            />
          </div>
          <Shortcuts />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Shortcuts(): ReactNode {
  const { commands } = useWorkbench();
  const { sets } = useStore(commands);
  const all = listCommands(sets).filter(({ keys }) => keys !== undefined);
  return COMMAND_GROUPS.map((group) => {
    const members = all.filter((command) => command.group === group);
    return members.length === 0 ? null : (
      <section key={group} className={css.group}>
        <h3 className={css.heading}>{group}</h3>
        <dl className={css.keys}>
          {group === 'View' && (
            <>
              <dt>
                <kbd>Ctrl</kbd>
                <kbd>K</kbd>
              </dt>
              <dd>All commands</dd>
            </>
          )}
          {members.map(({ id, title, keys = [] }) => (
            <Fragment key={id}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{NAMES[key] ?? key}</kbd>
                ))}
              </dt>
              <dd>{title}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
    );
  });
}

/** Keys as they are printed on a keyboard. */
const NAMES: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  ContextMenu: 'Menu',
};

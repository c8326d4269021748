import { Dialog } from '@base-ui/react/dialog';
import { CircleHelp, X } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import { useKeys } from '../../app/use-keys.ts';
import { IconButton } from '../../components/button.tsx';
import css from './help.module.css';

const SHORTCUTS = [
  [['↓', 'j'], 'Next message'],
  [['↑', 'k'], 'Previous message'],
  [['PageDown', 'PageUp'], 'A screenful on or back'],
  [['Home'], 'First message'],
  [['End'], 'Last message, and follow new ones'],
  [['Enter'], 'Open the message'],
  [['c'], 'The other side of the exchange: call or answer'],
  [['e', 'E'], 'Next and previous finding'],
  [['/'], 'Filter by text; Escape clears it, and leaves when it is empty'],
  [['Escape'], 'Close the message'],
  [['?'], 'These shortcuts'],
] as const;

/** The button and the key that show what the keys do. */
export function Help(): ReactNode {
  const [open, setOpen] = useState(false);
  useKeys([['?', () => setOpen(true)]]);
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
          <dl className={css.keys}>
            {SHORTCUTS.map(([keys, words]) => (
              <Fragment key={words}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{words}</dd>
              </Fragment>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

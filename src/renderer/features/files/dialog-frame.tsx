import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import css from './files.module.css';

/** A dialog over the workbench, which goes on beneath it. */
export function DialogFrame({
  title,
  action,
  ready,
  error,
  wide = false,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  /** What the button to press says. */
  action: string;
  ready: boolean;
  error: string | null;
  wide?: boolean;
  onSubmit: () => unknown;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) void onSubmit();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Dialog.Portal>
        <Dialog.Popup className={`${css.dialog} ${wide ? css.wide : ''}`}>
          <div className={css.head}>
            <Dialog.Title className={css.title}>{title}</Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label="Close">
                  <X size={14} aria-hidden />
                </IconButton>
              }
            />
          </div>
          <form className={css.form} noValidate onSubmit={submit}>
            <div className={css.fields}>{children}</div>
            {error !== null && (
              <p className={css.error} role="alert">
                {error}
              </p>
            )}
            <div className={css.buttons}>
              <Button onClick={onClose}>Cancel</Button>
              <Button type="submit" look="primary" disabled={!ready}>
                {action}
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

import { Popover as Base } from '@base-ui/react/popover';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import float from './float.module.css';

/** Something that floats beside the button that opens it. */
export function Popover({
  trigger,
  title,
  children,
  open,
  onOpenChange,
  align = 'start',
  wide = false,
  givesBack = () => true,
  onKeyDown,
}: {
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: ComponentProps<typeof Base.Positioner>['align'];
  /** For what has many fields in a line. */
  wide?: boolean;
  /** Asked when it closes: whether the keyboard goes back to the trigger, or stays where it has gone since. */
  givesBack?: () => boolean;
  onKeyDown?: ComponentProps<'div'>['onKeyDown'];
}): ReactNode {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={float.positioner} sideOffset={6} align={align} collisionPadding={8}>
          <Base.Popup
            className={`${float.popup} ${wide ? float.wide : ''}`}
            finalFocus={() => givesBack()}
            onKeyDown={onKeyDown}
          >
            <Base.Title className={float.title}>{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

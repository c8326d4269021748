import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { ChevronRight } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import float from './float.module.css';
import css from './menu.module.css';

/** A button that opens a menu. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }): ReactNode {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={float.positioner} sideOffset={4} align="end" collisionPadding={8}>
          <BaseMenu.Popup className={`${float.popup} ${css.menu}`}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** A part of the page with a menu at the pointer, or where its key was pressed. */
export function ContextMenu({
  area,
  children,
  onOpen = () => true,
}: {
  /** The element that the menu belongs to; it takes the handlers. */
  area: ReactElement;
  children: ReactNode;
  /** Told by what the menu is opened; yields false where there is nothing to open it for. */
  onOpen?: (event: Event) => boolean;
}): ReactNode {
  return (
    <BaseContextMenu.Root
      onOpenChange={(open, details) => {
        if (open && !onOpen(details.event)) details.cancel();
      }}
    >
      <BaseContextMenu.Trigger render={area} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className={float.positioner} collisionPadding={8}>
          {/* Some systems ask for the menu of the page when the key that opened this one is let go. */}
          <BaseContextMenu.Popup
            className={`${float.popup} ${css.menu}`}
            onContextMenu={(event) => event.preventDefault()}
          >
            {children}
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}

/** Something to do, with the key that does it as well. */
export function MenuItem({
  children,
  keys,
  disabled,
  onClick,
}: {
  children: ReactNode;
  keys?: string;
  disabled?: boolean;
  onClick: () => unknown;
}): ReactNode {
  return (
    <BaseMenu.Item className={css.item} disabled={disabled} onClick={() => void onClick()}>
      <span className={css.words}>{children}</span>
      {keys !== undefined && <kbd>{keys}</kbd>}
    </BaseMenu.Item>
  );
}

/** A menu within a menu. */
export function SubMenu({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <BaseMenu.SubmenuRoot>
      <BaseMenu.SubmenuTrigger className={css.item}>
        <span className={css.words}>{label}</span>
        <ChevronRight size={14} aria-hidden />
      </BaseMenu.SubmenuTrigger>
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={float.positioner} collisionPadding={8}>
          <BaseMenu.Popup className={`${float.popup} ${css.menu}`}>{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.SubmenuRoot>
  );
}

/** Items that belong together, under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <BaseMenu.Group className={css.group}>
      <BaseMenu.GroupLabel className={css.label}>{label}</BaseMenu.GroupLabel>
      {children}
    </BaseMenu.Group>
  );
}

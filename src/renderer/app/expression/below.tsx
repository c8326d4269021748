import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import css from './expression-input.module.css';

/** What shows below a line, over everything: in a pane that scrolls it would be cut off. */
export function Below({
  label,
  anchor,
  open,
  children,
}: {
  label: string;
  anchor: RefObject<HTMLElement | null>;
  open: boolean;
  children: ReactNode;
}): ReactNode {
  const [place, setPlace] = useState<{ left: number; top: number; bottom: number } | null>(null);
  const measure = (): void => {
    const { left, top, bottom } = anchor.current?.getBoundingClientRect() ?? { left: 0, top: 0, bottom: 0 };
    setPlace((before) =>
      before?.left === left && before.top === top && before.bottom === bottom ? before : { left, top, bottom },
    );
  };
  useLayoutEffect(() => {
    if (open) measure();
  });
  useEffect(() => {
    if (!open) return;
    const again = (): void => measure();
    window.addEventListener('resize', again);
    window.addEventListener('scroll', again, true);
    return () => {
      window.removeEventListener('resize', again);
      window.removeEventListener('scroll', again, true);
    };
  });
  const room = place === null ? 0 : window.innerHeight - place.bottom;
  // Above the line where there is no room below it.
  const style =
    place === null
      ? undefined
      : room < 200 && place.top > room
        ? { ...across(place.left), bottom: window.innerHeight - place.top + 2 }
        : { ...across(place.left), top: place.bottom + 2 };
  return createPortal(
    <section
      aria-label={label}
      className={css.below}
      style={style}
      hidden={!open}
      onMouseDown={(event) => event.preventDefault()}
    >
      {children}
    </section>,
    document.body,
  );
}

/** Left with the line, and no further than the window goes. */
function across(left: number): { left: number; maxWidth: number } {
  return { left, maxWidth: Math.min(760, window.innerWidth - left - 8) };
}

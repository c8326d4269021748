import { useEffect, useRef } from 'react';

/** What keys do, by `KeyboardEvent.key`, or as `Shift-F10` where a key means another thing without Shift; the event's default is prevented unless the action returns false. */
export type KeyActions = readonly (readonly [key: string, action: () => unknown])[];

/** Where keys mean what they say and not what the workbench makes of them. */
const TYPING = 'input, textarea, select, [contenteditable], .monaco-editor, [role=dialog], [role=listbox], [role=menu]';
/** Keys that buttons, tabs and scroll areas use themselves: ours only in the list, or where nothing has the focus. */
const LIST_ONLY = /^(Arrow|Page|Home$|End$|Enter$|F10$|ContextMenu$)/;

/** Keys of the whole window while the component is there; none with Ctrl, Alt or Meta. */
export function useKeys(actions: KeyActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const action = latest.current.find(
        ([key]) => key === event.key || (event.shiftKey && key === `Shift-${event.key}`),
      )?.[1];
      if (!action || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      const target = event.target instanceof Element ? event.target : document.body;
      if (target.closest(TYPING)) return;
      if (LIST_ONLY.test(event.key) && target !== document.body && !target.closest('[role=grid]')) return;
      if (action() !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Gives the timeline the keyboard. */
export function focusTimeline(): void {
  document.querySelector<HTMLElement>('[role=grid]')?.focus({ preventScroll: true });
}

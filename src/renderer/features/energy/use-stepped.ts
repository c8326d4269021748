import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../app/workbench.ts';

/** Milliseconds: what asks the engine as the cursor moves does so at most so often. */
const STEP = 80;

/** Where the cursor is, for what is asked of one instant; null where that is not shown, such as a message chosen before. */
export function useCursorInRange(): number | null {
  const { energy } = useWorkbench();
  const { cursor, range } = useStore(energy.state);
  const inRange = cursor !== null && range !== null && cursor >= range.from && cursor <= range.to;
  return useStepped(inRange ? cursor : null);
}

/** A value that changes at most every 80 ms, and has the latest one in the end; the first that is one, at once. */
export function useStepped<T>(value: T): T {
  const { timing } = useWorkbench();
  const [settled, setSettled] = useState(value);
  const latest = useRef(value);
  const waits = useRef<(() => void) | null>(null);
  const first = settled === null && value !== null;
  useEffect(() => {
    latest.current = value;
    if (first) return setSettled(value);
    waits.current ??= timing.after(STEP, () => {
      waits.current = null;
      setSettled(latest.current);
    });
  }, [value, timing, first]);
  useEffect(
    () => () => {
      waits.current?.();
      waits.current = null;
    },
    [],
  );
  return first ? value : settled;
}

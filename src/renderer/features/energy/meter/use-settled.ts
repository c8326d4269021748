import { useEffect, useState } from 'react';
import { useWorkbench } from '../../../app/workbench.ts';

/** A value once it has kept still for so many milliseconds; the first one at once. */
export function useSettled<T>(value: T, still: number): T {
  const { timing } = useWorkbench();
  const [settled, setSettled] = useState(value);
  const waits = settled === null && value !== null;
  useEffect(() => {
    if (waits) {
      setSettled(value);
      return undefined;
    }
    return timing.after(still, () => setSettled(value));
  }, [timing, value, still, waits]);
  return waits ? value : settled;
}

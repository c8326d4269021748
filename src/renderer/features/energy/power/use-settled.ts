import { useEffect, useState } from 'react';
import { useWorkbench } from '../../../app/workbench.ts';

/** A value as soon as it has stayed the same for a while, so that not every move of the pointer is asked about. */
export function useSettled<T>(value: T, milliseconds: number): T {
  const { timing } = useWorkbench();
  const [settled, setSettled] = useState(value);
  useEffect(() => timing.after(milliseconds, () => setSettled(value)), [timing, value, milliseconds]);
  return settled;
}

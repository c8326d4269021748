import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../../app/workbench.ts';

const MINUTE = 60_000;

/** Now, to the minute; of a file, the end of what it tells. */
export function useNow(end: number | undefined): number {
  const { timing, facts } = useWorkbench();
  const file = useStore(facts, ({ session }) => session?.mode === 'file');
  const [minute, setMinute] = useState(() => Math.floor(timing.wall() / MINUTE) * MINUTE);
  useEffect(() => {
    let cancel = (): void => {};
    const tick = (): void => {
      const wall = timing.wall();
      setMinute(Math.floor(wall / MINUTE) * MINUTE);
      cancel = timing.after(MINUTE - (wall % MINUTE), tick);
    };
    tick();
    return () => cancel();
  }, [timing]);
  return file ? (end ?? minute) : minute;
}

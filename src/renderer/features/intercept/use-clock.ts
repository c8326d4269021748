import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWorkbench } from '../../app/workbench.ts';

const SECOND = 1000;

/** The engine's wall clock, once a second while something counts down. */
export function useEngineClock(running: boolean): number {
  const { timing, interception } = useWorkbench();
  const ahead = useStore(interception.state, (state) => state.ahead);
  const [now, setNow] = useState(() => timing.wall());
  useEffect(() => {
    if (!running) return;
    let cancel = (): void => undefined;
    const tick = (): void => {
      setNow(timing.wall());
      cancel = timing.after(SECOND, tick);
    };
    tick();
    return () => cancel();
  }, [running, timing]);
  return now - ahead;
}

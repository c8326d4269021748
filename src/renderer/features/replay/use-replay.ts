import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ReplayState, ReplayStepDetail, ReplayStepRow } from '../../../bridge/methods/replay.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** Rows asked for at once. */
const PAGE = 100;

/** The replay of the engine, kept up to date; null where none is prepared. */
export function useReplayState(): readonly [ReplayState | null, (state: ReplayState) => void] {
  const { api, on, connection } = useWorkbench();
  const open = useStore(connection.state, ({ phase }) => phase === 'open');
  const [state, setState] = useState<ReplayState | null>(null);
  useEffect(() => {
    if (!open) return;
    const stop = on('replayChanged', setState);
    void api()
      ?.['replay.get']()
      .then(setState, () => undefined);
    return stop;
  }, [api, on, open]);
  return [open ? state : null, setState];
}

/** The steps on screen: what is visible is read, and again whenever the replay has changed. */
export function useSteps(state: ReplayState | null): {
  row(index: number): ReplayStepRow | undefined;
  need(first: number, last: number): void;
} {
  const { api } = useWorkbench();
  const [rows, setRows] = useState<ReadonlyMap<number, ReplayStepRow>>(new Map());
  const needed = useRef({ first: 0, last: PAGE - 1 });
  const revision = state?.revision;
  const read = useCallback(async (): Promise<void> => {
    const { first, last } = needed.current;
    const start = Math.max(0, first - PAGE / 2);
    const found = await api()
      ?.['replay.steps'](start, Math.min(1000, last - start + PAGE))
      .catch(() => []);
    if (found) setRows(new Map(found.map((row) => [row.index, row])));
  }, [api]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each revision is another list
  useEffect(() => {
    void read();
  }, [read, revision]);
  const need = useCallback(
    (first: number, last: number): void => {
      needed.current = { first, last };
      void read();
    },
    [read],
  );
  return { row: (index) => rows.get(index), need };
}

/** A step in full; null until it is there. */
export function useStep(index: number | null, revision: number | undefined): ReplayStepDetail | null {
  const { api } = useWorkbench();
  const [step, setStep] = useState<ReplayStepDetail | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each revision may have changed the step
  useEffect(() => {
    if (index === null) return;
    let gone = false;
    void api()
      ?.['replay.step'](index)
      .then(
        (found) => {
          if (!gone) setStep(found);
        },
        () => undefined,
      );
    return () => {
      gone = true;
    };
  }, [api, index, revision]);
  return step?.row.index === index ? step : null;
}

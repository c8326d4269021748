import { useEffect, useState } from 'react';
import type { EntryDetail } from '../../../session/timeline.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** How often the session is asked for an entry that is not indexed yet, and how many times. */
const AGAIN = 100;
const TIMES = 100;

/** What the session says of an entry; null until it is indexed, and where a file is shown. */
export function useRecorded(entry: number | undefined): EntryDetail | null {
  const { api, timing, facts } = useWorkbench();
  const [detail, setDetail] = useState<EntryDetail | null>(null);
  useEffect(() => {
    if (entry === undefined || entry === 0 || facts.getState().session?.mode === 'file') return;
    let gone = false;
    let cancel = (): void => undefined;
    const ask = (left: number): void => {
      void api()
        ?.['entry.get'](entry)
        .catch(() => null)
        .then((found) => {
          if (gone) return;
          if (found) setDetail(found);
          else if (left > 0) cancel = timing.after(AGAIN, () => ask(left - 1));
        });
    };
    ask(TIMES);
    return () => {
      gone = true;
      cancel();
    };
  }, [api, timing, facts, entry]);
  return detail?.row.entry === entry ? detail : null;
}

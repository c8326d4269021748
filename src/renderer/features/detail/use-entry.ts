import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { EntryDetail } from '../../../session/timeline.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** Time that a key is held between two steps: entries that are only passed are not read. */
const PASSING = 40;

/** An entry in full, or how far its reading is. */
export type EntryState =
  | { readonly phase: 'none' }
  | { readonly phase: 'there'; readonly detail: EntryDetail }
  | { readonly phase: 'failed'; readonly entry: number };

/** The selected entry in full. The one before stays until the next is there. */
export function useEntry(): EntryState {
  const { api, connection, selection, timing } = useWorkbench();
  const row = useStore(selection.state, (state) => state.row);
  const phase = useStore(connection.state, (state) => state.phase);
  const [state, setState] = useState<EntryState>({ phase: 'none' });
  const entry = row?.entry;
  // An answer or a finding that came late makes it worth reading again.
  const known = row ? `${row.answer} ${row.findings}` : '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` is why to read again, not what is read
  useEffect(() => {
    const engine = api();
    if (entry === undefined || !engine) return;
    let gone = false;
    const cancel = timing.after(PASSING, () => {
      engine['entry.get'](entry).then(
        (detail) => gone || setState(detail ? { phase: 'there', detail } : { phase: 'failed', entry }),
        () => gone || setState({ phase: 'failed', entry }),
      );
    });
    return () => {
      gone = true;
      cancel();
    };
  }, [api, entry, known, phase, timing]);

  return entry === undefined ? { phase: 'none' } : state;
}

import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type ComposerKept, NOTHING_KEPT } from '../../../workspace/snippet.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** Snippets and history as the workspace has them. */
export function useKept(): ComposerKept {
  const { api, on, connection } = useWorkbench();
  const open = useStore(connection.state, ({ phase }) => phase === 'open');
  const [kept, setKept] = useState<ComposerKept>(NOTHING_KEPT);
  useEffect(() => {
    if (!open) return;
    let told = false;
    const stop = on('composeKeptChanged', (now) => {
      told = true;
      setKept(now);
    });
    void api()
      ?.['compose.kept']()
      .then(
        (now) => {
          if (!told) setKept(now);
        },
        () => undefined,
      );
    return stop;
  }, [api, on, open]);
  return kept;
}

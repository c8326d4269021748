import { useEffect, useState } from 'react';
import type { ComposePreview } from '../../../bridge/methods/compose.ts';
import type { ComposingState } from '../../app/composing.ts';
import { useWorkbench } from '../../app/workbench.ts';

/** Milliseconds without a change after which the engine is asked. */
const RESTED = 200;

/** What would be sent now; null until it is known, and for whole frames. */
export function usePreview({ kind, target, version, action, payload }: ComposingState): ComposePreview | null {
  const { api, timing } = useWorkbench();
  const [preview, setPreview] = useState<ComposePreview | null>(null);
  const station = target?.station ?? null;
  useEffect(() => {
    if (kind !== 'message' || action === null) {
      setPreview(null);
      return;
    }
    let gone = false;
    const cancel = timing.after(RESTED, () => {
      void api()
        ?.['compose.preview']({ station, version, action, payload })
        .then(
          (now) => {
            if (!gone) setPreview(now);
          },
          () => undefined,
        );
    });
    return () => {
      gone = true;
      cancel();
    };
  }, [api, timing, kind, station, version, action, payload]);
  return preview;
}

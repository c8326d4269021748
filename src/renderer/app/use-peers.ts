import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ComposePeer } from '../../bridge/methods/compose.ts';
import type { ComposeTarget } from './composing.ts';
import { useWorkbench } from './workbench.ts';

/** Whom can be sent to now. */
export function usePeers(): readonly ComposePeer[] {
  const { api, on, connection } = useWorkbench();
  const open = useStore(connection.state, ({ phase }) => phase === 'open');
  const [peers, setPeers] = useState<readonly ComposePeer[]>([]);
  useEffect(() => {
    if (!open) return;
    let gone = false;
    const ask = (): void => {
      void api()
        ?.['compose.peers']()
        .then(
          (now) => {
            if (!gone) setPeers(now);
          },
          () => undefined,
        );
    };
    ask();
    const stop = on('benchChanged', ask);
    return () => {
      gone = true;
      stop();
    };
  }, [api, on, open]);
  return open ? peers : [];
}

/** The newest link with a target; undefined where it is not connected. */
export function peerOf(peers: readonly ComposePeer[], target: ComposeTarget | null): ComposePeer | undefined {
  return peers.findLast(({ station, peer }) => station === target?.station && peer === target.peer);
}

import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ComposePeer } from '../../bridge/methods/compose.ts';
import type { ComposeTarget } from './composing.ts';
import { useWorkbench } from './workbench.ts';

/** Links are asked for anew this often at least while anything changes, in milliseconds. */
const REFRESH = 5000;

/** Whom can be sent to now. */
export function usePeers(): readonly ComposePeer[] {
  const { api, on, connection, timing } = useWorkbench();
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
    // The state of the bench also changes with its rate, once a second; of many links it lists only some.
    let links = '';
    let asked = timing.now();
    const stop = on('benchChanged', ({ legs, linksOpen, stationsOpen }) => {
      const now = JSON.stringify([linksOpen, stationsOpen, legs]);
      if (now === links && timing.now() - asked < REFRESH) return;
      links = now;
      asked = timing.now();
      ask();
    });
    return () => {
      gone = true;
      stop();
    };
  }, [api, on, open, timing]);
  return open ? peers : [];
}

/** The newest link with a target; undefined where it is not connected. */
export function peerOf(peers: readonly ComposePeer[], target: ComposeTarget | null): ComposePeer | undefined {
  return peers.findLast(({ station, peer }) => station === target?.station && peer === target.peer);
}

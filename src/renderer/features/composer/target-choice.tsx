import type { ReactNode } from 'react';
import type { ComposePeer } from '../../../bridge/methods/compose.ts';
import type { ComposeTarget } from '../../app/composing.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { SearchChoice } from '../../components/search-choice.tsx';

const BY = { csms: 'as the CSMS', station: 'as the station', proxy: 'put in by the proxy' } as const;

/** To whom a message goes: every open link, with who sends on it. */
export function TargetChoice({
  peers,
  target,
  onChange,
}: {
  peers: readonly ComposePeer[];
  target: ComposeTarget | null;
  onChange: (target: ComposeTarget) => void;
}): ReactNode {
  const byKey = new Map(peers.map((peer) => [keyOf(peer), peer]));
  const chosen = target && keyOf(target);
  const keys = [...byKey.keys()];
  const options = chosen !== null && !byKey.has(chosen) ? [chosen, ...keys] : keys;
  return (
    <SearchChoice
      label="To"
      none="Nobody"
      options={options}
      value={chosen}
      shown={(key) => wordsOf(key, byKey.get(key))}
      onChange={(key) => key !== null && onChange(targetOf(key))}
    />
  );
}

function keyOf({ peer, station }: ComposeTarget): string {
  return `${peer} ${station}`;
}

function targetOf(key: string): ComposeTarget {
  const at = key.indexOf(' ');
  return { peer: key.startsWith('csms') ? 'csms' : 'station', station: key.slice(at + 1) };
}

function wordsOf(key: string, peer: ComposePeer | undefined): string {
  const { station, peer: who } = targetOf(key);
  const name = `${who === 'csms' ? 'CSMS of ' : ''}${visibleLine(station, 60)}`;
  if (peer === undefined) return `${name} (not connected)`;
  return `${name} · ${peer.version === null ? 'no OCPP version' : `OCPP ${peer.version}`} · ${BY[peer.by]}`;
}

import { onTestFinished } from 'vitest';
import type { UpstreamLost } from '../../../bridge/security.ts';
import { until } from '../../testing/until.ts';
import { type CsmsPeer, csmsPeer, type WebSocketPeer } from '../../testing/web-socket-peers.ts';
import { type Bench, type BenchOptions, startBench } from './bench.ts';

/** A bench whose proxy keeps stations while their CSMS is away; it ends with its test. */
export interface KeepingBench extends Bench {
  /** Answers in place of the CSMS, below `/in`. */
  readonly standIn: CsmsPeer;
  /** Lets time pass until something is so. */
  pass<T>(condition: () => T): Promise<NonNullable<T>>;
  /** The CSMS is killed, and the proxy has noticed. */
  lose(): Promise<void>;
  /** Names of the remarks on a link, that of the station where none is given. */
  rules(link?: number): readonly string[];
  /** Sentences of the remarks on the link of the station. */
  sentences(): readonly string[];
  /** What became of frames, in words. */
  fates(): readonly string[];
}

export async function keepingBench(
  upstreamLost: Exclude<UpstreamLost, 'mirror'>,
  more: BenchOptions = {},
): Promise<KeepingBench> {
  const standIn = await csmsPeer();
  const bench = await startBench({
    ...more,
    proxy: { upstreamLost, standIn: { url: `${standIn.url}/in` }, ...more.proxy },
  });
  onTestFinished(async () => {
    await bench.close();
    await standIn.close();
  });
  const { recorder, clock, csms } = bench;
  const remarks = (link: number) => recorder.links[link - 1]?.remarks ?? [];
  const rules = (link = 1) => remarks(link).map(({ rule }) => rule);
  return {
    ...bench,
    standIn,
    pass: (condition) =>
      until(() => {
        // However slow the machine is, no time passes while somebody is being called.
        if (recorder.links.every(({ negotiation }) => negotiation)) clock.advance(100);
        return condition();
      }, condition.toString()),
    async lose() {
      const before = rules().length;
      csms.leave();
      await until(() => rules().slice(before).includes('link.upstream-lost'));
    },
    rules,
    sentences: () => remarks(1).map(({ sentence }) => sentence),
    fates: () =>
      recorder.fates.map(
        ({ entry, fate, by }) => `${Buffer.from(recorder.frames[entry - 1]?.data ?? []).toString()} ${fate}: ${by}`,
      ),
  };
}

/** The messages that a peer has got. */
export function texts(peer: WebSocketPeer | undefined): readonly string[] {
  return peer?.messages.map(({ data }) => data.toString()) ?? [];
}

export const CALL = '[2,"1","Heartbeat",{}]';

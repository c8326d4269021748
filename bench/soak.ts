import { parseArgs } from 'node:util';
import { startChild } from '../src/engine/testing/child.ts';
import type { Drained } from './relay-plugscope.ts';
import type { SoakRequest, SoakResult } from './soak-load.ts';
import type { SoakServerState } from './soak-server.ts';
import { quantile } from './statistics.ts';

/*
 * Many stations at once through the proxy with everything on, for a bounded time: quiet, then with one that floods and
 * one that does not read, then with storms of reconnections. Goal: all others keep a 99th percentile under 50 ms, and
 * nothing is unrecorded. Quiet time and storms through a bare ws relay say what of it is
 * the machine's.
 */

const { values } = parseArgs({
  options: {
    stations: { type: 'string', default: '5000' },
    /** Calls a second over all stations. */
    pace: { type: 'string', default: '500' },
    /** Seconds of each phase. */
    seconds: { type: 'string', default: '20' },
  },
});
const stations = Number(values.stations);
const perSecond = Number(values.pace);
const seconds = Number(values.seconds);
/** Of all stations those that storm, and calls of them that are in the pace. They are in a process of their own, as is trouble. */
const stormy = Math.floor(stations / 5);

const PHASES = [
  { name: 'quiet', more: {} },
  { name: 'flooder and slow reader', more: { flooder: true, slowReader: true } },
  { name: 'storms', more: { storms: 2 } },
  { name: 'all at once', more: { flooder: true, slowReader: true, storms: 2 } },
] as const;

type Ask = <A>(request: SoakRequest) => Promise<A>;
const LOAD = new URL('./soak-load.ts', import.meta.url);

const server = await startChild(new URL('./soak-server.ts', import.meta.url));
const { port } = await server.ask<SoakServerState>('state');
const upstream = `ws://127.0.0.1:${port}`;

interface Phase {
  /** What the stations saw that did nothing wrong. */
  readonly calm: SoakResult;
  readonly rough: SoakResult;
}

/** Opens all stations at a port and lets phases run. */
async function soak(at: number, phases: readonly (typeof PHASES)[number][]): Promise<Phase[]> {
  const url = `ws://127.0.0.1:${at}`;
  const loads = [await startChild(LOAD), await startChild(LOAD)] as const;
  const [calm, rough] = loads.map(
    (load) =>
      <A>(request: SoakRequest) =>
        load.ask<A>(request),
  ) as [Ask, Ask];
  const start = performance.now();
  await Promise.all([
    calm({ kind: 'open', url, first: 0, stations: stations - stormy }),
    rough({ kind: 'open', url, first: stations - stormy, stations: stormy }),
  ]);
  console.log(`  ${stations} stations connected in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  const results: Phase[] = [];
  for (const { name, more } of phases) {
    const share = Math.round(perSecond / 5);
    const [mild, wild] = await Promise.all([
      calm<SoakResult>({ kind: 'run', seconds, perSecond: perSecond - share }),
      rough<SoakResult>({ kind: 'run', seconds, perSecond: share, ...more }),
    ]);
    results.push({ calm: mild, rough: wild });
    console.log(`  ${name}: ${told({ calm: mild, rough: wild })}`);
  }
  for (const load of loads) {
    await load.ask({ kind: 'close' });
    await load.stop();
  }
  return results;
}

function told({ calm: { latencies, sent, answered }, rough: { storms, flooded } }: Phase): string {
  const sorted = latencies.toSorted();
  const at = (part: number): string => quantile(sorted, part).toFixed(1);
  return [
    `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms; ${answered} of ${sent} answered`,
    ...(flooded > 0 ? [`${flooded} messages of the flooder`] : []),
    ...(storms.length > 0
      ? [`storms of ${stormy} over after ${storms.map((ms) => (ms / 1000).toFixed(1)).join(' and ')} s`]
      : []),
  ].join('; ');
}

const p99 = ({ calm }: Phase): number => quantile(calm.latencies.toSorted(), 0.99);

console.log('Through a bare ws relay:');
const relay = await startChild(new URL('./relay-ws.ts', import.meta.url), [upstream]);
const bare = await soak(
  (await relay.ask<{ port: number }>('port')).port,
  PHASES.filter(({ name }) => name === 'quiet' || name === 'storms'),
);
await relay.stop();

console.log('Through Plugscope:');
const before = await server.ask<SoakServerState>('state');
const plugscope = await startChild(new URL('./relay-plugscope.ts', import.meta.url), [upstream, 'default-limits']);
const results = await soak((await plugscope.ask<Drained>('port')).port, PHASES);
const after = await server.ask<SoakServerState>('state');
const { messages, lag, drainSeconds, rss } = await plugscope.ask<Drained>('drained');
await plugscope.stop();
await server.stop();

// Each call that the CSMS got, with its answer, and each letter to the slow reader that the proxy took in.
const calls = after.calls - before.calls;
console.log(`  recorded: ${messages} messages; the CSMS got ${calls} calls and answered each (${2 * calls} messages)`);
console.log(
  `  index ${lag} entries behind at the end, drained in ${drainSeconds.toFixed(1)} s; ${Math.round(rss / 2 ** 20)} MiB resident`,
);
const worst = Math.max(...results.map(p99));
const ratio = (ours: number, theirs: number): string => {
  const [one, other] = [results[ours], bare[theirs]];
  return one && other ? (p99(one) / p99(other)).toFixed(2) : '?';
};
console.log(`Worst p99 ${worst.toFixed(1)} ms (goal: under 50 ms)`);
console.log(`p99 against the bare relay: quiet ${ratio(0, 0)}, storms ${ratio(2, 1)}`);
if (messages < 2 * calls) {
  console.error('Messages were not recorded.');
  process.exitCode = 1;
}

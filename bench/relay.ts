import { parseArgs } from 'node:util';
import { startChild } from '../src/engine/testing/child.ts';
import type { LoadRequest, LoadResult } from './relay-load.ts';
import { startNginx } from './relay-nginx.ts';
import type { Drained } from './relay-plugscope.ts';
import { median, merged, quantile } from './statistics.ts';

/*
 * How much a relay costs: round trips a second when every connection has a call outstanding all the time, and latency
 * at a quiet pace, through Plugscope with everything on, a bare ws relay, nginx, and directly. Load, server and relay
 * are processes of their own. The modes take turns in short slices, so that noise of the machine hits all alike.
 */

const MODES = ['direct', 'ws-relay', 'nginx', 'plugscope'] as const;
type Mode = (typeof MODES)[number];

/** Calls a second in the paced slices. */
const PACE = 500;
/** Turns that the modes take in each row. */
const ROUNDS = 5;
const WARM_UP_SECONDS = 0.4;

interface Row {
  readonly connections: number;
  readonly mode: Mode;
  readonly roundTripsPerSecond: number;
  readonly ratioToDirect: number;
  /** Null where the bare relay was not measured. */
  readonly ratioToWsRelay: number | null;
  /** Milliseconds of a round trip with every connection busy. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of a round trip at `PACE`, and how much more that is than directly. */
  readonly paced: { readonly p50: number; readonly p99: number; readonly addedP50: number; readonly addedP99: number };
  /** Entries that the index was behind after the last slice, and seconds until it was not. */
  readonly index?: { readonly lag: number; readonly drainSeconds: number; readonly findings: number };
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Seconds of load for each mode of each row. */
    seconds: { type: 'string', default: '7' },
    connections: { type: 'string', default: '1,10,100,1000' },
    modes: { type: 'string', default: MODES.join(',') },
  },
});
const seconds = Number(values.seconds);
if (!(seconds > 0)) throw new Error('--seconds must be a number above 0');
const wanted = MODES.filter((mode) => mode === 'direct' || values.modes.split(',').includes(mode));

const server = await startChild(new URL('./relay-server.ts', import.meta.url));
const { port: serverPort } = await server.ask<{ port: number }>('port');
const upstream = `ws://127.0.0.1:${serverPort}`;
const wsRelay = await startChild(new URL('./relay-ws.ts', import.meta.url), [upstream]);
const plugscope = await startChild(new URL('./relay-plugscope.ts', import.meta.url), [upstream]);
const nginx = wanted.includes('nginx') ? await startNginx(serverPort) : undefined;
const ports: Partial<Record<Mode, number>> = {
  direct: serverPort,
  'ws-relay': (await wsRelay.ask<{ port: number }>('port')).port,
  nginx: nginx?.port,
  plugscope: (await plugscope.ask<Drained>('port')).port,
};
const modes = wanted.filter((mode) => ports[mode] !== undefined);

const rows: Row[] = [];
try {
  for (const connections of values.connections.split(',').map(Number)) rows.push(...(await measure(connections)));
} finally {
  await nginx?.stop();
  for (const child of [plugscope, wsRelay, server]) await child.stop();
}
if (values.json) console.log(JSON.stringify({ rows }));

interface Samples {
  readonly rates: number[];
  readonly saturated: Float64Array[];
  readonly paced: Float64Array[];
  index: Drained | undefined;
}

/** One row of every mode, over the same connections. */
async function measure(connections: number): Promise<Row[]> {
  const load = await startChild(new URL('./relay-load.ts', import.meta.url));
  const ask = (request: LoadRequest) => load.ask<LoadResult>(request);
  const samples = new Map<Mode, Samples>();
  for (const mode of modes) {
    await ask({ kind: 'open', mode, url: `ws://127.0.0.1:${ports[mode]}`, connections });
    await ask({ kind: 'run', mode, seconds: WARM_UP_SECONDS });
    samples.set(mode, { rates: [], saturated: [], paced: [], index: undefined });
  }
  await plugscope.ask<Drained>('drain');
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let turn = 0; turn < modes.length; turn += 1) {
      const mode = modes[(round + turn) % modes.length];
      const sample = mode && samples.get(mode);
      if (!sample) continue;
      const saturated = await ask({ kind: 'run', mode, seconds: seconds / ROUNDS / 2 });
      sample.rates.push(saturated.roundTrips / saturated.seconds);
      sample.saturated.push(saturated.latencies);
      // What the index still has to do must not cost the others.
      if (mode === 'plugscope') sample.index = await plugscope.ask<Drained>('drain');
      const paced = await ask({ kind: 'run', mode, seconds: seconds / ROUNDS / 2, perSecond: PACE });
      sample.paced.push(paced.latencies);
    }
  }
  await ask({ kind: 'close' });
  await load.stop();
  const result = rowsOf(connections, samples);
  if (!values.json) print(result);
  return result;
}

function rowsOf(connections: number, samples: ReadonlyMap<Mode, Samples>): Row[] {
  /** The middle of the ratios within a round, where both had the machine in the same state as far as may be. */
  const ratio = (rates: readonly number[], to: Mode) =>
    median(rates.map((rate, round) => rate / (samples.get(to)?.rates[round] ?? Number.NaN)));
  const direct = merged(samples.get('direct')?.paced ?? []);
  return [...samples].map(([mode, sample]) => {
    const saturated = merged(sample.saturated);
    const paced = merged(sample.paced);
    return {
      connections,
      mode,
      roundTripsPerSecond: Math.round(median(sample.rates)),
      ratioToDirect: rounded(ratio(sample.rates, 'direct')),
      ratioToWsRelay: samples.has('ws-relay') ? rounded(ratio(sample.rates, 'ws-relay')) : null,
      p50: rounded(quantile(saturated, 0.5)),
      p99: rounded(quantile(saturated, 0.99)),
      paced: {
        p50: rounded(quantile(paced, 0.5)),
        p99: rounded(quantile(paced, 0.99)),
        addedP50: rounded(quantile(paced, 0.5) - quantile(direct, 0.5)),
        addedP99: rounded(quantile(paced, 0.99) - quantile(direct, 0.99)),
      },
      index: sample.index && {
        lag: sample.index.lag,
        drainSeconds: rounded(sample.index.drainSeconds),
        findings: sample.index.findings,
      },
    };
  });
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function print(measured: readonly Row[]): void {
  for (const row of measured) {
    const { paced, index } = row;
    console.log(
      [
        String(row.connections).padStart(5),
        row.mode.padEnd(9),
        `${String(row.roundTripsPerSecond).padStart(7)} round trips/s`,
        `${row.ratioToDirect.toFixed(2)} of direct`,
        `${row.ratioToWsRelay?.toFixed(2) ?? '-'} of ws`,
        `p50 ${row.p50.toFixed(2)} p99 ${row.p99.toFixed(2)} ms`,
        `at ${PACE}/s p50 ${paced.p50.toFixed(2)} p99 ${paced.p99.toFixed(2)} (${signed(paced.addedP50)}, ${signed(paced.addedP99)}) ms`,
        index ? `index behind ${index.lag}, drained in ${index.drainSeconds.toFixed(1)} s` : '',
      ].join('  '),
    );
  }
}

function signed(value: number): string {
  return `${value < 0 ? '' : '+'}${value.toFixed(2)}`;
}

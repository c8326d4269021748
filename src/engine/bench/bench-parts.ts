import type { BenchSetup, Notice } from '../../bridge/contract.ts';
import { type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import { createCsms } from '../csms/csms.ts';
import type { Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import type { Network } from '../net/socket.ts';
import type { Peers } from '../peers.ts';
import { createProxy } from '../proxy/proxy.ts';
import type { Recorder } from '../recorder.ts';
import { createStation, type StationOptions } from '../station/station.ts';
import { silentRecorder } from './silent-recorder.ts';

const LOOPBACK = '127.0.0.1';

/** What the parts of a bench need of the world. */
export interface BenchMeans {
  readonly network: Network;
  readonly clock: Clock;
  /** Where traffic is recorded, once at each bench: at the proxy, or at the endpoint where there is none. */
  readonly recorder: Recorder;
  /** Breakpoints, which outlive what runs; none where it is left out. */
  readonly interception?: Interception;
  /** Rules, which outlive what runs; none where it is left out. */
  readonly rules?: RuleEngine;
  /** At least 0 and below 1, evenly distributed. */
  random(): number;
  /** Told when the notices have changed. */
  onNotice(): void;
}

/** The parts of a bench that run together. */
export interface BenchParts {
  /** Port for stations; null where there is none. */
  readonly port: number | null;
  notices(): readonly Notice[];
  /** The open links whose traffic is recorded here, as places to send to. */
  readonly peers: Peers;
  /** Ends all parts, those first that connect to others; resolves when all is over. */
  close(): Promise<void>;
}

interface Closable {
  close(): Promise<void> | void;
}

/** Starts what a setup asks for. Where one part fails, those before it are ended. */
export async function startParts(setup: BenchSetup, means: BenchMeans): Promise<Outcome<BenchParts>> {
  const running: Closable[] = [];
  const close = async (): Promise<void> => {
    for (const part of running.splice(0).reverse()) await part.close();
  };
  const started = await starters[setup.role](setup as never, means, running);
  if (started.ok) return success({ ...started.value, close });
  await close();
  return started;
}

type Started = Omit<BenchParts, 'close'>;
type Setup<R extends BenchSetup['role']> = Extract<BenchSetup, { role: R }>;

/** How each role is put together; what runs is added to the list. */
const starters: {
  [R in BenchSetup['role']]: (setup: Setup<R>, means: BenchMeans, running: Closable[]) => Promise<Outcome<Started>>;
} = {
  async proxy(setup, means, running) {
    const { network, clock } = means;
    let { upstream } = setup;
    if (upstream === null) {
      const recorder = silentRecorder();
      const csms = await createCsms({ network, clock, recorder, host: LOOPBACK, port: 0, greets: true });
      if (!csms.ok) return csms;
      running.push(csms.value);
      upstream = `ws://${LOOPBACK}:${csms.value.port}/`;
    }
    const { recorder, interception, rules } = means;
    const proxy = await createProxy({ network, recorder, interception, rules, upstream, port: setup.port });
    if (!proxy.ok) return proxy;
    running.push(proxy.value);
    const station = startOwnStation(setup.station, proxy.value.port, means, running);
    const notices = () => [...moved(setup.port, proxy.value), ...station.notices()];
    return success({ port: proxy.value.port, notices, peers: proxy.value.peers });
  },

  async csms(setup, means, running) {
    const { network, clock, recorder } = means;
    const csms = await createCsms({ network, clock, recorder, port: setup.port, greets: true });
    if (!csms.ok) return csms;
    running.push(csms.value);
    const station = startOwnStation(setup.station, csms.value.port, means, running);
    const notices = () => [...moved(setup.port, csms.value), ...station.notices()];
    return success({ port: csms.value.port, notices, peers: csms.value.peers });
  },

  async station(setup, means, running) {
    return success({ port: null, ...startStation({ ...setup.station, url: setup.url }, means, running) });
  },
};

/** The built-in station at a port of ours, where its traffic is recorded. */
function startOwnStation(
  station: Setup<'csms'>['station'],
  port: number,
  means: BenchMeans,
  running: Closable[],
): Pick<BenchParts, 'notices'> {
  if (!station) return { notices: () => [] };
  return startStation(
    { ...station, url: `ws://${LOOPBACK}:${port}/` },
    { ...means, recorder: silentRecorder() },
    running,
  );
}

/** Starts a station; what keeps it from its CSMS is worth a notice. */
function startStation(
  { id, version, url }: Pick<StationOptions, 'id' | 'version' | 'url'>,
  { network, clock, recorder, random, onNotice }: BenchMeans,
  running: Closable[],
): Pick<BenchParts, 'notices' | 'peers'> {
  const station = createStation({ id, version, url, network, clock, recorder, random });
  const stopListening = station.onChange(onNotice);
  running.push({
    close() {
      stopListening();
      return station.stop();
    },
  });
  station.start();
  return {
    peers: station.peers,
    notices() {
      const { problem } = station.state();
      if (!problem) return [];
      const sentence = `Station ${id} is not connected: ${problem.sentence}`;
      return [{ code: problem.code, severity: 'warning', sentence }];
    },
  };
}

function moved(wanted: number, listener: { port: number; moved: boolean }): readonly Notice[] {
  if (!listener.moved) return [];
  const sentence = `Port ${wanted} is taken by another program, so stations connect at port ${listener.port}.`;
  return [{ code: 'port-taken', severity: 'warning', sentence }];
}

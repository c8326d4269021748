import type { BenchSetup, Notice } from '../../bridge/contract.ts';
import type { ListenerSecurity } from '../../bridge/security.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Clock } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import { createCsms } from '../csms/csms.ts';
import type { Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import { urlMismatch } from '../leg-security.ts';
import type { Network } from '../net/socket.ts';
import type { Peers } from '../peers.ts';
import { createProxy } from '../proxy/proxy.ts';
import type { Recorder } from '../recorder.ts';
import { createStation, type StationOptions } from '../station/station.ts';
import { ownStationSecurity } from './own-station.ts';
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
  /** Certificates of all parts; without them there is no TLS but that of this machine. */
  readonly credentials?: Credentials;
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
  /** What is asked of stations at the port now; undefined for nothing, and where there is no port. */
  security(): ListenerSecurity | undefined;
  /** The open links whose traffic is recorded here, as places to send to. */
  readonly peers: Peers;
  /** Ends an open link with 1001; whether there was one. */
  disconnect(link: number): boolean;
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
    const { network, clock, recorder, interception, rules, credentials, random } = means;
    const { port, security, limits, upstreamLost } = setup;
    const { upstream } = setup;
    // Without a CSMS of the user's ours takes its place; with one, ours may stand in while that is away.
    const own =
      upstream === null || upstreamLost === 'answer'
        ? await startOwnCsms(means, running, upstream === null)
        : success('');
    if (!own.ok) return own;
    const proxy = await createProxy({
      network,
      recorder,
      interception,
      rules,
      port,
      security,
      limits,
      upstreamLost,
      credentials,
      clock,
      random,
      upstream: upstream ?? own.value,
      upstreamSecurity: upstream === null ? undefined : setup.upstreamSecurity,
      standIn: own.value === '' ? undefined : { url: own.value },
    });
    if (!proxy.ok) return proxy;
    running.push(proxy.value);
    const station = startOwnStation(setup, proxy.value.port, means, running);
    const notices = () => [...moved(port, proxy.value), ...station.notices()];
    const { peers, disconnect, security: asked } = proxy.value;
    return success({ port: proxy.value.port, notices, peers, disconnect, security: asked });
  },

  async csms(setup, means, running) {
    const { network, clock, recorder, credentials } = means;
    const { port, security, limits } = setup;
    const csms = await createCsms({ network, clock, recorder, credentials, port, security, limits, greets: true });
    if (!csms.ok) return csms;
    running.push(csms.value);
    const station = startOwnStation(setup, csms.value.port, means, running);
    const notices = () => [...moved(port, csms.value), ...station.notices()];
    const { peers, disconnect, security: asked } = csms.value;
    return success({ port: csms.value.port, notices, peers, disconnect, security: asked });
  },

  async station({ station, url, security }, means, running) {
    const mismatch = urlMismatch(security, url);
    if (mismatch) return failure(mismatch.code, mismatch.sentence);
    return success({
      port: null,
      security: () => undefined,
      ...startStation({ ...station, url, security }, means, running),
    });
  },
};

/** Whether stations are to speak wss:// to the port of a setup. */
export function asksForTls(setup: BenchSetup): boolean {
  return setup.role !== 'station' && (setup.security?.profile ?? 0) >= 2;
}

/** The built-in CSMS behind the proxy, of which nothing is asked; yields its URL. `greets` as in its options. */
async function startOwnCsms(
  { network, clock }: BenchMeans,
  running: Closable[],
  greets: boolean,
): Promise<Outcome<string>> {
  const csms = await createCsms({ network, clock, recorder: silentRecorder(), host: LOOPBACK, port: 0, greets });
  if (!csms.ok) return csms;
  running.push(csms.value);
  return success(`ws://${LOOPBACK}:${csms.value.port}/`);
}

/** The built-in station at a port of ours, where its traffic is recorded; it has what the port asks for. */
function startOwnStation(
  setup: Setup<'csms' | 'proxy'>,
  port: number,
  means: BenchMeans,
  running: Closable[],
): Pick<BenchParts, 'notices'> {
  const { station, security } = setup;
  if (!station) return { notices: () => [] };
  const url = `${asksForTls(setup) ? 'wss' : 'ws'}://${LOOPBACK}:${port}/`;
  const own = ownStationSecurity(security, station.id);
  return startStation({ ...station, url, security: own }, { ...means, recorder: silentRecorder() }, running);
}

/** Starts a station; what keeps it from its CSMS is worth a notice. */
function startStation(
  { id, version, url, security }: Pick<StationOptions, 'id' | 'version' | 'url' | 'security'>,
  { network, clock, recorder, random, credentials, onNotice }: BenchMeans,
  running: Closable[],
): Pick<BenchParts, 'notices' | 'peers' | 'disconnect'> {
  const station = createStation({ id, version, url, security, credentials, network, clock, recorder, random });
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
    disconnect: (link) => station.disconnect(link),
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

import { basename } from 'node:path';
import type {
  ReplayCsms,
  ReplayStart,
  ReplayState,
  ReplayStepDetail,
  ReplayStepRow,
} from '../../bridge/methods/replay.ts';
import type { ListenerSecurity } from '../../bridge/security.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { planReplay, type ReplaySide, type ReplayTrack } from '../../session/replay/replay-plan.ts';
import { SESSION_EXTENSION } from '../capture/format.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Credentials } from '../credentials.ts';
import { urlMismatch } from '../leg-security.ts';
import type { Network } from '../net/socket.ts';
import type { Peers } from '../peers.ts';
import type { Recorder } from '../recorder.ts';
import { csmsTarget } from './csms-target.ts';
import { peerTarget } from './peer-target.ts';
import { type ReplaySource, recordedMessages } from './recorded-messages.ts';
import type { ReplayTarget } from './replay-peer.ts';
import { createReplayRun, type ReplayRun, type RunStep } from './replay-run.ts';
import { type StationTargetOptions, stationTarget } from './station-target.ts';

/** Time between two states at the least, in milliseconds. */
const CHANGE_MS = 100;
/** How long a station is waited for, in milliseconds. */
const STATION_WAIT_MS = 600_000;

export interface ReplayDeskOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  readonly peers: Peers;
  newId(): string;
  /** Where the traffic with a peer at a URL is recorded: nowhere, where that is the bench itself, which records it. */
  recorderFor(url: string | null): Recorder;
  /** What stations need to come in at a URL; undefined where nothing is known of that. */
  securityFor(url: string): StationTargetOptions['securityOf'];
  /** Base URLs of a port for stations on this machine. */
  urlsOf(port: number, secure: boolean): readonly string[];
  /** Certificates to present and to trust. */
  readonly credentials: Credentials;
}

/** The replay of an engine: one at a time, for all who look on. */
export interface ReplayDesk {
  state(): ReplayState | null;
  onChange(listener: (state: ReplayState) => void): () => void;
  /** Takes a replay from a session. Fails while another one is under way. */
  prepare(
    source: ReplaySource & { readonly path: string },
    side: ReplaySide,
    isWanted: (entry: number) => boolean,
  ): Promise<Outcome<ReplayState>>;
  steps(from: number, count: number): readonly ReplayStepRow[];
  step(index: number): ReplayStepDetail | null;
  edit(index: number, payload: JsonObject | null): Outcome<null>;
  start(how: ReplayStart): Promise<Outcome<ReplayState>>;
  next(): void;
  stop(): void;
  /** Ends what is under way; resolves when that is over. */
  close(): Promise<void>;
}

/** Nothing is prepared. */
export function createReplayDesk(options: ReplayDeskOptions): ReplayDesk {
  return new Desk(options);
}

interface Prepared {
  readonly run: ReplayRun;
  readonly side: ReplaySide;
  readonly source: string;
  readonly tracks: readonly ReplayTrack[];
}

class Desk implements ReplayDesk {
  readonly #options: ReplayDeskOptions;
  readonly #listeners = new Set<(state: ReplayState) => void>();
  #prepared: Prepared | undefined;
  #stationUrls: readonly string[] = [];
  #csms: ReplayCsms | null = null;
  #listener: ListenerSecurity | null = null;
  #revision = 0;
  #timer: Timer | undefined;
  #over: Promise<unknown> = Promise.resolve();

  constructor(options: ReplayDeskOptions) {
    this.#options = options;
  }

  state(): ReplayState | null {
    if (!this.#prepared) return null;
    const { run, side, source, tracks } = this.#prepared;
    return {
      state: run.state,
      side,
      source,
      stations: tracks.map(({ station, version, steps }) => ({ station, version, steps: steps.length })),
      summary: run.summary,
      stationUrls: this.#stationUrls,
      csms: this.#csms,
      listener: this.#listener,
      revision: this.#revision,
    };
  }

  onChange(listener: (state: ReplayState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async prepare(
    source: ReplaySource & { readonly path: string },
    side: ReplaySide,
    isWanted: (entry: number) => boolean,
  ): Promise<Outcome<ReplayState>> {
    if (this.#isRunning()) return UNDER_WAY;
    const messages = await recordedMessages(source, isWanted);
    if (!messages.ok) return messages;
    if (this.#isRunning()) return UNDER_WAY;
    const tracks = planReplay(messages.value, side).filter(({ steps }) => steps.length > 0);
    const own = tracks.flatMap(({ steps }) => steps).filter(({ kind }) => kind !== 'expect' && kind !== 'reconnect');
    if (own.length === 0) {
      const who = side === 'station' ? 'no station' : 'no CSMS';
      return failure('replay-empty', `Among these messages, ${who} said anything that could be replayed.`);
    }
    const { clock, newId } = this.#options;
    const run = createReplayRun({ tracks, clock, newId, onChange: () => this.#changed() });
    this.#prepared = { run, side, source: basename(source.path, SESSION_EXTENSION), tracks };
    return this.#told();
  }

  steps(from: number, count: number): readonly ReplayStepRow[] {
    return this.#prepared?.run.steps(from, count).map(rowOf) ?? [];
  }

  step(index: number): ReplayStepDetail | null {
    const [place] = this.#prepared?.run.steps(index, 1) ?? [];
    return place ? detailOf(place) : null;
  }

  edit(index: number, payload: JsonObject | null): Outcome<null> {
    if (this.#prepared?.run.edit(index, payload)) return success(null);
    return failure('replay-not-editable', 'Only a message that is still to be sent can be edited.');
  }

  async start(how: ReplayStart): Promise<Outcome<ReplayState>> {
    const prepared = this.#prepared;
    if (prepared?.run.state !== 'prepared') {
      return failure('replay-not-prepared', 'There is nothing prepared to be replayed.');
    }
    const target = await this.#targetOf(how.target, prepared);
    if (!target.ok) return target;
    const { pace, messageIds, shiftTimes, mapTransactions } = how;
    const options = { pace, messageIds, shiftTimes, mapTransactions, ignore: { ids: true, times: true } } as const;
    this.#over = prepared.run.play(target.value.target, options).finally(target.value.end);
    return this.#told();
  }

  next(): void {
    this.#prepared?.run.next();
  }

  stop(): void {
    this.#prepared?.run.stop();
  }

  async close(): Promise<void> {
    this.stop();
    await this.#over;
    this.#timer?.cancel();
    this.#listeners.clear();
  }

  #isRunning(): boolean {
    return this.#prepared?.run.state === 'running';
  }

  async #targetOf(
    wanted: ReplayStart['target'],
    { side, tracks }: Prepared,
  ): Promise<Outcome<{ readonly target: ReplayTarget; end(): void | Promise<void> }>> {
    const { network, clock, validator, peers, newId, recorderFor, securityFor, urlsOf, credentials } = this.#options;
    const nothing = (): void => {};
    switch (wanted.kind) {
      case 'peer': {
        const peer = peers.list().find(({ link }) => link === wanted.link);
        const needed = side === 'station' ? 'csms' : 'station';
        if (!peer) return failure('link-gone', `Connection ${wanted.link} is not open any more.`);
        if (peer.peer !== needed) {
          return failure('replay-wrong-peer', `What the ${side} said can only be said to a ${needed}.`);
        }
        return success({ target: peerTarget(peers, wanted.link), end: nothing });
      }
      case 'url': {
        if (side !== 'station') return failure('replay-wrong-target', 'Only stations connect to a URL.');
        const versions = new Map(tracks.map(({ station, version }) => [station, version]));
        if (tracks.some(({ version }) => version === null)) {
          return failure('replay-no-version', 'The recording agreed on no OCPP version known here.');
        }
        const { url, security } = wanted;
        const own = securityFor(url);
        const securityOf = security ? () => security : own;
        // The profile is that of the port, the same for all stations.
        const mismatch = urlMismatch(securityOf?.(tracks[0]?.station ?? ''), url);
        if (mismatch) return failure(mismatch.code, mismatch.sentence);
        const target = stationTarget({
          network,
          credentials,
          clock,
          validator,
          newId,
          recorder: recorderFor(url),
          url,
          securityOf,
          versionOf: (station) => versions.get(station) ?? '2.0.1',
        });
        this.#csms = security || !own ? { url, security: security ?? null } : null;
        return success({ target, end: nothing });
      }
      case 'listen': {
        if (side !== 'csms') return failure('replay-wrong-target', 'Only a CSMS waits for stations.');
        const { port, security } = wanted;
        const target = await csmsTarget({
          network,
          credentials,
          security,
          clock,
          validator,
          newId,
          recorder: recorderFor(null),
          port,
          anyStation: wanted.anyStation && tracks.length === 1,
          waitMs: STATION_WAIT_MS,
        });
        if (!target.ok) return target;
        this.#stationUrls = urlsOf(target.value.port, target.value.secure);
        this.#listener = security ?? null;
        return success({
          target: target.value,
          end: async () => {
            this.#stationUrls = [];
            await target.value.close();
            this.#changed();
          },
        });
      }
    }
  }

  #told(): Outcome<ReplayState> {
    this.#changed();
    const state = this.state();
    return state ? success(state) : failure('replay-not-prepared', 'There is nothing prepared to be replayed.');
  }

  #changed(): void {
    this.#revision += 1;
    this.#timer ??= this.#options.clock.after(CHANGE_MS, () => {
      this.#timer = undefined;
      const state = this.state();
      if (state) for (const listener of this.#listeners) listener(state);
    });
  }
}

const UNDER_WAY = failure('replay-under-way', 'A replay is under way; stop it first.');

function rowOf({ index, station, step, edited, result }: RunStep): ReplayStepRow {
  const done = result !== null && result !== 'running' ? result : undefined;
  return {
    index,
    entry: step.entry,
    wall: step.wall,
    station,
    kind: step.kind,
    action: 'action' in step ? step.action : null,
    edited: edited !== undefined,
    state: done ? 'done' : result === 'running' ? 'running' : 'waiting',
    verdict: done
      ? { kind: done.verdict.kind, ...('sentence' in done.verdict ? { sentence: done.verdict.sentence } : {}) }
      : null,
    latency: done?.latency ?? null,
    sent: done?.sent ?? null,
    answer: done?.answer?.entry ?? null,
  };
}

function detailOf(place: RunStep): ReplayStepDetail {
  const { step, edited, result } = place;
  const done = result !== null && result !== 'running' ? result : undefined;
  return {
    row: rowOf(place),
    payload: 'payload' in step ? step.payload : null,
    edited: edited ?? null,
    recorded: step.kind === 'call' ? step.recorded : step.kind === 'expect' ? step.answer : null,
    live: done?.answer ?? null,
    diff: done && 'diff' in done.verdict ? done.verdict.diff : null,
  };
}

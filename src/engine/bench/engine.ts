import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { BenchSetup } from '../../bridge/contract.ts';
import { createValidator } from '../../ocpp/schemas.ts';
import { type Outcome, success } from '../../session/outcome.ts';
import { openAuthority } from '../authority/open-authority.ts';
import type { Vault } from '../authority/vault.ts';
import { createSessionNotes } from '../capture/notes/session-notes.ts';
import { type Recording, startRecording } from '../capture/recording.ts';
import { openSession } from '../capture/session-reader.ts';
import type { Clock } from '../clock.ts';
import { Composer } from '../compose/composer.ts';
import { EnergyDesk } from '../energy/energy-desk.ts';
import { FileDesk } from '../files/file-desk.ts';
import type { Transfers } from '../files/transfers.ts';
import { createInterception } from '../intercept/interception.ts';
import type { Network } from '../net/socket.ts';
import { createReplayDesk } from '../replay/replay-desk.ts';
import { createRuleBook } from '../rules/rule-book.ts';
import { createTasks } from '../tasks.ts';
import { openWorkspace } from '../workspace/workspace-store.ts';
import { type Bench, createBench } from './bench.ts';
import { createClient } from './client.ts';
import type { EngineClient } from './engine-client.ts';
import { ownStationSecurity } from './own-station.ts';
import { silentRecorder } from './silent-recorder.ts';
import { isOwnUrl, lanAddresses, stationUrls } from './station-urls.ts';

export interface EngineOptions {
  readonly network: Network;
  readonly clock: Clock;
  /** At least 0 and below 1, evenly distributed. */
  random(): number;
  /** Path of the session file to record into. */
  readonly path: string;
  /** What runs first. */
  readonly setup: BenchSetup;
  /** Path of the workspace file. */
  readonly workspace: string;
  /** Folder of the bench's certificates and keys. */
  readonly authority: string;
  /** The key ring of this session; null where there is none. */
  vault(): Promise<Vault | null>;
}

/** The engine as a host runs it: a bench, whose traffic is recorded, and clients that look on. */
export interface Engine {
  readonly bench: Bench;
  readonly recording: Recording;
  /** Files that browsers send and get. */
  readonly transfers: Transfers;
  connect(): EngineClient;
  /** Ends what runs, then the recording; resolves when all of it is in the session file. */
  close(): Promise<void>;
}

/**
 * Starts recording, then the bench. Fails as the recording does; where the bench cannot start, the engine runs and
 * the bench's state says why.
 */
export async function createEngine(options: EngineOptions): Promise<Outcome<Engine>> {
  const { network, clock, path, setup } = options;
  const started = await startRecording({ path, clock, onFull: 'stop' });
  if (!started.ok) return started;
  const recording = started.value;
  const live = await openSession(path);
  if (!live.ok) {
    await recording.close();
    return live;
  }
  const workspace = openWorkspace(options.workspace);
  const interception = createInterception(clock, workspace.get().intercept);
  const random = () => options.random();
  const rules = createRuleBook(workspace, clock);
  const authority = openAuthority({
    clock,
    folder: options.authority,
    vault: () => options.vault(),
    stationPort: () => bench.state().port,
  });
  const credentials = authority;
  const means = { network, clock, recorder: recording, interception, rules: rules.engine, random, credentials };
  const bench = createBench(means, setup);
  await bench.configure(setup);
  const stopWatching = bench.onChange(() => authority.portMayHaveChanged());
  const tasks = createTasks(clock);
  const notes = createSessionNotes(clock);
  const files = new FileDesk({ clock, tasks, workspace, folder: dirname(path), live: path });
  const energy = new EnergyDesk();
  const composer = new Composer({
    peers: bench.peers,
    source: live.value,
    progress: () => recording.status(),
    clock,
    validator: createValidator(),
    newId: randomUUID,
    workspace,
  });
  const isOwn = (url: string | null) => url !== null && isOwnUrl(url, bench.state().port);
  const replay = createReplayDesk({
    network,
    clock,
    validator: createValidator(),
    peers: bench.peers,
    newId: randomUUID,
    recorderFor: (url) => (isOwn(url) ? silentRecorder() : recording),
    securityFor: (url) => (isOwn(url) ? (station) => ownStationSecurity(bench.security(), station) : undefined),
    urlsOf: (port, secure) => stationUrls(lanAddresses(), port, secure),
    credentials,
  });
  const shared = {
    bench,
    recording,
    live: live.value,
    tasks,
    workspace,
    interception,
    rules,
    composer,
    notes,
    replay,
    files,
    energy,
    authority,
  };
  const clients = new Set<EngineClient>();
  return success({
    bench,
    recording,
    transfers: files.transfers,
    connect() {
      const client = createClient(shared);
      clients.add(client);
      return {
        handlers: client.handlers,
        subscribe: (events) => client.subscribe(events),
        close() {
          clients.delete(client);
          client.close();
        },
      };
    },
    async close() {
      rules.close();
      await replay.close();
      await tasks.close();
      files.close();
      await notes.close();
      stopWatching();
      await bench.close();
      await authority.close();
      for (const client of clients) client.close();
      await energy.close();
      await live.value.close();
      await recording.close();
    },
  });
}

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchSetup } from '../../bridge/contract.ts';
import { failure, type Outcome } from '../../session/outcome.ts';
import type { Vault } from '../authority/vault.ts';
import { SESSION_EXTENSION } from '../capture/format.ts';
import { systemClock } from '../clock.ts';
import { webSocketNetwork } from '../net/web-socket-network.ts';
import { sweepTemporaryFolders } from '../temporary-folder.ts';
import { createEngine, type Engine } from './engine.ts';
import { AUTHORITY_FOLDER, dataFolder, sessionFolder, sessionName, surroundings } from './session-folder.ts';

/** The starter bench, so that there is traffic at once: the built-in station through the proxy to the built-in CSMS. */
export const STARTER_SETUP = {
  role: 'proxy',
  port: 9220,
  upstream: null,
  station: { id: 'CS-0001', version: '2.1' },
} as const satisfies BenchSetup;

export interface StartOptions {
  /** Folder for sessions and the workspace; the user's own where it is left out. It is made where it is missing. */
  readonly folder?: string;
  /** What runs first; the starter bench where it is left out. */
  readonly setup?: BenchSetup;
  /** The key ring of this session; keys are kept in files where it is left out, or yields none. */
  readonly vault?: () => Promise<Vault | null>;
}

/** Starts an engine on the real network, with a new session named by the date and the time. */
export async function startEngine({
  folder,
  setup = STARTER_SETUP,
  vault = async () => null,
}: StartOptions = {}): Promise<Outcome<Engine>> {
  const clock = systemClock();
  const network = webSocketNetwork(clock);
  const sessions = folder ?? sessionFolder(surroundings());
  try {
    // Captures hold what stations and CSMS say in confidence.
    mkdirSync(sessions, { recursive: true, mode: 0o700 });
  } catch (error) {
    return failure('no-session-folder', `The folder for sessions cannot be made: ${(error as Error).message}.`);
  }
  // What a crash left lies there until somebody clears it, and may hold what peers say in confidence.
  void sweepTemporaryFolders(clock.now().wall);
  const path = newPath(sessions, sessionName(clock.now().wall));
  const data = dataFolder(folder);
  const workspace = join(data, 'workspace.json');
  const authority = join(data, AUTHORITY_FOLDER);
  return createEngine({ network, clock, random: Math.random, path, setup, workspace, authority, vault });
}

/** A file that is not there yet: a number follows where two sessions start in the same second. */
function newPath(folder: string, name: string): string {
  for (let attempt = 1; ; attempt++) {
    const path = join(folder, `${attempt === 1 ? name : `${name} (${attempt})`}${SESSION_EXTENSION}`);
    if (!existsSync(path)) return path;
  }
}

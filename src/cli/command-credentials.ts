import { join } from 'node:path';
import { openAuthority } from '../engine/authority/open-authority.ts';
import { AUTHORITY_FOLDER, dataFolder } from '../engine/bench/session-folder.ts';
import type { Clock } from '../engine/clock.ts';
import type { Outcome } from '../session/outcome.ts';
import type { Running } from './live.ts';
import { FileCredentials } from './pem-files.ts';

export interface CredentialsOptions {
  readonly clock: Clock;
  /** Folder of the bench's certificates, where it is not the user's own. */
  readonly data: string | undefined;
}

/** Certificates of files, and those of the bench, of which nothing is made before it is needed. */
export interface OpenCredentials {
  readonly credentials: FileCredentials;
  /** From now on nobody is answered any more what was revoked. */
  close(): Promise<void>;
}

/** Opens them. `stationPort` is the port for stations; null where there is none. */
export function openCredentials(
  { clock, data }: CredentialsOptions,
  stationPort: () => number | null = () => null,
): OpenCredentials {
  const folder = join(dataFolder(data), AUTHORITY_FOLDER);
  const desk = openAuthority({ clock, folder, vault: async () => null, stationPort });
  return { credentials: new FileCredentials(desk), close: () => desk.close() };
}

/**
 * Starts something with certificates: those of files, and those of the bench, of which nothing is made before it is
 * needed. They are there until it is stopped, so that it is answered meanwhile what was revoked.
 */
export async function withCredentials(
  options: CredentialsOptions,
  start: (credentials: FileCredentials, listens: (port: number) => void) => Promise<Outcome<Running>>,
): Promise<Outcome<Running>> {
  let stationPort: number | null = null;
  const { credentials, close } = openCredentials(options, () => stationPort);
  const running = await start(credentials, (port) => {
    stationPort = port;
  });
  if (!running.ok) {
    await close();
    return running;
  }
  const { sentence, stop } = running.value;
  const value: Running = {
    sentence,
    async stop() {
      await stop();
      await close();
    },
  };
  return { ok: true, value };
}

import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import type { ReadOptions } from '../../session/files.ts';
import { messageOf, versionsOf } from './frame-clues.ts';
import type { ByteSource, FormatReader } from './imported.ts';

/** Frames that are looked at. */
const FRAMES_MAX = 20_000;
const STATIONS_MAX = 10_000;

/** What was found out about the versions of stations for which the file does not say it. */
export interface GuessedVersions {
  /** Stations whose messages can be of one version alone. */
  readonly versions: ReadonlyMap<string, OcppVersion>;
  /** Stations whose messages can be of more than one, or of none. */
  readonly undecided: ReadonlyMap<string, readonly OcppVersion[]>;
}

/**
 * Guesses versions from the start of a file, by actions and message types that only some versions have. What fits more
 * than one version is left undecided. A request that no version has says nothing.
 */
export async function guessVersions(
  reader: FormatReader,
  source: ByteSource,
  options: ReadOptions,
): Promise<GuessedVersions> {
  const possible = new Map<string, readonly OcppVersion[]>();
  let frames = 0;
  for await (const item of reader.read(source, options)) {
    if (item.kind !== 'frame') continue;
    frames += 1;
    if (frames > FRAMES_MAX) break;
    const { station, version, data, binary } = item.frame;
    if (version !== null || (!possible.has(station) && possible.size >= STATIONS_MAX)) continue;
    const before = possible.get(station) ?? OCPP_VERSIONS;
    const message = binary ? undefined : messageOf(Buffer.from(data).toString('utf8'));
    const fitting = message ? versionsOf(message) : [];
    possible.set(station, fitting.length === 0 ? before : before.filter((known) => fitting.includes(known)));
  }
  return decided(possible);
}

function decided(possible: ReadonlyMap<string, readonly OcppVersion[]>): GuessedVersions {
  const versions = new Map<string, OcppVersion>();
  const undecided = new Map<string, readonly OcppVersion[]>();
  for (const [station, fitting] of possible) {
    const [only, ...others] = fitting;
    if (only !== undefined && others.length === 0) versions.set(station, only);
    else undecided.set(station, fitting);
  }
  return { versions, undecided };
}

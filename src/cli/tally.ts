import type { OcppVersion } from '../ocpp/version.ts';
import type { Observation } from '../session/observation.ts';

/** Frames, and those of them with at least one schema violation. */
export interface Tally {
  frames: number;
  invalid: number;
}

/** What `validate --json` prints. Frames whose version or action is not known count in the sums alone. */
export interface ValidationReport extends Tally {
  /** Frames that no schema could be chosen for, as their version is not known. */
  readonly unchecked: number;
  readonly byVersion: Readonly<Record<string, Tally>>;
  readonly byAction: Readonly<Record<string, Tally>>;
}

/** Counts frames as they are validated. */
export class Tallies {
  /** Frames that are no OCPP messages at all. */
  malformed = 0;
  /** Frames that no schema could be chosen for, as their version is not known. */
  unchecked = 0;
  readonly #all: Tally = { frames: 0, invalid: 0 };
  readonly #byVersion = new Map<string, Tally>();
  readonly #byAction = new Map<string, Tally>();

  get frames(): number {
    return this.#all.frames;
  }

  get invalid(): number {
    return this.#all.invalid;
  }

  add(version: OcppVersion | null, { type, action, findings }: Observation): void {
    const invalid = findings.some(({ rule }) => rule.startsWith('schema.'));
    if (type === 'malformed') this.malformed += 1;
    count(this.#all, invalid);
    if (version === null) this.unchecked += 1;
    else count(entryOf(this.#byVersion, version), invalid);
    if (action !== null) count(entryOf(this.#byAction, action), invalid);
  }

  report(): ValidationReport {
    return {
      ...this.#all,
      unchecked: this.unchecked,
      byVersion: Object.fromEntries(sorted(this.#byVersion)),
      byAction: Object.fromEntries(sorted(this.#byAction)),
    };
  }
}

function count(tally: Tally, invalid: boolean): void {
  tally.frames += 1;
  if (invalid) tally.invalid += 1;
}

function entryOf(map: Map<string, Tally>, key: string): Tally {
  const known = map.get(key);
  if (known !== undefined) return known;
  const tally = { frames: 0, invalid: 0 };
  map.set(key, tally);
  return tally;
}

function sorted(map: ReadonlyMap<string, Tally>): readonly (readonly [string, Tally])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

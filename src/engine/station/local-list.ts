/** An entry of the local authorization list: whether its driver may charge, and until when. */
export interface LocalListEntry {
  readonly accepted: boolean;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** A change of the list; an entry without content is removed (1.6 7.1, D01.FR.16). */
export interface LocalListChange {
  readonly token: string;
  readonly entry?: LocalListEntry;
}

/** The most entries that the list takes, over all messages and in one. */
export const LOCAL_LIST_CAPACITY = 1000;

/** The local authorization list (1.6 3.5.2; 2.x block D). Only the CSMS changes it (D01.FR.09). */
export class LocalList {
  #version = 0;
  #entries = new Map<string, LocalListEntry>();

  /** 0 where there is no list. */
  get version(): number {
    return this.#version;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Takes an update over as a whole or not at all. */
  update(
    kind: 'Full' | 'Differential',
    version: number,
    changes: readonly LocalListChange[],
  ): 'Accepted' | 'Failed' | 'VersionMismatch' {
    // D01.FR.19; 1.6 7.40: an update that is not newer than the list does not fit to it.
    if (kind === 'Differential' && version <= this.#version) return 'VersionMismatch';
    const keys = changes.map(({ token }) => token.toLowerCase());
    if (version <= 0 || new Set(keys).size !== keys.length) return 'Failed';
    const next = kind === 'Full' ? new Map<string, LocalListEntry>() : new Map(this.#entries);
    for (const [at, { entry }] of changes.entries()) {
      const key = keys[at] ?? '';
      if (entry) next.set(key, entry);
      else next.delete(key);
    }
    if (next.size > LOCAL_LIST_CAPACITY) return 'Failed';
    this.#entries = next;
    this.#version = version;
    return 'Accepted';
  }

  has(token: string): boolean {
    return this.#entries.has(token.toLowerCase());
  }

  /** Whether the list lets this driver charge at that time (milliseconds since 1970). */
  accepts(token: string, now: number): boolean {
    const entry = this.#entries.get(token.toLowerCase());
    return entry?.accepted === true && (entry.expiresAt === undefined || now < entry.expiresAt);
  }
}

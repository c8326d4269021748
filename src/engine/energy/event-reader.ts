import { findAction, maySend } from '../../ocpp/actions.ts';
import { type Direction, opposite } from '../../ocpp/direction.ts';
import { parseFrame } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { EnergyEvent } from '../../session/energy/event.ts';
import { countsForStation } from './counting.ts';
import type { EnergyLink, EnergyRow, EnergyRows } from './energy-rows.ts';

/** Requests that are kept for their answers, which mostly follow soon, and how much text they may have together. */
const REQUESTS_MAX = 512;
const REQUEST_LENGTH_MAX = 64_000;
const LINKS_MAX = 5000;

interface Asked {
  readonly entry: number;
  readonly at: number;
  readonly action: string;
  readonly direction: Direction;
  readonly request: JsonObject;
}

/** Makes events of the entries of a session, in their order. */
export class EventReader {
  readonly #rows: EnergyRows;
  /** Entries that were passed over for what became of them. */
  readonly #left: Set<number>;
  readonly #links = new Map<number, EnergyLink>();
  readonly #asked = new Map<number, Asked>();
  /** Links that are open, of each station. */
  readonly #open = new Map<string, Set<number>>();

  /** @param left takes the frames to stations that do not count for what became of them, as far as is known yet */
  constructor(rows: EnergyRows, left: Set<number>) {
    this.#rows = rows;
    this.#left = left;
  }

  /** What an entry means, if it means anything. */
  eventOf(row: EnergyRow): EnergyEvent | undefined {
    const link = this.#linkOf(row.link);
    if (link === undefined) return undefined;
    return row.kind === 'frame' ? this.#messageOf(row, link) : this.#comingOrGoing(row, link);
  }

  /** Another process went on recording: what was connected before it is gone since that entry at the latest. */
  restarted(before: EnergyRow): readonly EnergyEvent[] {
    const gone = [...this.#open].filter(([, links]) => links.size > 0).map(([station]) => station);
    this.#open.clear();
    return gone.map((station) => ({ kind: 'disconnected', station, entry: before.entry, at: before.wall }));
  }

  #comingOrGoing({ kind, link: id, entry, wall }: EnergyRow, link: EnergyLink): EnergyEvent | undefined {
    if (!link.isOwn) return undefined;
    const { station } = link;
    const open = this.#open.get(station) ?? new Set();
    this.#open.set(station, open);
    const before = open.size;
    if (kind === 'opened') open.add(id);
    else open.delete(id);
    // The end of a link whose beginning is not in the session counts, too.
    const came = kind === 'opened' && before === 0;
    const went = kind === 'closed' && open.size === 0;
    if (!came && !went) return undefined;
    return { kind: came ? 'connected' : 'disconnected', station, entry, at: wall };
  }

  #messageOf(row: EnergyRow, { station, version }: EnergyLink): EnergyEvent | undefined {
    if (!countsForStation(row.direction, row.origin, row.fate)) {
      if (row.direction === 'to-station') this.#left.add(row.entry);
      return undefined;
    }
    this.#left.delete(row.entry);
    if (version === undefined || row.text === undefined) return undefined;
    const parsed = parseFrame(row.text, version);
    if (!parsed.ok) return undefined;
    const { message } = parsed;
    if (message.type === 'CALL' || message.type === 'SEND') {
      const asked = this.#keep(row, message.action, message.payload, row.text.length);
      if (!isAllowed(version, asked)) return undefined;
      const { entry, at, action, direction, request } = asked;
      return { kind: 'request', station, version, direction, action, entry, at, request };
    }
    if (message.type !== 'CALLRESULT' || row.call === null) return undefined;
    const asked = this.#askedAt(row.call, version);
    if (asked?.direction !== opposite(row.direction) || !isAllowed(version, asked)) return undefined;
    const { action, direction, request } = asked;
    return {
      kind: 'answer',
      ...{ station, version, direction, action, entry: row.entry, at: row.wall, request },
      ...{ requestEntry: asked.entry, requestAt: asked.at, response: message.payload },
    };
  }

  /** The CALL of an entry; one that a station sent and that was edited on its way, as the station sent it. */
  #askedAt(entry: number, version: OcppVersion): Asked | undefined {
    const kept = this.#asked.get(entry);
    if (kept) return kept;
    const row = this.#rows.entry(entry);
    if (row === undefined) return undefined;
    if (row.direction === 'to-csms' && row.origin === 'edited') {
      return row.original === null || row.original >= entry ? undefined : this.#askedAt(row.original, version);
    }
    const parsed = row.text === undefined ? undefined : parseFrame(row.text, version);
    if (!parsed?.ok || parsed.message.type !== 'CALL') return undefined;
    return this.#keep(row, parsed.message.action, parsed.message.payload, row.text?.length ?? 0);
  }

  #keep({ entry, wall, direction }: EnergyRow, action: string, request: JsonObject, length: number): Asked {
    const asked: Asked = { entry, at: wall, action, direction, request };
    if (length <= REQUEST_LENGTH_MAX) remember(this.#asked, entry, asked, REQUESTS_MAX);
    return asked;
  }

  #linkOf(id: number): EnergyLink | undefined {
    const known = this.#links.get(id);
    if (known) return known;
    const link = this.#rows.link(id);
    // Until its handshake has ended nobody knows which version is spoken.
    if (link?.version !== undefined) remember(this.#links, id, link, LINKS_MAX);
    return link;
  }
}

/** Whether a request is one of its version, sent by the side that may send it. */
function isAllowed(version: OcppVersion, { action, direction }: Asked): boolean {
  const known = findAction(version, action);
  return known !== undefined && maySend(known, direction);
}

function remember<V>(map: Map<number, V>, key: number, value: V, limit: number): void {
  map.set(key, value);
  if (map.size <= limit) return;
  const oldest = map.keys().next();
  if (!oldest.done) map.delete(oldest.value);
}

import { rmSync } from 'node:fs';
import { type OcppVersion, SUBPROTOCOL_OF } from '../../../ocpp/version.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening, LinkRemark } from '../../../session/link.ts';
import { type Outcome, success } from '../../../session/outcome.ts';
import type { ImportedFrame, ImportedItem } from '../../formats/imported.ts';
import { openForIndexing } from '../database.ts';
import { IndexStore } from '../index-store.ts';
import { Indexer, type StartFold } from '../indexer.ts';
import { controlFlags, frameFlags, type JournalRecord, RECORD, type RecordType } from '../journal-record.ts';

/** Records and bytes of one transaction at most. */
const COMMIT_RECORDS = 4000;
const COMMIT_BYTES = 8 * 1024 * 1024;
/** Call time-outs are looked for this often, by the times of the frames, in milliseconds. */
const EXPIRE_MS = 500;

const NO_DATA = new Uint8Array(0);
const NOWHERE = { segment: 0, offset: 0 };

type Opened = Extract<ImportedItem, { readonly kind: 'opened' }>;

interface Link {
  readonly id: number;
  readonly version: OcppVersion | null;
}

/**
 * Writes what a file holds into a new session, through the indexer that live traffic goes through: calls are paired,
 * rules checked, latency taken from the times in the file.
 */
export class SessionImport {
  readonly #path: string;
  readonly #store: IndexStore;
  readonly #indexer: Indexer;
  readonly #versionOf: (station: string) => OcppVersion | null;
  readonly #links = new Map<string, Link>();
  #entry = 0;
  #link = 0;
  #start: number | undefined;
  #expiredAt = 0;
  #records = 0;
  #bytes = 0;

  private constructor(
    path: string,
    store: IndexStore,
    startFold: StartFold,
    versionOf: (station: string) => OcppVersion | null,
  ) {
    this.#path = path;
    this.#store = store;
    this.#indexer = new Indexer(store, startFold);
    this.#versionOf = versionOf;
  }

  /** Starts a session in a file that is not there. `versionOf` is asked where the file does not say the version. */
  static start(
    path: string,
    startFold: StartFold,
    versionOf: (station: string) => OcppVersion | null,
  ): Outcome<SessionImport> {
    const database = openForIndexing(path);
    if (!database.ok) return database;
    // What an interruption leaves is removed, so nothing has to survive it.
    database.value.exec('PRAGMA synchronous = OFF');
    return success(new SessionImport(path, new IndexStore(database.value), startFold, versionOf));
  }

  /** Entries written so far. */
  get entries(): number {
    return this.#entry;
  }

  /** Frames written so far. */
  get frames(): number {
    return this.#store.state.messages;
  }

  /** Takes one item; what is no part of the traffic is passed over. */
  take(item: ImportedItem): void {
    switch (item.kind) {
      case 'opened':
        this.#opened(item);
        break;
      case 'frame':
        this.#frame(item.frame);
        break;
      case 'control': {
        const link = this.#links.get(item.link);
        const flags = controlFlags(item.direction, item.type);
        if (link) this.#record(RECORD.control, flags, 0, link.id, item.wall, item.data);
        break;
      }
      case 'remark': {
        const link = this.#links.get(item.link);
        if (link) this.#record(RECORD.remark, 0, ++this.#entry, link.id, item.wall, encoded(item.remark));
        break;
      }
      case 'closed': {
        const link = this.#links.get(item.link);
        if (link) this.#record(RECORD.linkClosed, 0, ++this.#entry, link.id, item.wall, encoded(item.closing));
        this.#links.delete(item.link);
      }
    }
  }

  /** Makes the session whole. */
  finish(): void {
    this.#commit();
    this.#store.finish();
  }

  /** Removes what was written. */
  abandon(): void {
    this.#store.close();
    for (const file of [this.#path, `${this.#path}-wal`, `${this.#path}-shm`]) rmSync(file, { force: true });
  }

  #opened({ link, opening, negotiation, wall }: Opened): void {
    const version = negotiation.version ?? this.#versionOf(opening.station);
    const agreed = version === null ? negotiation : { ...negotiation, version };
    this.#open(link, opening, agreed, wall, true);
  }

  #frame(frame: ImportedFrame): void {
    const { wall, direction, data, binary } = frame;
    const link = this.#linkOf(frame);
    this.#record(
      RECORD.frame,
      frameFlags(direction, 'received', binary, undefined),
      ++this.#entry,
      link.id,
      wall,
      data,
    );
  }

  /** The link of a frame. Where the file knows of none, a station in one version has one, without a handshake. */
  #linkOf({ link, station, version, wall }: ImportedFrame): Link {
    const known = link === null ? undefined : this.#links.get(link);
    if (known) return known;
    const spoken = version ?? this.#versionOf(station);
    const key = link ?? `${spoken ?? ''} ${station}`;
    const own = this.#links.get(key);
    if (own) return own;
    const offered = spoken === null ? [] : [SUBPROTOCOL_OF[spoken]];
    const opening: LinkOpening = { peer: 'station', opener: 'peer', station, url: '', requestHeaders: [], offered };
    return this.#open(key, opening, spoken === null ? {} : { version: spoken }, wall, false);
  }

  /** `seen`: the file tells of the handshake, so it is an entry of the timeline. */
  #open(key: string, opening: LinkOpening, negotiation: LinkNegotiation, wall: number, seen: boolean): Link {
    const link: Link = { id: ++this.#link, version: negotiation.version ?? null };
    // The pair's number is one of the file that this comes from.
    const { pairedWith, ...own } = opening;
    const pair = pairedWith === undefined ? undefined : this.#links.get(String(pairedWith))?.id;
    this.#record(RECORD.linkOpened, 0, 0, link.id, wall, encoded({ ...own, pairedWith: pair }));
    this.#record(RECORD.negotiated, 0, seen ? ++this.#entry : 0, link.id, wall, encoded(negotiation));
    this.#links.set(key, link);
    return link;
  }

  #record(type: RecordType, flags: number, entry: number, link: number, wall: number, data: Uint8Array): void {
    if (this.#start === undefined) {
      this.#start = wall;
      this.#take(RECORD.start, 0, 0, 0, wall, NO_DATA);
    }
    this.#take(type, flags, entry, link, wall, data);
  }

  #take(type: RecordType, flags: number, entry: number, link: number, wall: number, data: Uint8Array): void {
    const mono = wall - (this.#start ?? wall);
    const record: JournalRecord = { type, flags, entry, link, wall, mono, data };
    if (mono - this.#expiredAt >= EXPIRE_MS) {
      this.#expiredAt = mono;
      this.#indexer.expire(mono);
    }
    this.#indexer.take(record);
    this.#records += 1;
    this.#bytes += data.byteLength;
    if (this.#records >= COMMIT_RECORDS || this.#bytes >= COMMIT_BYTES) this.#commit();
  }

  #commit(): void {
    if (!this.#store.dirty) return;
    this.#store.commit(NOWHERE);
    this.#records = 0;
    this.#bytes = 0;
    this.#store.checkpoint();
  }
}

function encoded(facts: LinkOpening | LinkNegotiation | LinkClosing | LinkRemark): Uint8Array {
  return Buffer.from(JSON.stringify(facts));
}

import type { OcppVersion } from '../../ocpp/version.ts';
import type { Finding } from '../../session/finding.ts';
import type { Instant, LinkNegotiation, LinkOpening } from '../../session/link.ts';
import type {
  ConversationFold,
  LateFinding,
  Observation,
  PendingCall,
  RecordedFrame,
} from '../../session/observation.ts';
import type { EntryKind } from '../../session/timeline.ts';
import { contentOfBytes } from './frame-bytes.ts';
import type { IndexStore, StoredLink } from './index-store.ts';
import { directionOf, frameOf, isBinary, isPong, type JournalRecord, originOf, RECORD } from './journal-record.ts';
import { closingEvent, isOpen, type LinkEvent, negotiationEvent, remarkEvent } from './link-event.ts';
import {
  parseClosing,
  parseFate,
  parseNegotiation,
  parseOpening,
  parseRemark,
  parseStop,
  UNKNOWN_OPENING,
} from './link-json.ts';
import type { Standing } from './link-standing.ts';
import { OnwardFrames } from './onward-frames.ts';

/** Starts the fold over a conversation, or goes on with one of which these calls were waiting. */
export type StartFold = (
  version: OcppVersion | undefined,
  station: string,
  resume: readonly PendingCall[],
) => ConversationFold;

interface Conversation {
  readonly fold: ConversationFold;
  /** Links of the conversation that have not ended. */
  readonly open: Set<number>;
}

/** Turns journal records into rows: pairs and checks the frames of each conversation, and says what links did. */
export class Indexer {
  readonly #store: IndexStore;
  readonly #startFold: StartFold;
  readonly #links = new Map<number, StoredLink>();
  readonly #conversations = new Map<number, Conversation>();
  readonly #onward = new OnwardFrames();

  constructor(store: IndexStore, startFold: StartFold) {
    this.#store = store;
    this.#startFold = startFold;
    const open = store.openLinks();
    if (open.length === 0) return;
    const pending = store.pendingCalls();
    for (const link of open) {
      this.#links.set(link.id, link);
      this.#conversationOf(link, pending.get(link.conversation)).open.add(link.id);
    }
  }

  /** Indexes one record. A record of a kind that a later version may have is passed over. */
  take(record: JournalRecord): void {
    switch (record.type) {
      case RECORD.frame:
        this.#frame(record);
        break;
      case RECORD.control:
        this.#control(record);
        break;
      case RECORD.start:
        this.#start(record);
        break;
      case RECORD.linkOpened:
        this.#linkOpened(record);
        break;
      case RECORD.negotiated:
        this.#negotiated(record);
        break;
      case RECORD.linkClosed:
        this.#linkClosed(record);
        break;
      case RECORD.fate:
        this.#fate(record);
        break;
      case RECORD.remark:
        this.#remark(record);
        break;
      case RECORD.stopped: {
        const stop = parseStop(jsonOf(record));
        if (stop) this.#store.stopRecording(stop);
      }
    }
  }

  /** Reports calls whose time for an answer ran out by this instant of the journal's monotonic clock. */
  expire(mono: number): boolean {
    let any = false;
    for (const { fold } of this.#conversations.values()) {
      const late = fold.expire(mono);
      this.#insertLate(late);
      any ||= late.length > 0;
    }
    return any;
  }

  #start(at: Instant): void {
    // The calls of an earlier process may have been answered; no one was there to see it.
    this.#links.clear();
    this.#conversations.clear();
    this.#store.startRecording(at);
  }

  #linkOpened(record: JournalRecord): void {
    const opening = parseOpening(jsonOf(record));
    const paired = opening.pairedWith === undefined ? undefined : this.#find(opening.pairedWith);
    const link = this.#store.insertLink(record.link, paired?.conversation ?? record.link, opening, record);
    this.#links.set(link.id, link);
    this.#conversationOf(link).open.add(link.id);
  }

  #negotiated(record: JournalRecord): void {
    const link = this.#linkOf(record);
    const json = jsonOf(record);
    const negotiation = parseNegotiation(json);
    // Without an entry it is a link of an imported file that tells of frames alone: nobody saw how it was opened.
    const seen = record.entry !== 0;
    const open = !seen || isOpen(negotiation);
    this.#store.setNegotiation(
      link.id,
      negotiation.version,
      standingOf(open, link.opening, negotiation),
      seen ? record.entry : null,
      json,
    );
    if (seen) this.#insertEvent(record, link, open ? 'opened' : 'refused', negotiationEvent(link.opening, negotiation));
    if (!open) {
      this.#end(link);
      return;
    }
    this.#links.set(link.id, { ...link, version: negotiation.version, decided: true });
    const { fold } = this.#conversationOf(link);
    fold.version = negotiation.version ?? fold.version;
  }

  #linkClosed(record: JournalRecord): void {
    const link = this.#linkOf(record);
    const json = jsonOf(record);
    const closing = parseClosing(json);
    this.#store.setClosing(link.id, record, closing.by === 'lost' ? 'lost' : 'ended', record.entry, json);
    this.#insertEvent(record, link, 'closed', closingEvent(link.opening, closing));
    this.#depart(link);
    this.#end(link);
  }

  #remark(record: JournalRecord): void {
    const link = this.#linkOf(record);
    this.#insertEvent(record, link, 'remark', remarkEvent(link.opening, parseRemark(jsonOf(record))));
  }

  #control(record: JournalRecord): void {
    const { flags, data } = record;
    this.#store.insertControl(this.#linkOf(record).id, record, directionOf(flags), isPong(flags), data);
  }

  #frame(record: JournalRecord): void {
    const { entry, mono, flags } = record;
    const { data, original } = frameOf(record);
    const origin = originOf(flags);
    const link = this.#linkOf(record);
    const direction = directionOf(flags);
    const content = contentOfBytes(data, isBinary(flags));
    const observed = observe(this.#conversationOf(link).fold, {
      entry,
      direction,
      mono,
      size: data.byteLength,
      content,
      link: record.link,
      made: origin === 'edited' || origin === 'injected' ? { origin, original: original ?? null } : undefined,
    });
    this.#store.insertEntry({
      entry,
      kind: 'frame',
      at: record,
      link: link.id,
      station: link.station,
      direction,
      type: observed.type,
      action: observed.action,
      messageId: observed.messageId,
      summary: observed.summary,
      call: observed.call,
      latency: observed.latency,
      findings: observed.findings,
      size: data.byteLength,
      answers: observed.answers ?? (observed.call === null ? [] : [observed.call]),
      origin,
      original: original ?? null,
    });
    this.#store.insertFrame(entry, content.kind, data);
    this.#store.passes(link.id, direction, data.byteLength);
    if (origin !== 'received') return;
    const onward = this.#otherLeg(link);
    if (onward === undefined) return;
    const bytes = data.byteLength;
    this.#store.passes(onward, direction, bytes);
    this.#onward.add({ entry, link: onward, direction, bytes });
  }

  /** The open leg on the other side of a proxy, over which what comes on this one goes on. */
  #otherLeg(link: StoredLink): number | undefined {
    for (const id of this.#conversations.get(link.conversation)?.open ?? []) {
      const other = this.#links.get(id);
      if (other?.decided && other.opening.peer !== link.opening.peer) return id;
    }
    return undefined;
  }

  #fate(record: JournalRecord): void {
    const fate = parseFate(jsonOf(record));
    if (!fate) return;
    this.#store.setFate(fate);
    const onward = fate.fate === 'delayed' ? undefined : this.#onward.take(fate.entry);
    if (onward) this.#store.passes(onward.link, onward.direction, onward.bytes, -1);
    if (fate.fate !== 'dropped') return;
    for (const { fold } of this.#conversations.values()) fold.dropped(fate.entry);
  }

  #insertEvent(record: JournalRecord, link: StoredLink, kind: Exclude<EntryKind, 'frame'>, event: LinkEvent): void {
    this.#store.insertEntry({
      entry: record.entry,
      kind,
      at: record,
      link: link.id,
      station: link.station,
      direction: event.direction,
      type: null,
      action: null,
      messageId: null,
      summary: event.summary,
      call: null,
      latency: null,
      findings: event.findings,
      size: 0,
      answers: [],
      origin: null,
      original: null,
    });
  }

  /** A station may outlive its CSMS, and get another connection to it: what that one had asked is answered to nobody. */
  #depart({ id, conversation, opening }: StoredLink): void {
    const { open, fold } = this.#conversations.get(conversation) ?? {};
    if (opening.peer === 'csms' && open?.has(id) && open.has(conversation)) this.#insertLate(fold?.departed(id) ?? []);
  }

  /** With its last link a conversation ends: no one is left to answer. */
  #end(link: StoredLink): void {
    this.#links.delete(link.id);
    const conversation = this.#conversations.get(link.conversation);
    if (!conversation?.open.delete(link.id) || conversation.open.size > 0) return;
    this.#insertLate(conversation.fold.close());
    this.#conversations.delete(link.conversation);
  }

  #insertLate(late: readonly LateFinding[]): void {
    for (const { entry, finding } of late) this.#store.insertLateFinding(entry, finding);
  }

  /** The link of a record; one that nothing is known of (its opening was in a damaged part) is made up. */
  #linkOf(record: JournalRecord): StoredLink {
    return this.#find(record.link) ?? this.#store.insertLink(record.link, record.link, UNKNOWN_OPENING, record);
  }

  #find(id: number): StoredLink | undefined {
    return this.#links.get(id) ?? this.#store.link(id);
  }

  /** The conversation of a link; a frame on a link that has ended gets one for itself. */
  #conversationOf(link: StoredLink, resume: readonly PendingCall[] = []): Conversation {
    const known = this.#conversations.get(link.conversation);
    if (known) return known;
    const conversation = { fold: this.#startFold(link.version, link.opening.station, resume), open: new Set<number>() };
    if (this.#links.has(link.id)) this.#conversations.set(link.conversation, conversation);
    return conversation;
  }
}

/** A fault of ours in reading one frame must not stop the index of all others; it shows as a finding. */
function observe(fold: ConversationFold, frame: RecordedFrame): Observation {
  try {
    return fold.observe(frame);
  } catch (error) {
    const sentence = `Plugscope failed to read this frame: ${error instanceof Error ? error.message : String(error)}`;
    const finding: Finding = { severity: 'error', rule: 'capture.internal', requirements: [], sentence };
    return {
      type: 'malformed',
      messageId: null,
      action: null,
      summary: 'Not understood',
      call: null,
      latency: null,
      findings: [finding],
    };
  }
}

function standingOf(open: boolean, { attempt }: LinkOpening, { code, repeats }: LinkNegotiation): Standing {
  if (open) return 'open';
  if (attempt === undefined) return repeats === undefined ? 'refused' : 'flood';
  return code === 'file-served' ? 'served' : 'attempt';
}

function jsonOf(record: JournalRecord): string {
  return Buffer.from(record.data.buffer, record.data.byteOffset, record.data.byteLength).toString('utf8');
}

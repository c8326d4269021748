import type { Direction } from '../../ocpp/direction.ts';
import { parseFrame } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { FrameOrigin } from '../timeline.ts';

/** Which side of a recording is played to a live peer. */
export type ReplaySide = 'station' | 'csms';

/** A recorded frame, as far as a replay needs it. */
export interface RecordedMessage {
  readonly entry: number;
  /** Milliseconds since 1970 UTC. */
  readonly wall: number;
  readonly link: number;
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly direction: Direction;
  readonly origin: FrameOrigin | null;
  /** Undefined for a binary frame and one that is no UTF-8. */
  readonly text: string | undefined;
  readonly data: Uint8Array;
}

/** A frame as it was recorded. */
export interface RecordedText {
  readonly entry: number;
  readonly text: string;
}

interface StepBase {
  /** Its entry in the recording. */
  readonly entry: number;
  /** When it was recorded, in milliseconds since 1970 UTC. */
  readonly wall: number;
}

/** One thing to be done, or to be waited for, in the order of the recording. */
export type ReplayStep =
  /** A CALL of the side that is played, and the answer that it had. */
  | (StepBase & {
      readonly kind: 'call';
      readonly messageId: string;
      readonly action: string;
      readonly payload: JsonObject;
      readonly recorded: RecordedText | null;
    })
  /** A SEND of the side that is played (2.1). */
  | (StepBase & {
      readonly kind: 'send';
      readonly messageId: string;
      readonly action: string;
      readonly payload: JsonObject;
    })
  /** A frame of the side that is played that is no message; it is sent as its exact bytes. */
  | (StepBase & { readonly kind: 'raw'; readonly data: Uint8Array; readonly binary: boolean })
  /** A CALL of the other side, which the live peer may send as well, and how the side that is played answered it. */
  | (StepBase & {
      readonly kind: 'expect';
      readonly action: string;
      readonly payload: JsonObject;
      readonly answer: RecordedText | null;
    })
  /** The station connected anew. */
  | (StepBase & { readonly kind: 'reconnect' });

/** What one station said, or was told, in its order. */
export interface ReplayTrack {
  readonly station: string;
  /** Of its first connection that agreed on one. */
  readonly version: OcppVersion | null;
  readonly steps: readonly ReplayStep[];
}

/**
 * Puts recorded frames, in the order of their entries, together as what a side did: a track for each station. Frames
 * that Plugscope edited or injected are left out, since no peer sent them; what came in stands in their place.
 */
export function planReplay(messages: Iterable<RecordedMessage>, side: ReplaySide): readonly ReplayTrack[] {
  const tracks = new Map<string, TrackBuilder>();
  for (const message of messages) {
    if (message.origin === 'edited' || message.origin === 'injected') continue;
    let track = tracks.get(message.station);
    if (!track) {
      track = new TrackBuilder(side);
      tracks.set(message.station, track);
    }
    track.add(message);
  }
  return [...tracks].map(([station, { version, steps }]) => ({ station, version, steps }));
}

const OWN_DIRECTION = { station: 'to-csms', csms: 'to-station' } as const satisfies Record<ReplaySide, Direction>;

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type CallStep = Writable<Extract<ReplayStep, { kind: 'call' }>>;
type ExpectStep = Writable<Extract<ReplayStep, { kind: 'expect' }>>;

class TrackBuilder {
  readonly steps: ReplayStep[] = [];
  version: OcppVersion | null = null;
  readonly #own: Direction;
  /** CALLs that wait for their answer, by message id: of the side that is played, and of the other. */
  readonly #calls = new Map<string, CallStep>();
  readonly #expected = new Map<string, ExpectStep>();
  #link: number | undefined;

  constructor(side: ReplaySide) {
    this.#own = OWN_DIRECTION[side];
  }

  add(message: RecordedMessage): void {
    const { entry, wall, link, version, direction, text, data } = message;
    this.version ??= version;
    // The other leg of a proxied connection carries nothing of its own once edited frames are left out.
    if (this.#link !== undefined && this.#link !== link && direction === 'to-csms') {
      this.#calls.clear();
      this.#expected.clear();
      this.steps.push({ kind: 'reconnect', entry, wall });
    }
    if (direction === 'to-csms') this.#link = link;
    const isOwn = direction === this.#own;
    const parsed = text === undefined ? undefined : parseFrame(text, version ?? undefined);
    if (!parsed?.ok) {
      if (isOwn) this.steps.push({ kind: 'raw', entry, wall, data, binary: text === undefined });
      return;
    }
    const said = parsed.message;
    switch (said.type) {
      case 'CALL': {
        const { action, payload, messageId } = said;
        if (isOwn) {
          const step: CallStep = { kind: 'call', entry, wall, messageId, action, payload, recorded: null };
          this.#calls.set(messageId, step);
          this.steps.push(step);
        } else {
          const step: ExpectStep = { kind: 'expect', entry, wall, action, payload, answer: null };
          this.#expected.set(messageId, step);
          this.steps.push(step);
        }
        return;
      }
      case 'SEND':
        if (isOwn) {
          const { action, payload, messageId } = said;
          this.steps.push({ kind: 'send', entry, wall, messageId, action, payload });
        }
        return;
      case 'CALLRESULT':
      case 'CALLERROR':
        this.#answer(said.messageId, isOwn, { entry, text: text ?? '' });
        return;
      case 'CALLRESULTERROR':
        // It complains about an answer that the live peer may well give right.
        return;
    }
  }

  #answer(messageId: string, isOwn: boolean, recorded: RecordedText): void {
    if (isOwn) {
      const expected = this.#expected.get(messageId);
      this.#expected.delete(messageId);
      if (expected) expected.answer = recorded;
      return;
    }
    const call = this.#calls.get(messageId);
    this.#calls.delete(messageId);
    if (call) call.recorded = recorded;
  }
}

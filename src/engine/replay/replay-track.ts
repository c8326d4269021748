import { parseFrame } from '../../ocpp/frame.ts';
import { frameText } from '../../ocpp/frame-text.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { RPC_ERROR_CODES_2 } from '../../ocpp/rpc-error.ts';
import type { Ignored } from '../../session/diff/identity.ts';
import { type Failure, failure, type Outcome } from '../../session/outcome.ts';
import { shiftTimes, TransactionIds } from '../../session/replay/adapt.ts';
import type { ReplayStep, ReplayTrack } from '../../session/replay/replay-plan.ts';
import { compareAnswers, type ExchangeVerdict } from '../../session/replay/verdict.ts';
import type { Clock } from '../clock.ts';
import type { SentCall } from '../peers.ts';
import type { Answer } from '../rpc/effects.ts';
import type { ReplayPeer, ReplayTarget } from './replay-peer.ts';

/** When the steps of a replay are done. */
export type ReplayPace =
  /** With the pauses of the recording, divided by `speed`. */
  | { readonly kind: 'original'; readonly speed: number }
  /** Each as soon as the one before it is answered. */
  | { readonly kind: 'as-answered' }
  /** Each when it is asked for. */
  | { readonly kind: 'step' };

/** How a recording is played. */
export interface ReplayOptions {
  readonly pace: ReplayPace;
  readonly messageIds: 'fresh' | 'original';
  /** Moves instants in payloads by as much as the step is later than it was recorded. */
  readonly shiftTimes: boolean;
  /** Puts the transaction ids of now in the place of the recorded ones. */
  readonly mapTransactions: boolean;
  /** Differences between answers that are expected. */
  readonly ignore: Ignored;
}

/** How a step ended: for a CALL, how its answer compares with the recorded one. */
export type StepVerdict =
  | ExchangeVerdict
  /** It went out, and has no answer. */
  | { readonly kind: 'sent' }
  /** The live peer sent what was recorded, or did not. */
  | { readonly kind: 'came' }
  | { readonly kind: 'did-not-come' }
  | { readonly kind: 'failed'; readonly sentence: string };

/** What came of a step. */
export interface StepResult {
  /** Entry under which what was sent is recorded now; null where nothing was sent. */
  readonly sent: number | null;
  /** The frame that was answered with, as text, where one was. */
  readonly answer?: { readonly entry: number; readonly text: string };
  /** From sending to the answer, in milliseconds. */
  readonly latency?: number;
  readonly verdict: StepVerdict;
}

/** What a track needs of the world. */
export interface TrackMeans {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  newId(): string;
  /** The payload of a step as the user changed it; undefined where it was not changed. */
  edited(step: ReplayStep): JsonObject | undefined;
  /** Resolves when the next step may be done, where steps are asked for one by one. */
  allowed(): Promise<void>;
  /** A step begins to be done, or has a result. */
  onStep(step: ReplayStep, result: StepResult | 'running'): void;
  /** The live peer sent a CALL that the recording does not have. */
  onUnexpected(station: string, action: string): void;
}

/** Time that a CALL of the live peer is waited for, in milliseconds. */
const EXPECTED_MS = 3000;

/** Plays one station's part of a recording; resolves when all is done or the signal aborts. Fails where it cannot connect. */
export async function playTrack(
  track: ReplayTrack,
  start: number,
  target: ReplayTarget,
  options: ReplayOptions,
  means: TrackMeans,
): Promise<Failure | undefined> {
  const player = new TrackPlayer(track, start, target, options, means);
  return player.play();
}

class TrackPlayer {
  readonly #track: ReplayTrack;
  readonly #target: ReplayTarget;
  readonly #options: ReplayOptions;
  readonly #means: TrackMeans;
  readonly #transactions: TransactionIds;
  /** Instant in the recording at which the whole replay starts, and that of now. */
  readonly #recordedStart: number;
  readonly #begun: number;
  readonly #came = new Set<ReplayStep>();
  /** Told when a CALL that is waited for has come. */
  readonly #awaited = new Map<ReplayStep, () => void>();
  #peer: ReplayPeer | undefined;

  constructor(track: ReplayTrack, start: number, target: ReplayTarget, options: ReplayOptions, means: TrackMeans) {
    this.#track = track;
    this.#target = target;
    this.#options = options;
    this.#means = means;
    this.#recordedStart = start;
    this.#begun = means.clock.now().wall;
    // In 1.6 the CSMS hands them out; afterwards the station does, and must not use one twice (E01.FR.08 of 2.1).
    const fresh = track.version !== '1.6' && options.messageIds === 'fresh';
    this.#transactions = new TransactionIds(fresh ? () => means.newId() : undefined);
  }

  async play(): Promise<Failure | undefined> {
    const { signal } = this.#means;
    try {
      const connected = await this.#connect();
      if (!connected.ok) return connected.error;
      for (const step of this.#track.steps) {
        await this.#due(step);
        if (signal.aborted) break;
        const trouble = await this.#do(step);
        if (trouble) return trouble;
      }
      if (!signal.aborted) this.#closeExpectations();
      return undefined;
    } finally {
      await this.#peer?.close();
    }
  }

  async #connect(): Promise<Outcome<ReplayPeer>> {
    const { station } = this.#track;
    const peer = await this.#target.connect(station, (...request) => this.#answer(...request), this.#means.signal);
    if (peer.ok) this.#peer = peer.value;
    return peer;
  }

  /** Waits until a step is due. What the live peer is to do by itself is waited for nowhere. */
  async #due(step: ReplayStep): Promise<void> {
    const { pace } = this.#options;
    if (step.kind === 'expect' || this.#means.signal.aborted) return;
    if (pace.kind === 'step') await this.#means.allowed();
    if (pace.kind !== 'original') return;
    const due = this.#begun + (step.wall - this.#recordedStart) / pace.speed;
    await this.#sleep(due - this.#means.clock.now().wall);
  }

  /** Without the pauses of the recording, a CALL of the live peer is given some time to keep its place in the order. */
  async #comes(step: ReplayStep): Promise<void> {
    if (this.#options.pace.kind !== 'as-answered' || !this.#target.answers || this.#came.has(step)) return;
    const came = new Promise<void>((resolve) => this.#awaited.set(step, resolve));
    await Promise.race([came, this.#sleep(EXPECTED_MS)]);
    this.#awaited.delete(step);
  }

  #sleep(milliseconds: number): Promise<void> {
    const { clock, signal } = this.#means;
    if (milliseconds <= 0 || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        timer.cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = clock.after(milliseconds, end);
      signal.addEventListener('abort', end);
    });
  }

  async #do(step: ReplayStep): Promise<Failure | undefined> {
    switch (step.kind) {
      case 'call':
        await this.#call(step);
        return undefined;
      case 'send':
      case 'raw':
        this.#raw(step);
        return undefined;
      case 'expect':
        await this.#comes(step);
        return undefined;
      case 'reconnect': {
        if (!this.#target.reconnects) return undefined;
        await this.#peer?.close();
        const connected = await this.#connect();
        if (!connected.ok) return connected.error;
        this.#means.onStep(step, { sent: null, verdict: { kind: 'sent' } });
      }
    }
    return undefined;
  }

  async #call(step: Extract<ReplayStep, { kind: 'call' }>): Promise<void> {
    const { onStep, clock, signal } = this.#means;
    onStep(step, 'running');
    const call = {
      action: step.action,
      payload: this.#payload(step),
      messageId: this.#options.messageIds === 'original' ? step.messageId : this.#means.newId(),
    };
    const begun = clock.now().mono;
    const ended = (await this.#peer?.call(call, signal)) ?? failure('not-connected', 'There is no connection.');
    if (!ended.ok) {
      onStep(step, { sent: null, verdict: { kind: 'failed', sentence: ended.error.sentence } });
      return;
    }
    onStep(step, this.#resultOf(step, ended.value, call.messageId, clock.now().mono - begun));
  }

  #resultOf(
    step: Extract<ReplayStep, { kind: 'call' }>,
    ended: SentCall,
    messageId: string,
    latency: number,
  ): StepResult {
    if (ended.kind !== 'result' && ended.kind !== 'error') {
      const sentence = ended.kind === 'timeout' ? 'No answer came in time.' : 'The connection ended before the answer.';
      const verdict: ExchangeVerdict =
        step.recorded === null ? { kind: 'not-recorded' } : { kind: 'unanswered', sentence };
      return { sent: ended.entry, verdict };
    }
    if (ended.kind === 'result' && this.#options.mapTransactions && step.recorded) {
      this.#transactions.learn(payloadOf(step.recorded.text), ended.payload);
    }
    const text =
      ended.kind === 'result'
        ? frameText({ type: 'CALLRESULT', messageId, payload: ended.payload })
        : frameText({
            type: 'CALLERROR',
            messageId,
            errorCode: ended.code,
            errorDescription: ended.description,
            errorDetails: ended.details,
          });
    return {
      sent: ended.entry,
      answer: { entry: ended.answer, text },
      latency,
      verdict: compareAnswers(step.recorded, text, this.#options.ignore),
    };
  }

  #raw(step: Extract<ReplayStep, { kind: 'send' | 'raw' }>): void {
    const { onStep, newId } = this.#means;
    const { messageIds } = this.#options;
    const [data, binary] =
      step.kind === 'raw'
        ? [step.data, step.binary]
        : [
            encoder.encode(
              frameText({
                type: 'SEND',
                messageId: messageIds === 'original' ? step.messageId : newId(),
                action: step.action,
                payload: this.#payload(step),
              }),
            ),
            false,
          ];
    const sent = this.#peer?.raw(data, binary) ?? failure('not-connected', 'There is no connection.');
    onStep(
      step,
      sent.ok
        ? { sent: sent.value, verdict: { kind: 'sent' } }
        : { sent: null, verdict: { kind: 'failed', sentence: sent.error.sentence } },
    );
  }

  /** The payload of a step as it is to go out now. What a user changed goes out as it is. */
  #payload(step: Extract<ReplayStep, { kind: 'call' | 'send' }>): JsonObject {
    const edited = this.#means.edited(step);
    if (edited) return edited;
    const { mapTransactions, shiftTimes: shifts } = this.#options;
    const moved = shifts ? shiftTimes(step.payload, this.#means.clock.now().wall - step.wall) : step.payload;
    return mapTransactions ? this.#transactions.applyTo(moved) : moved;
  }

  /** Answers a CALL of the live peer as the recorded side answered the first of that action that did not come yet. */
  #answer(action: string, payload: JsonObject): Answer {
    const { onStep, onUnexpected } = this.#means;
    for (const step of this.#track.steps) {
      if (step.kind !== 'expect' || step.action !== action || this.#came.has(step)) continue;
      this.#came.add(step);
      this.#awaited.get(step)?.();
      if (this.#options.mapTransactions) this.#transactions.learn(step.payload, payload);
      onStep(step, { sent: null, verdict: { kind: 'came' } });
      return step.answer === null ? NOT_ANSWERED : answerOf(step.answer.text);
    }
    onUnexpected(this.#track.station, action);
    return NOT_ANSWERED;
  }

  /** What the live peer did not send by itself, although the recorded one did. */
  #closeExpectations(): void {
    if (!this.#target.answers) return;
    for (const step of this.#track.steps) {
      if (step.kind === 'expect' && !this.#came.has(step)) {
        this.#means.onStep(step, { sent: null, verdict: { kind: 'did-not-come' } });
      }
    }
  }
}

const encoder = new TextEncoder();

const NOT_ANSWERED: Answer = {
  ok: false,
  error: { code: 'NotSupported', description: 'The recording that is replayed has no answer to this.' },
};

function answerOf(text: string): Answer {
  const parsed = parseFrame(text);
  if (parsed.ok && parsed.message.type === 'CALLRESULT') return { ok: true, payload: parsed.message.payload };
  if (!parsed.ok || parsed.message.type !== 'CALLERROR') return NOT_ANSWERED;
  const { errorCode, errorDescription: description, errorDetails: details } = parsed.message;
  // A code that the version does not have cannot be an answer of an endpoint of ours; what it said stays.
  const code = RPC_ERROR_CODES_2.find((known) => known === errorCode) ?? 'GenericError';
  return { ok: false, error: { code, description, details } };
}

function payloadOf(text: string): JsonObject | undefined {
  const parsed = parseFrame(text);
  return parsed.ok && 'payload' in parsed.message ? parsed.message.payload : undefined;
}

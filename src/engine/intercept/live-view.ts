import { DIRECTIONS } from '../../ocpp/direction.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { createConversation } from '../../session/conversation.ts';
import type { FilterSubject } from '../../session/filter/subject.ts';
import type { Finding, Severity } from '../../session/finding.ts';
import { SEVERITIES } from '../../session/finding.ts';
import type { ConversationFold, MadeFrame, PendingCall } from '../../session/observation.ts';
import type { RowType } from '../../session/timeline.ts';
import { frameContent } from '../rpc/frame-content.ts';
import type { Arrival } from './gate-effects.ts';
import type { InterceptedFrame } from './verdict.ts';

/** Frames whose text is kept, in case an answer to them comes; and how much of it. */
const TEXTS_MAX = 64;
const TEXTS_MAX_CHARACTERS = 4 * 1024 * 1024;

export interface LiveViewOptions {
  /** The station's link. */
  readonly conversation: number;
  readonly station: string;
  readonly version: OcppVersion | undefined;
  readonly validator: PayloadValidator;
  /** Calls that were waiting for their answer when the view began. */
  readonly pending: readonly PendingCall[];
}

/**
 * A conversation as it is recorded, frame by frame, so that a filter gives the same answer of a live frame as of its
 * entry. It knows what it has seen: of what came before it began, only which calls were waiting.
 */
export class LiveView {
  readonly #options: LiveViewOptions;
  readonly #fold: ConversationFold;
  readonly #texts = new Map<number, { readonly type: RowType; readonly text: string }>();
  #characters = 0;

  constructor(options: LiveViewOptions) {
    this.#options = options;
    const { version, station, validator, pending } = options;
    this.#fold = createConversation({ version, station, validator, resume: pending });
  }

  /** A frame that came in on this link. */
  received(arrival: Arrival, link: number): InterceptedFrame {
    const { entry, direction, data, binary, at } = arrival;
    const { conversation, station, version } = this.#options;
    const { observed, text } = this.#observe(arrival, undefined, link);
    const { type, findings, call } = observed;
    const subject: FilterSubject = {
      row: {
        entry,
        kind: 'frame',
        wall: at.wall,
        link,
        station,
        version: version ?? null,
        direction,
        type,
        action: observed.action,
        messageId: observed.messageId,
        summary: observed.summary,
        call,
        answer: null,
        latency: observed.latency,
        severity: worst(findings),
        findings: findings.length,
        size: data.byteLength,
        origin: 'received',
        original: null,
        fate: null,
      },
      conversation,
      text: () => text,
      findingRules: () => findings.map(({ rule }) => rule),
      counterpart: () => (call === null ? undefined : this.#texts.get(call)),
    };
    return { entry, conversation, direction, version, data, binary, subject };
  }

  /** A frame that we made went out. */
  made(arrival: Arrival, made: MadeFrame): void {
    this.#observe(arrival, made);
  }

  /** The link to the CSMS is gone, and another one may come in its place. */
  departed(link: number): void {
    this.#fold.departed(link);
  }

  /** A frame was dropped, so that it has no answer. */
  dropped(entry: number): void {
    this.#fold.dropped(entry);
  }

  #observe({ entry, direction, data, binary, at }: Arrival, made?: MadeFrame, link?: number) {
    const content = frameContent(data, binary);
    const observed = this.#fold.observe({
      entry,
      direction,
      mono: at.mono,
      size: data.byteLength,
      made,
      link,
      content: content.kind === 'binary' ? { kind: 'binary' } : content,
    });
    const text = content.kind === 'text' ? content.text : undefined;
    if (text !== undefined && (observed.type === 'CALL' || observed.type === 'SEND')) {
      this.#keep(entry, observed.type, text);
    }
    return { observed, text };
  }

  #keep(entry: number, type: RowType, text: string): void {
    this.#texts.set(entry, { type, text });
    this.#characters += text.length;
    for (const [oldest, { text: gone }] of this.#texts) {
      if (this.#texts.size <= TEXTS_MAX && this.#characters <= TEXTS_MAX_CHARACTERS) return;
      this.#texts.delete(oldest);
      this.#characters -= gone.length;
    }
  }
}

/** The calls of a gate that wait for their answer, as a fold goes on with them. */
export function pendingCalls(
  outstanding: (
    direction: PendingCall['direction'],
  ) => Iterable<
    readonly [
      messageId: string,
      call: { readonly entry: number; readonly action: string | undefined; readonly arrived: number },
    ]
  >,
): readonly PendingCall[] {
  return DIRECTIONS.flatMap((direction) =>
    [...outstanding(direction)].map(([messageId, { entry, action, arrived }]) => ({
      entry,
      direction,
      mono: arrived,
      messageId,
      action: action ?? '',
    })),
  );
}

function worst(findings: readonly Finding[]): Severity | null {
  const weight = findings.reduce((most, { severity }) => Math.max(most, SEVERITIES.indexOf(severity)), -1);
  return SEVERITIES[weight] ?? null;
}

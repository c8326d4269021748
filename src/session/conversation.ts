import { type Action, findAction, maySend } from '../ocpp/actions.ts';
import { type Direction, opposite } from '../ocpp/direction.ts';
import {
  binaryFrame,
  type Call,
  type CallError,
  type CallResult,
  type CallResultError,
  type MalformedFrame,
  MESSAGE_TYPE,
  notUtf8Frame,
  parseFrame,
  type Send,
} from '../ocpp/frame.ts';
import { isRpcErrorCode } from '../ocpp/rpc-error.ts';
import type { PayloadValidator } from '../ocpp/schemas.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import type { Finding } from './finding.ts';
import type {
  ConversationFold,
  LateFinding,
  MadeFrame,
  Observation,
  PendingCall,
  RecordedFrame,
} from './observation.ts';
import { flawFinding, type RpcRule, rpcFinding, schemaFindings } from './rpc/rules.ts';
import { Sender, type Sent, sentOf } from './rpc/sender.ts';
import {
  callWhilePending,
  idReused,
  nameIn,
  nameOf,
  orphan,
  quotedName,
  SENDER_NAME,
  unknownAction,
} from './rpc/sentences.ts';
import { summaryOf, summaryOfMalformed } from './summary.ts';
import { duration, plain } from './words.ts';

/** Time that a CALL has for its answer where nothing else is said, in milliseconds. */
export const CALL_TIMEOUT_MS = 30_000;

export interface ConversationOptions {
  /** Undefined while the handshake is under way, or where it agreed on none that is spoken here. */
  readonly version: OcppVersion | undefined;
  /** Identity of the charging station, for the sentences. */
  readonly station: string;
  readonly validator: PayloadValidator;
  /** Time that a CALL has for its answer, in milliseconds; 30 s where it is left out. */
  readonly callTimeoutMs?: number;
  /** Calls that were waiting when the fold was last put away. */
  readonly resume?: readonly PendingCall[];
}

/** Starts the fold over the frames of one conversation. */
export function createConversation(options: ConversationOptions): ConversationFold {
  return new Conversation(options);
}

const DIRECTIONS: readonly Direction[] = ['to-csms', 'to-station'];
/** Longest message id and action that a row holds; longer ones are cut. */
const ROW_TEXT_MAX = 255;

class Conversation implements ConversationFold {
  version: OcppVersion | undefined;
  private readonly validator: PayloadValidator;
  private readonly station: string;
  private readonly timeoutMs: number;
  private readonly senders: Readonly<Record<Direction, Sender>> = {
    'to-csms': new Sender(),
    'to-station': new Sender(),
  };
  private saidVersionUnknown = false;

  constructor(options: ConversationOptions) {
    this.version = options.version;
    this.validator = options.validator;
    this.station = options.station;
    this.timeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
    for (const { entry, direction, mono, messageId, action } of options.resume ?? []) {
      this.senders[direction].add(messageId, sentOf('call', entry, mono, action));
    }
  }

  observe(frame: RecordedFrame): Observation {
    const findings: Finding[] = [];
    if (this.version === undefined && !this.saidVersionUnknown) {
      this.saidVersionUnknown = true;
      const station = plain(this.station, 48);
      const sentence = `No OCPP version known here was agreed with ${station}; only the structure of its messages is checked.`;
      findings.push(this.finding('rpc.version-unknown', sentence));
    }
    const { content } = frame;
    if (content.kind !== 'text') {
      const malformed = content.kind === 'binary' ? binaryFrame(frame.size) : notUtf8Frame(content.byteOffset);
      return this.malformed(frame, malformed, undefined, findings);
    }
    const parsed = parseFrame(content.text, this.version);
    if (!parsed.ok) return this.malformed(frame, parsed.malformed, content.text, findings);
    for (const flaw of parsed.flaws) findings.push(flawFinding(flaw, this.version, content.text));
    switch (parsed.message.type) {
      case 'CALL':
      case 'SEND':
        return this.request(frame, parsed.message, findings);
      case 'CALLRESULT':
      case 'CALLERROR':
        return this.answer(frame, parsed.message, findings);
      case 'CALLRESULTERROR':
        return this.rejection(frame, parsed.message, findings);
    }
  }

  expire(mono: number): readonly LateFinding[] {
    for (const direction of DIRECTIONS) this.senders[direction].forgetGone(mono - this.timeoutMs);
    return this.lateFindings((sent) => {
      if (sent.expired || mono - sent.mono < this.timeoutMs) return undefined;
      sent.expired = true;
      return this.finding('rpc.no-response', `${nameOf(sent)} had no answer within ${duration(this.timeoutMs)}.`);
    });
  }

  dropped(entry: number): void {
    for (const direction of DIRECTIONS) this.senders[direction].drop(entry);
  }

  departed(link: number): readonly LateFinding[] {
    const gone = this.senders['to-station'].depart(link);
    return gone.map((sent) => ({ entry: sent.entry, finding: this.unansweredAtClose(sent) }));
  }

  close(): readonly LateFinding[] {
    const late = this.lateFindings((sent) => (sent.expired ? undefined : this.unansweredAtClose(sent)));
    for (const direction of DIRECTIONS) this.senders[direction].forgetUnanswered();
    return late;
  }

  pending(): readonly PendingCall[] {
    const calls: PendingCall[] = [];
    for (const direction of DIRECTIONS) {
      for (const [messageId, { entry, mono, action, expired }] of this.senders[direction].unanswered()) {
        if (!expired) calls.push({ entry, direction, mono, messageId, action: action ?? '' });
      }
    }
    return calls;
  }

  private unansweredAtClose(sent: Sent): Finding {
    return this.finding('rpc.unanswered-at-close', `The connection ended before ${nameOf(sent)} was answered.`);
  }

  private lateFindings(judge: (sent: Sent) => Finding | undefined): LateFinding[] {
    const late: LateFinding[] = [];
    for (const direction of DIRECTIONS) {
      for (const [, sent] of this.senders[direction].unanswered()) {
        const finding = judge(sent);
        if (finding !== undefined) late.push({ entry: sent.entry, finding });
      }
    }
    return late;
  }

  private request(frame: RecordedFrame, message: Call | Send, findings: Finding[]): Observation {
    const action = this.version === undefined ? undefined : findAction(this.version, message.action);
    const name = action?.name ?? nameIn(message.action);
    if (frame.made) this.take(frame, message, name, frame.made);
    else this.checkSequence(frame, message, name, findings);
    if (this.version !== undefined) this.checkRequest(frame, message, action, this.version, findings);
    return {
      type: message.type,
      messageId: cut(message.messageId),
      action: cut(message.action),
      summary: summaryOf(message, this.version, message.action),
      call: null,
      latency: null,
      findings,
    };
  }

  /** What is wrong with the sender's sending this now, and under this id. */
  private checkSequence(frame: RecordedFrame, message: Call | Send, name: string | null, findings: Finding[]): void {
    const sender = this.senders[frame.direction];
    if (message.type === 'CALL') {
      const pending = sender.outstanding(message.messageId, frame.mono, this.timeoutMs);
      if (pending !== undefined)
        findings.push(this.finding('rpc.call-while-pending', callWhilePending(frame.direction, pending, frame.mono)));
    }
    const kind = message.type === 'CALL' ? 'call' : 'send';
    const { known, earlier } = sender.add(
      message.messageId,
      sentOf(kind, frame.entry, frame.mono, name, { link: frame.link }),
    );
    if (known && !this.isRetry(frame, name, earlier)) {
      const sentence = idReused(frame.direction, message.messageId, earlier);
      findings.push(this.finding('rpc.message-id-reused', sentence));
    }
  }

  /** Takes a request that Plugscope made: no peer is to blame for when it comes and under which id. */
  private take(frame: RecordedFrame, message: Call | Send, name: string | null, made: MadeFrame): void {
    const sender = this.senders[frame.direction];
    const edited = made.origin === 'edited';
    const from = { made: true, original: edited ? made.original : null };
    const sent = sentOf(message.type === 'CALL' ? 'call' : 'send', frame.entry, frame.mono, name, from);
    if (edited) sender.replace(message.messageId, sent);
    else sender.inject(message.messageId, sent);
  }

  private checkRequest(
    frame: RecordedFrame,
    message: Call | Send,
    action: Action | undefined,
    version: OcppVersion,
    findings: Finding[],
  ): void {
    if (action === undefined) {
      findings.push(this.finding('action.unknown', unknownAction(message.action, version)));
      return;
    }
    if (action.messageType !== message.type) {
      const sentence = `${action.name} is sent as a ${action.messageType}; this is a ${message.type}.`;
      findings.push(this.finding('action.wrong-message-type', sentence));
    }
    if (!maySend(action, frame.direction)) {
      const sentence = `${action.name} is sent by the ${SENDER_NAME[opposite(frame.direction)]}, never by the ${SENDER_NAME[frame.direction]}.`;
      findings.push(this.finding('action.wrong-direction', sentence));
    }
    const violations = this.validator.validate(version, action.name, 'request', message.payload);
    if (violations.length > 0) findings.push(...schemaFindings(violations, version));
  }

  private answer(frame: RecordedFrame, message: CallResult | CallError, findings: Finding[]): Observation {
    const sender = this.senders[opposite(frame.direction)];
    const sent = sender.find(message.messageId);
    // What was edited answers what its original has answered already.
    if (frame.made?.origin === 'edited')
      return this.observed(frame, message, sent, this.checked(message, sent, findings));
    if (sent !== undefined) this.settle(frame, sender, message.messageId, sent, message.type, findings);
    else if (isAnswerToUnreadable(message) && sender.unreadable) sender.unreadable = false;
    else findings.push(this.finding('rpc.response-orphan', orphan(frame.direction, message)));
    return this.observed(frame, message, sent, this.checked(message, sent, findings));
  }

  /** The findings with those on the content of an answer. */
  private checked(message: CallResult | CallError, sent: Sent | undefined, findings: Finding[]): Finding[] {
    if (this.version === undefined) return findings;
    if (message.type === 'CALLERROR') this.checkErrorCode(message, this.version, findings);
    else this.checkResult(message, sent, this.version, findings);
    return findings;
  }

  /** A CALLRESULTERROR goes the way of the CALL whose CALLRESULT it rejects (part 4, 4.2.3). */
  private rejection(frame: RecordedFrame, message: CallResultError, findings: Finding[]): Observation {
    const sent = this.senders[frame.direction].find(message.messageId);
    if (sent?.answer !== 'CALLRESULT') {
      findings.push(this.finding('rpc.response-orphan', orphan(frame.direction, message)));
    } else if (sent.rejected) {
      const sentence = `The answer to ${nameOf(sent)} was rejected before.`;
      findings.push(this.finding('rpc.response-duplicate', sentence));
    } else {
      sent.rejected = true;
    }
    if (this.version !== undefined) this.checkErrorCode(message, this.version, findings);
    return this.observed(frame, message, sent, findings);
  }

  private observed(
    frame: RecordedFrame,
    message: CallResult | CallError | CallResultError,
    sent: Sent | undefined,
    findings: readonly Finding[],
  ): Observation {
    return {
      type: message.type,
      messageId: cut(message.messageId),
      action: sent?.action ?? null,
      summary: summaryOf(message, this.version, sent?.action ?? null),
      call: sent?.entry ?? null,
      answers: sent && sent.original !== null ? [sent.entry, sent.original] : undefined,
      latency: sent === undefined ? null : frame.mono - sent.mono,
      findings,
    };
  }

  private malformed(
    frame: RecordedFrame,
    malformed: MalformedFrame,
    text: string | undefined,
    findings: Finding[],
  ): Observation {
    findings.push(flawFinding(malformed.flaw, this.version, text));
    const { messageId } = malformed;
    // What Plugscope made is nobody's fault, and nor is an answer to it.
    const call = frame.made ? undefined : this.takeMalformed(frame, malformed, findings);
    return {
      type: 'malformed',
      messageId: messageId === undefined ? null : cut(messageId),
      action: malformed.action === undefined ? (call?.action ?? null) : cut(malformed.action),
      summary: summaryOfMalformed(malformed),
      call: call?.entry ?? null,
      latency: call === undefined ? null : frame.mono - call.mono,
      findings,
    };
  }

  /** Remembers a malformed frame as far as answers can refer to it; yields the call that it answers, if it does. */
  private takeMalformed(frame: RecordedFrame, malformed: MalformedFrame, findings: Finding[]): Sent | undefined {
    const { messageId, messageTypeNumber } = malformed;
    const own = this.senders[frame.direction];
    if (messageId === undefined) {
      own.unreadable = true;
      return undefined;
    }
    if (messageTypeNumber === MESSAGE_TYPE.CALLRESULT || messageTypeNumber === MESSAGE_TYPE.CALLERROR) {
      const sender = this.senders[opposite(frame.direction)];
      const call = sender.find(messageId);
      if (call !== undefined) this.settle(frame, sender, messageId, call, 'malformed', findings);
      return call;
    }
    if (messageTypeNumber !== MESSAGE_TYPE.CALLRESULTERROR) {
      own.addMalformed(messageId, sentOf('malformed', frame.entry, frame.mono, nameIn(malformed.action)));
    }
    return undefined;
  }

  /** Pairs an answer with what it answers, and says what is wrong with it coming now. */
  private settle(
    frame: RecordedFrame,
    sender: Sender,
    messageId: string,
    sent: Sent,
    answer: 'CALLRESULT' | 'CALLERROR' | 'malformed',
    findings: Finding[],
  ): void {
    if (sent.kind === 'send') {
      findings.push(this.finding('rpc.send-answered', `${nameOf(sent)} is a SEND, which is never answered.`));
      return;
    }
    if (sent.answer !== null && sent.copies > 0) {
      sent.copies -= 1;
      return;
    }
    if (sent.answer !== null) {
      findings.push(this.finding('rpc.response-duplicate', `${nameOf(sent)} had its answer before this one.`));
      return;
    }
    const late = sent.kind === 'call' && this.isOverdue(sent, frame.mono);
    sender.answered(messageId, sent, answer);
    if (!late) return;
    const sentence = `The answer came ${duration(frame.mono - sent.mono)} after its CALL; the time-out is ${duration(this.timeoutMs)}.`;
    findings.push(this.finding('rpc.late-response', sentence));
  }

  private checkResult(message: CallResult, sent: Sent | undefined, version: OcppVersion, findings: Finding[]): void {
    if (sent?.kind !== 'call' || sent.action === null) return;
    if (findAction(version, sent.action)?.messageType !== 'CALL') return;
    const violations = this.validator.validate(version, sent.action, 'response', message.payload);
    if (violations.length > 0) findings.push(...schemaFindings(violations, version));
  }

  private checkErrorCode(message: CallError | CallResultError, version: OcppVersion, findings: Finding[]): void {
    if (isRpcErrorCode(version, message.errorCode)) return;
    const sentence = `${quotedName(message.errorCode)} is no error code of OCPP ${version}.`;
    findings.push(this.finding('rpc.error-code-unknown', sentence));
  }

  private isOverdue(sent: Sent, now: number): boolean {
    return sent.expired || now - sent.mono >= this.timeoutMs;
  }

  /** A message that had no answer in its time may be sent again with its id (part 4, 4.1.4; 1.6-J errata 3.1). */
  private isRetry(frame: RecordedFrame, action: string | null, earlier: Sent | undefined): boolean {
    return (
      earlier?.kind === 'call' &&
      earlier.action === action &&
      earlier.answer === null &&
      this.isOverdue(earlier, frame.mono)
    );
  }

  private finding(rule: RpcRule, sentence: string): Finding {
    return rpcFinding(rule, this.version, sentence);
  }
}

/** Where the message id of a message cannot be read, the CALLERROR carries "-1" (part 4, 4.2.3). */
function isAnswerToUnreadable(message: CallResult | CallError): boolean {
  return message.type === 'CALLERROR' && message.messageId === '-1';
}

function cut(text: string): string {
  return text.length <= ROW_TEXT_MAX ? text : `${text.slice(0, ROW_TEXT_MAX - 1)}…`;
}

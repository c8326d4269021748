import type { HeldDecision } from '../../bridge/methods/intercept.ts';
import { MESSAGE_TYPE } from '../../ocpp/frame.ts';
import { frameText } from '../../ocpp/frame-text.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Fate } from '../../session/timeline.ts';
import { frameContent } from '../rpc/frame-content.ts';
import { readHeader, withMessageId } from '../rpc/message-header.ts';
import { BY_HAND } from './reasons.ts';
import type { OutgoingBytes } from './verdict.ts';
import type { Waiting } from './waiting.ts';

/** A frame that goes on: what came in where `made` is undefined. */
export interface Outgoing extends OutgoingBytes {
  readonly made: 'edited' | 'injected' | undefined;
}

/** What becomes of a frame. */
export interface Plan {
  readonly forward: readonly Outgoing[];
  /** Goes back to its sender. */
  readonly answer?: OutgoingBytes;
  readonly fate?: { readonly fate: Fate; readonly by: string };
}

/** What becomes of a frame whose time has come: what was decided by hand, or else what the rules say. */
export function planOf(waiting: Waiting, newMessageId: () => string): Plan {
  const { decision, arrival, header } = waiting;
  const same: Outgoing = { data: arrival.data, binary: arrival.binary, made: undefined };
  switch (decision?.kind) {
    case 'edit': {
      if (decision.text === textOf(waiting)) return planned(waiting, forwardedByRules(waiting));
      const edited: Outgoing = { data: Buffer.from(decision.text), binary: false, made: 'edited' };
      return { forward: [edited], fate: { fate: 'edited', by: BY_HAND } };
    }
    case 'drop':
      return { forward: [], fate: { fate: 'dropped', by: BY_HAND } };
    case 'duplicate': {
      const forward = forwardedByRules(waiting);
      const first = forward[0] ?? same;
      const data = decision.newMessageId && header ? withNewId(first.data, waiting, newMessageId()) : first.data;
      return planned(waiting, [...forward, { data, binary: first.binary, made: 'injected' }]);
    }
    case 'result':
    case 'error':
      return { forward: [], answer: answerOf(header?.id ?? '', decision), fate: { fate: 'answered', by: BY_HAND } };
    default:
      return planned(waiting, forwardedByRules(waiting));
  }
}

/** The text of a frame as it would go on unless it is decided otherwise; undefined where it has none. */
export function textOf(waiting: Waiting): string | undefined {
  const first = forwardedByRules(waiting)[0] ?? waiting.arrival;
  const content = frameContent(first.data, first.binary);
  return content.kind === 'text' ? content.text : undefined;
}

/** Whether a decision can be carried out on a frame. */
export function checkDecision(waiting: Waiting, decision: HeldDecision): Outcome<null> {
  const { header } = waiting;
  switch (decision.kind) {
    case 'edit':
      if (textOf(waiting) !== undefined) return success(null);
      return failure('not-text', 'This frame is no text, so it can be forwarded or dropped, but not edited.');
    case 'duplicate':
      if (!decision.newMessageId || header) return success(null);
      return failure('no-message-id', 'This frame has no message id that could be read, so it cannot get a new one.');
    case 'result':
    case 'error':
      if (header?.type === MESSAGE_TYPE.CALL) return success(null);
      return failure('not-a-call', 'Only a CALL can be answered.');
    default:
      return success(null);
  }
}

/** Whether a frame, when it goes on, is a CALL for its receiver. */
export function goesAsCall({ header, decision, verdict }: Waiting): boolean {
  if (header?.type !== MESSAGE_TYPE.CALL) return false;
  if (decision) return decision.kind === 'forward' || decision.kind === 'edit' || decision.kind === 'duplicate';
  return verdict === undefined || verdict.forward.length > 0;
}

/** What the rules let go on; the frame itself where none fired. */
function forwardedByRules({ verdict, arrival }: Waiting): readonly Outgoing[] {
  const { data, binary } = arrival;
  if (!verdict) return [{ data, binary, made: undefined }];
  return verdict.forward.map((bytes, index) => {
    if (bytes === 'same') return { data, binary, made: index === 0 ? undefined : 'injected' };
    return { data: bytes.data, binary: bytes.binary, made: index === 0 ? 'edited' : 'injected' };
  });
}

function planned(waiting: Waiting, forward: readonly Outgoing[]): Plan {
  const { verdict, rules, released, decision, waited } = waiting;
  const answer = verdict?.answer;
  const [first] = forward;
  if (!first) return { forward, answer, fate: { fate: answer ? 'answered' : 'dropped', by: rules } };
  if (first.made) return { forward, answer, fate: { fate: 'edited', by: rules } };
  if (waited === undefined) return { forward, answer };
  const by = released ?? (decision ? BY_HAND : waited);
  return { forward, answer, fate: { fate: 'delayed', by } };
}

function withNewId(data: Uint8Array, { header, arrival }: Waiting, id: string): Uint8Array {
  const own = data === arrival.data ? header : readHeader(data);
  return own ? withMessageId(data, own, id) : data;
}

function answerOf(messageId: string, decision: Extract<HeldDecision, { kind: 'result' | 'error' }>): OutgoingBytes {
  // What came over the bridge is JSON.
  const text =
    decision.kind === 'result'
      ? frameText({ type: 'CALLRESULT', messageId, payload: decision.payload as JsonObject })
      : frameText({
          type: 'CALLERROR',
          messageId,
          errorCode: decision.code,
          errorDescription: decision.description,
          errorDetails: decision.details as JsonObject,
        });
  return { data: Buffer.from(text), binary: false };
}

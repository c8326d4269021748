import type { Peers } from '../engine/peers.ts';
import { findAction } from '../ocpp/actions.ts';
import { frameText } from '../ocpp/frame-text.ts';
import type { JsonObject } from '../ocpp/json.ts';
import type { PayloadValidator } from '../ocpp/schemas.ts';
import type { OcppVersion } from '../ocpp/version.ts';
import { EXIT, type ExitCode } from './exit-code.ts';

/** A message that the command line sends. */
export interface OneMessage {
  readonly action: string;
  readonly payload: JsonObject;
  readonly messageId: string;
}

/** What came of a message: the line that is printed, and what the process ends with. */
export interface OneResult {
  readonly line: JsonObject;
  readonly code: ExitCode;
}

/** Sends one message and waits for how it ends. */
export async function sendOne(
  { peers, link, version }: { readonly peers: Peers; readonly link: number; readonly version: OcppVersion },
  { action, payload, messageId }: OneMessage,
  validator: PayloadValidator,
  now: () => number,
): Promise<OneResult> {
  const about = { action, messageId };
  if (findAction(version, action)?.messageType === 'SEND') {
    const frame = frameText({ type: 'SEND', messageId, action, payload });
    const sent = peers.raw(link, new TextEncoder().encode(frame), false);
    return sent.ok ? { line: { type: 'SEND', ...about }, code: EXIT.ok } : { line: closed(about), code: EXIT.invalid };
  }
  const start = now();
  const ended = await peers.call(link, { action, payload, messageId });
  const latency = Math.round((now() - start) * 10) / 10;
  if (!ended.ok) return { line: closed(about), code: EXIT.invalid };
  const answer = ended.value;
  switch (answer.kind) {
    case 'result': {
      const violations = validator
        .validate(version, action, 'response', answer.payload)
        .map(({ pointer, rule, sentence }) => ({ pointer, rule, sentence }));
      return { line: { type: 'CALLRESULT', ...about, latency, payload: answer.payload, violations }, code: EXIT.ok };
    }
    case 'error': {
      const { code, description, details } = answer;
      return { line: { type: 'CALLERROR', ...about, latency, code, description, details }, code: EXIT.invalid };
    }
    default:
      return { line: { type: answer.kind, ...about }, code: EXIT.invalid };
  }
}

function closed(about: Pick<OneMessage, 'action' | 'messageId'>): JsonObject {
  return { type: 'closed', ...about };
}

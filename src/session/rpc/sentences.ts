import { findAction } from '../../ocpp/actions.ts';
import { type Direction, opposite } from '../../ocpp/direction.ts';
import type { Message } from '../../ocpp/frame.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';
import { duration, plain } from '../words.ts';
import type { Sent } from './sender.ts';

/** The most characters of a name that a sentence repeats. */
const NAME_MAX = 48;

/** Who sends that way. */
export const SENDER_NAME: Readonly<Record<Direction, string>> = { 'to-csms': 'station', 'to-station': 'CSMS' };

/** The action to remember a message by; a part of a huge string would keep all of it in memory. */
export function nameIn(action: string | undefined): string | null {
  return action === undefined || action.length > NAME_MAX ? null : plain(action, NAME_MAX);
}

/** A message that was sent, by its action and its entry. */
export function nameOf(sent: Sent): string {
  return `${sent.action ?? 'the message'} (entry ${sent.entry})`;
}

/** A peer's name for something in quotes, shortened and without anything invisible. */
export function quotedName(name: string): string {
  return `"${plain(name, NAME_MAX)}"`;
}

export function callWhilePending(direction: Direction, pending: Sent, now: number): string {
  return `The ${SENDER_NAME[direction]} sent a CALL while ${nameOf(pending)} had waited ${duration(now - pending.mono)} for its answer; a sender has one CALL open at a time.`;
}

export function idReused(direction: Direction, messageId: string, earlier: Sent | undefined): string {
  const use = earlier === undefined ? '' : `, for ${nameOf(earlier)}`;
  return `The ${SENDER_NAME[direction]} used the message id ${quotedName(messageId)} before${use}.`;
}

/** An answer that goes that way, and to nothing. */
export function orphan(direction: Direction, message: Message): string {
  const answered = message.type === 'CALLRESULTERROR' ? 'CALLRESULT' : 'CALL';
  return `There is no ${answered} from the ${SENDER_NAME[opposite(direction)]} with the message id ${quotedName(message.messageId)}.`;
}

export function unknownAction(name: string, version: OcppVersion): string {
  const elsewhere = OCPP_VERSIONS.filter((other) => findAction(other, name) !== undefined);
  const hint = elsewhere.length === 0 ? '' : `; it is one of OCPP ${elsewhere.join(' and ')}`;
  return `${quotedName(name)} is no action of OCPP ${version}${hint}.`;
}

import { findAction, maySend } from '../../ocpp/actions.ts';
import { DIRECTIONS, type Direction, opposite } from '../../ocpp/direction.ts';
import { type Message, parseFrame } from '../../ocpp/frame.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../../ocpp/version.ts';

/** Calls whose direction is kept for their answers. */
const CALLS_MAX = 10_000;

/** The versions in which a message can be: those that have its action, or its message type. */
export function versionsOf(message: Message): readonly OcppVersion[] {
  if (message.type === 'CALLRESULTERROR') return OCPP_VERSIONS.filter((version) => version === '2.1');
  if (message.type !== 'CALL' && message.type !== 'SEND') return OCPP_VERSIONS;
  return OCPP_VERSIONS.filter((version) => findAction(version, message.action)?.messageType === message.type);
}

/** Tells the direction of frames by what they are: requests by their action, answers by their request. */
export class DirectionClues {
  readonly #calls = new Map<string, Direction>();

  /** The direction of a frame; undefined where nothing about it tells. */
  tell(station: string, text: string): Direction | undefined {
    const message = messageOf(text);
    if (message === undefined) return undefined;
    const call = this.#calls.get(keyOf(station, message.messageId));
    switch (message.type) {
      case 'CALL':
      case 'SEND':
        return directionOfAction(message.action);
      case 'CALLRESULT':
      case 'CALLERROR':
        return call && opposite(call);
      case 'CALLRESULTERROR':
        return call;
    }
  }

  /** Keeps the direction of a call for the sake of its answer. */
  note(station: string, text: string, direction: Direction): void {
    const message = messageOf(text);
    if (message?.type !== 'CALL') return;
    const key = keyOf(station, message.messageId);
    this.#calls.delete(key);
    this.#calls.set(key, direction);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > CALLS_MAX && oldest !== undefined) this.#calls.delete(oldest);
  }
}

/** The message in a frame's text, where it is one. */
export function messageOf(text: string): Message | undefined {
  const parsed = parseFrame(text);
  return parsed.ok ? parsed.message : undefined;
}

/** Which way an action goes in every version that has it; undefined where it goes both ways or no version has it. */
function directionOfAction(name: string): Direction | undefined {
  const actions = OCPP_VERSIONS.flatMap((version) => findAction(version, name) ?? []);
  if (actions.length === 0) return undefined;
  const possible = DIRECTIONS.filter((direction) => actions.some((action) => maySend(action, direction)));
  return possible.length === 1 ? possible[0] : undefined;
}

function keyOf(station: string, messageId: string): string {
  return `${station}\n${messageId}`;
}

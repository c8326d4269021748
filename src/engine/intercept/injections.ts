import type { Direction } from '../../ocpp/direction.ts';
import { type MalformedFrame, parseFrame } from '../../ocpp/frame.ts';
import { wireErrorCode } from '../../ocpp/rpc-error.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { errorOfMalformed } from '../rpc/faults.ts';
import { frameContent } from '../rpc/frame-content.ts';
import type { Arrival, InjectionEnd } from './gate-effects.ts';

/** A CALL to be injected. */
export interface Injection {
  /** Its number among the injected calls of the conversation. */
  readonly number: number;
  readonly messageId: string;
  readonly data: Uint8Array;
}

/** The injected call that waits for its answer. */
export interface Injected {
  readonly injection: Injection;
  readonly deadline: number;
}

/** Injected calls of one direction: those that wait for their turn, and the one that waits for its answer. */
export interface InjectionQueue {
  readonly waiting: Injection[];
  outstanding: Injected | undefined;
}

/** No injected calls, in either direction. */
export function noInjections(): Readonly<Record<Direction, InjectionQueue>> {
  return {
    'to-csms': { waiting: [], outstanding: undefined },
    'to-station': { waiting: [], outstanding: undefined },
  };
}

/** What an answer says to an injected call. One that cannot be read ends it all the same, as it does for an endpoint. */
export function endOf({ entry, data, binary }: Arrival, version: OcppVersion | undefined): InjectionEnd {
  const content = frameContent(data, binary);
  const parsed = content.kind === 'text' ? parseFrame(content.text, version) : undefined;
  if (parsed?.ok && parsed.message.type === 'CALLRESULT') {
    return { kind: 'result', answer: entry, payload: parsed.message.payload };
  }
  if (parsed?.ok && parsed.message.type === 'CALLERROR') {
    const { errorCode: code, errorDescription: description, errorDetails: details } = parsed.message;
    return { kind: 'error', answer: entry, code, description, details };
  }
  return unreadable(entry, version, parsed?.ok === false ? parsed.malformed : undefined);
}

function unreadable(entry: number, version: OcppVersion | undefined, malformed?: MalformedFrame): InjectionEnd {
  const error = malformed ? errorOfMalformed(malformed) : undefined;
  const code = error?.code ?? 'FormatViolation';
  return {
    kind: 'error',
    answer: entry,
    code: version === undefined ? code : wireErrorCode(version, code),
    description: `The answer could not be read. ${error?.description ?? 'It is not valid UTF-8.'}`,
    details: {},
  };
}

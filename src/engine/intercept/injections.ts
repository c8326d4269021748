import { DIRECTIONS, type Direction } from '../../ocpp/direction.ts';
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

interface Queue {
  readonly waiting: Injection[];
  outstanding: { readonly injection: Injection; readonly deadline: number } | undefined;
}

/** Injected calls of both directions: those that wait for their turn, and the one that waits for its answer. */
export class Injections {
  readonly #queues: Readonly<Record<Direction, Queue>> = {
    'to-csms': { waiting: [], outstanding: undefined },
    'to-station': { waiting: [], outstanding: undefined },
  };

  /** Whether none waits, for its turn or for its answer. */
  get isEmpty(): boolean {
    return DIRECTIONS.every((direction) => {
      const { waiting, outstanding } = this.#queues[direction];
      return waiting.length === 0 && outstanding === undefined;
    });
  }

  add(direction: Direction, injection: Injection): void {
    this.#queues[direction].waiting.push(injection);
  }

  /** Takes back a call that has not gone out; false where it has. */
  withdraw(direction: Direction, number: number): boolean {
    const { waiting } = this.#queues[direction];
    const at = waiting.findIndex((injection) => injection.number === number);
    if (at < 0) return false;
    waiting.splice(at, 1);
    return true;
  }

  /** Whether one waits for its turn, and none for its answer. */
  isDue(direction: Direction): boolean {
    const { waiting, outstanding } = this.#queues[direction];
    return waiting.length > 0 && outstanding === undefined;
  }

  isOutstanding(direction: Direction): boolean {
    return this.#queues[direction].outstanding !== undefined;
  }

  /** When the call that waits for its answer is given up. */
  deadline(direction: Direction): number | undefined {
    return this.#queues[direction].outstanding?.deadline;
  }

  /** The next call goes out. */
  send(direction: Direction, deadline: number): Injection | undefined {
    const queue = this.#queues[direction];
    const injection = queue.waiting.shift();
    if (injection) queue.outstanding = { injection, deadline };
    return injection;
  }

  /** The call of this number has its answer; undefined where none was waited for any more. */
  answered(direction: Direction, number: number | undefined): Injection | undefined {
    const { outstanding } = this.#queues[direction];
    return outstanding?.injection.number === number ? this.#takeOutstanding(direction) : undefined;
  }

  /** The call whose time for an answer is over. */
  expired(direction: Direction, now: number): Injection | undefined {
    const deadline = this.deadline(direction);
    return deadline !== undefined && deadline <= now ? this.#takeOutstanding(direction) : undefined;
  }

  #takeOutstanding(direction: Direction): Injection | undefined {
    const queue = this.#queues[direction];
    const injection = queue.outstanding?.injection;
    queue.outstanding = undefined;
    return injection;
  }

  /** Takes out all, the one that waits for its answer first. */
  takeAll(direction: Direction): readonly Injection[] {
    const outstanding = this.#takeOutstanding(direction);
    return [...(outstanding ? [outstanding] : []), ...this.#queues[direction].waiting.splice(0)];
  }
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

import { type Direction, opposite } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { Gatekeeper } from '../intercept/gatekeeper.ts';
import type { Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import type { Socket } from '../net/socket.ts';
import type { Recorder } from '../recorder.ts';

/** Bytes that may wait for a slow reader before the one who writes to it is no longer read. */
export const QUEUE_MAX_BYTES = 1024 * 1024;

/**
 * Bytes of one side that may wait to be recorded before it is no longer read. Within a turn of the event loop they
 * wait for its end; where recording has stopped (a full disk) and the user did not say to go on, they stay.
 */
export const UNRECORDED_MAX_BYTES = 64 * 1024;

/**
 * Memory that frames of one side may take while they are held before it is no longer read. Its pings, and its close,
 * are then not seen either until something goes on.
 */
export const HELD_MAX_BYTES = 1024 * 1024;

/** One side of a relayed conversation. */
export interface Side {
  readonly link: number;
  readonly socket: Socket;
}

export interface RelayOptions {
  readonly recorder: Recorder;
  readonly interception: Interception;
  readonly rules: RuleEngine | undefined;
  /** Identity of the station, and the version that was agreed on. */
  readonly name: string;
  readonly version: OcppVersion | undefined;
  readonly station: Side;
  readonly csms: Side;
  /** Called for each data frame. */
  onFrame(): void;
  /** Called when a side is closed, once for each. */
  onClosed(link: number): void;
}

/**
 * Carries frames, pings, pongs and the close between two open sockets, each recorded before it goes on and in order.
 * Where nothing intercepts, nothing is parsed but the head of a message, and each goes on byte for byte; otherwise what
 * becomes of it is up to the gate. Pings and pongs are never held, as they keep a connection alive on which messages
 * are. A side that is lost without a close frame is mirrored as just that: the other side is cut (1006), not told a
 * code that nobody sent.
 */
export function relay(options: RelayOptions): Gatekeeper {
  const { recorder, interception, rules, name, version, station, csms } = options;
  const targets = { 'to-csms': csms.socket, 'to-station': station.socket };
  const brakes = { 'to-csms': new Brake(station.socket), 'to-station': new Brake(csms.socket) };
  const gatekeeper = new Gatekeeper({
    interception,
    rules,
    recorder,
    station: name,
    version,
    stationLink: station.link,
    csmsLink: csms.link,
    send(direction, data, binary) {
      targets[direction].send(data, binary);
      brakes[direction].holdBack(targets[direction]);
    },
    end: (direction, code, reason) => endSocket(targets[direction], code, reason),
    onWaiting: (direction, bytes) => brakes[direction].set(HELD, bytes > HELD_MAX_BYTES),
  });
  carry(options, gatekeeper, brakes, 'to-csms', station, csms);
  carry(options, gatekeeper, brakes, 'to-station', csms, station);
  return gatekeeper;
}

/** Why a side is not read for now; each is a bit. */
const SLOW_READER = 1;
const UNRECORDED = 2;
const HELD = 4;

/** Stops reading from a side while there is a reason to. */
class Brake {
  readonly #socket: Socket;
  #reasons = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  set(reason: number, on: boolean): void {
    const before = this.#reasons;
    const reasons = on ? before | reason : before & ~reason;
    if (reasons === before) return;
    this.#reasons = reasons;
    if (before === 0) this.#socket.pause();
    else if (reasons === 0) this.#socket.resume();
  }

  /** Stops where the reader of what this side sends does not keep up. */
  holdBack(reader: Socket): void {
    if (reader.bufferedBytes > QUEUE_MAX_BYTES) this.set(SLOW_READER, true);
  }
}

function carry(
  { recorder, onFrame, onClosed }: RelayOptions,
  gatekeeper: Gatekeeper,
  brakes: Readonly<Record<Direction, Brake>>,
  direction: Direction,
  from: Side,
  to: Side,
): void {
  const { link, socket } = from;
  const target = to.socket;
  const brake = brakes[direction];
  let unrecordedBytes = 0;
  socket.listen({
    onMessage(data, binary) {
      onFrame();
      unrecordedBytes += data.byteLength;
      // Time is asked for only where somebody wants to know.
      const at = gatekeeper.engaged ? gatekeeper.now() : undefined;
      const entry = recorder.frame(link, direction, 'received', data, binary, () => {
        unrecordedBytes -= data.byteLength;
        if (unrecordedBytes <= UNRECORDED_MAX_BYTES) brake.set(UNRECORDED, false);
        if (gatekeeper.engaged) {
          gatekeeper.take({ entry, direction, data, binary, at: at ?? gatekeeper.now() });
          return;
        }
        gatekeeper.note(direction, data, binary, entry);
        target.send(data, binary);
        brake.holdBack(target);
      });
      if (unrecordedBytes > UNRECORDED_MAX_BYTES) brake.set(UNRECORDED, true);
    },
    onPing(data) {
      recorder.control(link, direction, 'ping', data, () => {
        if (gatekeeper.stalled) return;
        target.ping(data);
        brake.holdBack(target);
      });
    },
    onPong(data) {
      recorder.control(link, direction, 'pong', data, () => {
        if (gatekeeper.stalled) return;
        target.pong(data);
        brake.holdBack(target);
      });
    },
    onClose(closing) {
      const back = opposite(direction);
      gatekeeper.leaving(back);
      recorder.closeLink(link, closing, () => gatekeeper.left(back, closing.code, closing.reason));
      onClosed(link);
    },
    // What waited for this side has gone out: the other one may speak again.
    onDrain: () => brakes[opposite(direction)].set(SLOW_READER, false),
  });
}

function endSocket(socket: Socket, code: number, reason: string): void {
  if (code === 1006) socket.terminate();
  else socket.close(code, reason);
}

/** Ends an upstream whose station went away during the handshake, with what it still says recorded. */
export function endAlone({ recorder, csms, onClosed }: Pick<RelayOptions, 'recorder' | 'csms' | 'onClosed'>): void {
  const nobody = () => {};
  csms.socket.listen({
    onMessage: (data, binary) => recorder.frame(csms.link, 'to-station', 'received', data, binary, nobody),
    onPing: (data) => recorder.control(csms.link, 'to-station', 'ping', data, nobody),
    onPong: (data) => recorder.control(csms.link, 'to-station', 'pong', data, nobody),
    onClose(closing) {
      recorder.closeLink(csms.link, closing);
      onClosed(csms.link);
    },
  });
  csms.socket.terminate();
}

import { type Direction, opposite } from '../../ocpp/direction.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { LinkClosing } from '../../session/link.ts';
import { Gatekeeper } from '../intercept/gatekeeper.ts';
import type { Interception } from '../intercept/interception.ts';
import { CONNECTION_ENDED, CSMS_AWAY } from '../intercept/reasons.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import type { Socket } from '../net/socket.ts';
import type { Recorder } from '../recorder.ts';
import { Brake, type BrakeOptions, HELD, type Side, UNRECORDED } from './brake.ts';
import type { LegPasswords } from './leg-passwords.ts';
import { slowReader } from './remarks.ts';

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

export interface RelayOptions {
  readonly recorder: Recorder;
  readonly interception: Interception;
  readonly rules: RuleEngine | undefined;
  /** Bytes that may wait for a slow reader before the one who writes to it is no longer read. */
  readonly queueBytes: number;
  /** Identity of the station, and the version that was agreed on. */
  readonly name: string;
  readonly version: OcppVersion | undefined;
  readonly station: Side;
  /** Undefined where it is not there yet: then one is attached when it is. */
  readonly csms: Side | undefined;
  /** The link to it, or that of the attempt to reach it. */
  readonly csmsLink: number;
  /** Hears what passes, where a leg asks for a password. */
  readonly passwords: LegPasswords | undefined;
  /** Whether the station is kept where the CSMS goes, and not closed as that was. */
  readonly keeps: boolean;
  /** Called for each data frame. */
  onFrame(): void;
  /** Called when a side is closed, once for each. */
  onClosed(link: number): void;
  /** The CSMS is gone, and the station is kept: another connection may be attached. */
  onLost(closing: LinkClosing): void;
}

/**
 * Carries frames, pings, pongs and the close between two open sockets, each recorded before it goes on and in order.
 * Where nothing intercepts, nothing is parsed but the head of a message, and each goes on byte for byte; otherwise what
 * becomes of it is up to the gate. Pings and pongs are never held, as they keep a connection alive on which messages
 * are. A side that is lost without a close frame is mirrored as just that: the other side is cut (1006), not told a
 * code that nobody sent. Where the station is kept instead, its pings are answered here while nobody else does, and its
 * frames stay undelivered, until another connection is attached.
 */
export class Relay {
  readonly gatekeeper: Gatekeeper;
  readonly #options: RelayOptions;
  readonly #station: Side;
  /** The connection to the CSMS that there is, or was last; undefined before the first and after it gave way to the next. */
  #csms: Side | undefined;
  readonly #brakes: Record<Direction, Brake>;
  /** Whether nobody is there to take what the station sends. */
  #away = false;
  #waits = false;
  #stationGone = false;
  /** Whether the end of this conversation has begun. */
  #ending = false;
  /** The latest ping of the station, until the CSMS answers one. */
  #ping: Uint8Array | undefined;

  constructor(options: RelayOptions) {
    const { recorder, interception, rules, name, version, station, csms } = options;
    this.#options = options;
    this.#station = station;
    this.#csms = csms;
    this.#brakes = { 'to-csms': this.#brake('to-csms', station.socket), 'to-station': this.#brakeOf(csms) };
    let { csmsLink } = options;
    const current = () => {
      csmsLink = this.#csms?.link ?? csmsLink;
      return csmsLink;
    };
    this.gatekeeper = new Gatekeeper({
      interception,
      rules,
      recorder,
      station: name,
      version,
      stationLink: station.link,
      get csmsLink() {
        return current();
      },
      send: (direction, data, binary) => this.#send(direction, data, binary),
      end: (direction, code, reason) => {
        this.#ending = true;
        const target = this.#target(direction);
        if (target) endSocket(target.socket, code, reason);
      },
      onWaiting: (direction, bytes) => this.#brakes[direction].set(HELD, bytes > HELD_MAX_BYTES),
    });
  }

  /** Begins to listen to both sides. */
  start(): void {
    const { station, csms } = this.#options;
    this.#carry('to-csms', station);
    if (csms) this.#carry('to-station', csms);
    else this.#without();
  }

  /** Whether a connection can be attached: the CSMS is gone with all that it had sent, and the station is not. */
  get waits(): boolean {
    return this.#waits && !this.#stationGone && !this.#ending;
  }

  /** Takes another connection to a CSMS, which nobody has listened to, in place of the one that is gone. */
  attach(csms: Side): void {
    this.#csms = csms;
    this.#away = false;
    this.#waits = false;
    this.#ping = undefined;
    this.#brakes['to-station'] = this.#brakeOf(csms);
    this.gatekeeper.back('to-csms');
    this.#carry('to-station', csms);
  }

  /** Ends the connection to the CSMS so that another one can be attached; what it still says goes no further. */
  detach(code: number, reason: string): void {
    const before = this.#csms;
    if (before === undefined || this.#away) return;
    this.#without();
    before.socket.close(code, reason);
  }

  /** Ends the connection to the station, and so all. */
  turnAway(code: number, reason: string): void {
    this.disconnect(this.#station.link, code, reason);
  }

  /** Ends one of the two connections as a person asks for it; what follows is as if it had ended by itself. */
  disconnect(link: number, code: number, reason: string): boolean {
    const side = [this.#stationGone ? undefined : this.#station, this.#away ? undefined : this.#csms].find(
      (one) => one?.link === link,
    );
    side?.socket.close(code, reason);
    return side !== undefined;
  }

  #target(direction: Direction): Side | undefined {
    return direction === 'to-csms' ? this.#csms : this.#station;
  }

  #isCurrent(side: Side): boolean {
    return side === this.#station || side === this.#csms;
  }

  #brakeOf(csms: Side | undefined): Brake {
    return this.#brake('to-station', csms?.socket);
  }

  #brake(direction: Direction, writer: Socket | undefined): Brake {
    const { recorder, interception, queueBytes, name } = this.#options;
    const names = { 'to-csms': ['The CSMS', name], 'to-station': [name, 'the CSMS'] } as const;
    const [reader, from] = names[direction];
    const options: BrakeOptions = {
      queueBytes,
      now: () => interception.clock.now().mono,
      onSlow: ({ link, socket }) => recorder.remark(link, slowReader(reader, from, socket.bufferedBytes)),
    };
    return new Brake(writer, options);
  }

  #carry(direction: Direction, from: Side): void {
    const { recorder, onFrame, passwords } = this.#options;
    const { gatekeeper } = this;
    const { link, socket } = from;
    const brake = this.#brakes[direction];
    let unrecordedBytes = 0;
    socket.listen({
      onMessage: (data, binary) => {
        onFrame();
        unrecordedBytes += data.byteLength;
        // Time is asked for only where somebody wants to know.
        const at = gatekeeper.engaged ? gatekeeper.now() : undefined;
        const entry = recorder.frame(link, direction, 'received', data, binary, () => {
          unrecordedBytes -= data.byteLength;
          if (unrecordedBytes <= UNRECORDED_MAX_BYTES) brake.set(UNRECORDED, false);
          if (!this.#isCurrent(from)) {
            if (entry > 0) recorder.fate(entry, 'undelivered', CONNECTION_ENDED);
            return;
          }
          if (!binary) passwords?.received(direction, data);
          if (gatekeeper.engaged) {
            gatekeeper.take({ entry, direction, data, binary, at: at ?? gatekeeper.now() });
            return;
          }
          gatekeeper.note(direction, data, binary, entry);
          if (!this.#send(direction, data, binary) && entry > 0) recorder.fate(entry, 'undelivered', CONNECTION_ENDED);
        });
        if (unrecordedBytes > UNRECORDED_MAX_BYTES) brake.set(UNRECORDED, true);
      },
      onPing: (data) => this.#control('ping', direction, from, data),
      onPong: (data) => this.#control('pong', direction, from, data),
      onClose: (closing) => this.#closed(direction, from, closing),
      // What waited for this side has gone out: the other one may speak again.
      onDrain: () => {
        if (this.#isCurrent(from)) this.#brakes[opposite(direction)].drained();
      },
      onRemark: (remark) => recorder.remark(link, remark),
    });
  }

  /** Sends a frame that is recorded; false where its connection is being closed already, so that it goes nowhere. */
  #send(direction: Direction, data: Uint8Array, binary: boolean): boolean {
    const target = this.#target(direction);
    if (target === undefined || !target.socket.send(data, binary)) return false;
    if (!binary) this.#options.passwords?.sent(direction, data);
    this.#brakes[direction].holdBack(target);
    return true;
  }

  #control(type: 'ping' | 'pong', direction: Direction, from: Side, data: Uint8Array): void {
    this.#options.recorder.control(from.link, direction, type, data, () => {
      if (this.gatekeeper.stalled || !this.#isCurrent(from)) return;
      if (from === this.#station && type === 'ping') this.#ping = data;
      else if (from !== this.#station && type === 'pong') this.#ping = undefined;
      if (from === this.#station && this.#away) {
        this.#answerPing();
        return;
      }
      const target = this.#target(direction);
      if (target === undefined) return;
      target.socket[type](data);
      this.#brakes[direction].holdBack(target);
    });
  }

  /** Answers the station's latest ping in place of a CSMS that is not there (RFC 6455, 5.5.3: the latest is enough). */
  #answerPing(): void {
    const data = this.#ping;
    this.#ping = undefined;
    if (data === undefined || this.#stationGone) return;
    const { link, socket } = this.#station;
    this.#options.recorder.control(link, 'to-station', 'pong', data, () => socket.pong(data));
  }

  #closed(direction: Direction, from: Side, closing: LinkClosing): void {
    const { recorder, keeps, onClosed } = this.#options;
    const { gatekeeper } = this;
    const { link } = from;
    if (!this.#isCurrent(from)) {
      recorder.closeLink(link, closing);
      onClosed(link);
      return;
    }
    if (from === this.#station) this.#stationGone = true;
    const back = opposite(direction);
    const kept = from === this.#csms && keeps && !this.#stationGone && !this.#ending;
    gatekeeper.leaving(back, kept ? CSMS_AWAY : undefined);
    if (kept) this.#noUpstream();
    recorder.closeLink(link, closing, () => {
      if (!kept) gatekeeper.left(back, closing.code, closing.reason);
      else {
        this.#waits = true;
        gatekeeper.lost(back);
        this.#answerPing();
        if (this.waits) this.#options.onLost(closing);
      }
    });
    onClosed(link);
  }

  /** There is no CSMS, and none that could still say something. */
  #without(): void {
    this.gatekeeper.leaving('to-csms', CSMS_AWAY);
    this.#csms = undefined;
    this.#noUpstream();
    this.#waits = true;
    this.gatekeeper.lost('to-csms');
  }

  #noUpstream(): void {
    this.#away = true;
    this.#brakes['to-csms'].readerGone();
  }
}

function endSocket(socket: Socket, code: number, reason: string): void {
  if (code === 1006) socket.terminate();
  else socket.close(code, reason);
}

/** Ends a connection to a CSMS that has no station, with what it still says recorded. */
export function endAlone(
  { recorder, csms, onClosed }: Pick<RelayOptions, 'recorder' | 'onClosed'> & { readonly csms: Side },
  code = 1006,
  reason = '',
): void {
  const nobody = () => {};
  const { link, socket } = csms;
  socket.listen({
    onMessage(data, binary) {
      const entry = recorder.frame(link, 'to-station', 'received', data, binary, nobody);
      if (entry > 0) recorder.fate(entry, 'undelivered', CONNECTION_ENDED);
    },
    onPing: (data) => recorder.control(link, 'to-station', 'ping', data, nobody),
    onPong: (data) => recorder.control(link, 'to-station', 'pong', data, nobody),
    onRemark: (remark) => recorder.remark(link, remark),
    onClose(closing) {
      recorder.closeLink(link, closing);
      onClosed(link);
    },
  });
  endSocket(socket, code, reason);
}

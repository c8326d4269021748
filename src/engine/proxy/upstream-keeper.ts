import type { LinkClosing, LinkRemark } from '../../session/link.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Connected } from '../net/socket.ts';
import type { Recorder } from '../recorder.ts';
import type { Side } from './brake.ts';
import { waitBefore } from './call-again.ts';
import type { NoConnection } from './refusal.ts';
import { endAlone, type Relay } from './relay.ts';
import {
  foreignSubprotocol,
  otherSubprotocol,
  STAND_IN,
  STAND_IN_OVER,
  upstreamAbsent,
  upstreamBack,
  upstreamDiffers,
  upstreamLost,
  upstreamRefuses,
  upstreamThere,
} from './remarks.ts';
import { recordOpen, type UpstreamLeg } from './upstream-leg.ts';

/** Milliseconds that the CSMS stays for the count of attempts to begin anew when it goes again. */
const STEADY_MS = 10_000;
/** Milliseconds that a CSMS which is back waits for the answer to a CALL with the one in its place. */
const HAND_OVER_MS = 5000;
/** Milliseconds between two looks at whether there is one. */
const LOOK_MS = 50;

export interface KeeperOptions {
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** At least 0 and below 1. */
  random(): number;
  /** The link of the station. */
  readonly station: number;
  /** Subprotocol that was agreed with the station; empty where none was. */
  readonly agreed: string;
  /** Calls the CSMS once more, for the subprotocol that was agreed. */
  call(signal: AbortSignal): Promise<UpstreamLeg>;
  /** Calls the one that answers in its place; undefined where nobody does. */
  readonly callStandIn: ((signal: AbortSignal) => Promise<UpstreamLeg>) | undefined;
  /** In a sentence, why a CSMS that is there does not take the station; undefined where it is not there. */
  refusal(why: NoConnection): string | undefined;
  /** A connection is there that messages can be sent to. */
  onOpen(link: number): void;
  /** One that was never attached is gone. */
  onClosed(link: number): void;
}

/** How a connection is ended that nobody needs any more. */
const LATE = [1001, 'no longer needed'] as const;
/** How that of a station is ended which was let in without a CSMS that would not have let it in. */
const NOT_TAKEN = [1008, 'the CSMS does not take this station'] as const;
const DIFFERS = [1002, 'another subprotocol than the station speaks'] as const;

type OpenLeg = { readonly link: number; readonly connected: Extract<Connected, { kind: 'open' }> };

/**
 * Looks after a station whose CSMS is gone, or was not there when it came: calls the CSMS again and again, and has another
 * one answer meanwhile where there is one. Every attempt is a link of its own, and what happens is remarked on the link of
 * the station. A CSMS that has taken the station once may refuse for a while, as it does while it starts; what one says
 * that never has is its answer to the station, which is closed so that it gets it.
 */
export class UpstreamKeeper {
  readonly #options: KeeperOptions;
  readonly #relay: Relay;
  readonly #stopped = new AbortController();
  #timer: Timer | undefined;
  /** Attempts since the CSMS was last there for a while. */
  #attempt = 0;
  #lostAt = 0;
  /** Whether a CSMS has taken the station, and agreed on its subprotocol. */
  #wasTaken = true;
  #backAt: number | undefined;
  /** The attempt to reach the one that answers in its place. */
  #standInCall: AbortController | undefined;
  /** Its link, while it answers. */
  #standIn: number | undefined;
  /** A CSMS that is back, while it waits for the one in its place. */
  #waiting: OpenLeg | undefined;

  constructor(relay: Relay, options: KeeperOptions) {
    this.#relay = relay;
    this.#options = options;
  }

  /** The connection to the CSMS, or to the one in its place, is gone. */
  lost(closing: LinkClosing): void {
    if (this.#stopped.signal.aborted) return;
    if (this.#standIn !== undefined) {
      // The next attempt to reach the CSMS is one to reach its stand-in too.
      this.#standIn = undefined;
      return;
    }
    const { clock, callStandIn } = this.#options;
    this.#lostAt = clock.now().mono;
    if (this.#backAt === undefined || this.#lostAt - this.#backAt >= STEADY_MS) this.#attempt = 0;
    this.#remark(upstreamLost(closing, callStandIn !== undefined));
    this.#callLater();
    void this.#callStandIn();
  }

  /** The CSMS was not there when the station came, for this reason. */
  absent(why: string): void {
    if (this.#stopped.signal.aborted) return;
    const { clock, callStandIn, agreed } = this.#options;
    this.#lostAt = clock.now().mono;
    this.#wasTaken = false;
    this.#remark(upstreamAbsent(why, agreed, callStandIn !== undefined));
    this.#callLater();
    void this.#callStandIn();
  }

  /** Gives up: the station is gone, or the proxy closes. */
  stop(): void {
    this.#timer?.cancel();
    this.#standInCall?.abort();
    this.#stopped.abort();
    if (this.#waiting) this.#discard(this.#waiting, ...LATE);
    this.#waiting = undefined;
  }

  #callLater(): void {
    const { clock, random } = this.#options;
    this.#attempt += 1;
    this.#timer = clock.after(waitBefore(this.#attempt, random), () => void this.#callAgain());
  }

  async #callAgain(): Promise<void> {
    const leg = await this.#options.call(this.#stopped.signal);
    const open = openOf(leg);
    if (open && this.#speaksAsBefore(open, this.#wasTaken ? otherSubprotocol : foreignSubprotocol)) {
      this.#handOver(open, this.#options.clock.now().mono + HAND_OVER_MS);
      return;
    }
    if (this.#stopped.signal.aborted) return;
    if (!this.#wasTaken && this.#turnsAway(leg.connected)) return;
    this.#callLater();
    void this.#callStandIn();
  }

  /** Closes a station that a CSMS which is there for the first time does not take as it is. */
  #turnsAway(connected: Connected): boolean {
    if (connected.kind === 'open') {
      this.#relay.turnAway(...DIFFERS);
      return true;
    }
    const refusal = this.#options.refusal(connected);
    if (refusal === undefined) return false;
    this.#remark(upstreamRefuses(refusal));
    this.#relay.turnAway(...NOT_TAKEN);
    return true;
  }

  /**
   * Records that a CSMS has answered, and says whether it can go on with the station; where it speaks another
   * subprotocol, its connection is ended, for the reason that `differs` puts in words.
   */
  #speaksAsBefore(open: OpenLeg, differs: typeof otherSubprotocol): boolean {
    const { agreed, recorder } = this.#options;
    const { socket, headers: responseHeaders, tls } = open.connected;
    const chosen = socket.subprotocol;
    if (chosen === agreed) {
      recordOpen(open.link, open.connected, recorder);
      return true;
    }
    const failure = differs(chosen, agreed);
    recorder.negotiated(open.link, { status: 101, responseHeaders, chosen, tls, failure, code: 'subprotocol-foreign' });
    this.#remark(upstreamDiffers(failure));
    this.#discard(open, ...DIFFERS);
    return false;
  }

  /** Attaches the CSMS, after the calls that are open with the one in its place are answered, or have had their time. */
  #handOver(open: OpenLeg, latest: number): void {
    const { clock, onOpen } = this.#options;
    const relay = this.#relay;
    if (this.#stopped.signal.aborted) {
      this.#discard(open, ...LATE);
      return;
    }
    this.#standInCall?.abort();
    const answered = this.#standIn === undefined || !relay.gatekeeper.exchanging || clock.now().mono >= latest;
    if (answered && this.#standIn !== undefined) relay.detach(1001, STAND_IN_OVER);
    // What the one in its place had sent, and its end, may still be on their way to the journal.
    if (!answered || !relay.waits) {
      this.#waiting = open;
      this.#timer = clock.after(LOOK_MS, () => this.#handOver(open, latest));
      return;
    }
    this.#waiting = undefined;
    this.#standIn = undefined;
    this.#backAt = clock.now().mono;
    const away = this.#backAt - this.#lostAt;
    // The attempt with which a station came that was let in without a CSMS was the first.
    this.#remark(this.#wasTaken ? upstreamBack(away, this.#attempt) : upstreamThere(away, this.#attempt + 1));
    this.#wasTaken = true;
    onOpen(open.link);
    relay.attach(sideOf(open));
  }

  async #callStandIn(): Promise<void> {
    const { callStandIn, recorder, onOpen } = this.#options;
    if (!callStandIn || this.#standInCall || this.#standIn !== undefined) return;
    const attempt = new AbortController();
    this.#standInCall = attempt;
    const open = openOf(await callStandIn(attempt.signal));
    this.#standInCall = undefined;
    if (!open || !this.#speaksAsBefore(open, otherSubprotocol)) return;
    if (attempt.signal.aborted || !this.#relay.waits) {
      this.#discard(open, ...LATE);
      return;
    }
    this.#standIn = open.link;
    recorder.remark(open.link, STAND_IN);
    onOpen(open.link);
    this.#relay.attach(sideOf(open));
  }

  /** Ends a connection that is not attached. */
  #discard(open: OpenLeg, code: number, reason: string): void {
    const { recorder, onClosed } = this.#options;
    endAlone({ recorder, csms: sideOf(open), onClosed }, code, reason);
  }

  #remark(remark: LinkRemark): void {
    this.#options.recorder.remark(this.#options.station, remark);
  }
}

function openOf({ link, connected }: UpstreamLeg): OpenLeg | undefined {
  return connected.kind === 'open' ? { link, connected } : undefined;
}

function sideOf({ link, connected }: OpenLeg): Side {
  return { link, socket: connected.socket };
}

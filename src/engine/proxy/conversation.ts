import type { UpstreamLost } from '../../bridge/security.ts';
import { type OcppVersion, versionOfSubprotocol } from '../../ocpp/version.ts';
import type { LegPolicy } from '../../session/leg-policy.ts';
import type { LinkNegotiation, LinkOpening, LinkRemark } from '../../session/link.ts';
import { isNegotiationCode } from '../../session/negotiation/codes.ts';
import type { Failure } from '../../session/outcome.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import { admission } from '../admission/admission.ts';
import type { PortSecurity } from '../admission/port-security.ts';
import type { RefusalBook } from '../admission/refusals/refusal-book.ts';
import type { StationPasswords } from '../admission/station-passwords.ts';
import type { Clock } from '../clock.ts';
import type { Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import { hasOwnPassword } from '../leg-security.ts';
import { carried } from '../net/headers.ts';
import type { Connected, Socket, UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import type { LegBoard } from './leg-board.ts';
import { LegPasswords } from './leg-passwords.ts';
import type { ProxiedPeers } from './proxied-peers.ts';
import { isAway, type NoConnection, reason, refusal, refusesOurs } from './refusal.ts';
import { endAlone, Relay } from './relay.ts';
import { StationAttempt } from './station-attempt.ts';
import { UpstreamCalls } from './upstream-calls.ts';
import { UpstreamKeeper } from './upstream-keeper.ts';
import { recordOpen, type UpstreamMeans } from './upstream-leg.ts';

export interface ConversationOptions {
  /** Base URL of the CSMS, a valid one. */
  readonly upstream: string;
  readonly means: UpstreamMeans;
  /** What is asked of stations; where it is left out, all that they ask for goes to the CSMS. */
  readonly security: PortSecurity | undefined;
  /** What that is, as it is recorded. */
  readonly policy: LegPolicy;
  /** Where stations are recorded that are not let in. */
  readonly refusals: RefusalBook;
  /** What CSMS expect of stations by now, by the passwords that they have set. */
  readonly passwords: StationPasswords;
  readonly upstreamLost: UpstreamLost;
  /** Base URL of the one that answers while the CSMS is gone, a valid one. */
  readonly standIn: string | undefined;
  readonly queueBytes: number;
  readonly clock: Clock;
  random(): number;
  readonly board: LegBoard;
  readonly interception: Interception;
  readonly rules: RuleEngine | undefined;
  readonly peers: ProxiedPeers;
  /** The relays of conversations that are open. */
  readonly relays: Set<Relay>;
  /** Ends the attempts that are kept from the record, and from the board. */
  readonly withheld: Set<AbortController>;
  onFrame(): void;
}

/**
 * Takes a station's upgrade request and pairs it with a connection of its own to the upstream. The result of the
 * upstream's handshake is what the station gets: its subprotocol, none, or its refusal. A station that does not come up
 * to what is asked of it is refused before the upstream is called.
 */
export async function converse(request: UpgradeRequest, options: ConversationOptions): Promise<void> {
  await new Conversation(request, options).begin();
}

/** What a station and its CSMS have agreed on, or what was agreed on with the station alone. */
interface Agreement {
  readonly subprotocol: string;
  readonly version: OcppVersion | undefined;
  /** What is offered to a CSMS that is called again. */
  readonly offered: readonly string[];
}

class Conversation {
  readonly #request: UpgradeRequest;
  readonly #options: ConversationOptions;
  /** Identity of the station. */
  readonly #station: string;
  readonly #record: StationAttempt;
  readonly #calls: UpstreamCalls;
  /** The attempt to reach the CSMS with which the conversation begins. */
  readonly #attempt = new AbortController();
  /** Why the station does not wait any longer, where it does not. */
  #gone: Failure | undefined;

  constructor(request: UpgradeRequest, options: ConversationOptions) {
    this.#request = request;
    this.#options = options;
    const { target, headers, offered, remoteAddress } = request;
    const { policy, refusals, means, upstream, upstreamLost, standIn, passwords, board } = options;
    this.#station = stationIdentity(target);
    const opening: LinkOpening = {
      peer: 'station',
      opener: 'peer',
      station: this.#station,
      url: target,
      remoteAddress,
      requestHeaders: means.masks ? maskHeaders(headers) : headers,
      offered,
      policy,
    };
    this.#record = new StationAttempt(opening, refusals, means.recorder);
    this.#calls = new UpstreamCalls({
      upstream,
      standIn: upstreamLost === 'answer' ? standIn : undefined,
      means,
      passwords,
      board,
      request,
      station: this.#station,
      attempt: this.#record,
    });
  }

  async begin(): Promise<void> {
    const remarks = this.#admit();
    if (remarks === undefined) return;
    const { offered } = this.#request;
    const passedOn = this.#options.rules?.subprotocols(offered, this.#station) ?? offered;
    this.#request.onGone((why) => {
      this.#gone = why;
      this.#attempt.abort();
    });
    const leg = await this.#calls.first(passedOn, this.#attempt.signal, (begun) => this.#began(begun));
    this.#options.withheld.delete(this.#attempt);
    const { connected } = leg;
    if (connected.kind === 'open') {
      if (this.#record.isWithheld && this.#gone) this.#goneWithheld(this.#gone, connected.socket);
      else await this.#open(this.#recorded(leg.link), connected, passedOn, remarks);
      return;
    }
    const chosen = this.#chosenAlone(connected, passedOn);
    const link = chosen === undefined ? leg.link : this.#recorded(leg.link);
    this.#options.board.remove(link);
    if (chosen === undefined) this.#refused(connected);
    else await this.#openAlone(link, connected, chosen, remarks);
  }

  /** Whether the station may come in: what stands out, or undefined where it may not and has been told so. */
  #admit(): readonly LinkRemark[] | undefined {
    const { security } = this.#options;
    const { flaw } = this.#request;
    if (!security) {
      if (flaw === undefined) return [];
      this.#refuse(400, flaw, { code: 'bad-handshake' });
      return undefined;
    }
    const admitted = admission(this.#request, security.of(this.#station));
    if (admitted.granted) return admitted.remarks;
    const { status, sentence, code, headers } = admitted;
    this.#notLetIn({ status, failure: sentence, code, responseHeaders: headers });
    this.#request.refuse(status, headers, sentence);
    return undefined;
  }

  /** Follows the password of the station, where a leg has one. */
  #legPasswords(): LegPasswords | undefined {
    const { security, means, passwords } = this.#options;
    const isAsked = security?.asksForPassword === true;
    const isSaid = hasOwnPassword(means.security);
    if (!isAsked && !isSaid) return undefined;
    return new LegPasswords({
      station: isAsked ? (password) => security.accepted(this.#station, password) : undefined,
      csms: isSaid ? (password) => passwords.set(this.#station, password) : undefined,
    });
  }

  #began(upstreamLink: number): void {
    const { link } = this.#record;
    if (this.#record.isWithheld) {
      this.#options.withheld.add(this.#attempt);
      return;
    }
    const leg = { conversation: link, station: this.#station, version: null, state: 'connecting' } as const;
    this.#options.board.begin(
      () => this.#attempt.abort(),
      [
        { ...leg, link, peer: 'station', secure: this.#request.tls !== undefined },
        { ...leg, link: upstreamLink, peer: 'csms', secure: this.#options.upstream.startsWith('wss:') },
      ],
    );
  }

  /** It comes to something, so that it is recorded and shown, where it was not. Yields the link of the upstream. */
  #recorded(upstreamLink: number): number {
    if (!this.#record.isWithheld) return upstreamLink;
    const link = this.#record.record(upstreamLink);
    this.#began(link);
    return link;
  }

  #goneWithheld(why: Failure, upstream: Socket): void {
    upstream.terminate();
    this.#notLetIn(failureOf(why));
  }

  /** There is no connection to the upstream: the station is told so, as the upstream said it where it said something. */
  #refused(why: NoConnection): void {
    const { security } = this.#calls;
    if (this.#gone) {
      this.#notLetIn(failureOf(this.#gone));
    } else if (why.kind === 'failed') {
      const aborted = why.code === 'aborted';
      this.#refuse(aborted ? 503 : 502, aborted ? 'Plugscope closes this port.' : why.sentence, { code: why.code });
    } else if (refusesOurs(why.status, security)) {
      this.#refuse(502, refusal(why.status, security), {});
    } else {
      const { status, headers, body } = why;
      this.#notLetIn({ status, responseHeaders: carried(headers), failure: refusal(status, security) });
      this.#request.refuse(status, headers, body);
    }
    this.#options.board.remove(this.#record.link);
  }

  #refuse(status: number, failure: string, more: Pick<LinkNegotiation, 'code'>): void {
    this.#notLetIn({ status, failure, ...more });
    this.#request.refuse(status, [], failure);
  }

  #notLetIn(negotiation: LinkNegotiation): void {
    this.#record.refused({ ...negotiation, tls: this.#request.tls });
  }

  /** The upstream has opened: so does the station's side, with the same subprotocol and headers. */
  async #open(
    upstreamLink: number,
    connected: Extract<Connected, { kind: 'open' }>,
    passedOn: readonly string[],
    remarks: readonly LinkRemark[],
  ): Promise<void> {
    const { board, means } = this.#options;
    const { recorder } = means;
    const { socket, headers } = connected;
    const { subprotocol } = socket;
    const version = recordOpen(upstreamLink, connected, recorder);
    const station = await this.#accept(subprotocol, carried(headers), socket.extensions !== '', remarks);
    const csms = { link: upstreamLink, socket };
    if (!station) {
      endAlone({ recorder, csms, onClosed: board.remove });
      return;
    }
    const offered = subprotocol === '' ? passedOn : [subprotocol];
    this.#relay(station, csms, upstreamLink, { subprotocol, version, offered });
  }

  /**
   * What is agreed on with a station in place of a CSMS that is not there: the first of the versions that would be offered
   * to that. Undefined where the station is not kept without a CSMS, or there is none to choose.
   */
  #chosenAlone(why: NoConnection, passedOn: readonly string[]): string | undefined {
    if (this.#options.upstreamLost === 'mirror' || this.#gone || !isAway(why)) return undefined;
    const { offered } = this.#request;
    return passedOn.find((name) => offered.includes(name) && versionOfSubprotocol(name) !== undefined);
  }

  /** The station is let in without a CSMS, which is called again from now on. */
  async #openAlone(
    upstreamLink: number,
    why: NoConnection,
    subprotocol: string,
    remarks: readonly LinkRemark[],
  ): Promise<void> {
    const station = await this.#accept(subprotocol, [], false, remarks);
    if (!station) return;
    const version = versionOfSubprotocol(subprotocol);
    const keeper = this.#relay(station, undefined, upstreamLink, { subprotocol, version, offered: [subprotocol] });
    keeper.absent(reason(why, this.#calls.security));
  }

  /** Opens the station's side; undefined where the station is gone. Compression is as on the other side, unless set. */
  async #accept(
    subprotocol: string,
    responseHeaders: ReturnType<typeof carried>,
    compression: boolean,
    remarks: readonly LinkRemark[],
  ): Promise<Socket | undefined> {
    const { board, means, security } = this.#options;
    const compresses = security?.configured.compression ?? compression;
    const accepted = await this.#request.accept(subprotocol, responseHeaders, compresses);
    if (!accepted.ok) {
      this.#notLetIn(failureOf(accepted.error));
      board.remove(this.#record.link);
      return undefined;
    }
    const version = versionOfSubprotocol(subprotocol);
    const extensions = accepted.value.extensions || undefined;
    const { tls } = this.#request;
    this.#record.opened({ status: 101, responseHeaders, chosen: subprotocol, version, extensions, tls });
    for (const remark of remarks) means.recorder.remark(this.#record.link, remark);
    return accepted.value;
  }

  /** Carries what passes, between the station and the CSMS that there is, or the next one that comes. */
  #relay(
    station: Socket,
    csms: { readonly link: number; readonly socket: Socket } | undefined,
    csmsLink: number,
    agreed: Agreement,
  ): UpstreamKeeper {
    const { board, interception, rules, peers, relays, queueBytes, upstreamLost, onFrame } = this.#options;
    const { version } = agreed;
    const { link } = this.#record;
    const onClosed = (closed: number): void => {
      peers.remove(closed);
      board.remove(closed);
      if (closed !== link) return;
      keeper.stop();
      relays.delete(relay);
    };
    const relay = new Relay({
      recorder: this.#options.means.recorder,
      interception,
      rules,
      queueBytes,
      name: this.#station,
      version,
      station: { link, socket: station },
      csms,
      csmsLink,
      passwords: this.#legPasswords(),
      keeps: upstreamLost !== 'mirror',
      onFrame,
      onClosed,
      onLost: (closing) => keeper.lost(closing),
    });
    const { gatekeeper } = relay;
    const about = { gatekeeper, station: this.#station, version: version ?? null };
    const keeper = this.#keeper(relay, agreed, (link) => peers.add({ ...about, link, peer: 'csms' }));
    relays.add(relay);
    peers.add({ ...about, link, peer: 'station' });
    if (csms) peers.add({ ...about, link: csms.link, peer: 'csms' });
    board.opened(link, version, () => {
      keeper.stop();
      return gatekeeper.stop(1001, CLOSING);
    });
    relay.start();
    return keeper;
  }

  /** Looks after the station where its CSMS goes, or is not there. */
  #keeper(relay: Relay, { subprotocol, offered }: Agreement, onOpen: (link: number) => void): UpstreamKeeper {
    const { means, board, clock, random } = this.#options;
    return new UpstreamKeeper(relay, {
      recorder: means.recorder,
      clock,
      random,
      station: this.#record.link,
      agreed: subprotocol,
      call: (signal) => this.#calls.again(offered, signal),
      callStandIn: this.#calls.standIn(offered),
      refusal: (why) => (isAway(why) ? undefined : reason(why, this.#calls.security)),
      onOpen(link) {
        board.joined(link);
        onOpen(link);
      },
      onClosed: board.remove,
    });
  }
}

const CLOSING = 'Plugscope closes this port';

/** Why a station is not let in, as it is recorded. */
function failureOf({ code, sentence }: Failure): Pick<LinkNegotiation, 'failure' | 'code'> {
  return { failure: sentence, code: isNegotiationCode(code) ? code : undefined };
}

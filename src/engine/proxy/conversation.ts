import type { ListenerSecurity, UpstreamLost } from '../../bridge/security.ts';
import { versionOfSubprotocol } from '../../ocpp/version.ts';
import type { LegPolicy, SecurityProfile } from '../../session/leg-policy.ts';
import type { LinkNegotiation, LinkRemark } from '../../session/link.ts';
import { maskHeaders } from '../../session/secrets/headers.ts';
import { admission, configuredPassword } from '../admission/admission.ts';
import type { Clock } from '../clock.ts';
import type { Interception } from '../intercept/interception.ts';
import type { RuleEngine } from '../intercept/verdict.ts';
import { carried } from '../net/headers.ts';
import type { Connected, Socket, UpgradeRequest } from '../net/socket.ts';
import { stationIdentity } from '../net/station-identity.ts';
import type { LegBoard } from './leg-board.ts';
import { type ChangedPasswords, keepPassword, PasswordWatch } from './password-watch.ts';
import type { ProxiedPeers } from './proxied-peers.ts';
import { endAlone, Relay } from './relay.ts';
import { UpstreamKeeper } from './upstream-keeper.ts';
import {
  callUpstream,
  recordOpen,
  refusal,
  refusesOurs,
  type UpstreamCall,
  type UpstreamLeg,
  type UpstreamMeans,
} from './upstream-leg.ts';
import { upstreamUrl } from './upstream-url.ts';

export interface ConversationOptions {
  /** Base URL of the CSMS, a valid one. */
  readonly upstream: string;
  readonly means: UpstreamMeans;
  /** What is asked of stations; where it is left out, all that they ask for goes to the CSMS. */
  readonly security: ListenerSecurity | undefined;
  /** What that is, as it is recorded. */
  readonly policy: LegPolicy;
  /** Passwords that were set since: they count in place of those of both legs. */
  readonly passwords: ChangedPasswords;
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
  onFrame(): void;
}

type NoConnection = Exclude<Connected, { kind: 'open' }>;

/**
 * Takes a station's upgrade request and pairs it with a connection of its own to the upstream. The result of the
 * upstream's handshake is what the station gets: its subprotocol, none, or its refusal. A station that does not come up
 * to what is asked of it is refused before the upstream is called.
 */
export async function converse(request: UpgradeRequest, options: ConversationOptions): Promise<void> {
  await new Conversation(request, options).begin();
}

class Conversation {
  readonly #request: UpgradeRequest;
  readonly #options: ConversationOptions;
  /** Identity of the station. */
  readonly #station: string;
  /** The link of the station. */
  readonly #link: number;
  /** The attempt to reach the CSMS with which the conversation begins. */
  readonly #attempt = new AbortController();
  #gone = false;

  constructor(request: UpgradeRequest, options: ConversationOptions) {
    this.#request = request;
    this.#options = options;
    const { target, headers, offered, remoteAddress } = request;
    const { policy } = options;
    this.#station = stationIdentity(target);
    this.#link = options.means.recorder.openLink({
      peer: 'station',
      opener: 'peer',
      station: this.#station,
      url: target,
      remoteAddress,
      // A password that was asked for is the user's own, and stays out of the session.
      requestHeaders: policy.profile === 0 ? headers : maskHeaders(headers),
      offered,
      policy,
    });
  }

  async begin(): Promise<void> {
    const remarks = this.#admit();
    if (remarks === undefined) return;
    const { offered } = this.#request;
    const passedOn = this.#options.rules?.subprotocols(offered, this.#station) ?? offered;
    this.#request.onGone(() => {
      this.#gone = true;
      this.#attempt.abort();
    });
    const leg = await callUpstream(this.#call(passedOn, this.#attempt.signal), this.#means(), (link) =>
      this.#began(link),
    );
    if (leg.connected.kind === 'open') await this.#open(leg.link, leg.connected, passedOn, remarks);
    else this.#notReached(leg.link, leg.connected);
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
    const changed = this.#options.passwords.station.get(this.#station);
    const passwords = changed === undefined ? security.passwords : { ...security.passwords, [this.#station]: changed };
    const admitted = admission(this.#request, { ...security, passwords });
    if (admitted.granted) return admitted.remarks;
    const { status, sentence, code, headers } = admitted;
    this.#negotiated({ status, failure: sentence, code, responseHeaders: headers });
    this.#request.refuse(status, headers, sentence);
    return undefined;
  }

  /** How the CSMS is connected to, with the password that it expects of this station by now, where one is ours. */
  #means(): UpstreamMeans {
    const { means, passwords } = this.#options;
    const { security } = means;
    const password = passwords.csms.get(this.#station);
    if (password === undefined || security?.password === undefined) return means;
    return { ...means, security: { ...security, password } };
  }

  /** Follows the password of the station, where a leg has one. */
  #passwordWatch(): PasswordWatch | undefined {
    const { security, means, passwords } = this.#options;
    const kept = (side: keyof ChangedPasswords) => (password: string) =>
      keepPassword(passwords[side], this.#station, password);
    const isAsked = security && isBasic(security.profile) && configuredPassword(security, this.#station) !== null;
    const isSaid = isBasic(means.security?.profile) && means.security?.password !== undefined;
    if (!isAsked && !isSaid) return undefined;
    return new PasswordWatch({
      station: isAsked ? kept('station') : undefined,
      csms: isSaid ? kept('csms') : undefined,
    });
  }

  #call(offered: readonly string[], signal: AbortSignal, base = this.#options.upstream): UpstreamCall {
    const { target, headers } = this.#request;
    return {
      conversation: this.#link,
      station: this.#station,
      url: upstreamUrl(base, target),
      headers: carried(headers),
      offered,
      signal,
    };
  }

  #began(upstreamLink: number): void {
    const leg = { conversation: this.#link, station: this.#station, version: null, state: 'connecting' } as const;
    this.#options.board.begin(
      () => this.#attempt.abort(),
      [
        { ...leg, link: this.#link, peer: 'station', secure: this.#request.tls !== undefined },
        { ...leg, link: upstreamLink, peer: 'csms', secure: this.#options.upstream.startsWith('wss:') },
      ],
    );
  }

  /** There is no connection to the upstream: the station is told so, as the upstream said it where it said something. */
  #notReached(upstreamLink: number, why: NoConnection): void {
    const { board, means } = this.#options;
    if (this.#gone) {
      this.#negotiated({ failure: 'The station went away before its request was answered.', code: 'gone' });
    } else if (why.kind === 'failed') {
      const aborted = why.code === 'aborted';
      this.#refuse(aborted ? 503 : 502, aborted ? 'Plugscope closes this port.' : why.sentence, { code: why.code });
    } else if (refusesOurs(why.status, means.security)) {
      this.#refuse(502, refusal(why.status, means.security), {});
    } else {
      const { status, headers, body } = why;
      this.#negotiated({ status, responseHeaders: carried(headers), failure: refusal(status, means.security) });
      this.#request.refuse(status, headers, body);
    }
    board.remove(upstreamLink);
    board.remove(this.#link);
  }

  #refuse(status: number, failure: string, more: Pick<LinkNegotiation, 'code'>): void {
    this.#negotiated({ status, failure, ...more });
    this.#request.refuse(status, [], failure);
  }

  #negotiated(negotiation: LinkNegotiation): void {
    this.#options.means.recorder.negotiated(this.#link, { ...negotiation, tls: this.#request.tls });
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
    const chosen = socket.subprotocol;
    const version = recordOpen(upstreamLink, connected, recorder);
    const responseHeaders = carried(headers);
    const accepted = await this.#request.accept(chosen, responseHeaders);
    const csms = { link: upstreamLink, socket };
    if (!accepted.ok) {
      this.#negotiated({ failure: accepted.error.sentence, code: 'gone' });
      board.remove(this.#link);
      endAlone({ recorder, csms, onClosed: board.remove });
      return;
    }
    const extensions = accepted.value.extensions || undefined;
    this.#negotiated({ status: 101, responseHeaders, chosen, version, extensions });
    for (const remark of remarks) recorder.remark(this.#link, remark);
    this.#relay(accepted.value, csms, passedOn);
  }

  #relay(station: Socket, csms: { readonly link: number; readonly socket: Socket }, passedOn: readonly string[]): void {
    const { board, interception, rules, peers, relays, queueBytes, upstreamLost, onFrame } = this.#options;
    const version = versionOfSubprotocol(csms.socket.subprotocol);
    const onClosed = (closed: number): void => {
      peers.remove(closed);
      board.remove(closed);
      if (closed !== this.#link) return;
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
      station: { link: this.#link, socket: station },
      csms,
      passwords: this.#passwordWatch(),
      keeps: upstreamLost !== 'mirror',
      onFrame,
      onClosed,
      onLost: (closing) => keeper.lost(closing),
    });
    const { gatekeeper } = relay;
    const about = { gatekeeper, station: this.#station, version: version ?? null };
    const keeper = this.#keeper(relay, csms.socket.subprotocol, passedOn, (link) => {
      peers.add({ ...about, link, peer: 'csms' });
    });
    relays.add(relay);
    peers.add({ ...about, link: this.#link, peer: 'station' });
    peers.add({ ...about, link: csms.link, peer: 'csms' });
    board.opened(this.#link, version, () => {
      keeper.stop();
      return gatekeeper.stop(1001, CLOSING);
    });
    relay.start();
  }

  /** Looks after the station where its CSMS goes. */
  #keeper(relay: Relay, agreed: string, passedOn: readonly string[], onOpen: (link: number) => void): UpstreamKeeper {
    const { means, board, clock, random, upstream, upstreamLost, standIn } = this.#options;
    const offered = agreed === '' ? passedOn : [agreed];
    const version = versionOfSubprotocol(agreed) ?? null;
    const call = async (base: string, signal: AbortSignal, by: UpstreamMeans): Promise<UpstreamLeg> => {
      const secure = base.startsWith('wss:');
      const leg = await callUpstream(this.#call(offered, signal, base), by, (link) =>
        board.join({
          link,
          conversation: this.#link,
          peer: 'csms',
          station: this.#station,
          version,
          secure,
          state: 'connecting',
        }),
      );
      if (leg.connected.kind !== 'open') board.remove(leg.link);
      return leg;
    };
    return new UpstreamKeeper(relay, {
      recorder: means.recorder,
      clock,
      random,
      station: this.#link,
      agreed,
      call: (signal) => call(upstream, signal, this.#means()),
      callStandIn:
        upstreamLost === 'answer' && standIn !== undefined
          ? (signal) => call(standIn, signal, { ...means, security: NOTHING_SAID, credentials: undefined })
          : undefined,
      onOpen(link) {
        board.joined(link);
        onOpen(link);
      },
      onClosed: board.remove,
    });
  }
}

/** Whether a profile has a password. */
function isBasic(profile: SecurityProfile | undefined): boolean {
  return profile === 1 || profile === 2;
}

/** The stand-in is ours: it is asked for nothing, and what the station says to its CSMS is not for it. */
const NOTHING_SAID = { profile: 0 } as const;
const CLOSING = 'Plugscope closes this port';

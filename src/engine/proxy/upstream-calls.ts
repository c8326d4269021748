import type { ClientSecurity } from '../../bridge/security.ts';
import { versionOfSubprotocol } from '../../ocpp/version.ts';
import type { StationPasswords } from '../admission/station-passwords.ts';
import { hasOwnPassword } from '../leg-security.ts';
import { carried } from '../net/headers.ts';
import type { UpgradeRequest } from '../net/socket.ts';
import type { LegBoard } from './leg-board.ts';
import type { LinkRecorder, StationAttempt } from './station-attempt.ts';
import { callUpstream, type UpstreamLeg, type UpstreamMeans } from './upstream-leg.ts';
import { upstreamUrl } from './upstream-url.ts';

export interface UpstreamCallsOptions {
  /** Base URL of the CSMS, a valid one. */
  readonly upstream: string;
  /** Base URL of the one that answers while the CSMS is away, a valid one; undefined where nobody does. */
  readonly standIn: string | undefined;
  readonly means: UpstreamMeans;
  /** Passwords that CSMS have set since: they count in place of that of the means. */
  readonly passwords: StationPasswords;
  readonly board: LegBoard;
  /** What the station asks for. */
  readonly request: Pick<UpgradeRequest, 'target' | 'headers' | 'offersCompression'>;
  /** Identity of the station. */
  readonly station: string;
  /** How the station came in, with its link. */
  readonly attempt: StationAttempt;
}

/** The calls that one conversation makes to its CSMS, or to the one that stands in for it. */
export class UpstreamCalls {
  readonly #options: UpstreamCallsOptions;

  constructor(options: UpstreamCallsOptions) {
    this.#options = options;
  }

  /** How the leg is secured, with the password that the CSMS expects of this station by now, where one is ours. */
  get security(): ClientSecurity | undefined {
    const { means, passwords, station } = this.#options;
    const { security } = means;
    const password = passwords.get(station);
    return hasOwnPassword(security) && password !== undefined ? { ...security, password } : security;
  }

  /** The call with which the conversation begins; `begun` is told its link. */
  first(offered: readonly string[], signal: AbortSignal, begun: (link: number) => void): Promise<UpstreamLeg> {
    const { upstream, means } = this.#options;
    return this.#call(upstream, offered, signal, { ...means, security: this.security }, begun, this.#options.attempt);
  }

  /** Calls the CSMS of a conversation that is there. */
  again(offered: readonly string[], signal: AbortSignal): Promise<UpstreamLeg> {
    const { upstream, means } = this.#options;
    return this.#join(upstream, offered, signal, { ...means, security: this.security });
  }

  /** Calls the one that stands in, of whom nothing is asked; undefined where there is none. */
  standIn(offered: readonly string[]): ((signal: AbortSignal) => Promise<UpstreamLeg>) | undefined {
    const { standIn, means } = this.#options;
    if (standIn === undefined) return undefined;
    return (signal) => this.#join(standIn, offered, signal, { ...means, security: OURS, credentials: undefined });
  }

  async #join(
    base: string,
    offered: readonly string[],
    signal: AbortSignal,
    means: UpstreamMeans,
  ): Promise<UpstreamLeg> {
    const { board, attempt, station } = this.#options;
    const [agreed = ''] = offered;
    const version = versionOfSubprotocol(agreed) ?? null;
    const secure = base.startsWith('wss:');
    const leg = await this.#call(base, offered, signal, means, (link) =>
      board.join({ link, conversation: attempt.link, peer: 'csms', station, version, secure, state: 'connecting' }),
    );
    if (leg.connected.kind !== 'open') board.remove(leg.link);
    return leg;
  }

  #call(
    base: string,
    offered: readonly string[],
    signal: AbortSignal,
    means: UpstreamMeans,
    begun: (link: number) => void,
    recorder?: LinkRecorder,
  ): Promise<UpstreamLeg> {
    const { request, attempt, station } = this.#options;
    const { target, headers, offersCompression: compression } = request;
    const url = upstreamUrl(base, target);
    const call = { conversation: attempt.link, station, url, headers: carried(headers), offered, compression, signal };
    return callUpstream(call, means, begun, recorder);
  }
}

/** The stand-in is ours: what the station says to prove itself to its CSMS is not for it. */
const OURS: ClientSecurity = { profile: 0, authorization: false, compression: false };

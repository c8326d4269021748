import type { ClientSecurity } from '../../../bridge/security.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { SecurityProfile } from '../../../session/leg-policy.ts';
import type { Headers } from '../../../session/link.ts';
import type { NegotiationCode } from '../../../session/negotiation/codes.ts';
import { type Outcome, success } from '../../../session/outcome.ts';
import type { Clock } from '../../clock.ts';
import type { Credentials } from '../../credentials.ts';
import { clientHeaders, clientTls } from '../../leg-security.ts';
import type { ClientTls, Credential } from '../../net/tls/credential.ts';
import { SecurityEvents } from './security-events.ts';

export interface StationSecurityOptions {
  /** How the CSMS is connected to; without security where it is left out. */
  readonly security: ClientSecurity | undefined;
  readonly credentials: Credentials | undefined;
  /** Identity in the URL. */
  readonly id: string;
  /** Of its certificate: its serial number (A00.FR.511), or a longer name that has it. */
  readonly commonName: string;
  readonly clock: Clock;
}

/** Attempts that a new certificate gets before the station goes back to the one before. */
const ATTEMPTS_WITH_NEW = 3;

/**
 * What a station proves itself with, over all of its connections and versions: its password and its certificate, which
 * the CSMS may change (A01, A02), and the security events that it could not tell yet.
 */
export class StationSecurity {
  readonly events = new SecurityEvents();
  readonly #options: StationSecurityOptions;
  #password: string | undefined;
  /** A certificate that the CSMS has had signed; the one that it came with, or was given, where there is none. */
  #certificate: Credential | undefined;
  /** The one that has not been connected with yet, and how often that has failed. */
  #renewed: { readonly credential: Credential; failures: number } | undefined;
  #discarded = false;
  #stale = false;

  constructor(options: StationSecurityOptions) {
    this.#options = options;
    this.#password = options.security?.password;
  }

  get profile(): SecurityProfile {
    return this.#options.security?.profile ?? 0;
  }

  get commonName(): string {
    return this.#options.commonName;
  }

  get compression(): boolean | undefined {
    return this.#options.security?.compression;
  }

  /** Headers of the next attempt to connect. */
  headers(versions: readonly OcppVersion[]): Headers {
    const { security, id } = this.#options;
    return clientHeaders(security && { ...security, password: this.#password }, id, versions);
  }

  /** TLS of the next attempt to connect; `installed` are roots that the CSMS has installed (M05). */
  async tls(url: string, installed: readonly string[]): Promise<Outcome<ClientTls | undefined>> {
    const { security, credentials, commonName } = this.#options;
    const own = this.#renewed?.credential ?? this.#certificate;
    const tls = await clientTls(security, url, commonName, credentials, own);
    if (!tls.ok || !tls.value) return tls;
    return success({ ...tls.value, trust: [...tls.value.trust, ...installed] });
  }

  /** Roots of the operator, as far as they are known. */
  async roots(): Promise<readonly string[]> {
    const { security, credentials } = this.#options;
    const roots = await credentials?.roots(security?.trust ?? null);
    return roots?.ok ? roots.value : [];
  }

  /** Takes a new password, which counts from the next connection on (A01). */
  setPassword(password: string): void {
    this.#password = password;
    this.#stale ||= this.profile === 1 || this.profile === 2;
  }

  /** Takes a new certificate, which is presented from the next connection on (A02.FR.08). */
  setCertificate(credential: Credential): void {
    this.#renewed = { credential, failures: 0 };
    this.#stale ||= this.profile === 3;
  }

  /** Whether the connection stands by what does not count any more, so that there is to be a new one. Says so once. */
  takeStale(): boolean {
    const stale = this.#stale;
    this.#stale = false;
    return stale;
  }

  /** A connection is open: of two certificates the one that is not in use is forgotten (A02.FR.10, FR.29). */
  connected(): void {
    if (this.#renewed && this.profile === 3) {
      this.#certificate = this.#renewed.credential;
      this.#renewed = undefined;
    }
    if (this.#discarded) {
      const sentence = `No connection came about with the new certificate in ${ATTEMPTS_WITH_NEW} attempts.`;
      this.events.raise({ kind: 'renewed-certificate-discarded', at: this.#now(), sentence });
    }
    this.#discarded = false;
  }

  /** An attempt to connect has failed; after some of them a new certificate is given up (A02.FR.28). */
  failed(code: NegotiationCode, sentence: string): void {
    this.events.failed(code, sentence, this.#now());
    if (!this.#renewed || this.profile !== 3) return;
    this.#renewed.failures += 1;
    if (this.#renewed.failures < ATTEMPTS_WITH_NEW) return;
    this.#renewed = undefined;
    this.#discarded = true;
  }

  #now(): number {
    return this.#options.clock.now().wall;
  }
}

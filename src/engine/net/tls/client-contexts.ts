import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { CertificateFacts } from '../../../session/certificate.ts';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import type { ClientTls } from './credential.ts';
import { factsOf } from './peer-checks.ts';
import { certificatesIn } from './pem.ts';
import { SERVED_CIPHERS, SIGNATURES, WEAK_ALLOWED } from './server-context.ts';
import { type TrustedRoots, trustedRoots } from './trusted-roots.ts';

/** What the TLS connections of one `ClientTls` have in common. */
export interface ClientContext {
  readonly secure: SecureContext;
  readonly roots: TrustedRoots;
  /** The certificates that we present where they are asked for, our own first. */
  readonly own: readonly CertificateFacts[];
  /** Bytes of those certificates. */
  readonly ownBytes: number;
}

/** Contexts of TLS clients: made once for each `ClientTls`, since reading the roots of a machine takes 100 ms. */
export class ClientContexts {
  readonly #made = new WeakMap<ClientTls, Outcome<ClientContext>>();
  readonly #boring: boolean;
  #system: readonly string[] | undefined;

  /** @param boring whether TLS is that of Electron, BoringSSL, which knows no levels of security */
  constructor(boring = 'electron' in process.versions) {
    this.#boring = boring;
  }

  /** Fails where our credential cannot be presented, such as with a key that belongs to another certificate. */
  of(tls: ClientTls): Outcome<ClientContext> {
    const made = this.#made.get(tls) ?? this.#make(tls);
    this.#made.set(tls, made);
    return made;
  }

  #make({ credential, trust, trustsSystem, minVersion }: ClientTls): Outcome<ClientContext> {
    const roots = [...trust, ...(trustsSystem ? this.#ofSystem() : [])];
    try {
      const own = certificatesIn(credential?.chain ?? '');
      const secure = createSecureContext({
        // What is no certificate is left out by OpenSSL too.
        ca: roots,
        // Whom the user trusts need not be a root (RFC 5280, 6.1.1, d): the authority below it, or the CSMS itself, will do.
        allowPartialTrustChain: true,
        cert: credential?.chain,
        key: credential?.key,
        minVersion,
        ciphers: SERVED_CIPHERS.join(':') + (this.#boring ? '' : WEAK_ALLOWED),
        ...(this.#boring ? {} : { sigalgs: SIGNATURES }),
      });
      return success({
        secure,
        roots: trustedRoots(roots),
        own: factsOf(own),
        ownBytes: own.reduce((sum, { raw }) => sum + raw.length, 0),
      });
    } catch (error) {
      return failure('bad-credential', `TLS cannot be spoken with this certificate: ${(error as Error).message}.`);
    }
  }

  /** The authorities of Node and of this machine; Node's own where the platform cannot read its store. */
  #ofSystem(): readonly string[] {
    if (this.#system) return this.#system;
    const built = getCACertificates('default');
    try {
      this.#system = [...new Set([...built, ...getCACertificates('system')])];
    } catch {
      this.#system = built;
    }
    return this.#system;
  }
}

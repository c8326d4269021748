import type { X509Certificate } from 'node:crypto';
import type { Server, TLSSocket } from 'node:tls';
import type { CertificateFacts } from '../../../session/certificate.ts';
import type { TlsFacts } from '../../../session/link.ts';
import type { ClientHello } from './client-hello.ts';
import type { ListenerTls } from './credential.ts';
import { checkPeer, factsOf, presentedChain, verdictOf } from './peer-checks.ts';
import { certificatesIn } from './pem.ts';
import { type TrustedRoots, trustedRoots } from './trusted-roots.ts';

/** What the TLS of a port says of its connections. */
export class ServerFacts {
  readonly #tls: ListenerTls;
  readonly #roots: TrustedRoots;
  readonly #presented = new WeakMap<TLSSocket, readonly X509Certificate[]>();
  /** Our chains, by the fingerprint of the certificate that they begin with. */
  readonly #own: ReadonlyMap<string, readonly CertificateFacts[]>;

  /** @param tls of which `serverContexts` has found that it can be spoken */
  constructor(tls: ListenerTls) {
    this.#tls = tls;
    this.#roots = trustedRoots(tls.trust);
    this.#own = new Map(
      tls.credentials.map(({ chain }) => {
        const certificates = certificatesIn(chain);
        return [certificates[0]?.fingerprint256 ?? '', factsOf(certificates)];
      }),
    );
  }

  /**
   * Takes down what clients present, before Node sees that OpenSSL found it good: of Node 24.21 only the client's own
   * certificate can be had after that (nodejs/node#65579). The first key of a connection is told before its handshake
   * ends, with the socket that there is no other way to; the key itself is not looked at.
   */
  watch(server: Server): void {
    if (!this.#tls.asksCertificate) return;
    server.on('keylog', (_line, socket) => {
      if (this.#presented.has(socket)) return;
      this.#presented.set(socket, []);
      socket.prependOnceListener('secure', () => this.#presented.set(socket, presentedChain(socket)));
    });
  }

  /** What was agreed on, and what each side presented; nothing of it is checked yet. */
  of(socket: TLSSocket, hello: ClientHello | undefined): TlsFacts {
    const own = socket.getX509Certificate();
    const chain = this.#tls.asksCertificate ? factsOf(this.#presented.get(socket) ?? []) : undefined;
    return {
      ...offeredFacts(hello),
      protocol: socket.getProtocol() ?? '',
      cipher: socket.getCipher()?.standardName ?? '',
      peerSubject: chain?.[0]?.subject,
      chain,
      own: own && this.#own.get(own.fingerprint256),
    };
  }

  /**
   * The same, with what the checks of the station's certificate found where one was asked for (A00.FR.403 to
   * A00.FR.405). May ask its authority whether it was revoked.
   *
   * @param identity that of the station, which its certificate is to be issued to
   * @param now milliseconds since 1970
   */
  async checked(socket: TLSSocket, facts: TlsFacts, identity: string, now: number): Promise<TlsFacts> {
    if (!this.#tls.asksCertificate) return facts;
    const { organization, revocation } = this.#tls;
    const found = await checkPeer({
      chain: this.#presented.get(socket) ?? [],
      verdict: verdictOf(socket),
      roots: this.#roots,
      expected: { kind: 'station', identity, organization },
      now,
      revocation,
    });
    return { ...facts, ...found };
  }
}

/** What a hello alone tells: the handshake has agreed on nothing. */
export function offeredFacts(hello: ClientHello | undefined): TlsFacts {
  return {
    protocol: '',
    cipher: '',
    serverName: hello?.serverName,
    offered: hello && { protocols: hello.protocols, ciphers: hello.ciphers },
  };
}

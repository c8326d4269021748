import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createHierarchy, type Hierarchy, issueLeaf } from '../../authority/authority.ts';
import type { HeldCertificate } from '../../authority/certificate.ts';
import { generateKey, type KeyKind } from '../../authority/keys.ts';
import { ocspResponse, Revocations, revocationList } from '../../authority/revocation.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { revocationClient } from '../revocation-client.ts';

/** When certificates of these authorities are issued. */
export const NOW = Date.now();

export function nodeCertificate({ certificate }: HeldCertificate): X509Certificate {
  return new X509Certificate(certificate.toString('pem'));
}

/** What a server says: a body, a status, or nothing at all. */
type Answer = Uint8Array | number | 'nothing';

/** An authority with its responder and list over HTTP; either can be made to answer otherwise. */
export class TestAuthority {
  readonly revocations = new Revocations();
  readonly requests: string[] = [];
  readonly #server: Server;
  readonly hierarchy: Hierarchy;
  ocsp: (request: Uint8Array) => Promise<Answer> | Answer;
  list: () => Promise<Answer> | Answer;

  private constructor(hierarchy: Hierarchy, server: Server) {
    this.hierarchy = hierarchy;
    this.#server = server;
    this.ocsp = (request) => ocspResponse(request, hierarchy.issuing, this.revocations, NOW);
    this.list = () => revocationList(hierarchy.issuing, this.revocations, NOW);
    server.on('request', async (request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const answer = await (request.url === '/ocsp' ? this.ocsp(Buffer.concat(chunks)) : this.list());
      if (answer === 'nothing') return;
      if (answer === 101) request.socket.write('HTTP/1.1 101 Other\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
      else if (typeof answer === 'number') response.writeHead(answer).end();
      else response.end(answer);
    });
  }

  static async create(keyKind: KeyKind): Promise<TestAuthority> {
    const hierarchy = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind, now: NOW });
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new TestAuthority(hierarchy, server);
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  get issuer(): X509Certificate {
    return nodeCertificate(this.hierarchy.issuing);
  }

  /** Issues a certificate that names these addresses. */
  async issue(revocation = { ocsp: `${this.base}/ocsp`, crl: `${this.base}/list.crl` }): Promise<HeldCertificate> {
    const key = await generateKey('ECDSA P-256');
    const options = { commonName: 'CS-1', organization: 'Bench', now: NOW, revocation };
    const held = { key, certificate: await issueLeaf(options, key.publicKey, this.hierarchy.issuing) };
    this.revocations.issued(held.certificate);
    return held;
  }

  ask(held: HeldCertificate, clock = fakeClock(NOW)) {
    return revocationClient(clock)(nodeCertificate(held), this.issuer);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

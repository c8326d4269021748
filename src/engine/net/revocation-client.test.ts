import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHierarchy, type Hierarchy, issueLeaf } from '../authority/authority.ts';
import type { HeldCertificate } from '../authority/certificate.ts';
import { generateKey, type KeyKind } from '../authority/keys.ts';
import { ocspResponse, Revocations, revocationList } from '../authority/revocation.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { until } from '../testing/until.ts';
import { revocationClient } from './revocation-client.ts';
import { hasOpenssl } from './testing/openssl.ts';
import { ocspQuestion, readOcspAnswer } from './tls/ocsp.ts';

const NOW = Date.now();
const DAY = 24 * 3_600_000;

function nodeCertificate({ certificate }: HeldCertificate): X509Certificate {
  return new X509Certificate(certificate.toString('pem'));
}

type Answer = Uint8Array | number | 'nothing';

/** An authority with its responder and list over HTTP; either can be made to answer otherwise. */
class TestAuthority {
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

let authority: TestAuthority;
afterEach(() => authority.close());

describe.each<KeyKind>(['ECDSA P-256', 'RSA 2048'])('an authority with %s keys', (kind) => {
  beforeEach(async () => {
    authority = await TestAuthority.create(kind);
  });

  it('tells by OCSP of what is good and what was revoked', async () => {
    const good = await authority.issue();
    const revoked = await authority.issue();
    authority.revocations.revoke(revoked.certificate, NOW - DAY);
    expect(await authority.ask(good)).toEqual({ state: 'good' });
    expect(await authority.ask(revoked)).toEqual({ state: 'revoked', at: Math.floor((NOW - DAY) / 1000) * 1000 });
    expect(authority.requests).toEqual(['POST /ocsp', 'POST /ocsp']);
  });

  it('tells by its list where there is no OCSP', async () => {
    authority.ocsp = () => 503;
    const good = await authority.issue();
    const revoked = await authority.issue();
    authority.revocations.revoke(revoked.certificate, NOW - DAY);
    expect(await authority.ask(good)).toEqual({ state: 'good' });
    expect(await authority.ask(revoked)).toMatchObject({ state: 'revoked' });
    expect(authority.requests).toEqual(['POST /ocsp', 'GET /list.crl', 'POST /ocsp', 'GET /list.crl']);
  });
});

describe('an answer that is not to be relied on', () => {
  beforeEach(async () => {
    authority = await TestAuthority.create('ECDSA P-256');
    authority.list = () => 404;
  });

  it.each<[string, RegExp, () => void]>([
    [
      'has an error of HTTP',
      /responder at 127\.0\.0\.1:\d+ answered with HTTP status 500/,
      () => {
        authority.ocsp = () => 500;
      },
    ],
    [
      'is none',
      /did not answer with OCSP/,
      () => {
        authority.ocsp = () => Buffer.from('<html>');
      },
    ],
    [
      'is empty',
      /did not answer with OCSP/,
      () => {
        authority.ocsp = () => Buffer.alloc(0);
      },
    ],
    [
      'refuses',
      /refuses to answer \(it asks to try later\)/,
      () => {
        authority.ocsp = () => Buffer.from('30030a0103', 'hex');
      },
    ],
    [
      'is too long',
      /answered with more than 65536 bytes/,
      () => {
        authority.ocsp = () => Buffer.alloc(70_000);
      },
    ],
    [
      'is about nobody that it knows',
      /does not know this certificate/,
      () => {
        authority.ocsp = (request) => ocspResponse(request, authority.hierarchy.issuing, new Revocations(), NOW);
      },
    ],
    [
      'is out of date',
      /out of date since/,
      () => {
        authority.ocsp = (request) =>
          ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW - 3 * DAY);
      },
    ],
    [
      'is of a time to come',
      /of a time to come/,
      () => {
        authority.ocsp = (request) =>
          ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW + DAY);
      },
    ],
    [
      'is signed by somebody else',
      /signature that is not that of the issuer/,
      () => {
        authority.ocsp = async (request) => {
          const { issuing } = await createHierarchy({
            name: 'CSO',
            organization: 'Bench',
            keyKind: 'ECDSA P-256',
            now: NOW,
          });
          const forged = { certificate: authority.hierarchy.issuing.certificate, key: issuing.key };
          return ocspResponse(request, forged, authority.revocations, NOW);
        };
      },
    ],
    [
      'was changed on its way',
      /signature that is not that of the issuer/,
      () => {
        authority.ocsp = async (request) => {
          const bytes = await ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW);
          // In what is signed: the name of the responder.
          bytes[60] = (bytes[60] ?? 0) ^ 1;
          return bytes;
        };
      },
    ],
  ])('leaves it open: it %s', async (_name, sentence, arrange) => {
    arrange();
    const status = await authority.ask(await authority.issue());
    expect(status.state).toBe('not-known');
    expect(status).toMatchObject({ sentence: expect.stringMatching(sentence) });
    expect(status).toMatchObject({
      sentence: expect.stringMatching(/which has the revocation list, answered with HTTP status 404\.$/),
    });
  });

  it('is one to another question: its nonce differs', async () => {
    let first: Uint8Array | undefined;
    authority.ocsp = async (request) => {
      first ??= await ocspResponse(request, authority.hierarchy.issuing, authority.revocations, NOW);
      return first;
    };
    const held = await authority.issue();
    expect(await authority.ask(held)).toEqual({ state: 'good' });
    expect(await authority.ask(held)).toMatchObject({ sentence: expect.stringMatching(/nonce of another question/) });
  });

  it('is about another certificate', async () => {
    const other = await authority.issue();
    const held = await authority.issue();
    const question = ocspQuestion(nodeCertificate(other), authority.issuer, Buffer.alloc(32));
    const answer = await ocspResponse(question.request, authority.hierarchy.issuing, authority.revocations, NOW);
    const asked = ocspQuestion(nodeCertificate(held), authority.issuer, Buffer.alloc(32));
    expect(readOcspAnswer(answer, asked, NOW)).toMatchObject({ sentence: 'answered about other certificates' });
    // Nothing of it throws, wherever it is cut.
    for (let length = 0; length < answer.length; length += 7) {
      expect(readOcspAnswer(answer.subarray(0, length), question, NOW).state).toBe('not-known');
    }
  });

  it('never comes: the time is over', async () => {
    authority.ocsp = () => 'nothing';
    const clock = fakeClock(NOW);
    const asked = authority.ask(await authority.issue(), clock);
    await until(() => authority.requests.length === 1);
    clock.advance(3000);
    expect(await asked).toMatchObject({
      state: 'not-known',
      sentence: expect.stringMatching(/did not answer in time/),
    });
    expect(clock.pending).toBe(0);
  });

  it('never comes: what answers wants to speak another protocol', async () => {
    authority.ocsp = () => 101;
    expect(await authority.ask(await authority.issue())).toMatchObject({
      state: 'not-known',
      sentence: expect.stringMatching(/the OCSP responder at \S+ closed the connection without an answer/),
    });
  });

  it.each<[string, RegExp, () => void]>([
    [
      'of another authority',
      /is that of another authority/,
      () => {
        authority.list = async () => {
          const { root } = authority.hierarchy;
          return revocationList(root, new Revocations(), NOW);
        };
      },
    ],
    [
      'with a wrong signature',
      /has a wrong signature/,
      () => {
        authority.list = async () => {
          const bytes = await revocationList(authority.hierarchy.issuing, authority.revocations, NOW);
          bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
          return bytes;
        };
      },
    ],
    [
      'out of date',
      /is out of date since/,
      () => {
        authority.list = () => revocationList(authority.hierarchy.issuing, authority.revocations, NOW - 3 * DAY);
      },
    ],
    [
      'that is none',
      /is none that can be read/,
      () => {
        authority.list = () => Buffer.from([0x30, 0x00]);
      },
    ],
  ])('is a list %s', async (_name, sentence, arrange) => {
    authority.ocsp = () => 500;
    arrange();
    expect(await authority.ask(await authority.issue())).toMatchObject({
      state: 'not-known',
      sentence: expect.stringMatching(sentence),
    });
  });

  it('cannot be had where nobody is named, or only over TLS', async () => {
    const held = await authority.issue({ ocsp: 'https://127.0.0.1/ocsp', crl: 'ldap://127.0.0.1/list' });
    expect(await authority.ask(held)).toEqual({
      state: 'not-known',
      sentence: 'Whether it was revoked is not known: it names nobody who could be asked over HTTP.',
    });
    expect(authority.requests).toEqual([]);
  });
});

describe('what was answered', () => {
  it('is kept for a short time: a fleet that comes back asks once', async () => {
    authority = await TestAuthority.create('ECDSA P-256');
    const clock = fakeClock(NOW);
    const check = revocationClient(clock);
    const held = await authority.issue();
    const ask = () => check(nodeCertificate(held), authority.issuer);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(Array(3).fill({ state: 'good' }));
    expect(authority.requests).toHaveLength(1);
    authority.revocations.revoke(held.certificate, NOW);
    clock.advance(29_000);
    expect(await ask()).toEqual({ state: 'good' });
    clock.advance(1000);
    expect(await ask()).toMatchObject({ state: 'revoked' });
    expect(authority.requests).toHaveLength(2);
  });
});

describe.runIf(hasOpenssl)('the responder of openssl', () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plugscope-ocsp-'));
  });
  afterAll(() => {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  function file(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  function openssl(...args: readonly string[]): void {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }

  /** An instant as the index of openssl's authority writes it. */
  function stamp(instant: number): string {
    return `${new Date(instant).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`;
  }

  /** Starts it for some certificates; yields its port. */
  async function start(signer: string, good: HeldCertificate, revoked: HeldCertificate): Promise<number> {
    const { certificate, key } = authority.hierarchy.issuing;
    file('issuing.pem', certificate.toString('pem'));
    file('issuing.key', key.privatePem);
    const line = (held: HeldCertificate, state: string, at: string) =>
      `${state}\t${stamp(NOW + DAY)}\t${at}\t${held.certificate.serialNumber.toUpperCase()}\tunknown\t/CN=CS-1\n`;
    file('index.txt', line(good, 'V', '') + line(revoked, 'R', stamp(NOW - DAY)));
    if (signer !== 'issuing') {
      const usage = signer === 'delegate' ? 'OCSPSigning' : 'clientAuth';
      file('signer.ext', `extendedKeyUsage=${usage}\n`);
      const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${signer}.key`];
      openssl('req', ...ec, '-out', 'signer.csr', '-subj', '/CN=Responder');
      const by = ['-CA', 'issuing.pem', '-CAkey', 'issuing.key', '-days', '2', '-extfile', 'signer.ext'];
      openssl('x509', '-req', '-in', 'signer.csr', ...by, '-out', `${signer}.pem`);
    }
    const ca = ['-index', 'index.txt', '-CA', 'issuing.pem', '-rsigner', `${signer}.pem`, '-rkey', `${signer}.key`];
    const child = spawn('openssl', ['ocsp', ...ca, '-port', '0', '-nmin', '5'], { cwd: folder });
    children.push(child);
    let text = '';
    const take = (chunk: Buffer): void => {
      text += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    await until(() => /ACCEPT \S+:(\d+)/.test(text), 'the responder of openssl');
    return Number(/ACCEPT \S+:(\d+)/.exec(text)?.[1]);
  }

  it.each(['issuing', 'delegate', 'stranger'])(
    'is understood, and believed where it may: signing as %s',
    async (signer) => {
      authority = await TestAuthority.create('ECDSA P-256');
      authority.list = () => 404;
      const good = await authority.issue();
      const revoked = await authority.issue();
      const port = await start(signer, good, revoked);
      authority.ocsp = async (request) => {
        const answer = await fetch(`http://127.0.0.1:${port}/`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/ocsp-request' },
          body: new Uint8Array(request),
        });
        return new Uint8Array(await answer.arrayBuffer());
      };
      // Openssl goes by the clock of the machine.
      const clock = fakeClock(Date.now() + 1000);
      const statuses = [
        await authority.ask(good, clock),
        await authority.ask(revoked, clock),
        await authority.ask(await authority.issue(), clock),
      ];
      if (signer === 'stranger') {
        const sentence = expect.stringMatching(/nor of whom it has delegated to/);
        expect(statuses).toEqual(Array(3).fill({ state: 'not-known', sentence }));
        return;
      }
      expect(statuses).toEqual([
        { state: 'good' },
        { state: 'revoked', at: Math.floor((NOW - DAY) / 1000) * 1000 },
        { state: 'not-known', sentence: expect.stringMatching(/does not know this certificate/) },
      ]);
    },
  );
});

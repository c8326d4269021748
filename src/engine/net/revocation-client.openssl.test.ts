import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HeldCertificate } from '../authority/certificate.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { until } from '../testing/until.ts';
import { hasOpenssl } from './testing/openssl.ts';
import { NOW, TestAuthority } from './testing/test-authority.ts';

const DAY = 24 * 3_600_000;

let authority: TestAuthority;
afterEach(() => authority.close());

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

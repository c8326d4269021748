import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Crl } from '@peculiar/x509';
import { OCSPResponse } from 'pkijs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHierarchy, type Hierarchy, issueWithKey } from './authority.ts';
import type { HeldCertificate } from './certificate.ts';
import type { KeyKind } from './keys.ts';
import { ocspResponse, Revocations, revocationList } from './revocation.ts';

const NOW = Date.now();
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

describe.each<KeyKind>(['ECDSA P-256', 'RSA 2048'])(
  'what an authority with %s keys says of its certificates',
  (kind) => {
    const revocations = new Revocations();
    let folder: string;
    let hierarchy: Hierarchy;
    const held: Record<string, HeldCertificate> = {};

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'plugscope-revocation-'));
      hierarchy = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind: kind, now: NOW });
      for (const name of ['good', 'revoked', 'foreign']) {
        const certificate = await issueWithKey(
          { commonName: name, organization: 'Bench', now: NOW },
          kind,
          hierarchy.issuing,
        );
        held[name] = certificate;
        writeFileSync(join(folder, `${name}.pem`), certificate.certificate.toString('pem'));
      }
      const { good, revoked } = held as Record<'good' | 'revoked', HeldCertificate>;
      revocations.issued(good.certificate);
      revocations.revoke(revoked.certificate, NOW - 5000);
      writeFileSync(join(folder, 'root.pem'), hierarchy.root.certificate.toString('pem'));
      writeFileSync(join(folder, 'issuing.pem'), hierarchy.issuing.certificate.toString('pem'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    function openssl(...args: readonly string[]): string {
      const { stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
      return `${stdout}${stderr}`;
    }

    it('is listed, by serial number', async () => {
      const list = new X509Crl(await revocationList(hierarchy.issuing, revocations, NOW));
      expect(list.findRevoked(held.revoked?.certificate.serialNumber ?? '')).not.toBeNull();
      expect(list.findRevoked(held.good?.certificate.serialNumber ?? '')).toBeNull();
    });

    it.runIf(hasOpenssl)('makes a check against the list fail for the revoked one alone', async () => {
      const der = await revocationList(hierarchy.issuing, revocations, NOW);
      writeFileSync(join(folder, 'list.der'), der);
      openssl('crl', '-inform', 'DER', '-in', 'list.der', '-out', 'list.pem');
      const chain = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem', '-CRLfile', 'list.pem', '-crl_check'];
      expect(openssl('verify', ...chain, 'good.pem')).toBe('good.pem: OK\n');
      expect(openssl('verify', ...chain, 'revoked.pem')).toContain('certificate revoked');
    });

    it.runIf(hasOpenssl)('is answered over OCSP: good, revoked, or unknown', async () => {
      const certificates = ['good', 'revoked', 'foreign'].flatMap((name) => ['-cert', `${name}.pem`]);
      openssl('ocsp', '-issuer', 'issuing.pem', ...certificates, '-reqout', 'request.der');
      const request = readFileSync(join(folder, 'request.der'));
      writeFileSync(join(folder, 'response.der'), await ocspResponse(request, hierarchy.issuing, revocations, NOW));
      const trust = ['-CAfile', 'root.pem', '-issuer', 'issuing.pem', '-verify_other', 'issuing.pem'];
      const said = openssl('ocsp', '-reqin', 'request.der', '-respin', 'response.der', ...trust, '-resp_text');
      expect(said).toContain('Response verify OK');
      expect(said).not.toContain('Nonce Verify error');
      expect([...said.matchAll(/Cert Status: (\w+)/g)].map(([, state]) => state)).toEqual([
        'good',
        'revoked',
        'unknown',
      ]);
    });

    it.runIf(hasOpenssl)('is unknown where the request is about another authority', async () => {
      const other = await createHierarchy({ name: 'CSO', organization: 'Other', keyKind: kind, now: NOW });
      openssl('ocsp', '-issuer', 'issuing.pem', '-cert', 'revoked.pem', '-reqout', 'request.der');
      const request = readFileSync(join(folder, 'request.der'));
      writeFileSync(join(folder, 'response.der'), await ocspResponse(request, other.issuing, revocations, NOW));
      const said = openssl('ocsp', '-respin', 'response.der', '-noverify', '-resp_text');
      expect(said).toContain('Cert Status: unknown');
    });

    it('refuses what is no request', async () => {
      const answer = OCSPResponse.fromBER(
        await ocspResponse(Buffer.from('hello'), hierarchy.issuing, revocations, NOW),
      );
      expect(answer.responseStatus.valueBlock.valueDec).toBe(1);
    });
  },
);

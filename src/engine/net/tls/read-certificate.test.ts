import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHierarchy, issueWithKey } from '../../authority/authority.ts';
import { makeCertificate } from '../testing/made-certificate.ts';
import { members, oidOf, readDer, stringOf, timeOf, writeDer } from './der.ts';
import { checkPeer } from './peer-checks.ts';
import { readCertificate } from './read-certificate.ts';
import { trustedRoots } from './trusted-roots.ts';

describe('what is read of a certificate', () => {
  it('is all that is shown and checked', async () => {
    const revocation = { crl: 'http://127.0.0.1:8/cso.crl', ocsp: 'http://127.0.0.1:8/ocsp' };
    const now = Date.UTC(2026, 5, 1);
    const hierarchy = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind: 'RSA 2048', now });
    const names = { dns: ['csms.example', 'localhost'], addresses: ['127.0.0.1', '2001:db8::1'] };
    const options = { commonName: 'csms.example', organization: 'Bench, Ltd', names, revocation, now };
    const { certificate } = await issueWithKey(options, 'ECDSA P-384', hierarchy.issuing);
    const pem = new X509Certificate(certificate.toString('pem'));
    expect(readCertificate(pem)).toMatchObject({
      facts: {
        subject: 'CN=csms.example,O=Bench\\, Ltd',
        issuer: 'CN=Plugscope CSO Sub-CA,O=Bench',
        serialNumber: pem.serialNumber.toLowerCase(),
        notBefore: certificate.notBefore.getTime(),
        notAfter: certificate.notAfter.getTime(),
        key: 'ECDSA P-384',
        signature: 'RSA-PSS with SHA-256',
        names: ['csms.example', 'localhost', '127.0.0.1', '2001:db8::1'],
        fingerprint: pem.fingerprint256.replaceAll(':', '').toLowerCase(),
      },
      commonNames: ['csms.example'],
      organizations: ['Bench, Ltd'],
      keyUsage: [0, 2],
      extendedKeyUsage: undefined,
      isAuthority: false,
      pathLength: undefined,
      ocsp: [revocation.ocsp],
      lists: [revocation.crl],
    });
    const issuing = readCertificate(new X509Certificate(hierarchy.issuing.certificate.toString('pem')));
    expect(issuing).toMatchObject({ isAuthority: true, pathLength: 0, keyUsage: [0, 5, 6], dnsNames: [] });
  });

  it('is a name as RFC 4514 writes it, that does nothing to whoever reads it', async () => {
    const { certificate } = await makeCertificate({
      subject: [{ C: ['DE'] }, { O: [' a+b"c\\'] }, { CN: ['x\u001b[31m\ny\u009b', 'Ä '], '2.5.4.5': ['7'] }],
    });
    expect(readCertificate(certificate).facts.subject).toBe(
      'CN=x\\1b[31m\\0ay\\c2\\9b+CN=Ä\\ +serialNumber=7,O=\\ a\\+b\\"c\\\\,C=DE',
    );
  });

  it('is short, however long a peer makes it', async () => {
    const { certificate } = await makeCertificate({
      subject: [{ CN: ['x'.repeat(5000)] }],
      names: Array.from({ length: 300 }, (_, index) => ({ type: 'dns' as const, value: `${index}.example` })),
    });
    const { facts } = readCertificate(certificate);
    expect(facts.subject).toHaveLength(500);
    expect(facts.names).toHaveLength(100);
  });

  it('is something wherever a certificate is broken, as long as OpenSSL takes it: nothing throws', async () => {
    const { certificate } = await makeCertificate({
      subject: [{ O: ['Bench'] }, { CN: ['localhost'] }],
      names: [
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '::1' },
      ],
      keyUsage: 1,
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      constraints: { isAuthority: true, pathLength: 1 },
    });
    let taken = 0;
    for (let place = 0; place < certificate.raw.length; place += 1) {
      for (const value of [0xff, (certificate.raw[place] ?? 0) ^ 0x20]) {
        const raw = Buffer.from(certificate.raw);
        raw[place] = value;
        const broken = parsed(raw);
        if (broken === undefined) continue;
        taken += 1;
        const evidence = { chain: [broken, certificate], verdict: undefined, roots: trustedRoots([]), now: Date.now() };
        const found = await checkPeer({ ...evidence, expected: { kind: 'csms', host: 'localhost' } });
        expect(found.checks).toHaveLength(9);
        expect(found.chain.every(({ notBefore, notAfter }) => Number.isFinite(notBefore + notAfter))).toBe(true);
      }
    }
    expect(taken).toBeGreaterThan(250);
  });
});

function parsed(raw: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(raw);
  } catch {
    return undefined;
  }
}

describe('DER', () => {
  it.each<[string, string]>([
    ['cut off', '3003020101'],
    ['cut in its length', '3082'],
    ['of an indefinite length', '30800201010000'],
    ['longer than anything', '3085010000000000'],
    ['of a long tag', '1f8101'],
  ])('is not read where it is %s', (_name, hex) => {
    expect(readDer(Buffer.from(hex, 'hex').subarray(0, hex === '3003020101' ? 4 : undefined))).toBeUndefined();
  });

  it.each([0, 1, 0x7f, 0x80, 0xff, 0x100, 0x10000])('comes back as it was written: %i bytes', (length) => {
    const [value] = readDer(writeDer(4, Buffer.alloc(length, 7))) ?? [];
    expect(value).toMatchObject({ tag: 4, content: Buffer.alloc(length, 7) });
  });

  it.each([
    ['2a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['550403', '2.5.4.3'],
    ['883703', '2.999.3'],
    ['00', '0.0'],
  ])('has object identifiers: %s', (hex, dotted) => {
    expect(oidOf(readDer(writeDer(6, Buffer.from(hex, 'hex')))?.[0])).toBe(dotted);
  });

  it.each<[number, string, string | undefined]>([
    [0x0c, 'c384', 'Ä'],
    [0x13, '41', 'A'],
    [0x14, 'c4', 'Ä'],
    [0x1e, '00c4', 'Ä'],
    [0x1e, '00', undefined],
    [0x02, '01', undefined],
  ])('has strings: tag %i, %s', (tag, hex, text) => {
    const [value] = readDer(writeDer(tag, Buffer.from(hex, 'hex'))) ?? [];
    expect(value && stringOf(value)).toBe(text);
  });

  it.each<[number, string, number | undefined]>([
    [0x17, '260601120000Z', Date.UTC(2026, 5, 1, 12)],
    [0x17, '500101000000Z', Date.UTC(1950, 0, 1)],
    [0x18, '20560601120000Z', Date.UTC(2056, 5, 1, 12)],
    [0x18, '20560601120000.5Z', Date.UTC(2056, 5, 1, 12)],
    [0x18, '20561301120000Z', undefined],
    [0x17, '2606011200Z', undefined],
    [0x16, '260601120000Z', undefined],
  ])('has times: tag %i, %s', (tag, text, time) => {
    const [value] = readDer(writeDer(tag, Buffer.from(text))) ?? [];
    expect(value && timeOf(value)).toBe(time);
  });

  it('has members in constructed values alone', () => {
    const [value] = readDer(Buffer.from('040302010a', 'hex')) ?? [];
    expect(members(value)).toEqual([]);
    expect(members(readDer(Buffer.from('300302010a', 'hex'))?.[0])).toHaveLength(1);
  });
});

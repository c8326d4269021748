import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CertificateStore, hashDataOfRoot } from './certificate-store.ts';
import { LEAF_PEM, ROOT_HASH_DATA, ROOT_PEM } from './testing/certificates.ts';

const NOW = Date.UTC(2030, 0, 1);

describe('the certificate store', () => {
  it('names a root certificate as another implementation does', () => {
    expect(hashDataOfRoot(ROOT_PEM, NOW)?.SHA256).toEqual(ROOT_HASH_DATA);
  });

  it('takes roots that are valid now, and nothing else', () => {
    const store = new CertificateStore();
    expect(store.install('CSMSRootCertificate', LEAF_PEM, NOW)).toBe('Rejected');
    expect(store.install('CSMSRootCertificate', 'no certificate', NOW)).toBe('Rejected');
    expect(store.install('CSMSRootCertificate', ROOT_PEM, Date.UTC(2020, 0, 1))).toBe('Rejected');
    expect(store.install('CSMSRootCertificate', ROOT_PEM, Date.UTC(2200, 0, 1))).toBe('Rejected');
    expect(store.list()).toEqual([]);
    expect(store.install('CSMSRootCertificate', ROOT_PEM, NOW)).toBe('Accepted');
    expect(store.install('CSMSRootCertificate', ROOT_PEM, NOW)).toBe('Accepted');
    expect(store.list()).toHaveLength(1);
  });

  it('removes what is named by any of its hash algorithms, in any case of letters', () => {
    const store = new CertificateStore();
    store.install('CSMSRootCertificate', ROOT_PEM, NOW);
    const { SHA512 } = store.list()[0]?.hashData ?? {};
    expect(SHA512?.issuerKeyHash).toHaveLength(128);
    if (!SHA512) return;
    expect(store.remove({ ...SHA512, serialNumber: 'A1B2C4' })).toBe(false);
    expect(store.remove({ ...SHA512, serialNumber: 'A1B2C3' })).toBe(true);
    expect(store.list()).toEqual([]);
  });

  it('never throws, whatever it is given', () => {
    const body = ROOT_PEM.split('\n').slice(1, -1).join('');
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.constantFrom('A', '/', '='), (at, letter) => {
        const text = `${body.slice(0, at)}${letter}${body.slice(at + 1)}`;
        hashDataOfRoot(`-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----`, NOW);
      }),
    );
  });
});

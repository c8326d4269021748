import { describe, expect, it } from 'vitest';
import type { BenchCertificate } from '../../../bridge/methods/authority.ts';
import { arrange, standingOf } from './arrange.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 21);

function certificate(id: string, issuedBy: string | null, more: Partial<BenchCertificate> = {}): BenchCertificate {
  return {
    id,
    label: id,
    role: 'station',
    origin: 'bench',
    hierarchy: 'CSO',
    issuedBy,
    hasKey: true,
    trusted: false,
    bad: null,
    revokedAt: null,
    subject: `CN=${id}`,
    issuer: `CN=${issuedBy ?? id}`,
    serialNumber: '1',
    notBefore: NOW - DAY,
    notAfter: NOW + 365 * DAY,
    key: 'ECDSA P-256',
    signature: 'ECDSA with SHA-256',
    names: [],
    fingerprint: '00',
    ...more,
  };
}

const shape = (certificates: readonly BenchCertificate[]) =>
  arrange(certificates).map(({ certificate: { id }, depth }) => `${depth} ${id}`);

describe('the tree of certificates', () => {
  it('has each below the one that signed it', () => {
    const all = [certificate('leaf', 'issuing'), certificate('root', null), certificate('issuing', 'root')];
    expect(shape(all)).toEqual(['0 root', '1 issuing', '2 leaf']);
  });

  it('has what nobody here signed at its root, itself included', () => {
    expect(shape([certificate('a', 'gone'), certificate('b', 'b')])).toEqual(['0 a', '0 b']);
  });

  it('shows each once, also where they claim to have signed one another', () => {
    expect(shape([certificate('a', 'b'), certificate('b', 'a')])).toEqual(['0 a', '1 b']);
  });
});

describe('how a certificate stands', () => {
  it.each([
    [{}, 'good'],
    [{ notAfter: NOW + 10 * DAY }, 'ends-soon'],
    [{ bad: 'sha-1' }, 'bad'],
    [{ notBefore: NOW + 1 }, 'not-yet-valid'],
    [{ notAfter: NOW - 1, bad: 'expired' }, 'expired'],
    [{ revokedAt: NOW, notAfter: NOW - 1 }, 'revoked'],
  ] as const)('%j is %s', (more, standing) => {
    expect(standingOf(certificate('x', null, more), NOW)).toBe(standing);
  });
});

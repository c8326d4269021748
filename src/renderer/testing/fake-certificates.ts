import type { CertificateCheck, CertificateFacts } from '../../session/certificate.ts';

const DAY = 86_400_000;

/** A certificate that is valid around a moment. */
function certificate(
  subject: string,
  issuer: string,
  at: number,
  own: Partial<CertificateFacts> = {},
): CertificateFacts {
  return {
    subject,
    issuer,
    serialNumber: '5f3c9a1be0774d21',
    notBefore: at - 30 * DAY,
    notAfter: at + 335 * DAY,
    key: 'ECDSA P-256',
    signature: 'ECDSA with SHA-256',
    names: [],
    fingerprint: '3b1f0e6c97a2445d8c0fb9e1d2734a5566778899aabbccddeeff001122334455',
    ...own,
  };
}

const ROOT = 'CN=Plugscope Bench CSO Root,O=Plugscope Bench';
const ISSUING = 'CN=Plugscope Bench CSO Issuing,O=Plugscope Bench';

/** What a station of the bench presents: its own certificate and the one above it. */
export function stationChain(at: number, own: Partial<CertificateFacts> = {}): readonly CertificateFacts[] {
  return [
    certificate('CN=SN-004711,O=Plugscope Bench', ISSUING, at, own),
    certificate(ISSUING, ROOT, at, {
      serialNumber: '2',
      notAfter: at + 3650 * DAY,
      key: 'ECDSA P-384',
      signature: 'ECDSA with SHA-384',
      fingerprint: 'a0b1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddeeff',
    }),
  ];
}

/** What the bench presents as a CSMS. */
export function csmsChain(at: number): readonly CertificateFacts[] {
  const names = ['bench.local', '192.168.1.20', '127.0.0.1', '::1'];
  return [certificate('CN=bench.local,O=Plugscope Bench', ISSUING, at, { serialNumber: '77aa01', names })];
}

const passed = (check: CertificateCheck['check'], sentence: string, ...requirements: string[]): CertificateCheck => ({
  check,
  outcome: 'passed',
  sentence,
  requirements,
  place: 0,
});

/** Every check of a sound certificate, one of them advising otherwise and one that could not be done. */
export const SOUND_CHECKS: readonly CertificateCheck[] = [
  passed('presented', 'The station presented 2 certificates.', 'A00.FR.401'),
  passed('path', `The chain leads to ${ROOT}, which is trusted.`, 'A00.FR.403'),
  passed('validity', 'Both certificates are valid until 2027-10-21.', 'RFC 5280, 6.1.3'),
  passed('name', 'The common name is the serial number of the station.', 'A00.FR.405'),
  {
    check: 'organization',
    outcome: 'advice',
    sentence: 'The organization is not that of the operator.',
    requirements: ['A00.FR.404'],
    place: 0,
  },
  passed('key', 'ECDSA P-256 is as strong as 112 bits at least.', 'A00.FR.501'),
  passed('signature', 'Signed with SHA-256.', 'A00.FR.503'),
  passed('usage', 'The certificate may be used for TLS clients.', 'RFC 5280, 4.2.1.12'),
  {
    check: 'revocation',
    outcome: 'not-done',
    sentence: 'The certificate names no place at which its revocation could be asked for.',
    requirements: ['RFC 6960'],
    place: 0,
  },
];

/** The checks of a certificate that is no longer valid. */
export const EXPIRED_CHECKS: readonly CertificateCheck[] = SOUND_CHECKS.map((one) =>
  one.check === 'validity' ? { ...one, outcome: 'failed', sentence: 'It expired on 2026-11-17.' } : one,
);

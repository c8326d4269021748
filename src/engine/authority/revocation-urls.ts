import type { RevocationUrls } from './certificate.ts';

/** Ports that are remembered: those of before are opened as well, so that certificates which name them can still be asked about. */
export const PORTS_MAX = 4;

/** Where the certificates of an authority are answered for, as its certificates name it. */
export function revocationUrls(port: number, issuer: string): RevocationUrls {
  return { crl: `http://127.0.0.1:${port}/crl/${issuer}.crl`, ocsp: `http://127.0.0.1:${port}/ocsp` };
}

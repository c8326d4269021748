import { X509Certificate } from 'node:crypto';
import type { BadKind } from '../../../session/authority.ts';
import type { Credentials } from '../../credentials.ts';
import { type BenchCredentials, benchCredentials } from '../../net/testing/bench-credentials.ts';
import type { Credential } from '../../net/tls/credential.ts';
import { fakeCredentials } from '../../testing/fake-credentials.ts';

/** Certificates of a bench, made once for many tests. */
export interface TestCredentials {
  /** As the proxy asks for them. */
  readonly credentials: Credentials;
  /** As its peers present them. */
  readonly bench: BenchCredentials;
  station(serialNumber: string): Promise<Credential>;
  /** One that must be refused: of the CSMS, or of a station where a serial number is given. */
  bad(kind: BadKind, serialNumber?: string): Promise<Credential>;
}

/** Makes a root with what stands below it. */
export async function testCredentials(): Promise<TestCredentials> {
  const bench = await benchCredentials();
  const stations = new Map<string, Promise<Credential>>();
  const revoked = new Set<string>();
  const station = (serialNumber: string): Promise<Credential> => {
    const known = stations.get(serialNumber) ?? bench.station(serialNumber);
    stations.set(serialNumber, known);
    return known;
  };
  return {
    bench,
    station,
    async bad(kind, serialNumber) {
      const credential = await bench.bad(kind, serialNumber);
      if (kind === 'revoked') revoked.add(new X509Certificate(credential.chain).serialNumber);
      return credential;
    },
    credentials: fakeCredentials({
      ofCsms: async () => ({ ok: true, value: bench.csms }),
      ofStation: async (serialNumber) => ({ ok: true, value: await station(serialNumber) }),
      roots: async () => ({ ok: true, value: [bench.root] }),
      root: async () => ({ ok: true, value: bench.root }),
      revocation: async ({ serialNumber }) =>
        revoked.has(serialNumber) ? { state: 'revoked', at: Date.now() } : { state: 'good' },
    }),
  };
}

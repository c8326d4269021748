import { failure, success } from '../../session/outcome.ts';
import type { Credentials } from '../credentials.ts';

/** Credentials that are names of what was asked for, for tests that speak no TLS. */
export function fakeCredentials(changes: Partial<Credentials> = {}): Credentials {
  return {
    ofCsms: async (ids) => success([{ chain: `csms ${ids ?? 'own'}`, key: 'key' }]),
    ofStation: async (serialNumber, id) => success({ chain: `station ${id ?? serialNumber}`, key: 'key' }),
    roots: async (ids) => success(ids ?? ['own root', 'imported root']),
    root: async () => success('own root'),
    sign: async () => failure('bad-request', 'That is no certificate signing request.'),
    revocation: async () => ({ state: 'good' }),
    ...changes,
  };
}

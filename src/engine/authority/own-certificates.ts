import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { Entry } from './authority-index.ts';
import { type FactsById, revokedAtOf } from './authority-state.ts';
import type { Book, Draft } from './authority-store.ts';
import { plainAddress } from './certificate-facts.ts';
import { stationName } from './host-names.ts';
import type { ServerNames } from './machine-names.ts';
import type { NewLeaf, Workshop } from './workshop.ts';

const DAY = 24 * 60 * 60 * 1000;
/** What is valid for less than this is issued anew. */
const LEFT_MIN = 30 * DAY;
/** A machine with many virtual networks is not reached by all of their addresses. */
const ADDRESSES_MAX = 60;

/** A certificate that the bench makes for itself when it is first asked for, and anew when it does not do any more. */
export interface Wanted {
  readonly leaf: NewLeaf & { readonly use: NonNullable<Entry['use']> };
  /** Names that it must have. */
  readonly names: readonly string[];
}

/** What a CSMS of the bench presents: one certificate for each kind of key that the cipher suites of A00.FR.318 need. */
export function machineCertificates({ dns, addresses: all }: ServerNames): readonly Wanted[] {
  const addresses = all.length > ADDRESSES_MAX ? [...all.slice(0, ADDRESSES_MAX - 2), ...all.slice(-2)] : all;
  return (['ECDSA', 'RSA'] as const).map((family) => ({
    leaf: {
      role: 'csms',
      commonName: (dns.find((name) => name.length <= 64) ?? 'localhost').slice(0, 64),
      names: { dns, addresses },
      hierarchy: 'CSO',
      key: family === 'ECDSA' ? 'ECDSA P-256' : 'RSA 2048',
      bad: null,
      label: `This machine (${family})`,
      use: { kind: 'machine', family },
    },
    names: [...dns, ...addresses.map(plainAddress)],
  }));
}

/** What a station of the bench presents. Fails where its serial number cannot be in a certificate. */
export function stationCertificate(serialNumber: string): Outcome<Wanted> {
  const commonName = stationName(serialNumber);
  if (!commonName.ok) return commonName;
  const use = { kind: 'station', serialNumber } as const;
  return success({
    leaf: {
      role: 'station',
      commonName: commonName.value,
      hierarchy: 'CSO',
      key: 'ECDSA P-256',
      bad: null,
      label: `Station ${commonName.value}`,
      use,
    },
    names: [],
  });
}

/** The certificate that was made for a use and still does; undefined where it has to be made. */
export function findOwn(book: Book, { leaf, names }: Wanted, facts: FactsById, now: number): Entry | undefined {
  return book.index.entries.find((entry) => {
    if (!isFor(entry, leaf.use) || entry.issuedBy !== book.index.hierarchies.CSO?.issuing) return false;
    const { serialNumber, notBefore, notAfter, names: has } = facts.of(book, entry.id);
    if (revokedAtOf(book.index, entry, serialNumber) !== null) return false;
    return notBefore <= now && notAfter - now >= LEFT_MIN && names.every((name) => has.includes(name));
  });
}

/** Makes one anew, in place of what does not do any more; what was revoked stays to be seen. */
export function makeOwn(
  draft: Draft,
  { leaf }: Wanted,
  workshop: Workshop,
  facts: FactsById,
  port: number | undefined,
): Promise<Outcome<Entry>> {
  for (const entry of draft.index.entries.filter((each) => isFor(each, leaf.use))) {
    const { serialNumber } = facts.of(draft, entry.id);
    if (revokedAtOf(draft.index, entry, serialNumber) === null) draft.remove(entry.id);
  }
  return workshop.issue(draft, leaf, port);
}

function isFor({ use }: Entry, wanted: NonNullable<Entry['use']>): boolean {
  if (use === null) return false;
  if (use.kind === 'machine') return wanted.kind === 'machine' && use.family === wanted.family;
  return wanted.kind === 'station' && use.serialNumber === wanted.serialNumber;
}

/** What a use of a certificate that is not here fails with. */
export function noSuchCertificate(id: string): Outcome<never> {
  return failure('no-such-certificate', `There is no certificate ${id.slice(0, 100)} any more.`);
}

import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../testing/made-certificate.ts';
import { checkName, checkOrganization, type ExpectedPeer } from './peer-name.ts';
import { type ReadCertificate, readCertificate } from './read-certificate.ts';

async function read(
  commonName: string | undefined,
  dns: readonly string[] = [],
  ips: readonly string[] = [],
  organization?: string,
): Promise<ReadCertificate> {
  const { certificate } = await makeCertificate({
    subject: [
      ...(organization === undefined ? [] : [{ O: [organization] }]),
      ...(commonName === undefined ? [{ C: ['DE'] }] : [{ CN: [commonName] }]),
    ],
    ...(dns.length + ips.length > 0
      ? {
          names: [
            ...dns.map((value) => ({ type: 'dns' as const, value })),
            ...ips.map((value) => ({ type: 'ip' as const, value })),
          ],
        }
      : {}),
  });
  return readCertificate(certificate);
}

describe('the name of a CSMS (A00.FR.309, A00.FR.510, RFC 6125)', () => {
  it.each<[string, string, string | undefined, string[], string[], 'passed' | 'advice' | 'failed', RegExp]>([
    ['its common name', 'csms.example', 'csms.example', [], [], 'passed', /issued to csms\.example\.$/],
    ['its common name in other letters', 'CSMS.Example.', 'csms.EXAMPLE', [], [], 'passed', /issued to/],
    ['a wildcard of one label', 'a.csms.example', '*.csms.example', [], [], 'passed', /issued to/],
    ['no wildcard of two labels', 'a.b.csms.example', '*.csms.example', [], [], 'failed', /not to a\.b\.csms/],
    ['no wildcard of its own domain', 'csms.example', '*.csms.example', [], [], 'failed', /not to csms/],
    ['no wildcard of everything', 'csms.example', '*', [], [], 'failed', /issued to \*, not to/],
    ['no wildcard of a top domain', 'csms.example', '*.example', [], [], 'failed', /not to/],
    ['no part of a label', 'csms.example', 'c*.example', [], [], 'failed', /not to/],
    ['not where it is contained', 'evil-csms.example', 'csms.example', [], [], 'failed', /not to evil/],
    ['one of several', 'vpn.example', 'csms.example', ['csms.example', 'vpn.example'], [], 'passed', /further name/],
    ['an alternative alone', 'csms.example', 'Our CSMS', ['csms.example'], [], 'advice', /common name alone refuses/],
    ['an alternative without a common name', 'csms.example', undefined, ['csms.example'], [], 'advice', /is missing/],
    ['not among its alternatives', 'csms.example', 'csms.example', ['other.example'], [], 'advice', /RFC 6125 refuses/],
    ['its address', '10.0.0.7', 'csms.example', ['csms.example'], ['10.0.0.7'], 'passed', /address 10\.0\.0\.7/],
    ['its address of IPv6', '[fd00::7]', 'csms.example', [], ['fd00:0:0:0:0:0:0:7'], 'passed', /fd00::7/],
    ['an address as a common name', '10.0.0.7', '10.0.0.7', [], [], 'advice', /RFC 2818 wants it/],
    ['no address', '10.0.0.7', 'csms.example', ['10.0.0.7'], ['10.0.0.8'], 'failed', /not to the address 10\.0\.0\.7/],
    ['nothing', 'csms.example', undefined, [], [], 'failed', /nobody that it names/],
  ])('is %s: %s', async (_name, host, commonName, dns, ips, outcome, sentence) => {
    const found = checkName(await read(commonName, dns, ips), { kind: 'csms', host });
    expect(found.outcome).toBe(outcome);
    expect(found.sentence).toMatch(sentence);
    expect(found.requirements).toContain('A00.FR.309');
  });
});

describe('the name of a station (A00.FR.405, A00.FR.511)', () => {
  it.each<[string, string | undefined, string, string[], 'passed' | 'advice' | 'failed' | 'not-done', RegExp]>([
    ['its common name', 'CS-0007', 'CS-0007', [], 'passed', /issued to CS-0007/],
    ['its common name in other letters', 'cs-0007', 'CS-0007', [], 'passed', /issued to CS-0007/],
    [
      'not where it is contained',
      'CS-0007',
      'CS-00077',
      [],
      'failed',
      /issued to CS-00077, and the station calls itself CS-0007\.$/,
    ],
    ['an alternative', 'CS-0007', 'SN-123', ['CS-0007'], 'advice', /common name is SN-123/],
    ['its common name beside an alternative', 'CS-0007', 'CS-0007', ['cs-0007.example'], 'advice', /dNSName/],
    ['no address', '10.0.0.7', '10.0.0.7', [], 'advice', /looks like that of a CSMS/],
    ['not told', undefined, 'CS-0007', [], 'not-done', /has not told/],
  ])('is %s: %s', async (_name, identity, commonName, dns, outcome, sentence) => {
    const found = checkName(await read(commonName, dns), { kind: 'station', identity });
    expect(found.outcome).toBe(outcome);
    expect(found.sentence).toMatch(sentence);
  });
});

describe('the organization (A00.FR.404, A00.FR.509)', () => {
  const csms: ExpectedPeer = { kind: 'csms', host: 'x' };
  const station = (organization?: string): ExpectedPeer => ({ kind: 'station', identity: 'x', organization });
  it.each<[string, ExpectedPeer, string | undefined, 'passed' | 'advice' | 'failed', RegExp]>([
    ['of a CSMS', csms, 'Bench', 'passed', /belongs to Bench/],
    ['of a CSMS that names none', csms, undefined, 'advice', /names no organization/],
    ['of a station', station(), 'Bench', 'passed', /belongs to Bench/],
    ['of a station that names none', station(), undefined, 'failed', /names no organization/],
    ['of a station of the CSO', station('Bench'), 'Bench Ltd', 'passed', /belongs to Bench Ltd/],
    ['of a station of somebody else', station('Bench'), 'Other', 'failed', /belongs to Other, not to Bench/],
  ])('is looked at: %s', async (_name, expected, organization, outcome, sentence) => {
    const found = checkOrganization(await read('x', [], [], organization), expected);
    expect(found.outcome).toBe(outcome);
    expect(found.sentence).toMatch(sentence);
  });
});

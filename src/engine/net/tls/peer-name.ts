import { isIP } from 'node:net';
import { calledName, type ReadCertificate } from './read-certificate.ts';

/** Whom a peer must be. */
export type ExpectedPeer =
  /** `host`: the name or address that it was reached by, or that was asked for (SNI). */
  | { readonly kind: 'csms'; readonly host: string }
  /** `identity`: as in its connection URL, undefined where it has not told it. `organization`: that of the CSO. */
  | { readonly kind: 'station'; readonly identity: string | undefined; readonly organization?: string };

/** How a check of one certificate ended, without its name and place. */
export interface Finding {
  readonly outcome: 'passed' | 'failed' | 'advice' | 'not-done';
  readonly sentence: string;
  readonly requirements: readonly string[];
}

/** Whether a certificate was issued to the peer that presents it. */
export function checkName(own: ReadCertificate, expected: ExpectedPeer): Finding {
  return expected.kind === 'csms' ? checkHost(own, expected.host) : checkStation(own, expected.identity);
}

/**
 * OCPP wants the FQDN in the common name (A00.FR.309, A00.FR.412, A00.FR.510) and takes alternative names where a CSMS
 * has several network paths (note of A00.FR.511); RFC 6125, 6.4.4 and RFC 2818, 3.1 go by alternative names where there
 * are any. Either is enough here; where one kind of peer would refuse the certificate, that is said.
 */
function checkHost(own: ReadCertificate, wanted: string): Finding {
  const host = wanted
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  const requirements = ['A00.FR.309', 'A00.FR.412', 'A00.FR.510'];
  const called = own.commonNames.join(', ');
  const inCommonName = own.commonNames.some((name) => matches(name, host));
  const alternatives = [...own.dnsNames, ...own.addresses];
  if (isIP(host)) {
    if (addressMatches(own, host)) {
      return { outcome: 'passed', sentence: `It is issued to the address ${host}.`, requirements };
    }
    if (own.commonNames.includes(host)) {
      const sentence = `It has the address ${host} as its common name alone; RFC 2818 wants it as an iPAddress of the Subject Alternative Name.`;
      return { outcome: 'advice', sentence, requirements: [...requirements, 'RFC 2818, 3.1'] };
    }
    return { outcome: 'failed', sentence: refusal(own, `the address ${host}`), requirements };
  }
  const inAlternatives = own.dnsNames.some((name) => matches(name, host));
  if (inCommonName && own.dnsNames.length > 0 && !inAlternatives) {
    const sentence = `Its common name is ${called}, as OCPP asks, but its alternative names leave ${host} out: a client that goes by RFC 6125 refuses it.`;
    return { outcome: 'advice', sentence, requirements: [...requirements, 'RFC 6125, 6.4.4'] };
  }
  if (inCommonName) return { outcome: 'passed', sentence: `It is issued to ${host}.`, requirements };
  if (inAlternatives) {
    // With its common name among them, the alternative names are those of one CSMS with several network paths.
    const isOneOfSeveral = own.commonNames.some((name) =>
      alternatives.some((other) => matches(other, name.toLowerCase())),
    );
    return isOneOfSeveral
      ? { outcome: 'passed', sentence: `It is issued to ${called}, and to ${host} as a further name.`, requirements }
      : {
          outcome: 'advice',
          sentence: `It names ${host} in its alternative names, but its common name is ${called === '' ? 'missing' : called}: a station that goes by the common name alone refuses it.`,
          requirements,
        };
  }
  return { outcome: 'failed', sentence: refusal(own, host), requirements };
}

function refusal(own: ReadCertificate, wanted: string): string {
  const names = [...new Set([...own.commonNames, ...own.facts.names])];
  const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
  return `It is issued to ${names.length === 0 ? 'nobody that it names' : shown}, not to ${wanted}.`;
}

function addressMatches(own: ReadCertificate, address: string): boolean {
  try {
    return own.certificate.checkIP(address) !== undefined;
  } catch {
    return false;
  }
}

/** RFC 6125, 6.4.3: without regard to case; `*` stands for the whole of the leftmost label alone. */
function matches(name: string, host: string): boolean {
  const pattern = name.replace(/\.$/, '').toLowerCase();
  if (pattern === host) return host !== '';
  if (!/^\*\.[^.*]+\.[^*]+$/.test(pattern)) return false;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}

/**
 * The common name of a station's certificate is its serial number (A00.FR.405, A00.FR.511), which may differ from the
 * identity that it uses in its URL, and which nothing else tells at this time. So that a certificate opens the door to
 * one station alone, the common name or an alternative name must be the identity; the case of letters does not count
 * (an identifierString is without case).
 */
function checkStation(own: ReadCertificate, identity: string | undefined): Finding {
  const requirements = ['A00.FR.405', 'A00.FR.511'];
  if (identity === undefined) {
    return { outcome: 'not-done', sentence: 'It has not told which station it is.', requirements };
  }
  const same = (name: string) => name.toLowerCase() === identity.toLowerCase();
  const [common] = own.commonNames;
  if (own.commonNames.some(same)) {
    if (/^[a-z][a-z\d+.-]*:\/\//i.test(identity) || isIP(identity)) {
      const sentence = `Its common name ${common} looks like that of a CSMS: a URL or an address, which a serial number must not.`;
      return { outcome: 'advice', sentence, requirements };
    }
    if (own.dnsNames.length > 0) {
      const sentence = `Its common name is ${common}; it has a dNSName as well, which the certificate of a station should not.`;
      return { outcome: 'advice', sentence, requirements };
    }
    return { outcome: 'passed', sentence: `It is issued to ${common}.`, requirements };
  }
  if ([...own.dnsNames, ...own.uris].some(same)) {
    const sentence = `It names ${identity} in its alternative names; its common name is ${common ?? 'missing'}.`;
    return { outcome: 'advice', sentence, requirements };
  }
  const sentence = `It is issued to ${calledName(own)}, and the station calls itself ${identity}.`;
  return { outcome: 'failed', sentence, requirements };
}

/**
 * The owner. Of a station, the CSMS has to verify it (A00.FR.404). Of a CSMS, it has to be there (A00.FR.509), but
 * nobody has to look: certificates of public authorities seldom have one.
 */
export function checkOrganization(own: ReadCertificate, expected: ExpectedPeer): Finding {
  const owners = own.organizations.filter((each) => each.trim() !== '');
  if (expected.kind === 'csms') {
    const requirements = ['A00.FR.509'];
    return owners.length > 0
      ? { outcome: 'passed', sentence: `It belongs to ${owners.join(', ')}.`, requirements }
      : { outcome: 'advice', sentence: 'It names no organization (O) that owns it.', requirements };
  }
  const requirements = ['A00.FR.404', 'A00.FR.509'];
  if (owners.length === 0) {
    return { outcome: 'failed', sentence: 'It names no organization (O) that owns it.', requirements };
  }
  const { organization } = expected;
  if (organization !== undefined && !owners.some((owner) => owner.includes(organization))) {
    return { outcome: 'failed', sentence: `It belongs to ${owners.join(', ')}, not to ${organization}.`, requirements };
  }
  return { outcome: 'passed', sentence: `It belongs to ${owners.join(', ')}.`, requirements };
}

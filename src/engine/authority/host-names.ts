import { domainToASCII } from 'node:url';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { ServerNames } from './machine-names.ts';

/** The longest common name (RFC 5280, appendix A: ub-common-name). */
const COMMON_NAME_MAX = 64;
const NAMES_MAX = 200;

/** Whether a text is an address, IPv4 or IPv6. */
export function isAddress(text: string): boolean {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  return text.includes(':') && /^[0-9a-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]/`);
}

/** Whether a text can be a host name, a wildcard for the first label included. */
function isHostName(text: string): boolean {
  return (
    text.length <= 253 && /^(\*\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i.test(text)
  );
}

/** Names and addresses that a CSMS is to have, sorted out. Fails on one that is neither. */
export function serverNames(names: readonly string[]): Outcome<ServerNames> {
  const dns = new Set<string>();
  const addresses = new Set<string>();
  if (names.length > NAMES_MAX) return failure('too-many-names', `A certificate has at most ${NAMES_MAX} names.`);
  for (const each of names) {
    const name = each.trim();
    const ascii = name.startsWith('*.') ? name.toLowerCase() : domainToASCII(name);
    if (isAddress(name)) addresses.add(name);
    else if (isHostName(ascii)) dns.add(ascii);
    else return failure('name-invalid', `“${each.slice(0, 100)}” is neither a host name nor an address.`);
  }
  return success({ dns: [...dns], addresses: [...addresses] });
}

/**
 * Checks the common name of a station, its serial number: it is no URL and no address, so that its certificate is not
 * taken for that of a CSMS (A00.FR.511).
 */
export function stationName(commonName: string): Outcome<string> {
  if (/:\/\//.test(commonName) || isAddress(commonName)) {
    const sentence = 'The serial number of a station must not look like a URL or an address (A00.FR.511).';
    return failure('name-invalid', sentence);
  }
  return anyName(commonName);
}

/** Checks what every common name must be. */
export function anyName(commonName: string): Outcome<string> {
  const name = commonName.trim();
  if (name === '') return failure('name-missing', 'A certificate needs a common name.');
  if (name.length > COMMON_NAME_MAX) {
    return failure('name-too-long', `A common name has at most ${COMMON_NAME_MAX} characters.`);
  }
  return success(name);
}

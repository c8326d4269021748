import { OCPP_VERSIONS, type OcppVersion, SUBPROTOCOL_OF, versionOfSubprotocol } from '../../ocpp/version.ts';
import { quoted } from '../../ocpp/words.ts';
import { isOpened } from '../life/connection-row.ts';
import type { LinkFacts } from '../link.ts';
import type { NegotiationStep } from './explanation.ts';
import { headerValues, isServed, listed, step } from './step.ts';

/** Which version of OCPP both sides agreed on. */
export function subprotocolStep(facts: LinkFacts): NegotiationStep | undefined {
  const { offered, chosen, attempt } = facts;
  if (attempt !== undefined) return undefined;
  const wire = { offered: offered.join(', '), chosen };
  const opener = isServed(facts) ? 'the station' : 'Plugscope';
  if (offered.length === 0) {
    const sentence = `${capitalised(opener)} offers no subprotocol, so no version of OCPP is agreed on.`;
    return step('subprotocol', 'failed', sentence, ['part 4, 3.1.2'], wire);
  }
  if (chosen && !offered.includes(chosen)) {
    return step('subprotocol', 'failed', `${chosen} was chosen but not offered.`, ['RFC 6455, 4.1'], wire);
  }
  const version = chosen ? versionOfSubprotocol(chosen) : undefined;
  if (isOpened(facts)) {
    if (version !== undefined) return agreed(offered, version, wire);
    const sentence = chosen
      ? `${quoted(chosen)} was agreed on, which is no version of OCPP known here.`
      : `None of what was offered was agreed on.${missesInWords(offered)}`;
    return step('subprotocol', 'failed', sentence, ['part 4, 3.3'], wire);
  }
  const misses = missesInWords(offered);
  if (facts.code === 'no-common-version') {
    return step('subprotocol', 'failed', `${nothingCommon(facts)}${misses}`, ['part 4, 3.3'], wire);
  }
  if (!offered.some((name) => versionOfSubprotocol(name) !== undefined)) {
    const sentence = `${capitalised(opener)} offers no version of OCPP known here.${misses}`;
    return step('subprotocol', 'failed', sentence, ['part 4, 3.1.2'], wire);
  }
  return step('subprotocol', 'not-done', `${capitalised(opener)} offers ${listed(offered)}.${misses}`, [], wire);
}

/** What was offered and what is accepted, as in: the station offered ocpp1.6 alone; this CSMS accepts ocpp2.0.1 and newer. */
function nothingCommon({ offered, policy, failure }: LinkFacts): string {
  if (!policy) return failure ?? 'No version of OCPP is spoken by both sides.';
  const [one] = offered;
  const has = offered.length === 1 ? `${one} alone` : listed(offered);
  return `The station offered ${has}; this CSMS accepts ${accepted(policy.versions)}.`;
}

function accepted(versions: readonly OcppVersion[]): string {
  const [oldest, ...newer] = OCPP_VERSIONS.filter((version) => versions.includes(version));
  if (oldest === undefined) return 'none';
  const isOpenEnded = newer.length > 0 && newer.length === OCPP_VERSIONS.length - OCPP_VERSIONS.indexOf(oldest) - 1;
  if (isOpenEnded) return `${SUBPROTOCOL_OF[oldest]} and newer`;
  return newer.length === 0
    ? `${SUBPROTOCOL_OF[oldest]} alone`
    : listed([oldest, ...newer].map((one) => SUBPROTOCOL_OF[one]));
}

function agreed(
  offered: readonly string[],
  version: OcppVersion,
  wire: { readonly offered: string; readonly chosen: string | undefined },
): NegotiationStep {
  const preferred = offered.find((name) => versionOfSubprotocol(name) !== undefined);
  const misses = missesInWords(offered);
  if (misses !== '')
    return step('subprotocol', 'advice', `OCPP ${version} was agreed on.${misses}`, ['part 4, 3.1.2'], wire);
  const other = preferred !== wire.chosen ? `, not ${preferred}, which the other side prefers` : '';
  return step('subprotocol', 'passed', `OCPP ${version} was agreed on${other}.`, ['part 4, 3.3'], wire);
}

/** Names that are nearly those of a subprotocol: what is wrong with each. */
function missesInWords(offered: readonly string[]): string {
  const misses = offered.flatMap((name) => nearMiss(name) ?? []);
  return misses.length === 0 ? '' : ` ${misses.join(' ')}`;
}

/** What is wrong with a name that is nearly one of a subprotocol; undefined for one that is, and for one that is not near. */
export function nearMiss(name: string): string | undefined {
  if (versionOfSubprotocol(name) !== undefined) return undefined;
  const lower = name.toLowerCase().trim();
  if (lower === 'ocpp2.0') return '"ocpp2.0" is OCPP 2.0, which was withdrawn; that of 2.0.1 is "ocpp2.0.1".';
  const digits = lower.replace(/[^0-9]/g, '');
  const meant = OCPP_VERSIONS.find((version) => version.replaceAll('.', '') === digits);
  if (meant === undefined || !lower.includes('ocpp')) return undefined;
  const right = SUBPROTOCOL_OF[meant];
  if (lower === right) return `${quoted(name)} must be written "${right}", in lower case.`;
  return `${quoted(name)} is no name of a subprotocol; that of OCPP ${meant} is "${right}".`;
}

/** Whether messages are compressed. */
export function extensionsStep(facts: LinkFacts): NegotiationStep | undefined {
  const offered = headerValues(facts.requestHeaders, 'sec-websocket-extensions').join(', ');
  const chosen = facts.extensions ?? headerValues(facts.responseHeaders, 'sec-websocket-extensions').join(', ');
  if (facts.attempt !== undefined || (offered === '' && chosen === '')) return undefined;
  const wire = { offered, chosen };
  if (chosen !== '') {
    const sentence = /permessage-deflate/i.test(chosen) ? 'Messages are compressed.' : 'An extension was agreed on.';
    return step('extensions', 'passed', sentence, ['RFC 7692'], wire);
  }
  if (!isOpened(facts)) return step('extensions', 'not-done', 'It did not come to extensions.', [], wire);
  if (isServed(facts)) return step('extensions', 'passed', 'None were agreed on; messages go uncompressed.', [], wire);
  const sentence = 'The CSMS does not agree on compression, which it must support.';
  return step('extensions', 'advice', sentence, ['part 4, 3.4'], wire);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

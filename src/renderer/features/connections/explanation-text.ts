import type { CertificateCheck, CertificateFacts } from '../../../session/certificate.ts';
import type { ConnectionCard } from '../../../session/life/life.ts';
import type { NegotiationStep } from '../../../session/negotiation/explanation.ts';
import { maskHeaders, maskUrl } from '../../../session/secrets/headers.ts';
import { partiesOf, verdictWords } from '../../app/connection-words.ts';
import { bytes, countOf, isoTime, span } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { OUTCOME_WORDS } from './outcome-words.ts';
import { SUBJECT_WORDS } from './step-words.ts';

/** Nobody reads longer values in a report. */
const VALUE_MAX = 500;
const HEADERS_MAX = 100;
const CHAIN_MAX = 20;

/** Everything that explains a connection, as text for a report: times in UTC, no secrets. */
export function explanationText(card: ConnectionCard): string {
  const { row, facts, explanation, traffic, remarks, ending } = card;
  const { cause, remedy, steps, profile } = explanation;
  const head = [
    `Connection ${row.link}: ${partiesOf(row)}`,
    `Verdict: ${verdictWords(card)}`,
    ...(cause === undefined ? [] : [`Cause: ${value(cause)}`]),
    ...(remedy === undefined ? [] : [`What usually helps: ${value(remedy)}`]),
    `Opened: ${isoTime(facts.openedAt.wall)}`,
    ...(facts.closedAt ? [`Ended: ${isoTime(facts.closedAt.wall)}, after ${lasted(facts)}`] : []),
    ...(ending ? [`How it ended: ${value(ending.words)}`] : []),
    ...(facts.remoteAddress === undefined ? [] : [`Address of the peer: ${value(facts.remoteAddress)}`]),
    `URL: ${value(maskUrl(facts.url))}`,
    ...(facts.version === undefined ? [] : [`OCPP ${facts.version}`]),
    ...(profile === null ? [] : [`Security profile on the wire: ${profile}`]),
    ...(facts.policy ? [`Security profile that was asked for: ${facts.policy.profile}`] : []),
  ];
  const life = [
    `To the CSMS: ${countOf(traffic.messages['to-csms'], 'message')}, ${bytes(traffic.bytes['to-csms'])}`,
    `To the station: ${countOf(traffic.messages['to-station'], 'message')}, ${bytes(traffic.bytes['to-station'])}`,
    `Pings: ${traffic.pings.sent} sent, ${traffic.pings.missed} missed`,
    ...remarks.map(({ at, severity, sentence }) => `[${severity}] ${isoTime(at)} ${value(sentence)}`),
  ];
  return [
    section('', head),
    section('Negotiation', steps.flatMap(stepLines)),
    section('TLS', tlsLines(facts.tls)),
    section('Certificates of the peer', chainLines(facts.tls?.chain, facts.tls?.checks)),
    section('Certificates of Plugscope', chainLines(facts.tls?.own)),
    section('Request headers', headerLines(facts.requestHeaders)),
    section('Response headers', headerLines(facts.responseHeaders ?? [])),
    section('Life', life),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return title === '' ? lines.join('\n') : [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function value(text: string): string {
  return visibleLine(text, VALUE_MAX);
}

function lasted({ openedAt, closedAt }: ConnectionCard['facts']): string {
  return span((closedAt?.mono ?? openedAt.mono) - openedAt.mono);
}

function stepLines({ subject, outcome, offered, chosen, sentence, requirements }: NegotiationStep): readonly string[] {
  const wire = [
    ...(offered === undefined ? [] : [`offered ${value(maskUrl(offered))}`]),
    ...(chosen === undefined ? [] : [`chosen ${value(maskUrl(chosen))}`]),
  ];
  return [
    `[${OUTCOME_WORDS[outcome]}] ${SUBJECT_WORDS[subject]}: ${value(sentence)}${inBrackets(requirements)}`,
    ...(wire.length === 0 ? [] : [`    ${wire.join('; ')}`]),
  ];
}

function tlsLines(tls: ConnectionCard['facts']['tls']): readonly string[] {
  if (!tls) return [];
  const agreed = [tls.protocol, tls.cipher].filter((part) => part !== '').join(', ');
  return [
    agreed === '' ? 'not agreed on' : value(agreed),
    ...(tls.serverName === undefined ? [] : [`server name ${value(tls.serverName)}`]),
    ...(tls.offered ? [`offered ${value([...tls.offered.protocols, ...tls.offered.ciphers].join(', '))}`] : []),
  ];
}

function chainLines(
  chain: readonly CertificateFacts[] | undefined,
  checks: readonly CertificateCheck[] = [],
): readonly string[] {
  const certificates = (chain ?? []).slice(0, CHAIN_MAX);
  return [
    ...certificates.flatMap((one, place) => [
      `${place + 1}. ${value(one.subject)}`,
      `   issued by ${value(one.issuer)}, serial number ${value(one.serialNumber)}`,
      `   valid from ${isoTime(one.notBefore)} to ${isoTime(one.notAfter)}`,
      `   ${value(one.key)}, ${value(one.signature)}, SHA-256 ${value(one.fingerprint)}`,
      ...(one.names.length === 0 ? [] : [`   names ${value(one.names.join(', '))}`]),
      ...checks.filter(({ place: of }) => of === place).map((check) => `   ${checkLine(check)}`),
    ]),
    ...checks.filter(({ place: of }) => of === undefined || of >= certificates.length).map(checkLine),
  ];
}

function checkLine({ outcome, sentence, requirements }: CertificateCheck): string {
  return `[${OUTCOME_WORDS[outcome]}] ${value(sentence)}${inBrackets(requirements)}`;
}

function headerLines(headers: ConnectionCard['facts']['requestHeaders']): readonly string[] {
  const lines = maskHeaders(headers.slice(0, HEADERS_MAX)).map(([name, text]) => `${value(name)}: ${value(text)}`);
  return headers.length > HEADERS_MAX ? [...lines, `and ${headers.length - HEADERS_MAX} more`] : lines;
}

function inBrackets(requirements: readonly string[]): string {
  return requirements.length === 0 ? '' : ` (${requirements.join(', ')})`;
}

import type { Direction } from '../../ocpp/direction.ts';
import { SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { Finding, Severity } from '../../session/finding.ts';
import type { LinkClosing, LinkNegotiation, LinkOpening } from '../../session/link.ts';

/** What the timeline says of an event of a link. */
export interface LinkEvent {
  readonly direction: Direction;
  readonly summary: string;
  readonly findings: readonly Finding[];
}

/** Whether a handshake ended with an open WebSocket. */
export function isOpen(negotiation: LinkNegotiation): boolean {
  return negotiation.status === 101 && negotiation.failure === undefined;
}

/** The end of the handshake, good or bad, as the timeline shows it. */
export function negotiationEvent(opening: LinkOpening, negotiation: LinkNegotiation): LinkEvent {
  const findings = subprotocolFindings(opening, negotiation);
  const open = isOpen(negotiation);
  if (!open) findings.push(refusal(negotiation));
  const who = opening.opener === 'peer' ? `${nameOf(opening)} connected` : `Connected to ${nameOf(opening)}`;
  const what = negotiation.version ? `OCPP ${negotiation.version}` : negotiation.chosen || 'no subprotocol';
  return {
    // A connection is shown the way it was opened: a station that connects, and we that connect to a CSMS, go there.
    direction: (opening.peer === 'station') === (opening.opener === 'peer') ? 'to-csms' : 'to-station',
    summary: open ? `${who} · ${what}` : refusalInWords(opening, negotiation),
    findings,
  };
}

/** The end of a link as the timeline shows it. */
export function closingEvent(opening: LinkOpening, closing: LinkClosing): LinkEvent {
  const byStation = (opening.peer === 'station') === (closing.by !== 'plugscope' && closing.by !== 'csms');
  const name = CLOSE_CODES[closing.code];
  const code = name ? `${closing.code} ${name}` : String(closing.code);
  const reason = closing.reason === '' ? '' : ` · ${closing.reason}`;
  const summary =
    closing.by === 'lost'
      ? `Connection to ${nameOf(opening)} lost`
      : `Closed by ${closer(opening, closing)} · ${code}${reason}`;
  return {
    direction: byStation ? 'to-csms' : 'to-station',
    summary,
    findings: closingFindings(opening, closing, code),
  };
}

function closer(opening: LinkOpening, { by }: LinkClosing): string {
  if (by === 'peer') return nameOf(opening);
  return by === 'csms' ? 'the CSMS' : 'Plugscope';
}

/** Close codes as RFC 6455, 7.4.1 and the registry it founded name them. */
const CLOSE_CODES: Readonly<Record<number, string>> = {
  1000: 'normal',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no code',
  1006: 'no close frame',
  1007: 'invalid data',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'extension missing',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
  1015: 'TLS handshake failed',
};

/** Codes that say that something went wrong. */
const ABNORMAL = new Set([1002, 1003, 1007, 1008, 1009, 1010, 1011, 1014, 1015]);

function subprotocolFindings(opening: LinkOpening, negotiation: LinkNegotiation): Finding[] {
  const { offered } = opening;
  const { chosen } = negotiation;
  const station = opening.peer === 'station' ? opening.station : 'Plugscope';
  if (offered.length === 0) {
    return [
      finding(
        'error',
        'link.no-subprotocol',
        ['part 4, 3.1.2'],
        `${station} offers no subprotocol, so no OCPP version.`,
      ),
    ];
  }
  if (chosen && !offered.includes(chosen)) {
    return [
      finding('error', 'link.subprotocol-not-offered', ['RFC 6455, 4.1'], `${chosen} was chosen but not offered.`),
    ];
  }
  const known: readonly string[] = Object.values(SUBPROTOCOL_OF);
  if (!offered.some((name) => known.includes(name))) {
    const sentence = `${station} offers ${offered.join(', ')}; none of these is an OCPP version known here.`;
    return [finding('error', 'link.subprotocol-unknown', ['part 4, 3.1.2'], sentence)];
  }
  if (isOpen(negotiation) && !chosen) {
    const sentence = `None of the subprotocols offered (${offered.join(', ')}) was agreed.`;
    return [finding('error', 'link.subprotocol-not-agreed', ['part 4, 3.3'], sentence)];
  }
  return [];
}

function refusal({ status, failure }: LinkNegotiation): Finding {
  if (status === undefined) {
    return finding('error', 'link.not-reached', [], failure ?? 'There was no answer to the handshake.');
  }
  const sentence = `The handshake was answered with HTTP ${status} instead of 101.`;
  const requirements = status === 404 ? ['part 4, 3.3'] : ['RFC 6455, 4.1'];
  return finding('error', 'link.refused', requirements, failure ? `${sentence} ${failure}` : sentence);
}

function refusalInWords(opening: LinkOpening, { status, failure }: LinkNegotiation): string {
  const why = status === undefined || status === 101 ? (failure ?? 'no answer') : `HTTP ${status}`;
  if (opening.opener === 'peer') return `${nameOf(opening)} was refused · ${why}`;
  return `${capitalised(nameOf(opening))} ${status === undefined ? 'not reached' : 'refused'} · ${why}`;
}

function closingFindings(opening: LinkOpening, closing: LinkClosing, code: string): readonly Finding[] {
  if (closing.by === 'lost' || closing.code === 1006) {
    const sentence = `The connection to ${nameOf(opening)} ended without a close frame.`;
    return [finding('warning', 'link.lost', ['RFC 6455, 7.1.5'], sentence)];
  }
  if (!ABNORMAL.has(closing.code)) return [];
  return [finding('warning', 'link.closed-abnormally', ['RFC 6455, 7.4.1'], `The connection was closed with ${code}.`)];
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function nameOf(opening: LinkOpening): string {
  return opening.peer === 'station' ? opening.station : 'the CSMS';
}

function finding(severity: Severity, rule: string, requirements: readonly string[], sentence: string): Finding {
  return { severity, rule, requirements, sentence };
}

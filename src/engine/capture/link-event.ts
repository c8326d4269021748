import type { Direction } from '../../ocpp/direction.ts';
import { SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { Finding, Severity } from '../../session/finding.ts';
import { closeCodeInWords, limitInWords, peerInWords } from '../../session/life/closing-words.ts';
import type {
  AttemptKind,
  LinkClosing,
  LinkNegotiation,
  LinkOpening,
  LinkRemark,
  Repeats,
} from '../../session/link.ts';
import { CAUSES } from '../../session/negotiation/causes.ts';
import { limitRule, refusalRule } from '../../session/negotiation/refusal-rules.ts';
import { inThousands, repeatsInWords } from '../../session/negotiation/repeats.ts';

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

/** The end of the handshake, good or bad, or what came instead of one, as the timeline shows it. */
export function negotiationEvent(opening: LinkOpening, negotiation: LinkNegotiation): LinkEvent {
  const findings = opening.attempt === undefined ? subprotocolFindings(opening, negotiation) : [];
  const open = isOpen(negotiation);
  if (!open) findings.push(refusal(negotiation));
  if (negotiation.repeats) findings.push(flood(negotiation.repeats));
  findings.push(...certificateFindings(negotiation));
  const who = opening.opener === 'peer' ? `${peerInWords(opening)} connected` : `Connected to ${peerInWords(opening)}`;
  const what = negotiation.version ? `OCPP ${negotiation.version}` : negotiation.chosen || 'no subprotocol';
  return {
    // A connection is shown the way it was opened: a station that connects, and we that connect to a CSMS, go there.
    direction: (opening.peer === 'station') === (opening.opener === 'peer') ? 'to-csms' : 'to-station',
    summary: open ? `${who} · ${what}` : refusalInWords(opening, negotiation),
    findings,
  };
}

/** Something about a live link as the timeline shows it. */
export function remarkEvent(opening: LinkOpening, { severity, rule, requirements, sentence }: LinkRemark): LinkEvent {
  return {
    direction: opening.peer === 'station' ? 'to-csms' : 'to-station',
    summary: `${subject(opening)} · ${sentence}`,
    findings: [finding(severity, rule, requirements, sentence)],
  };
}

/** The end of a link as the timeline shows it. */
export function closingEvent(opening: LinkOpening, closing: LinkClosing): LinkEvent {
  const byStation = (opening.peer === 'station') === (closing.by !== 'plugscope' && closing.by !== 'csms');
  const code = closeCodeInWords(closing.code);
  const reason = closing.reason === '' ? '' : ` · ${closing.reason}`;
  const summary =
    closing.by === 'lost'
      ? `Connection to ${peerInWords(opening)} lost`
      : `Closed by ${closer(opening, closing)} · ${code}${reason}`;
  return {
    direction: byStation ? 'to-csms' : 'to-station',
    summary,
    findings: closingFindings(opening, closing, code),
  };
}

function closer(opening: LinkOpening, { by }: LinkClosing): string {
  if (by === 'peer') return peerInWords(opening);
  return by === 'csms' ? 'the CSMS' : 'Plugscope';
}

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

/** Findings about certificates of one link at most. */
const CERTIFICATE_FINDINGS_MAX = 20;

/** What does not stand of the peer's certificates, and what a requirement recommends otherwise. */
function certificateFindings({ tls, code }: LinkNegotiation): readonly Finding[] {
  const remarkable = (tls?.checks ?? []).filter(
    ({ check, outcome }) =>
      (outcome === 'failed' || outcome === 'advice') &&
      // That none was presented is the refusal itself.
      !(check === 'presented' && code === 'no-client-certificate'),
  );
  return remarkable
    .slice(0, CERTIFICATE_FINDINGS_MAX)
    .map(({ check, outcome, requirements, sentence }) =>
      finding(outcome === 'failed' ? 'error' : 'info', `certificate.${check}`, requirements, sentence),
    );
}

function refusal({ status, failure, code }: LinkNegotiation): Finding {
  const answered =
    status === undefined || status === 101 || code === 'file-served'
      ? ''
      : `The handshake was answered with HTTP ${status}.`;
  if (code !== undefined) {
    const { rule, severity } = refusalRule(code);
    const { sentence, requirements } = CAUSES[code];
    return finding(severity, rule, requirements, joined(answered, failure ?? sentence));
  }
  if (status === undefined) {
    return finding('error', 'link.not-reached', [], failure ?? 'There was no answer to the handshake.');
  }
  const sentence = `The handshake was answered with HTTP ${status} instead of 101.`;
  const requirements = status === 404 ? ['part 4, 3.3'] : ['RFC 6455, 4.1'];
  return finding('error', 'link.refused', requirements, joined(sentence, failure ?? ''));
}

/** That more attempts came than are recorded one by one. */
function flood(repeats: Repeats): Finding {
  return finding('warning', limitRule('refusalsPerMinute'), [], repeatsInWords(repeats));
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** What came in place of a handshake, in words. */
const ATTEMPT_WORDS: Readonly<Record<AttemptKind, (opening: LinkOpening) => string>> = {
  http: ({ url }) => `asked for ${url === '' ? 'something' : url} over HTTP`,
  tls: () => 'did not come through the TLS handshake',
  tcp: () => 'connected without a handshake',
};

function refusalInWords(opening: LinkOpening, { status, failure, code, repeats }: LinkNegotiation): string {
  const answer = status === undefined || status === 101 ? '' : `HTTP ${status}`;
  const kind = code === undefined ? '' : code.replaceAll('-', ' ');
  const times = repeats === undefined ? '' : `${inThousands(repeats.count)} attempts`;
  const said = [answer, kind, times].filter((part) => part !== '').join(' · ');
  const why = said === '' ? (failure ?? 'no answer') : said;
  const who = subject(opening);
  if (opening.attempt !== undefined) return `${who} ${ATTEMPT_WORDS[opening.attempt](opening)} · ${why}`;
  if (opening.opener === 'peer') return `${peerInWords(opening)} was refused · ${why}`;
  if (status !== undefined) return `${who} refused · ${why}`;
  // The sentence names the address, which the kind does not.
  return `${who} not reached · ${failure ?? why}`;
}

function closingFindings(opening: LinkOpening, closing: LinkClosing, code: string): readonly Finding[] {
  if (closing.limit !== undefined) {
    const sentence = `Plugscope closed the connection to ${peerInWords(opening)} with ${code}: ${limitInWords(closing.limit)}.`;
    return [finding('warning', limitRule(closing.limit), [], sentence)];
  }
  if (closing.by === 'lost' || closing.code === 1006) {
    const sentence = `The connection to ${peerInWords(opening)} ended without a close frame.`;
    return [finding('warning', 'link.lost', ['RFC 6455, 7.1.5'], sentence)];
  }
  if (!ABNORMAL.has(closing.code)) return [];
  return [finding('warning', 'link.closed-abnormally', ['RFC 6455, 7.4.1'], `The connection was closed with ${code}.`)];
}

/** The peer at the beginning of a sentence; an identity keeps its spelling. */
function subject(opening: LinkOpening): string {
  return opening.peer === 'csms' ? 'The CSMS' : peerInWords(opening);
}

function finding(severity: Severity, rule: string, requirements: readonly string[], sentence: string): Finding {
  return { severity, rule, requirements, sentence };
}

import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { LinkFacts } from '../../session/link.ts';
import type { EntryDetail, TimelineRow } from '../../session/timeline.ts';
import { PAYLOAD_INDEX } from './message-editor/frame-head.ts';
import { prettyPrint } from './pretty.ts';

/** A longer payload goes through the standard input: the kernel limits the length of an argument. */
const ARGUMENT_MAX = 100_000;

/** The payload of a frame, as it stands there; undefined where it has none. */
export function payloadText(text: string, row: TimelineRow): string | undefined {
  if (row.type === null || row.type === 'malformed') return undefined;
  try {
    const tree = parseTree(text, [], { disallowComments: true });
    const node = tree && findNodeAtLocation(tree, [PAYLOAD_INDEX[row.type]]);
    return node && text.slice(node.offset, node.offset + node.length);
  } catch {
    // Nested too deeply for the parser.
    return undefined;
  }
}

/** The payload of a frame laid out for reading; undefined where it has none. */
export function prettyPayload(text: string, row: TimelineRow): string | undefined {
  const payload = payloadText(text, row);
  return payload === undefined ? undefined : prettyPrint(payload, [], []).text;
}

/**
 * The command that sends a message again, quoted for a POSIX shell (see docs/composer.md); undefined for what is no CALL
 * and no SEND. The URL is the one at which the message's receiver was reached.
 */
export function sendCommand({
  row,
  text,
  link,
  otherLeg,
}: Pick<EntryDetail, 'row' | 'text' | 'link' | 'otherLeg'>): string | undefined {
  const isRequest = row.type === 'CALL' || row.type === 'SEND';
  if (!isRequest || row.action === null || text === undefined) return undefined;
  const payload = payloadText(text, row);
  if (payload === undefined) return undefined;
  const legs = otherLeg ? [link, otherLeg] : [link];
  const where =
    row.direction === 'to-csms' ? ['--as', 'station', '--to', csmsUrl(legs)] : ['--as', 'csms', '--listen', port(legs)];
  const options = [
    ...where,
    ...['--station', row.station],
    ...(row.version === null ? [] : ['--version', row.version]),
    ...(payload.includes('{{') ? ['--literal'] : []),
  ];
  const long = payload.length > ARGUMENT_MAX;
  const words = [row.action, long ? '-' : payload];
  // A name that starts with a hyphen would be taken for an option.
  const command = row.action.startsWith('-') ? [...options, '--', ...words] : [...words, ...options];
  const line = `plugscope send ${command.map(shellQuoted).join(' ')}`;
  return long ? `printf '%s' ${shellQuoted(payload)} | ${line}` : line;
}

/** A word as a POSIX shell takes it for exactly this text (XCU 2.2.2). */
export function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** URL of the CSMS without the station's identity, which the command appends. */
function csmsUrl(legs: readonly LinkFacts[]): string {
  const upstream = legs.find(({ opener }) => opener === 'plugscope');
  if (upstream) return upstream.url.replace(/\/[^/?]*(\?.*)?$/, '');
  const [link] = legs;
  const host = link?.requestHeaders.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'localhost';
  const path = (link?.url ?? '/').replace(/\/[^/?]*(\?.*)?$/, '');
  return `${link?.tls ? 'wss' : 'ws'}://${host}${path}`;
}

/** Port at which stations reached us; any free one where they did not say. */
function port(legs: readonly LinkFacts[]): string {
  const station = legs.find(({ peer }) => peer === 'station');
  const host = station?.requestHeaders.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? '';
  return /:(\d+)$/.exec(host)?.[1] ?? '0';
}

import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { escapeBraces } from '../../session/compose/expand.ts';
import type { EntryDetail, TimelineRow } from '../../session/timeline.ts';
import type { ComposingState } from './composing.ts';
import { count } from './format.ts';
import { prettyPrint } from './pretty.ts';
import type { Workbench } from './workbench.ts';

/** Whether the composer can start from this row: from any frame. */
export function canComposeFrom(row: TimelineRow | null): row is TimelineRow {
  return row?.kind === 'frame';
}

/**
 * Opens the composer with a recorded message: a CALL or a SEND as a message to the peer that it went to, anything else
 * as a whole frame. Where it cannot be read, the composer stays as it is.
 */
export async function composeFrom(
  { api, composing, dock, saying }: Pick<Workbench, 'api' | 'composing' | 'dock' | 'saying'>,
  { entry }: TimelineRow,
): Promise<void> {
  composing.setState({ reading: entry });
  const detail = await api()
    ?.['entry.get'](entry)
    .catch(() => null);
  // Another one was asked for meanwhile.
  if (composing.getState().reading !== entry) return;
  composing.setState({ ...(detail ? draftOf(detail) : {}), reading: null });
  if (detail) dock.show('composer');
  else saying.say(`Entry ${count(entry)} could not be read from the session.`);
}

/** What the composer starts with. */
export function draftOf({ row, text, base64 }: EntryDetail): Partial<ComposingState> {
  const target = { station: row.station, peer: row.direction === 'to-csms' ? 'csms' : 'station' } as const;
  const common = { target, messageId: '', ...(row.version === null ? {} : { version: row.version }) };
  const payload = text === undefined ? undefined : payloadOf(text, row);
  return payload === undefined
    ? { ...common, kind: 'frame', ...frameOf(text, base64) }
    : { ...common, kind: 'message', action: row.action, payload };
}

/** A frame that is no text is written as its bytes. */
function frameOf(text: string | undefined, base64: string): Pick<ComposingState, 'frame' | 'frameAs'> {
  if (text !== undefined) return { frame: text, frameAs: 'text' };
  const hex = Array.from(atob(base64), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
  return { frame: hex, frameAs: 'binary' };
}

/** The payload of a request, laid out, with its braces kept from being variables; undefined for everything else. */
function payloadOf(text: string, { type, action, version }: TimelineRow): string | undefined {
  if ((type !== 'CALL' && type !== 'SEND') || action === null || version === null) return undefined;
  try {
    const tree = parseTree(text, [], { disallowComments: true });
    const node = tree && findNodeAtLocation(tree, [REQUEST_PAYLOAD]);
    if (node?.type !== 'object') return undefined;
    return escapeBraces(prettyPrint(text.slice(node.offset, node.offset + node.length), [], []).text);
  } catch {
    // Nested too deeply for the parser.
    return undefined;
  }
}

/** The place of the payload in the array of a CALL or a SEND. */
const REQUEST_PAYLOAD = 3;

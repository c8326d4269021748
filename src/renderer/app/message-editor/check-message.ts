import { findNodeAtLocation, findNodeAtOffset, type Node, parseTree } from 'jsonc-parser';
import { findAction } from '../../../ocpp/actions.ts';
import { opposite } from '../../../ocpp/direction.ts';
import { createInterpretingValidator } from '../../../ocpp/interpreting-validator.ts';
import { firstJsonFault } from '../../../ocpp/json-fault.ts';
import { pointerKeys } from '../../../ocpp/json-pointer.ts';
import { createConversation } from '../../../session/conversation.ts';
import type { Finding } from '../../../session/finding.ts';
import type { RowType } from '../../../session/timeline.ts';
import type { Stretch } from '../pretty.ts';
import type { EditedMessage } from './edited-message.ts';
import { PAYLOAD_INDEX } from './frame-head.ts';

/** What is to be said of a text as a message, by the same rules by which the timeline judges it. */
export interface CheckedMessage {
  readonly type: RowType;
  /** What an engineer would say of it. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** For each finding in its order, its place in the text, where it has one. */
  readonly places: readonly (Stretch | undefined)[];
}

const validator = createInterpretingValidator();

/** Checks a text as the message that it is to be. */
export function checkMessage(text: string, message: EditedMessage): CheckedMessage {
  return message.part === 'frame' ? checkFrame(text, message) : checkPayload(text, message);
}

function checkFrame(text: string, message: EditedMessage): CheckedMessage {
  const { type, summary, findings } = observe(text, message);
  return { type, summary, findings, places: placesOf(text, findings, payloadPath(type)) };
}

/** A payload is judged in the frame that will carry it. */
function checkPayload(text: string, message: EditedMessage): CheckedMessage {
  const fault = isJson(text) ? undefined : (firstJsonFault(text) ?? { offset: 0, words: 'it cannot be read' });
  const response = message.part === 'response';
  const type = response ? 'CALLRESULT' : sentAs(message);
  if (fault !== undefined) {
    const sentence = `The text is not valid JSON: ${fault.words} at offset ${fault.offset}.`;
    const finding: Finding = { severity: 'error', rule: 'frame.not-json', requirements: [], sentence };
    return { type: 'malformed', summary: sentence, findings: [finding], places: [{ start: fault.offset, length: 1 }] };
  }
  const head = response ? [3, ID] : [type === 'SEND' ? 6 : 2, ID, message.action ?? ''];
  const prefix = `${JSON.stringify(head).slice(0, -1)},`;
  const { summary, findings: found } = observe(`${prefix}${text}]`, { ...message, messageId: ID });
  const findings = found.map((finding) => ({
    ...finding,
    ...(finding.offset === undefined ? {} : { offset: Math.max(0, finding.offset - prefix.length) }),
  }));
  return { type, summary, findings, places: placesOf(text, findings, []) };
}

const ID = 'checked';

function sentAs({ version, action }: EditedMessage): 'CALL' | 'SEND' {
  return (version && action && findAction(version, action)?.messageType) || 'CALL';
}

/** Lets the fold of the timeline judge a frame, as if the CALL that it answers had just gone by. */
function observe(text: string, { version, direction, action, messageId = null }: EditedMessage) {
  const answered =
    action !== null && messageId !== null
      ? [{ entry: 0, direction: opposite(direction), mono: 0, messageId, action }]
      : [];
  const fold = createConversation({ version: version ?? undefined, station: '', validator, resume: answered });
  const content = { kind: 'text', text } as const;
  const { type, summary, findings } = fold.observe({ entry: 1, direction, mono: 0, size: text.length, content });
  // What it is an answer to is not always known here; only the timeline can tell that it answers nothing.
  const judged = answered.length > 0 && type !== 'CALLRESULTERROR';
  return {
    type,
    summary,
    findings: findings.filter(
      ({ rule }) => rule !== 'rpc.version-unknown' && (judged || rule !== 'rpc.response-orphan'),
    ),
  };
}

function payloadPath(type: RowType): readonly number[] {
  return type === 'malformed' ? [] : [PAYLOAD_INDEX[type]];
}

/** The element of the frame that a rule without a place of its own is about. */
const ELEMENT: Readonly<Record<string, number>> = {
  'action.unknown': 2,
  'action.wrong-direction': 2,
  'action.wrong-message-type': 0,
  'rpc.error-code-unknown': 2,
  'rpc.response-orphan': 1,
};

function placesOf(
  text: string,
  findings: readonly Finding[],
  payload: readonly number[],
): readonly (Stretch | undefined)[] {
  if (findings.length === 0) return [];
  const tree = treeOf(text);
  return findings.map(({ pointer, offset, rule }): Stretch | undefined => {
    if (offset !== undefined) {
      const node = tree && findNodeAtOffset(tree, offset);
      return node?.offset === offset && node.children === undefined ? stretchOf(node) : { start: offset, length: 1 };
    }
    if (tree === undefined) return undefined;
    const element = ELEMENT[rule];
    if (pointer === undefined) return element === undefined ? undefined : at(tree, [element]);
    return at(tree, [...payload, ...pointerKeys(pointer)]);
  });
}

/** Stack and time of the parser are limited, so that a text made to exhaust them only loses its marks. */
function treeOf(text: string): Node | undefined {
  try {
    return parseTree(text, [], { disallowComments: true });
  } catch {
    return undefined;
  }
}

/** The stretch at a path: of a list or an object its key, where it has one, else its bracket. */
function at(tree: Node, path: readonly (string | number)[]): Stretch | undefined {
  let node: Node | undefined = tree;
  for (const key of path) {
    // In a pointer, the index of an item cannot be told from a name that is a number.
    node = node && findNodeAtLocation(node, [node.type === 'array' ? Number(key) : String(key)]);
  }
  if (node === undefined) return undefined;
  if (node.children === undefined) return stretchOf(node);
  const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  return key ? stretchOf(key) : { start: node.offset, length: 1 };
}

function stretchOf({ offset, length }: Node): Stretch {
  return { start: offset, length };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import type { RuleLimits } from '../../../workspace/rule.ts';
import type {
  ActionOf,
  Corruption,
  CorruptionKind,
  RuleAction,
  RuleActionKind,
} from '../../../workspace/rule-action.ts';

/** What the kinds of actions are called, in the order in which they are offered. */
export const ACTION_NAMES: Readonly<Record<RuleActionKind, string>> = {
  set: 'Set a value',
  remove: 'Remove a value',
  patch: 'JSON Patch',
  answer: 'Answer',
  error: 'CALLERROR',
  delay: 'Delay',
  drop: 'Drop',
  duplicate: 'Duplicate',
  reorder: 'Swap with the next',
  corrupt: 'Corrupt',
  close: 'Close the connection',
  stall: 'Stall',
  subprotocols: 'Limit subprotocols',
};

/** What each kind does, in a sentence. */
export const ACTION_SENTENCES: Readonly<Record<RuleActionKind, string>> = {
  set: 'Puts a value at a place of the payload; all else stays as it came.',
  remove: 'Takes what is at a place of the payload out.',
  patch: 'Changes the payload by a JSON Patch (RFC 6902): all of its operations, or none.',
  answer: 'A CALL does not go on; its sender gets this CALLRESULT.',
  error: 'A CALL does not go on, and its sender gets this CALLERROR; a CALLRESULT goes on as this CALLERROR.',
  delay: 'The message, and all behind it in its direction, goes on later.',
  drop: 'The message does not go on.',
  duplicate: 'Copies of the message go on right after it.',
  reorder: 'The next message in the direction overtakes it.',
  corrupt: 'The message goes on spoilt.',
  close: 'Both connections, to the station and to the CSMS, are closed.',
  stall: 'Nothing more goes on in either direction, and nothing is closed.',
  subprotocols: 'When a station connects, the CSMS is offered only these, in this order.',
};

/** What the ways to spoil a message are called. */
export const CORRUPTION_NAMES: Readonly<Record<CorruptionKind, string>> = {
  truncate: 'Cut it off',
  'break-json': 'Break the JSON',
  'message-type': 'Wrong message type',
  'message-id': 'Wrong message id',
  oversize: 'Text too long',
  'huge-field': 'Huge unknown field',
  'wrong-enum': 'Wrong enum value',
  'strip-required': 'Required field missing',
};

/** What a rule does, in a few words. */
export function actionWords(action: RuleAction): string {
  const words = WORDS[action.kind] as (action: RuleAction) => string;
  return words(action);
}

/** How often a rule fires, behind what it does; nothing where it always does. */
export function limitWords({ every, percent, atMost }: RuleLimits): string {
  const words = [
    every === undefined || every === 1 ? '' : `every ${ordinal(every)}`,
    percent === undefined ? '' : `${percent} %`,
    atMost === undefined ? '' : atMost === 1 ? 'once' : `at most ${atMost.toLocaleString('en-US')} times`,
  ].filter(Boolean);
  return words.length === 0 ? '' : `, ${words.join(', ')}`;
}

const WORDS: { readonly [K in RuleActionKind]: (action: ActionOf<K>) => string } = {
  set: ({ pointer, value }) => `Set ${placeWords(pointer)} to ${shortened(JSON.stringify(value))}`,
  remove: ({ pointer }) => `Remove ${placeWords(pointer)}`,
  patch: ({ operations }) => `Patch: ${shortened(operations.map(({ op, path }) => `${op} ${path}`).join(', '))}`,
  answer: ({ payload }) => `Answer ${shortened(JSON.stringify(payload))}`,
  error: ({ code }) => `Make it a CALLERROR ${code}`,
  delay({ ms, jitterMs, until }) {
    const jitter = jitterMs ? ` ± ${jitterMs.toLocaleString('en-US')}` : '';
    const time = ms || jitterMs ? `${ms.toLocaleString('en-US')}${jitter} ms` : '';
    return `Delay ${[time, until?.trim() ? `until ${shortened(until)}` : ''].filter(Boolean).join(' and ') || '0 ms'}`;
  },
  drop: () => 'Drop',
  duplicate: ({ times, messageId }) =>
    `${times === 1 ? 'A copy' : `${times} copies`}${messageId === 'new' ? ', each with a new message id' : ''}`,
  reorder: () => 'Swap with the next',
  corrupt: ({ corruption }) => corruptionWords(corruption),
  close: ({ code, passOn }) => `${passOn ? 'Pass on, then close' : 'Close'} with ${code}`,
  stall: () => 'Stall',
  subprotocols: ({ only }) => `Offer ${only.length === 0 ? 'no subprotocol' : only.join(', ')}`,
};

function corruptionWords(corruption: Corruption): string {
  const name = CORRUPTION_NAMES[corruption.how];
  return 'pointer' in corruption && corruption.pointer !== undefined ? `${name}: ${corruption.pointer}` : name;
}

function placeWords(pointer: string): string {
  return pointer === '' ? 'the payload' : pointer;
}

/** `2nd`, `3rd`, `11th`. */
function ordinal(number: number): string {
  const rule = ORDINALS.select(number);
  const ending = rule === 'one' ? 'st' : rule === 'two' ? 'nd' : rule === 'few' ? 'rd' : 'th';
  return `${number.toLocaleString('en-US')}${ending}`;
}

const ORDINALS = new Intl.PluralRules('en-US', { type: 'ordinal' });

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

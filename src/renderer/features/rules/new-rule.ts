import type { RowType, TimelineRow } from '../../../session/timeline.ts';
import type { Rule } from '../../../workspace/rule.ts';
import type {
  ActionOf,
  Corruption,
  CorruptionKind,
  RuleAction,
  RuleActionKind,
} from '../../../workspace/rule-action.ts';
import { ACTION_NAMES } from './action-words.ts';

/** What each kind of action starts with: something that works, and shows what is meant. */
const FIRST: { readonly [K in RuleActionKind]: ActionOf<K> } = {
  set: { kind: 'set', pointer: '/status', value: 'Rejected' },
  remove: { kind: 'remove', pointer: '/customData' },
  patch: { kind: 'patch', operations: [{ op: 'replace', path: '/status', value: 'Rejected' }] },
  answer: { kind: 'answer', payload: { currentTime: '{{now}}', interval: 300, status: 'Rejected' } },
  error: { kind: 'error', code: 'InternalError', description: '', details: {} },
  delay: { kind: 'delay', ms: 1000 },
  drop: { kind: 'drop' },
  duplicate: { kind: 'duplicate', times: 1, messageId: 'same' },
  reorder: { kind: 'reorder' },
  corrupt: { kind: 'corrupt', corruption: { how: 'truncate' } },
  close: { kind: 'close', code: 1011, reason: '', passOn: false },
  stall: { kind: 'stall' },
  subprotocols: { kind: 'subprotocols', only: ['ocpp2.0.1', 'ocpp1.6'] },
};

/** What each way to spoil a message starts with. */
const FIRST_CORRUPTION: { readonly [K in CorruptionKind]: Extract<Corruption, { how: K }> } = {
  truncate: { how: 'truncate' },
  'break-json': { how: 'break-json' },
  'message-type': { how: 'message-type', number: 9 },
  'message-id': { how: 'message-id' },
  oversize: { how: 'oversize' },
  'huge-field': { how: 'huge-field', characters: 100_000 },
  'wrong-enum': { how: 'wrong-enum' },
  'strip-required': { how: 'strip-required' },
};

/** An action of a kind, to begin with. */
export function firstAction(kind: RuleActionKind): RuleAction {
  return FIRST[kind];
}

/** A way to spoil a message, to begin with. */
export function firstCorruption(how: CorruptionKind): Corruption {
  return FIRST_CORRUPTION[how];
}

/**
 * A rule to begin with, for messages like the one that is selected. It is off until somebody has looked at it: one for
 * every message would change them all at once.
 */
export function newRule(kind: RuleActionKind, others: readonly Rule[], like: TimelineRow | null): Rule {
  const action = firstAction(kind);
  const isAbout = kind !== 'subprotocols' && like?.type && like.action !== null;
  return {
    id: freeId(others),
    name: ACTION_NAMES[kind],
    enabled: false,
    direction: isAbout ? like.direction : 'both',
    filter: isAbout ? `action == ${JSON.stringify(like.action)} and type == ${typeWord(like.type)}` : '',
    limits: {},
    action,
  };
}

/** How filters write a type: `call`, `result`. */
function typeWord(type: RowType): string {
  return type === 'CALLRESULT' || type === 'CALLERROR' ? type.slice('CALL'.length).toLowerCase() : type.toLowerCase();
}

/** The same rule once more. */
export function copyOf(rule: Rule, others: readonly Rule[]): Rule {
  return { ...rule, id: freeId(others), name: `${rule.name} (copy)`.slice(0, 200) };
}

function freeId(rules: readonly Rule[]): string {
  const taken = new Set(rules.map(({ id }) => id));
  for (let number = rules.length + 1; ; number++) if (!taken.has(`rule-${number}`)) return `rule-${number}`;
}

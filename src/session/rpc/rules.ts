import type { Flaw, FlawCode } from '../../ocpp/frame.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Violation } from '../../ocpp/violation.ts';
import type { Finding, Severity } from '../finding.ts';

/** How bad it is to break a rule, and what it follows in 1.6 and in 2.x. */
interface RuleFacts {
  readonly severity: Severity;
  /** Where 1.6 only recommends what 2.x demands. */
  readonly severity16?: Severity;
  readonly in16: string;
  readonly in2: string;
}

/** The rules of the RPC framework, apart from the frame's own structure. */
const RULES = {
  'action.unknown': { severity: 'error', in16: 'OCPP-J 1.6, 4.2.1', in2: 'part 4, 4.1.7' },
  'action.wrong-direction': { severity: 'error', in16: '1.6, 4 and 5', in2: 'part 2, Messages' },
  'action.wrong-message-type': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.3', in2: 'part 4, 4.1.3' },
  'rpc.message-id-reused': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.4', in2: 'part 4, 4.1.4' },
  'rpc.response-orphan': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.4', in2: 'part 4, 4.1.4' },
  'rpc.response-duplicate': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.1', in2: 'part 4, 4.1.1' },
  'rpc.call-while-pending': {
    severity: 'error',
    severity16: 'warning',
    in16: 'OCPP-J 1.6, 4.1.1',
    in2: 'part 4, 4.1.1',
  },
  'rpc.no-response': { severity: 'warning', in16: 'OCPP-J 1.6, 4.1.1', in2: 'part 4, 4.1.1' },
  'rpc.late-response': { severity: 'warning', in16: 'OCPP-J 1.6, 4.1.1', in2: 'part 4, 4.1.1' },
  'rpc.unanswered-at-close': { severity: 'warning', in16: 'OCPP-J 1.6, 4.1.1', in2: 'part 4, 4.1.1' },
  'rpc.error-code-unknown': { severity: 'error', in16: 'OCPP-J 1.6, 4.2.3', in2: 'part 4, 4.3' },
  'rpc.send-answered': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.3', in2: 'part 4, 4.2.4' },
  'rpc.version-unknown': { severity: 'info', in16: 'OCPP-J 1.6, 3.1.2', in2: 'part 4, 3.1.2' },
} as const satisfies Record<string, RuleFacts>;

/** The id of a rule of the RPC framework. */
export type RpcRule = keyof typeof RULES;

/** A finding of a rule of the RPC framework. */
export function rpcFinding(rule: RpcRule, version: OcppVersion | undefined, sentence: string): Finding {
  const facts: RuleFacts = RULES[rule];
  const strict = version !== undefined && version !== '1.6';
  return {
    severity: strict ? facts.severity : (facts.severity16 ?? facts.severity),
    rule,
    requirements: [requirement(version, facts)],
    sentence,
  };
}

const FLAWS = {
  'not-json': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.2', in2: 'part 4, 4.1.2' },
  'not-utf-8': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.2', in2: 'part 4, 4.1.2' },
  binary: { severity: 'error', in16: 'OCPP-J 1.6, 4.1.2', in2: 'part 4, 4.1.2' },
  'not-array': { severity: 'error', in16: 'OCPP-J 1.6, 4.2', in2: 'part 4, 4.2' },
  'message-type-unknown': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.3', in2: 'part 4, 4.1.3' },
  'message-type-not-in-version': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.3', in2: 'part 4, 4.1.3' },
  'message-id-missing': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.4', in2: 'part 4, 4.1.4' },
  'message-id-not-string': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.4', in2: 'part 4, 4.1.4' },
  'message-id-empty': { severity: 'warning', in16: 'OCPP-J 1.6, 4.1.4', in2: 'part 4, 4.1.4' },
  'message-id-too-long': { severity: 'error', in16: 'OCPP-J 1.6, 4.1.4', in2: 'part 4, 4.1.4' },
  'element-count': { severity: 'error', in16: 'OCPP-J 1.6, 4.2', in2: 'part 4, 4.2' },
  'action-not-string': { severity: 'error', in16: 'OCPP-J 1.6, 4.2.1', in2: 'part 4, 4.1.6' },
  // Both call {} good practice and null another notation.
  'payload-null': { severity: 'warning', in16: 'OCPP-J 1.6, 4.2.1', in2: 'part 4, 4.1.5' },
  'payload-not-object': { severity: 'error', in16: 'OCPP-J 1.6, 4.2.1', in2: 'part 4, 4.1.5' },
  'error-code-not-string': { severity: 'error', in16: 'OCPP-J 1.6, 4.2.3', in2: 'part 4, 4.2.3' },
  'error-description-not-string': { severity: 'error', in16: 'OCPP-J 1.6, 4.2.3', in2: 'part 4, 4.2.3' },
  'error-details-not-object': { severity: 'error', in16: 'OCPP-J 1.6, 4.2.3', in2: 'part 4, 4.2.3' },
} as const satisfies Record<FlawCode, RuleFacts>;

/** The finding `frame.<flaw>` about a frame's structure, with its place in the text where it has one. */
export function flawFinding(flaw: Flaw, version: OcppVersion | undefined, text: string | undefined): Finding {
  const facts = FLAWS[flaw.code];
  return {
    severity: facts.severity,
    rule: `frame.${flaw.code}`,
    requirements: [requirement(version, facts)],
    offset: text === undefined ? undefined : (flaw.offset ?? offsetOfElement(text, flaw.element)),
    sentence: flaw.sentence,
  };
}

/** What makes the JSON schemas binding. */
const SCHEMAS = { in16: 'OCPP-J 1.6, errata 3.8', in2: 'part 4, 4.1.7' };

/** The findings `schema.<keyword>` about a payload. */
export function schemaFindings(violations: readonly Violation[], version: OcppVersion): readonly Finding[] {
  const requirements = [requirement(version, SCHEMAS)];
  return violations.map(({ rule, pointer, sentence }) => ({
    severity: 'error',
    rule: `schema.${rule}`,
    requirements,
    pointer,
    sentence,
  }));
}

function requirement(version: OcppVersion | undefined, { in16, in2 }: Pick<RuleFacts, 'in16' | 'in2'>): string {
  return version === '1.6' ? in16 : in2;
}

/**
 * Where the element of that index of the outer array begins in the text; the closing bracket where it is missing.
 * Undefined where the text is no array.
 */
export function offsetOfElement(text: string, element: number | undefined): number | undefined {
  if (element === undefined) return undefined;
  let depth = 0;
  let commas = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (depth === 1 && commas === element && !isBlank(character)) return index;
    if (character === '"') index = endOfString(text, index);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') {
      if (depth === 1) return index;
      depth -= 1;
    } else if (character === ',' && depth === 1) commas += 1;
  }
  return undefined;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}

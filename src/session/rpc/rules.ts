import type { Flaw, FlawCode } from '../../ocpp/frame.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Violation } from '../../ocpp/violation.ts';
import type { Finding, Severity } from '../finding.ts';

/** What a rule follows: the clause of OCPP-J 1.6 and that of part 4 of 2.x. */
interface RuleFacts {
  readonly severity: Severity;
  /** Where 1.6 only recommends what 2.x demands. */
  readonly severity16?: Severity;
  readonly clause16: string;
  readonly clause2: string;
}

/** The rules of the RPC framework, apart from the frame's own structure. */
const RULES = {
  'action.unknown': { severity: 'error', clause16: '4.2.1', clause2: '4.1.7' },
  'action.wrong-direction': { severity: 'error', clause16: '4.2.1', clause2: '4.1.6' },
  'action.wrong-message-type': { severity: 'error', clause16: '4.1.3', clause2: '4.1.3' },
  'rpc.message-id-reused': { severity: 'error', clause16: '4.1.4', clause2: '4.1.4' },
  'rpc.response-orphan': { severity: 'error', clause16: '4.1.4', clause2: '4.1.4' },
  'rpc.response-duplicate': { severity: 'error', clause16: '4.1.1', clause2: '4.1.1' },
  'rpc.call-while-pending': { severity: 'error', severity16: 'warning', clause16: '4.1.1', clause2: '4.1.1' },
  'rpc.no-response': { severity: 'warning', clause16: '4.1.1', clause2: '4.1.1' },
  'rpc.late-response': { severity: 'warning', clause16: '4.1.1', clause2: '4.1.1' },
  'rpc.unanswered-at-close': { severity: 'warning', clause16: '4.1.1', clause2: '4.1.1' },
  'rpc.error-code-unknown': { severity: 'error', clause16: '4.2.3', clause2: '4.3' },
  'rpc.send-answered': { severity: 'error', clause16: '4.1.3', clause2: '4.2.4' },
  'rpc.version-unknown': { severity: 'info', clause16: '3.1.2', clause2: '3.1.2' },
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
    requirements: [clause(version, facts.clause16, facts.clause2)],
    sentence,
  };
}

const FLAWS = {
  'not-json': { severity: 'error', clause16: '4.1.2', clause2: '4.1.2' },
  'not-utf-8': { severity: 'error', clause16: '4.1.2', clause2: '4.1.2' },
  binary: { severity: 'error', clause16: '4.1.2', clause2: '4.1.2' },
  'not-array': { severity: 'error', clause16: '4.2', clause2: '4.2' },
  'message-type-unknown': { severity: 'error', clause16: '4.1.3', clause2: '4.1.3' },
  'message-type-not-in-version': { severity: 'error', clause16: '4.1.3', clause2: '4.1.3' },
  'message-id-missing': { severity: 'error', clause16: '4.1.4', clause2: '4.1.4' },
  'message-id-not-string': { severity: 'error', clause16: '4.1.4', clause2: '4.1.4' },
  'message-id-empty': { severity: 'warning', clause16: '4.1.4', clause2: '4.1.4' },
  'message-id-too-long': { severity: 'error', clause16: '4.1.4', clause2: '4.1.4' },
  'element-count': { severity: 'error', clause16: '4.2', clause2: '4.2' },
  'action-not-string': { severity: 'error', clause16: '4.2.1', clause2: '4.1.6' },
  // Both call {} good practice and null another notation.
  'payload-null': { severity: 'warning', clause16: '4.2.1', clause2: '4.1.5' },
  'payload-not-object': { severity: 'error', clause16: '4.2.1', clause2: '4.1.5' },
  'error-code-not-string': { severity: 'error', clause16: '4.2.3', clause2: '4.2.3' },
  'error-description-not-string': { severity: 'error', clause16: '4.2.3', clause2: '4.2.3' },
  'error-details-not-object': { severity: 'error', clause16: '4.2.3', clause2: '4.2.3' },
} as const satisfies Record<FlawCode, RuleFacts>;

/** The finding `frame.<flaw>` about a frame's structure, with its place in the text where it has one. */
export function flawFinding(flaw: Flaw, version: OcppVersion | undefined, text: string | undefined): Finding {
  const facts = FLAWS[flaw.code];
  return {
    severity: facts.severity,
    rule: `frame.${flaw.code}`,
    requirements: [clause(version, facts.clause16, facts.clause2)],
    offset: text === undefined ? undefined : (flaw.offset ?? offsetOfElement(text, flaw.element)),
    sentence: flaw.sentence,
  };
}

/** The findings `schema.<keyword>` about a payload. */
export function schemaFindings(violations: readonly Violation[], version: OcppVersion): readonly Finding[] {
  const requirements = [clause(version, 'errata 3.8', '4.1.7')];
  return violations.map(({ rule, pointer, sentence }) => ({
    severity: 'error',
    rule: `schema.${rule}`,
    requirements,
    pointer,
    sentence,
  }));
}

function clause(version: OcppVersion | undefined, clause16: string, clause2: string): string {
  return version === '1.6' ? `OCPP-J 1.6, ${clause16}` : `part 4, ${clause2}`;
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

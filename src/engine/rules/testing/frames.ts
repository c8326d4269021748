import type { Direction } from '../../../ocpp/direction.ts';
import { parseFrame } from '../../../ocpp/frame.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { type Rule, ruleSchema } from '../../../workspace/rule.ts';
import type { RuleAction } from '../../../workspace/rule-action.ts';
import type { InterceptedFrame, OutgoingBytes, Verdict } from '../../intercept/verdict.ts';
import { frameContent } from '../../rpc/frame-content.ts';
import { createRuleEngine, type RunningRules } from '../rule-engine.ts';

/** The wall clock of these tests. */
export const NOW = Date.UTC(2026, 10, 20, 9, 5, 1, 203);

/** What can be said of a frame of a test. */
export interface FrameFacts {
  readonly direction?: Direction;
  readonly version?: OcppVersion;
  readonly binary?: boolean;
  /** Of an answer: the action and the text of its request. */
  readonly request?: { readonly action: string; readonly text: string };
  readonly station?: string;
  readonly conversation?: number;
}

/** A frame on its way, as the proxy hands it to rules. */
export function frameOf(content: string | Uint8Array, facts: FrameFacts = {}): InterceptedFrame {
  const {
    direction = 'to-csms',
    version = '2.0.1',
    binary = false,
    request,
    station = 'CS-1',
    conversation = 1,
  } = facts;
  const data = typeof content === 'string' ? Buffer.from(content) : content;
  const read = frameContent(data, binary);
  const text = read.kind === 'text' ? read.text : undefined;
  const parsed = text === undefined ? undefined : parseFrame(text, version);
  const known = parsed?.ok ? parsed.message : parsed?.malformed;
  const action = known && 'action' in known ? (known.action ?? null) : (request?.action ?? null);
  const row = {
    entry: 7,
    kind: 'frame' as const,
    wall: NOW,
    link: 3,
    station,
    version,
    direction,
    type: known?.type ?? ('malformed' as const),
    action,
    messageId: known?.messageId ?? null,
    summary: '',
    call: request ? 6 : null,
    answer: null,
    latency: null,
    severity: null,
    findings: 0,
    size: data.length,
    origin: 'received' as const,
    original: null,
    fate: null,
  };
  return {
    entry: 7,
    conversation,
    direction,
    version,
    data,
    binary,
    subject: {
      row,
      conversation,
      text: () => text,
      findingRules: () => [],
      counterpart: () => (request ? { type: 'CALL', text: request.text } : undefined),
    },
  };
}

/** A rule of that action that matches everything unless it says otherwise. */
export function ruleOf(action: RuleAction, rest: Partial<Rule> = {}): Rule {
  return ruleSchema.parse({ id: 'rule', name: 'The rule', action, ...rest });
}

/** Rules at work under a seed. */
export function rulesAtWork(rules: readonly Rule[], seed = 1): RunningRules {
  return createRuleEngine({ seed, rules: [...rules] }, { now: () => NOW });
}

/** What one action makes of one frame. */
export function verdictOf(action: RuleAction, frame: InterceptedFrame): Verdict | undefined {
  return rulesAtWork([ruleOf(action)]).judge(frame);
}

/** What goes on, as texts; `same` is the frame itself. */
export function forwarded(verdict: Verdict | undefined): readonly string[] {
  return (verdict?.forward ?? []).map((bytes) => (bytes === 'same' ? bytes : textOf(bytes)));
}

/** The bytes as text. */
export function textOf(bytes: OutgoingBytes | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes.data).toString();
}

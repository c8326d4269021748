import type { Arguments, Events, Result } from '../../bridge/contract.ts';
import type { COMPOSE_METHODS, ComposeAnswer, ComposePeer } from '../../bridge/methods/compose.ts';
import { createInterpretingValidator } from '../../ocpp/interpreting-validator.ts';
import type { JsonValue } from '../../ocpp/json.ts';
import { schemaOf } from '../../ocpp/official-schemas.ts';
import { template } from '../../ocpp/template.ts';
import { readPayload } from '../../session/compose/exactness.ts';
import { expand, templatesIn } from '../../session/compose/expand.ts';
import { variableText } from '../../session/compose/variable.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { type ComposerKept, NOTHING_KEPT } from '../../workspace/snippet.ts';

const NOW = '2026-11-20T09:05:01.203Z';
/** How long an answer takes, in milliseconds. */
const ANSWER = 30;
/** Entries of the generated session that stand for what was sent and answered: a CALL and its CALLRESULT. */
const ENTRIES = { entry: 1, answer: 2 } as const;

type FakeHandlers = {
  readonly [N in keyof typeof COMPOSE_METHODS]: (...args: Arguments<N>) => Result<N> | Promise<Result<N>>;
};

/** A composer over generated data: it answers each call from the schema, `Reset` with an error, `ClearCache` never. */
export function createFakeCompose(
  peers: () => readonly ComposePeer[],
  tell: (kept: Parameters<Events['composeKeptChanged']>[0]) => void,
): FakeHandlers {
  const validator = createInterpretingValidator();
  const waiting = new Map<string, (outcome: Outcome<ComposeAnswer>) => void>();
  let kept: ComposerKept = NOTHING_KEPT;
  const keep = (next: ComposerKept): Outcome<ComposerKept> => {
    kept = next;
    tell(kept);
    return success(kept);
  };
  const remember = (link: number, action: string, text: string, outcome: 'result' | 'error' | 'sent'): void => {
    const peer = peers().find((one) => one.link === link);
    if (!peer) return;
    const { station, version } = peer;
    const kind = action === '' ? 'frame' : 'message';
    const item = { at: Date.parse(NOW), station, peer: peer.peer, outcome, kind, version, action, text } as const;
    keep({ ...kept, history: [item, ...kept.history] });
  };
  return {
    'compose.peers': peers,
    'compose.preview'({ version, action, payload }) {
      const worth = new Map<string, JsonValue>();
      const faults = templatesIn(payload).flatMap((one) =>
        'fault' in one ? [{ code: 'variable' as const, start: one.start, end: one.end, sentence: one.fault }] : [],
      );
      const resolved = expand(payload, (variable) => {
        const value = variable.kind === 'transactionId' ? 'T-1' : NOW;
        worth.set(variableText(variable), value);
        return success(value);
      });
      const read = readPayload(resolved.ok ? resolved.value : payload);
      if (!resolved.ok || !read.ok) {
        const problems = [...(read.ok ? [] : read.problems), ...faults];
        return { resolved: null, variables: [], problems, violations: [] };
      }
      const variables = Array.from(worth, ([text, value]) => ({ text, value }));
      const violations = validator.validate(version, action, 'request', read.payload);
      return { resolved: resolved.value, variables, problems: [], violations };
    },
    async 'compose.call'({ ticket, link, action, payload }) {
      const peer = peers().find((one) => one.link === link);
      if (!peer?.version) return failure('link-gone', 'The connection is not open any more.');
      if (action === 'ClearCache') return new Promise((resolve) => waiting.set(ticket, resolve));
      await new Promise((resolve) => setTimeout(resolve, ANSWER));
      if (action === 'Reset') {
        remember(link, action, payload, 'error');
        const description = 'The station does not reset by itself.';
        return success({ kind: 'error', ...ENTRIES, code: 'NotSupported', description, details: {} });
      }
      remember(link, action, payload, 'result');
      const schema = schemaOf(peer.version, action, 'response') ?? {};
      return success({ kind: 'result', ...ENTRIES, payload: template(schema, { fill: 'required', now: NOW }) });
    },
    'compose.cancel'(ticket) {
      waiting.get(ticket)?.(failure('taken-back', 'The call was taken back before it was sent.'));
      waiting.delete(ticket);
      return null;
    },
    'compose.send'({ link, action, payload }) {
      remember(link, action, payload, 'sent');
      return success(ENTRIES.entry);
    },
    'compose.raw'(link, frame) {
      if (frame.kind === 'text') remember(link, '', frame.text, 'sent');
      return success(ENTRIES.entry);
    },
    'compose.kept': () => kept,
    'compose.setSnippets': (snippets) => keep({ ...kept, snippets }),
    'compose.forgetHistory': () => keep({ ...kept, history: [] }),
  };
}

/** The live links of the generated bench, as places to put messages in. */
export function fakePeers(
  legs: readonly { readonly link: number; readonly station: string; readonly peer: 'station' | 'csms' }[],
): readonly ComposePeer[] {
  return legs.map(({ link, station, peer }) => ({ link, station, peer, version: '2.1', by: 'proxy' }));
}

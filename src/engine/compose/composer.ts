import type { ComposeAnswer, ComposeCall, ComposeDraft, ComposePreview } from '../../bridge/methods/compose.ts';
import { findAction } from '../../ocpp/actions.ts';
import { frameText } from '../../ocpp/frame-text.ts';
import type { JsonObject, JsonValue } from '../../ocpp/json.ts';
import type { PayloadValidator } from '../../ocpp/schemas.ts';
import { readPayload, type TextProblem } from '../../session/compose/exactness.ts';
import { expand, templatesIn, type Values } from '../../session/compose/expand.ts';
import { variableText } from '../../session/compose/variable.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { ComposerKept, HistoryItem, Snippet } from '../../workspace/snippet.ts';
import type { Clock } from '../clock.ts';
import type { LivePeer, Peers } from '../peers.ts';
import type { WorkspaceStore } from '../workspace/workspace-store.ts';
import { remember } from './history.ts';
import type { ValueSource } from './last-value.ts';
import { lookUp } from './values.ts';

/** How long the value of a variable is looked for, and how often the index is looked at meanwhile, in milliseconds. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 20;

/** What sends messages that a user composed. */
export interface ComposerOptions {
  readonly peers: Peers;
  /** The session that is being recorded. */
  readonly source: ValueSource;
  /** Entries recorded so far, and how many of them the index does not have yet. */
  progress(): { readonly entries: number; readonly lag: number };
  readonly clock: Clock;
  readonly validator: PayloadValidator;
  newId(): string;
  readonly workspace: WorkspaceStore;
}

/** Data of a whole frame. */
export interface RawFrame {
  readonly data: Uint8Array;
  readonly binary: boolean;
  /** How it is remembered. */
  readonly kept: Pick<HistoryItem, 'kind' | 'text'>;
}

/** Sends what a user composed, with its variables replaced, and remembers it. */
export class Composer {
  readonly #options: ComposerOptions;
  readonly #calls = new Map<string, AbortController>();

  constructor(options: ComposerOptions) {
    this.#options = options;
  }

  peers(): readonly LivePeer[] {
    return this.#options.peers.list();
  }

  /** What would be sent now. The signal says that nobody wants to know any more. */
  async preview(draft: ComposeDraft, signal?: AbortSignal): Promise<ComposePreview> {
    const { action, payload, version } = draft;
    const faults = templatesIn(payload).flatMap((one) =>
      'fault' in one ? [{ code: 'variable' as const, start: one.start, end: one.end, sentence: one.fault }] : [],
    );
    const written = readPayload(payload);
    const problems = [...(written.ok ? [] : written.problems), ...faults];
    if (problems.length > 0) return notSent(...problems);
    const lookedUp = await this.#values(draft, signal);
    const worth = new Map<string, JsonValue>();
    const values: Values = (variable) => {
      const value = lookedUp(variable);
      if (value.ok) worth.set(variableText(variable), value.value);
      return value;
    };
    for (const { start, end } of templatesIn(payload)) {
      const one = expand(payload.slice(start, end), values);
      if (!one.ok) return notSent({ code: 'variable', start, end, sentence: one.error.sentence });
    }
    const resolved = expand(payload, values);
    if (!resolved.ok) return notSent({ code: 'variable', start: 0, end: 0, sentence: resolved.error.sentence });
    const read = readPayload(resolved.value);
    if (!read.ok) return notSent(...read.problems);
    const violations = this.#options.validator.validate(version, action, 'request', read.payload);
    const variables = Array.from(worth, ([text, value]) => ({ text, value }));
    return { resolved: resolved.value, variables, problems: [], violations };
  }

  /** Sends a CALL and waits for how it ends. */
  async call({ ticket, link, action, payload, messageId }: ComposeCall): Promise<Outcome<ComposeAnswer>> {
    const abort = new AbortController();
    this.#calls.set(ticket, abort);
    const peer = this.#peer(link);
    try {
      const message = await this.#message(peer, action, payload, 'CALL');
      const answer = message.ok
        ? await this.#options.peers.call(link, { action, payload: message.value, messageId }, abort.signal)
        : message;
      const outcome = answer.ok ? answer.value.kind : 'failed';
      // What never went out, since it could not, is no history.
      if (message.ok) this.#remember(peer, { kind: 'message', action, text: payload, outcome });
      return answer;
    } finally {
      this.#calls.delete(ticket);
    }
  }

  /** Calls the listener whenever snippets or history are others; yields how to stop that. */
  onKeptChange(listener: (kept: ComposerKept) => void): () => void {
    let told = this.kept();
    return this.#options.workspace.onChange(({ composer }) => {
      if (composer === told) return;
      told = composer;
      listener(composer);
    });
  }

  cancel(ticket: string): void {
    this.#calls.get(ticket)?.abort();
  }

  /** Sends a SEND. */
  async send({ link, action, payload, messageId }: Omit<ComposeCall, 'ticket'>): Promise<Outcome<number>> {
    const peer = this.#peer(link);
    const message = await this.#message(peer, action, payload, 'SEND');
    if (!message.ok) return message;
    const id = messageId ?? this.#options.newId();
    const text = frameText({ type: 'SEND', messageId: id, action, payload: message.value });
    const sent = this.#options.peers.raw(link, encoder.encode(text), false);
    this.#remember(peer, { kind: 'message', action, text: payload, outcome: sent.ok ? 'sent' : 'failed' });
    return sent;
  }

  /** Sends a whole frame as it is. */
  raw(link: number, { data, binary, kept }: RawFrame): Outcome<number> {
    const peer = this.#peer(link);
    const sent = this.#options.peers.raw(link, data, binary);
    this.#remember(peer, { ...kept, action: '', outcome: sent.ok ? 'sent' : 'failed' });
    return sent;
  }

  kept(): ComposerKept {
    return this.#options.workspace.get().composer;
  }

  setSnippets(snippets: readonly Snippet[]): Outcome<ComposerKept> {
    return this.#keep({ ...this.kept(), snippets: [...snippets] });
  }

  forgetHistory(): Outcome<ComposerKept> {
    return this.#keep({ ...this.kept(), history: [] });
  }

  #peer(link: number): LivePeer | undefined {
    return this.#options.peers.list().find((peer) => peer.link === link);
  }

  /** The payload as it goes out, or why it does not. */
  async #message(
    peer: LivePeer | undefined,
    action: string,
    payload: string,
    type: 'CALL' | 'SEND',
  ): Promise<Outcome<JsonObject>> {
    if (peer === undefined) return failure('link-gone', 'The connection is not open any more.');
    const { version, station } = peer;
    if (version === null) {
      return failure('no-version', 'No OCPP version was agreed on this connection; only whole frames can be sent.');
    }
    const known = findAction(version, action);
    if (known === undefined) {
      return failure('action-unknown', `OCPP ${version} has no action ${action}; it can be sent as a whole frame.`);
    }
    if (known.messageType !== type) {
      return failure('message-type', `${action} travels as ${known.messageType} in OCPP ${version}, not as ${type}.`);
    }
    const resolved = expand(payload, await this.#values({ payload, version, station }));
    if (!resolved.ok) return resolved;
    const read = readPayload(resolved.value);
    return read.ok ? success(read.payload) : failure('payload', read.problems[0]?.sentence ?? 'This is no JSON.');
  }

  #values({ payload, version, station }: Omit<ComposeDraft, 'action'>, signal?: AbortSignal): Promise<Values> {
    const { source, clock, newId } = this.#options;
    const patience = new AbortController();
    const timer = clock.after(PATIENCE_MS, () => patience.abort());
    return lookUp(payload, {
      source,
      caughtUp: (given) => this.#caughtUp(given),
      station,
      version,
      now: clock.now().wall,
      newId,
      patience: signal ? AbortSignal.any([patience.signal, signal]) : patience.signal,
    }).finally(() => timer.cancel());
  }

  async #caughtUp(patience: AbortSignal): Promise<number | null> {
    const { progress, clock } = this.#options;
    const { entries } = progress();
    for (;;) {
      const now = progress();
      if (now.entries - now.lag >= entries) return entries;
      if (patience.aborted) return null;
      await new Promise<void>((resolve) => void clock.after(LOOK_MS, resolve));
    }
  }

  #remember(peer: LivePeer | undefined, item: Pick<HistoryItem, 'kind' | 'action' | 'text' | 'outcome'>): void {
    if (peer === undefined) return;
    const { station, version } = peer;
    const at = this.#options.clock.now().wall;
    const kept = this.kept();
    const history = remember(kept.history, { ...item, at, station, peer: peer.peer, version });
    if (history !== kept.history) this.#keep({ ...kept, history: [...history] });
  }

  #keep(composer: ComposerKept): Outcome<ComposerKept> {
    const kept = this.#options.workspace.update({ composer });
    return kept.ok ? success(kept.value.composer) : kept;
  }
}

const encoder = new TextEncoder();

function notSent(...problems: readonly TextProblem[]): ComposePreview {
  return { resolved: null, variables: [], problems, violations: [] };
}

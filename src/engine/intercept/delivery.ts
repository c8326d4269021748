import { opposite } from '../../ocpp/direction.ts';
import type { Exchanges } from './exchanges.ts';
import type { EffectList } from './gate-effects.ts';
import { type Outgoing, planOf } from './plan.ts';
import { CONNECTION_ENDED, ID_RESTORED } from './reasons.ts';
import type { Sides } from './sides.ts';
import type { OutgoingBytes } from './verdict.ts';
import type { Waiting } from './waiting.ts';

export interface DeliveryOptions {
  readonly exchanges: Exchanges;
  readonly sides: Sides;
  readonly effects: EffectList;
  /** An id of at most 36 characters that no peer uses. */
  newMessageId(): string;
  /** A rule of this name closes both sides. */
  close(code: number, reason: string, by: string): void;
}

/** Does with a frame what was decided: sends it on, what was made of it, or an answer to it. */
export class Delivery {
  readonly #options: DeliveryOptions;

  constructor(options: DeliveryOptions) {
    this.#options = options;
  }

  /** Does it, whether or not its time has come. */
  carryOut(waiting: Waiting): void {
    const { exchanges, sides, effects, newMessageId, close } = this.#options;
    const { arrival, verdict, rules } = waiting;
    const { direction, entry } = arrival;
    const { forward, answer, fate } = planOf(waiting, newMessageId);
    const [first] = forward;
    if (answer && !first && !sides.isOpen(opposite(direction))) effects.fate(entry, 'undelivered', CONNECTION_ENDED);
    else if (first && !first.made && exchanges.identified(direction, first)) effects.fate(entry, 'edited', ID_RESTORED);
    else if (fate) effects.fate(entry, fate.fate, fate.by);
    for (const outgoing of forward) this.#goOn(waiting, outgoing, outgoing === first);
    if (answer) this.#answer(waiting, answer, forward.length === 0);
    if (verdict?.stall) sides.stalledBy ??= rules;
    if (verdict?.close) close(verdict.close.code, verdict.close.reason, rules);
  }

  #goOn(waiting: Waiting, { data: planned, binary, made: madeSo }: Outgoing, isFirst: boolean): void {
    const { exchanges, effects } = this.#options;
    const { direction, entry } = waiting.arrival;
    const identified = exchanges.identified(direction, { data: planned, binary });
    const data = identified ?? planned;
    const origin = identified ? (madeSo ?? 'edited') : madeSo;
    exchanges.wentOn(waiting, { data, binary }, isFirst);
    if (origin) effects.push({ kind: 'make', direction, origin, data, binary, original: known(entry) });
    else effects.push({ kind: 'pass', direction, entry, data, binary });
  }

  #answer({ arrival, header }: Waiting, { data, binary }: OutgoingBytes, alone: boolean): void {
    const { exchanges, sides, effects } = this.#options;
    const { direction, entry } = arrival;
    const back = opposite(direction);
    if (!sides.isOpen(back)) return;
    effects.push({ kind: 'make', direction: back, origin: 'injected', data, binary, original: known(entry) });
    if (alone && header) exchanges.weAnswered(direction, header.id);
  }
}

/** The number of an entry; undefined for a frame that could not be recorded. */
function known(entry: number): number | undefined {
  return entry > 0 ? entry : undefined;
}

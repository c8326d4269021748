import type { HeldDecision } from '../../../bridge/methods/intercept.ts';
import type { Direction } from '../../../ocpp/direction.ts';
import type { FilterSubject } from '../../../session/filter/subject.ts';
import type { Breakpoint, InterceptSettings } from '../../../workspace/breakpoint.ts';
import { Gate } from '../gate.ts';
import type { GateEffect } from '../gate-effects.ts';
import type { InterceptedFrame, OutgoingBytes, Verdict } from '../verdict.ts';

/** A gate whose effects come out as lines such as `to-csms: [3,"1",{}]`, and whose clock stands still unless moved. */
export interface GateBench {
  readonly gate: Gate;
  /** What is held, with what a breakpoint of this name catches: any frame with this part in its text. */
  readonly breakpoints: Record<string, { part: string; forEver?: boolean; enabled?: boolean }>;
  /** Verdicts by the part of a frame's text that they are for. */
  readonly verdicts: Record<string, Omit<Verdict, 'fired'>>;
  now: number;
  settings: InterceptSettings;
  /** A frame comes from a side; text, or bytes of a binary frame. */
  station(frame: string | Uint8Array): string[];
  csms(frame: string | Uint8Array): string[];
  /** Decides about the frame held with this part in its text. */
  decide(part: string, decision: HeldDecision): string[];
  /** Texts of what is held, in both directions. */
  held(): string[];
  /** Moves the clock and wakes the gate. */
  wait(milliseconds: number): string[];
  inject(direction: Direction, number: number, messageId: string): string[];
  lines(effects: readonly GateEffect[]): string[];
}

/** A gate of OCPP 2.1 with nothing configured. */
export function gateBench(): GateBench {
  let entry = 0;
  let id = 0;
  let newIds = 0;
  const bench: GateBench = {
    breakpoints: {},
    verdicts: {},
    now: 0,
    settings: { breakpoints: [], senderTimeoutMs: 30_000, marginMs: 3000 },
    gate: new Gate({
      version: '2.1',
      nextId: () => ++id,
      newMessageId: () => `new-${++newIds}`,
      settings: () => bench.settings,
      judge: ({ data }) => {
        const text = Buffer.from(data).toString();
        const verdict = Object.entries(bench.verdicts).find(([part]) => text.includes(part));
        const breakpoint = Object.entries(bench.breakpoints).find(([, { part }]) => text.includes(part));
        return {
          verdict: verdict && { ...verdict[1], fired: [{ id: 'r', name: `rule ${verdict[0]}` }] },
          breakpoint: breakpoint && breakpointOf(breakpoint[0], breakpoint[1]),
        };
      },
    }),
    station: (frame) => take('to-csms', frame),
    csms: (frame) => take('to-station', frame),
    decide(part, decision) {
      const waiting = (['to-csms', 'to-station'] as const)
        .flatMap((direction) => bench.gate.lane(direction).held())
        .find(({ arrival }) => Buffer.from(arrival.data).toString().includes(part));
      const decided = bench.gate.decide(waiting?.id ?? -1, decision, bench.now);
      if (!decided) return ['not held'];
      return decided.ok ? lines(decided.value) : [`refused: ${decided.error.code}`];
    },
    held: () =>
      (['to-csms', 'to-station'] as const).flatMap((direction) =>
        bench.gate
          .lane(direction)
          .held()
          .map(({ arrival }) => Buffer.from(arrival.data).toString()),
      ),
    wait(milliseconds) {
      bench.now += milliseconds;
      return lines(bench.gate.wake(bench.now));
    },
    inject: (direction, number, messageId) => {
      const data = Buffer.from(`[2,"${messageId}","Heartbeat",{}]`);
      return lines(bench.gate.inject(direction, { number, messageId, data }, bench.now));
    },
    lines,
  };

  function take(direction: Direction, content: string | Uint8Array): string[] {
    entry += 1;
    const binary = typeof content !== 'string';
    const data = binary ? content : Buffer.from(content);
    const frame: InterceptedFrame = {
      entry,
      conversation: 1,
      direction,
      version: '2.1',
      data,
      binary,
      // The judge of this bench looks at the bytes alone.
      subject: {} as FilterSubject,
    };
    const at = { mono: bench.now, wall: 1_000_000 + bench.now };
    return lines(bench.gate.take({ entry, direction, data, binary, at, frame }, bench.now));
  }

  return bench;
}

/** Bytes of a text frame, for verdicts. */
export function bytes(text: string): OutgoingBytes {
  return { data: Buffer.from(text), binary: false };
}

function breakpointOf(id: string, { forEver = false }: { forEver?: boolean }): Breakpoint {
  return { id, enabled: true, filter: '', direction: 'both', forEver };
}

const lines = (effects: readonly GateEffect[]): string[] => effects.map(lineOf);

function lineOf(effect: GateEffect): string {
  switch (effect.kind) {
    case 'pass':
      return `${effect.direction}: ${Buffer.from(effect.data)}`;
    case 'make': {
      const of = effect.original === undefined ? '' : ` of ${effect.original}`;
      return `${effect.direction} ${effect.origin}${of}: ${Buffer.from(effect.data)}`;
    }
    case 'fate':
      return `${effect.entry} ${effect.fate}: ${effect.by}`;
    case 'end':
      return `${effect.direction} ends with ${effect.code} ${effect.reason}`;
    case 'settled':
      return `call ${effect.injection}: ${effect.end.kind}`;
  }
}

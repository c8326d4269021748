import type { HeldMessage } from '../../bridge/methods/intercept.ts';
import { messageTypeName } from '../../ocpp/frame.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { textOf } from './plan.ts';
import type { Lane, Waiting } from './waiting.ts';

/** What all frames of a lane have in common. */
export interface LaneFacts {
  /** The link on which they came in. */
  readonly link: number;
  readonly station: string;
  readonly version: OcppVersion | null;
  readonly senderTimeoutMs: number;
  readonly marginMs: number;
}

/** A held frame, which is put in words only where somebody is told of it. */
export interface Held {
  readonly id: number;
  message(): HeldMessage;
}

/** The frames that a lane holds, as faces are told of them. */
export function heldMessages(lane: Lane, facts: LaneFacts): readonly Held[] {
  const times = lane.goesOn(Math.max(0, facts.senderTimeoutMs - facts.marginMs));
  return lane.held().map((waiting, index) => ({
    id: waiting.id,
    message: () => messageOf(waiting, times[index], facts),
  }));
}

function messageOf(waiting: Waiting, goesOn: number | undefined, facts: LaneFacts): HeldMessage {
  const { link, station, version, senderTimeoutMs } = facts;
  const { id, arrival, header, breakpoint, since, decision, released } = waiting;
  const { entry, direction, at, frame } = arrival;
  const wall = (mono: number | undefined): number | null => (mono === undefined ? null : at.wall + (mono - at.mono));
  const row = frame?.subject.row;
  return {
    id,
    entry,
    link,
    station,
    version,
    direction,
    type: row?.type ?? (header && messageTypeName(header.type)) ?? 'malformed',
    action: row?.action ?? header?.action ?? null,
    messageId: row?.messageId ?? header?.id ?? null,
    text: textOf(waiting) ?? null,
    breakpoint: breakpoint?.id ?? null,
    heldSince: at.wall,
    senderGivesUp: wall(since === undefined ? undefined : since + senderTimeoutMs),
    goesOn: wall(goesOn),
    decided: decision !== undefined || released !== undefined,
  };
}

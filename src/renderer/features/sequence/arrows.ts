import type { Fate, TimelineRow } from '../../../session/timeline.ts';
import { count, span } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';

/** Where Plugscope stands on a link: between both, or in place of one of them. */
export type Standing = 'between' | 'as-csms' | 'as-station';

/** Whom a lane stands for. */
export type Party = 'station' | 'plugscope' | 'csms';

/** What sets a message apart from one that simply went by. */
export type ArrowMark =
  | 'held'
  | 'edited'
  | 'dropped'
  | 'answered'
  | 'injected'
  | 'delayed'
  | 'consumed'
  | 'undelivered';

/** How an entry is drawn. */
export interface Arrow {
  readonly from: Party;
  readonly to: Party;
  /** It is lost at `to`: nobody got it, and nothing went in its place. */
  readonly stopped: boolean;
  /** A line that passes Plugscope on its way. */
  readonly passes: boolean;
  readonly mark: ArrowMark | null;
  /** An answer, drawn as a broken line. */
  readonly answer: boolean;
  /** An error message, or one that breaks the specification. */
  readonly wrong: boolean;
}

/** Fates of frames that did not go on as they came: their arrow ends at Plugscope. */
const ENDED = new Set<Fate>(['edited', 'dropped', 'answered', 'consumed', 'undelivered']);
/** Those of which nothing came of it. */
const STOPPED = new Set<Fate>(['dropped', 'undelivered']);

/** How a frame is drawn, which may wait for a decision (`held`); null for an event of a link. */
export function arrowOf(row: TimelineRow, standing: Standing, held = false): Arrow | null {
  if (row.kind !== 'frame') return null;
  const toCsms = row.direction === 'to-csms';
  const [sender, receiver]: [Party, Party] = toCsms ? ['station', 'csms'] : ['csms', 'station'];
  const made = row.origin === 'edited' || row.origin === 'injected' || row.origin === 'sent';
  const ended = held || (row.fate !== null && ENDED.has(row.fate));
  const own: Party | null = standing === 'as-csms' ? 'csms' : standing === 'as-station' ? 'station' : null;
  const seat = (party: Party): Party => (party === own ? 'plugscope' : party);
  const to = ended && !made ? 'plugscope' : seat(receiver);
  // What is made for the seat that Plugscope takes itself has no way to go: it is drawn as its sender's.
  const from = made && to !== 'plugscope' ? 'plugscope' : seat(sender);
  return {
    from,
    to,
    stopped: row.fate !== null && STOPPED.has(row.fate),
    passes: from !== 'plugscope' && to !== 'plugscope',
    mark: held ? 'held' : markOf(row),
    answer: row.type === 'CALLRESULT' || row.type === 'CALLERROR' || row.type === 'CALLRESULTERROR',
    wrong: isWrong(row),
  };
}

function markOf({ origin, fate }: TimelineRow): ArrowMark | null {
  if (fate !== null) return fate;
  return origin === 'edited' || origin === 'injected' ? origin : null;
}

/** An error message, a frame that is no message, or one with an error among its findings. */
export function isWrong({ type, severity }: TimelineRow): boolean {
  return type === 'CALLERROR' || type === 'CALLRESULTERROR' || type === 'malformed' || severity === 'error';
}

/** The words on an arrow, such as `TransactionEvent` or `TransactionEvent result · 28 ms`. */
export function labelOf(row: TimelineRow): string {
  const action = visibleLine(row.action ?? '', 60);
  const latency = row.latency === null ? '' : ` · ${span(row.latency)}`;
  switch (row.type) {
    case 'CALL':
      return action;
    case 'SEND':
      return `${action} (send)`;
    case 'CALLRESULT':
      return `${action} result${latency}`.trim();
    case 'CALLERROR':
      return `${action} error${latency}`.trim();
    case 'CALLRESULTERROR':
      return `${action} result refused`.trim();
    case 'malformed':
      return 'Malformed frame';
    case null:
      return visibleLine(row.summary, 120);
  }
}

const MARK_WORDS: Readonly<Record<ArrowMark, string>> = {
  held: 'held',
  edited: 'edited',
  dropped: 'dropped',
  answered: 'answered by Plugscope',
  injected: 'put in by Plugscope',
  delayed: 'delayed',
  consumed: 'kept by Plugscope',
  undelivered: 'not delivered',
};

/** A mark in words. */
export function markWords(mark: ArrowMark): string {
  return MARK_WORDS[mark];
}

const PARTY_WORDS: Readonly<Record<Party, string>> = { station: 'Station', plugscope: 'Plugscope', csms: 'CSMS' };

/** A party in words. */
export function partyWords(party: Party): string {
  return PARTY_WORDS[party];
}

/** An entry in a sentence, for those who listen. */
export function sentenceOf(
  row: TimelineRow,
  { standing, held, time, gap }: { standing: Standing; held: boolean; time: string; gap: number | null },
): string {
  const arrow = arrowOf(row, standing, held);
  const station = visibleLine(row.station, 60);
  const name = (party: Party): string => (party === 'station' ? station : PARTY_WORDS[party]);
  const way = arrow ? `${name(arrow.from)} to ${name(arrow.to)}` : station;
  const idle = gap !== null && gap >= IDLE ? `, after ${span(gap)} without a message` : '';
  const mark = arrow?.mark ? `, ${markWords(arrow.mark)}` : '';
  const findings = row.findings > 0 ? `, ${count(row.findings)} findings` : '';
  return `${time}${idle}: ${way}: ${labelOf(row)}${mark}${findings}`;
}

/** From this gap on, in milliseconds, the time between two messages is drawn as a break and said. */
export const IDLE = 5000;

/** Milliseconds since the message before; null for the first one, or where the clock went back. */
export function gapOf(row: TimelineRow, before: TimelineRow | undefined): number | null {
  if (before === undefined || row.wall < before.wall) return null;
  return row.wall - before.wall;
}

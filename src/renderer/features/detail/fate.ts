import type { Direction } from '../../../ocpp/direction.ts';
import type { EntryDetail } from '../../../session/timeline.ts';
import { count, countOf } from '../../app/format.ts';

type Told = Pick<EntryDetail, 'row' | 'fateBy' | 'successors' | 'originalFrame'>;

const RECEIVER = { 'to-csms': 'CSMS', 'to-station': 'station' } as const satisfies Record<Direction, string>;

/** What became of a frame, or where it comes from, in a sentence; undefined where it simply went on. */
export function fateSentence({ row, fateBy, successors = [], originalFrame }: Told): string | undefined {
  const receiver = RECEIVER[row.direction];
  const by = fateBy === undefined || fateBy === '' ? '' : ` (${fateBy})`;
  const copies = copiesSentence(successors.length);
  switch (row.fate) {
    case 'edited':
      return `Edited on its way to the ${receiver}${by}: ${replaced(successors)}.`;
    case 'dropped':
      return `Dropped${by}: the ${receiver} did not get it.`;
    case 'answered':
      return `Plugscope answered it${by}: the ${receiver} did not get it.`;
    case 'consumed':
      return `Kept from the ${receiver}${by}: it answers a call of Plugscope.`;
    case 'delayed':
      return `Went on unchanged to the ${receiver}, but later than it came${by}.${copies}`;
    case 'undelivered':
      return `The ${receiver} did not get it${by}: the connection ended first.`;
    case null:
      return `${originSentence(row.origin, receiver, originalFrame)}${copies}`.trim() || undefined;
  }
}

function replaced(successors: NonNullable<Told['successors']>): string {
  const entries = successors.map(({ row }) => `#${count(row.entry)}`);
  return entries.length === 0 ? 'nothing went in its place' : `${entries.join(' and ')} went in its place`;
}

function copiesSentence(successors: number): string {
  return successors === 0 ? '' : ` ${countOf(successors, 'copy', 'copies')} of it went out as well.`;
}

function originSentence(origin: Told['row']['origin'], receiver: string, original: Told['originalFrame']): string {
  const instead = original ? ` in place of #${count(original.row.entry)}` : '';
  if (origin === 'edited') return `This is what went to the ${receiver}${instead}.`;
  if (origin === 'injected') {
    return original
      ? `A copy of #${count(original.row.entry)}, made by Plugscope.`
      : `Made by Plugscope, which put it in on the way to the ${receiver}.`;
  }
  return '';
}

import { quoted } from '../../ocpp/words.ts';
import type { Repeats } from '../link.ts';

/** Names of a sum that are told; one more is kept, which says that there are others. */
export const NAMES_MAX = 10;

/** What a record says that stands for more attempts than itself, in sentences. */
export function repeatsInWords({ count, first, last, stations, from }: Repeats): string {
  const came = `came${from.length === 0 ? '' : ` from ${names(from)}`} ${between(first, last)}`;
  const counted = 'More attempts came to nothing than are recorded one by one, so these are counted';
  const what =
    count === 1 ? `This attempt ${came}.` : `${inThousands(count)} attempts like this one ${came}. ${counted}.`;
  // The one that is shown says its own name.
  return stations.length < 2 ? what : `${what} They named ${names(stations.map(quoted))}.`;
}

/** Of the attempts that a record stands for, those of the station that it shows: of several, only that one is known of it. */
export function ownRepeats(repeats: Repeats): Repeats {
  return repeats.stations.length > 1 ? { ...repeats, count: 1 } : repeats;
}

/** A count as people read it: `1,234`. */
export function inThousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function between(first: number, last: number): string {
  const [from, to] = [second(first), second(last)];
  return from === to ? `at ${from}` : `between ${from} and ${to}`;
}

/** In UTC, as whoever reads this may be anywhere. */
function second(wall: number): string {
  return `${new Date(wall).toISOString().slice(0, 19)}Z`;
}

function names(all: readonly string[]): string {
  const shown = all.slice(0, NAMES_MAX);
  const parts = all.length > NAMES_MAX ? [...shown, 'others'] : shown;
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

import type { DatabaseSync } from 'node:sqlite';
import { type FollowKey, filterOfKey } from '../../../session/follow/keys.ts';
import type { FilterScans } from '../filter/filter-scans.ts';
import { numberList } from '../filter/number-list.ts';
import type { Scan } from './entry-search.ts';

const NOTHING: Scan = { matching: () => [], release: () => undefined };

/** What looks through a session for the exchanges with a key. */
export function followScans(database: DatabaseSync, scans: FilterScans): (key: FollowKey) => Scan {
  const candidates = {
    text: numberList(database, candidatesOf(NAMED)),
    number: numberList(database, candidatesOf(`(${NAMED} OR ${WITH_EXPONENT})`)),
  };
  return (key) => {
    const filter = filterOfKey(key);
    if (filter === undefined) return NOTHING;
    const exact = scans.open(filter);
    const value = String(key.value);
    const near = typeof key.value === 'number' ? candidates.number : candidates.text;
    return {
      matching(after, upTo) {
        const found = near(after, upTo, key.station, value, value);
        return found.length === 0 ? [] : exact.among(found);
      },
      release: () => exact.release(),
    };
  };
}

/** A name stands in the text of a frame as it is, unless by escapes, which can hide it; what is no text is looked at. */
const NAMED = String.raw`(typeof(f.data) <> 'text' OR instr(f.data, ?) > 0 OR instr(f.data, '\') > 0)`;
/** A whole number can also be written with an exponent. */
const WITH_EXPONENT = `f.data GLOB '*[0-9][eE][0-9+-]*'`;

/**
 * Entries of a station of which the frame, or that of the other side of the exchange, may have a name. Only these are
 * taken for JSON, which takes ten times as long.
 */
function candidatesOf(named: string): string {
  const frame = (entry: string): string => `EXISTS (SELECT 1 FROM frame f WHERE f.entry = ${entry} AND ${named})`;
  return `SELECT e.entry AS number FROM entry e WHERE e.entry > ? AND e.entry <= ?
    AND e.station = (SELECT id FROM station WHERE name = ?) AND e.type > 0
    AND (${frame('e.entry')} OR ${frame('coalesce(e.call, e.answer)')}) ORDER BY e.entry`;
}

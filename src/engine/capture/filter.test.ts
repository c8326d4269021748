import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ViewState } from '../../bridge/contract.ts';
import type { Direction } from '../../ocpp/direction.ts';
import { quote } from '../../session/filter/print.ts';
import type { Finding } from '../../session/finding.ts';
import type { Instant } from '../../session/link.ts';
import type { RowType } from '../../session/timeline.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { FilterScans } from './filter/filter-scans.ts';
import { LateChanges } from './filter/late-changes.ts';
import { IndexStore } from './index-store.ts';
import { createSchema } from './schema.ts';
import { SessionQueries } from './session-queries.ts';
import { opening, unwrap } from './testing/session-fixtures.ts';
import { type ViewSource, Views } from './views.ts';

const ENTRIES = 100_000;
const STATIONS = ['CS-1', 'CS-2', 'Säule %_3'];
const ACTIONS = ['Heartbeat', 'BootNotification', 'StatusNotification', null];
const TYPES: readonly RowType[] = ['CALL', 'CALLRESULT', 'CALLERROR', 'SEND', 'malformed'];
const FINDING: Finding = { severity: 'warning', rule: 'x', requirements: [], sentence: 'x' };
const WORDS = ['Volt', '100%', 'a_b', 'Straße', 'ÄÖ', String.raw`c:\x`, '[*]', 'zebra'];

interface Plain {
  readonly station: string;
  readonly action: string | null;
  readonly direction: Direction;
  readonly type: RowType;
  readonly text: string;
  readonly found: boolean;
}

/** Deterministic, and each column of a period of its own, so that all combinations come. */
function plain(entry: number): Plain {
  const word = WORDS[(entry >> 3) % WORDS.length] ?? '';
  return {
    station: STATIONS[entry % 3] ?? '',
    action: ACTIONS[(entry >> 2) % 4] ?? null,
    direction: entry % 7 < 4 ? 'to-csms' : 'to-station',
    type: TYPES[entry % 5] ?? 'CALL',
    text: `[2,"${entry}","${entry % 2 ? word : word.toUpperCase()}"]`,
    found: entry % 11 === 0,
  };
}

/** What is asked of rows, all of it. */
interface Asked {
  readonly text?: string;
  readonly action?: string;
  readonly station?: string;
  readonly direction?: Direction;
  readonly type?: RowType;
  readonly withFindings?: boolean;
}

function textOf({ text, action, station, direction, type, withFindings }: Asked): string {
  const parts = [
    ...(text ? [quote(text)] : []),
    ...(action ? [`action == ${quote(action)}`] : []),
    ...(station ? [`station == ${quote(station)}`] : []),
    ...(direction ? [`direction == ${direction}`] : []),
    ...(type ? [`type == ${type}`] : []),
    ...(withFindings ? ['finding'] : []),
  ];
  return parts.join(' and ');
}

function passes(row: Plain, filter: Asked): boolean {
  return (
    (!filter.text || row.text.toLowerCase().includes(filter.text.toLowerCase())) &&
    (!filter.action || row.action === filter.action) &&
    (!filter.station || row.station === filter.station) &&
    (!filter.direction || row.direction === filter.direction) &&
    (!filter.type || row.type === filter.type) &&
    (!filter.withFindings || row.found)
  );
}

const database = new DatabaseSync(':memory:');
const rows: Plain[] = [];
let store: IndexStore;

function insert(entry: number): void {
  const row = plain(entry);
  rows.push(row);
  store.insertEntry({
    entry,
    kind: 'frame',
    at: { wall: entry, mono: entry },
    link: STATIONS.indexOf(row.station) + 1,
    station: STATIONS.indexOf(row.station) + 1,
    direction: row.direction,
    type: row.type,
    action: row.action,
    messageId: String(entry),
    summary: '',
    call: null,
    latency: null,
    findings: row.found ? [FINDING] : [],
    size: row.text.length,
    answers: [],
    origin: 'received',
    original: null,
  });
  store.insertFrame(entry, 'text', Buffer.from(row.text));
}

beforeAll(() => {
  createSchema(database);
  store = new IndexStore(database);
  for (const [index, station] of STATIONS.entries()) {
    store.insertLink(index + 1, index + 1, opening(station), { wall: 0, mono: 0 });
  }
  for (let entry = 1; entry <= ENTRIES; entry++) insert(entry);
  store.commit({ segment: 1, offset: 0 });
});

afterAll(() => database.close());

/** Opens a view and lets it look at everything. */
async function settled(views: Views, filter: Asked): Promise<ViewState> {
  const view = unwrap(views.open(textOf(filter)));
  return view.scanned === view.entries ? view : new Promise((resolve) => waiting.push(resolve));
}
const waiting: ((view: ViewState) => void)[] = [];

function source(): ViewSource {
  const queries = new SessionQueries(database, '');
  return { queries, scans: new FilterScans(database, { offsetAt: () => 0 }), late: new LateChanges(database, () => 0) };
}

function newViews(clock = fakeClock()): Views {
  return new Views(source(), clock, (view) => {
    if (view.scanned === view.entries) waiting.shift()?.(view);
  });
}

function expected(filter: Asked): readonly number[] {
  return rows.flatMap((row, index) => (passes(row, filter) ? [index + 1] : []));
}

const filter = fc.record(
  {
    text: fc.constantFrom(
      'volt',
      '100%',
      '%',
      'A_b',
      '_',
      'straße',
      'ÄÖ',
      'äö',
      String.raw`C:\X`,
      '[*]',
      '99',
      'none',
      '?',
    ),
    action: fc.constantFrom('Heartbeat', 'BootNotification', 'Unheard'),
    station: fc.constantFrom(...STATIONS, 'cs-1'),
    direction: fc.constantFrom<Direction>('to-csms', 'to-station'),
    type: fc.constantFrom(...TYPES),
    withFindings: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('a filter over 100,000 rows', () => {
  it('lets the same rows pass as a naive one does, in any combination', async () => {
    const views = newViews();
    await fc.assert(
      fc.asyncProperty(filter, fc.nat(ENTRIES), async (asked, at) => {
        const wanted = expected(asked);
        const { view, count, entries } = await settled(views, asked);
        expect({ count, entries }).toEqual({ count: wanted.length, entries: ENTRIES });
        const start = at % (count + 1);
        expect(views.rows(view, start, 50).map(({ entry }) => entry)).toEqual(wanted.slice(start, start + 50));
        const index = wanted.findLastIndex((entry) => entry <= at);
        expect(views.indexOf(view, at)).toBe(index < 0 ? null : index);
        const hasFinding = (entry: number): boolean => rows[entry - 1]?.found ?? false;
        const next = wanted.findIndex((entry, position) => position > start && hasFinding(entry));
        expect(views.nextFinding(view, start, 'forward')).toBe(next < 0 ? null : next);
        const before = wanted.findLastIndex((entry, position) => position < start && hasFinding(entry));
        expect(views.nextFinding(view, start, 'backward')).toBe(before < 0 ? null : before);
        views.close(view);
      }),
      { numRuns: 60 },
    );
    views.stop();
  });

  it('answers while old entries are still being looked at, and can be closed meanwhile', async () => {
    const grown: ViewState[] = [];
    const clock = fakeClock();
    // Every look at the clock takes longer than a slice may.
    const now = (): Instant => {
      clock.advance(50);
      return clock.now();
    };
    const slow = { ...clock, now };
    const views = new Views(source(), slow, (view) => grown.push(view));
    const first = unwrap(views.open('"volt"'));
    expect(first.scanned).toBeGreaterThan(0);
    expect(first.scanned).toBeLessThan(1000);
    expect(views.rows(first.view, 0, 5).length).toBeGreaterThan(0);
    const second = unwrap(views.open('direction == to-csms'));
    views.close(first.view);
    while (grown.at(-1)?.scanned !== ENTRIES) await new Promise(setImmediate);
    expect(new Set(grown.map(({ view }) => view))).toEqual(new Set([second.view]));
    expect(views.rows(first.view, 0, 5)).toEqual([]);
    expect(views.nextFinding(first.view, 0, 'forward')).toBeNull();
    views.stop();
  });

  it.each([
    ['entry == 7', [7]],
    ['entry > 99998', [99_999, 100_000]],
    ['entry >= 49999.5 and 50002 > 1', undefined],
    ['entry >= 49999.5 and entry < 50002', [50_000, 50_001]],
    ['entry < 3 and entry <= 50', [1, 2]],
    ['entry == 7.5', []],
    ['entry > 100000', []],
    ['entry > 5 and entry < 5', []],
    ['entry >= -3 and entry <= 1', [1]],
    ['not entry > 2', [1, 2]],
    ['(entry == 3 or entry == 99999) and entry != 3', [99_999]],
  ])('looks where the entries of %s are', async (text, expected) => {
    const views = newViews();
    const opened = views.open(text);
    if (expected === undefined) {
      expect(opened).toMatchObject({ ok: false, error: { code: 'filter-invalid' } });
      return;
    }
    const { view, count, scanned } = unwrap(opened);
    expect({ count, scanned }).toEqual({ count: expected.length, scanned: ENTRIES });
    expect(views.rows(view, 0, 9).map(({ entry }) => entry)).toEqual(expected);
    views.stop();
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ViewState } from '../../../bridge/contract.ts';
import type { FilterNode } from '../../../session/filter/ast.ts';
import { compilePredicate } from '../../../session/filter/predicate.ts';
import { filterText } from '../../../session/filter/print.ts';
import { meaningfulFilter, type Vocabulary } from '../../../session/filter/testing/arbitrary-filter.ts';
import type { Finding } from '../../../session/finding.ts';
import { FATES, type Fate } from '../../../session/timeline.ts';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts';
import { SessionQueries } from '../session-queries.ts';
import { unwrap } from '../testing/session-fixtures.ts';
import { Views } from '../views.ts';
import { changesOf } from './dependencies.ts';
import { FilterScans } from './filter-scans.ts';
import { LateChanges } from './late-changes.ts';
import { fewWords, type MadeEntry, madeEntries, madeFinding } from './testing/arbitrary-session.ts';
import { type MadeSession, madeSession, subjectsOf } from './testing/made-session.ts';

const PLACE = { offsetAt: () => 0 };
const RUNS = Number(process.env.FILTER_RUNS ?? 25);
const folder = mkdtempSync(join(tmpdir(), 'plugscope-test-'));
let sessions = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A session that is written by one connection and read by views over another. */
function growingSession(onGrown: (view: ViewState) => void = () => {}) {
  const path = join(folder, `${sessions++}.plugscope`);
  const written = madeSession(path);
  written.commit();
  const database = new DatabaseSync(path, { readOnly: true });
  const clock = fakeClock();
  const queries = new SessionQueries(database, path);
  const late = new LateChanges(database, () => clock.now().mono);
  const views = new Views({ queries, scans: new FilterScans(database, PLACE), late }, clock, onGrown);
  const close = (): void => {
    views.stop();
    database.close();
    written.database.close();
  };
  return { written, path, clock, queries, views, close };
}

/** Lets the views look at what is new, to the end. */
async function settle(clock: FakeClock): Promise<void> {
  clock.advance(50);
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
}

function entriesOf(views: Views, view: number): readonly number[] {
  return views.rows(view, 0, 1000).map(({ entry }) => entry);
}

/** What happens to a session in one go. */
const step = (words: Vocabulary): fc.Arbitrary<Step> =>
  fc.record({
    entries: madeEntries(words),
    fates: fc.array(fc.tuple(fc.nat(100), fc.constantFrom(...FATES)), { maxLength: 3 }),
    findings: fc.array(fc.tuple(fc.nat(100), madeFinding(words)), { maxLength: 3 }),
  });
interface Step {
  readonly entries: readonly MadeEntry[];
  readonly fates: readonly (readonly [number, Fate])[];
  readonly findings: readonly (readonly [number, Finding])[];
}

function take({ entries, fates, findings }: Step, session: MadeSession): void {
  for (const entry of entries) session.add(entry);
  const { lastEntry } = session.store.state;
  for (const [at, fate] of fates) session.setFate((at % lastEntry) + 1, fate);
  for (const [at, finding] of findings) session.addFinding((at % lastEntry) + 1, finding);
  session.commit();
}

/** Of these filters the answer can change for entries that were there before. */
const changing = (words: Vocabulary): fc.Arbitrary<FilterNode> =>
  meaningfulFilter(words).filter((filter) => changesOf(filter).size > 0);

describe('views of a growing session', () => {
  it('have what passes, whatever comes to light late', async () => {
    const growth = fewWords.chain((words) =>
      fc.record({
        filters: fc.array(changing(words), { minLength: 1, maxLength: 10, size: 'max' }),
        steps: fc.array(step(words), { minLength: 2, maxLength: 5 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(growth, async ({ filters, steps }) => {
        const { written, clock, queries, views, close } = growingSession();
        const opened = new Map<number, FilterNode>();
        for (const [index, each] of steps.entries()) {
          take(each, written);
          // Each view starts at another time.
          for (const filter of filters.filter((_, at) => at % steps.length === index)) {
            opened.set(unwrap(views.open(filterText(filter))).view, filter);
          }
          await settle(clock);
          const subjects = subjectsOf(queries);
          for (const [view, filter] of opened) {
            const expected = subjects.filter(compilePredicate(filter, PLACE)).map(({ row }) => row.entry);
            expect(entriesOf(views, view), filterText(filter)).toEqual(expected);
          }
        }
        close();
      }),
      { numRuns: RUNS },
    );
  });

  it('are told anew where one entry goes and another comes', async () => {
    const told: ViewState[] = [];
    const { written, clock, views, close } = growingSession((state) => told.push(state));
    take({ entries: [FRAME, FRAME], fates: [[0, 'dropped']], findings: [] }, written);
    const { view } = unwrap(views.open('dropped'));
    await settle(clock);
    told.length = 0;
    take(
      {
        entries: [],
        fates: [
          [0, 'delayed'],
          [1, 'dropped'],
        ],
        findings: [],
      },
      written,
    );
    await settle(clock);
    expect(entriesOf(views, view)).toEqual([2]);
    expect(told).toMatchObject([{ view, count: 1 }]);
    close();
  });

  it('learn of all fates in the end, however long a look at them takes', async () => {
    const { written, path, queries, close } = growingSession();
    const database = new DatabaseSync(path, { readOnly: true });
    let now = 0;
    // Each look takes 10 ms, which is as long as between two questions for the time.
    const late = new LateChanges(database, () => {
      now += 10;
      return now;
    });
    late.restart(0);
    late.watch(new Set(['fate']));
    const look = (): readonly number[] => late.look(queries.extent().last).get('fate') ?? [];
    take({ entries: [FRAME, FRAME], fates: [[0, 'dropped']], findings: [] }, written);
    expect([look(), late.owing]).toEqual([[1], false]);
    take({ entries: [FRAME], fates: [[1, 'dropped']], findings: [] }, written);
    expect([look(), late.owing]).toEqual([[], true]);
    now += 1000;
    expect([look(), late.owing]).toEqual([[2], false]);
    database.close();
    close();
  });
});

/** A frame like others. */
const FRAME: MadeEntry = {
  kind: 'frame',
  wall: 0,
  link: 1,
  direction: 'to-csms',
  type: 'CALL',
  action: 'Heartbeat',
  messageId: 'i',
  summary: '',
  answers: 0,
  latency: null,
  findings: [],
  content: 'text',
  data: Buffer.from('[2,"i","Heartbeat",{}]'),
  origin: 'received',
  fate: null,
};

import type { Api, ViewState } from '../../bridge/contract.ts';
import { readFilter } from '../../session/filter/check.ts';
import { compilePredicate, type Predicate } from '../../session/filter/predicate.ts';
import { failure, success } from '../../session/outcome.ts';
import type { TimelineRow } from '../../session/timeline.ts';

/** An engine that holds rows, and notes what it was asked. */
export interface ScriptedEngine {
  readonly api: Api;
  readonly asked: string[];
  rows: TimelineRow[];
  /** The state of a view with all rows. */
  state(view: number): ViewState;
}

/** A row with a number and little else. */
export function plainRow(entry: number, more: Partial<TimelineRow> = {}): TimelineRow {
  return {
    entry,
    kind: 'frame',
    wall: entry,
    link: 1,
    station: 'CS-1',
    version: '2.1',
    direction: 'to-csms',
    type: 'CALL',
    action: 'Heartbeat',
    messageId: `m${entry}`,
    summary: '',
    call: null,
    answer: null,
    latency: null,
    severity: null,
    findings: 0,
    size: 1,
    origin: 'received',
    original: null,
    fate: null,
    ...more,
  };
}

/** Rows numbered from 1. */
export function plainRows(count: number): TimelineRow[] {
  return Array.from({ length: count }, (_, index) => plainRow(index + 1));
}

/** Builds the engine. Filters see rows only, no texts; methods that are not scripted are missing. */
export function scriptedEngine(rows: TimelineRow[]): ScriptedEngine {
  const views = new Map<number, Predicate>();
  const asked: string[] = [];
  let last = 0;
  const inView = (view: number): TimelineRow[] => {
    const passes = views.get(view);
    if (!passes) throw new Error(`no view ${view}`);
    return engine.rows.filter((row) =>
      passes({
        row,
        conversation: row.link,
        text: () => undefined,
        findingRules: () => [],
        counterpart: () => undefined,
      }),
    );
  };
  const state = (view: number): ViewState => ({
    view,
    count: inView(view).length,
    scanned: engine.rows.length,
    entries: engine.rows.length,
  });
  const methods: Partial<Api> = {
    'timeline.open': async (text) => {
      const { filter, problems } = readFilter(text);
      const wrong = problems.find(({ severity }) => severity === 'error');
      if (wrong) return failure('filter-invalid', wrong.sentence);
      views.set(++last, filter ? compilePredicate(filter, { offsetAt: () => 0 }) : () => true);
      return success(state(last));
    },
    'timeline.close': async (view) => {
      asked.push(`close ${view}`);
      views.delete(view);
      return null;
    },
    'timeline.rows': async (view, start, count) => {
      asked.push(`rows ${start}+${count}`);
      return inView(view).slice(start, start + count);
    },
    'timeline.indexOf': async (view, entry) => {
      const index = inView(view).findLastIndex((row) => row.entry <= entry);
      return index < 0 ? null : index;
    },
    'timeline.nextFinding': async (view, from, way) => {
      const rows = inView(view);
      const hits = rows.flatMap((row, index) => (row.findings > 0 ? [index] : []));
      return (way === 'forward' ? hits.find((index) => index > from) : hits.findLast((index) => index < from)) ?? null;
    },
  };
  const engine: ScriptedEngine = { api: methods as Api, asked, rows, state };
  return engine;
}

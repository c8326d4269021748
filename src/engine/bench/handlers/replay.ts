import type { Handlers } from '../../../bridge/contract.ts';
import type { REPLAY_METHODS } from '../../../bridge/methods/replay.ts';
import { type Outcome, success } from '../../../session/outcome.ts';
import type { SessionReader } from '../../capture/session-reader.ts';
import type { ReplayDesk } from '../../replay/replay-desk.ts';

/** Rows that are fetched at once to learn which entries a filter lets pass. */
const PAGE = 1000;

/** Replays, as faces ask for them. `shown` is the session that this client is shown. */
export function replayHandlers(
  { replay }: { readonly replay: ReplayDesk },
  shown: () => SessionReader,
): Pick<Handlers, keyof typeof REPLAY_METHODS> {
  return {
    'replay.get': () => replay.state(),
    'replay.prepare': async ({ side, filter }) => {
      const reader = shown();
      if (filter.trim() === '') return replay.prepare(reader, side, () => true);
      const wanted = await passing(reader, filter);
      return wanted.ok ? replay.prepare(reader, side, (entry) => wanted.value.has(entry)) : wanted;
    },
    'replay.steps': (from, count) => replay.steps(from, count),
    'replay.step': (index) => replay.step(index),
    'replay.edit': (index, payload) => replay.edit(index, payload),
    'replay.start': (how) => replay.start(how),
    'replay.next': () => {
      replay.next();
      return null;
    },
    'replay.stop': () => {
      replay.stop();
      return null;
    },
  };
}

/** The entries that a filter lets pass, once all that is there has been looked at. */
async function passing(reader: SessionReader, filter: string): Promise<Outcome<ReadonlySet<number>>> {
  const entries = new Set<number>();
  const looked = Promise.withResolvers<void>();
  let view: number | undefined;
  // What a view tells may come before the answer that names it.
  const complete = new Set<number>();
  const stop = reader.onViewGrown((state) => {
    if (state.scanned < state.entries) return;
    complete.add(state.view);
    if (state.view === view) looked.resolve();
  });
  try {
    const opened = await reader.openView(filter);
    if (!opened.ok) return opened;
    view = opened.value.view;
    if (opened.value.scanned < opened.value.entries && !complete.has(view)) await looked.promise;
    for (let start = 0; ; start += PAGE) {
      const rows = await reader.rows(view, start, PAGE);
      for (const { entry } of rows) entries.add(entry);
      if (rows.length < PAGE) return success(entries);
    }
  } finally {
    stop();
    if (view !== undefined) await reader.closeView(view);
  }
}

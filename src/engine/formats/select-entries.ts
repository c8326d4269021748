import { type Outcome, success } from '../../session/outcome.ts';
import type { SessionReader } from '../capture/session-reader.ts';

/** Rows that are asked for at once. */
const PAGE = 1000;

/** The entries up to one that a filter lets pass; fails as the filter does. Rejects where it is given up meanwhile. */
export async function selectEntries(
  reader: Pick<SessionReader, 'openView' | 'closeView' | 'onViewGrown' | 'rows'>,
  filter: string,
  upTo: number,
  signal: AbortSignal,
): Promise<Outcome<ReadonlySet<number>>> {
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const go of waiting) go();
    waiting.clear();
  };
  const opened = await reader.openView(filter);
  if (!opened.ok) return opened;
  let state = opened.value;
  const stop = reader.onViewGrown((next) => {
    if (next.view !== state.view) return;
    state = next;
    wake();
  });
  signal.addEventListener('abort', wake);
  try {
    while (state.scanned < Math.min(upTo, state.entries)) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
    return success(await entriesOf(reader, state.view, upTo, signal));
  } finally {
    signal.removeEventListener('abort', wake);
    stop();
    await reader.closeView(state.view);
  }
}

async function entriesOf(
  reader: Pick<SessionReader, 'rows'>,
  view: number,
  upTo: number,
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  const entries = new Set<number>();
  for (let start = 0; ; start += PAGE) {
    signal.throwIfAborted();
    const rows = await reader.rows(view, start, PAGE);
    for (const { entry } of rows) if (entry <= upTo) entries.add(entry);
    if (rows.length < PAGE) return entries;
  }
}

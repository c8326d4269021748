import type { TimelineRow } from '../../session/timeline.ts';
import { PageCache } from './page-cache.ts';

/** Rows of the timeline: a CALL is recorded before its answer, so one that was read early learns of it from the answer. */
export class TimelinePages extends PageCache<TimelineRow> {
  override put(start: number, rows: readonly TimelineRow[]): void {
    super.put(start, rows);
    for (const row of rows) if (row.call !== null) this.#noteAnswer(row.call, row.entry);
  }

  #noteAnswer(call: number, answer: number): void {
    for (const rows of this.held()) {
      const first = rows.find((row) => row !== undefined);
      const last = rows.at(-1);
      if (!first || !last || call < first.entry || call > last.entry) continue;
      const at = rows.findIndex((row) => row?.entry === call);
      const row = rows[at];
      if (row && row.answer === null) rows[at] = { ...row, answer };
    }
  }
}

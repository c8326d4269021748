import type { RowType, TimelineRow } from '../timeline.ts';

/** What a filter asks of an entry that the timeline's row does not say. All of it is only fetched when asked for. */
export interface FilterSubject {
  readonly row: TimelineRow;
  /** Number shared by both legs of a proxied connection. */
  readonly conversation: number;
  /** The text of the frame; undefined where it is binary or not UTF-8, and for an event of a link. */
  text(): string | undefined;
  /** The rules of its findings. */
  findingRules(): readonly string[];
  /** The entry to which `row.call`, or else `row.answer`, points; undefined where neither does. */
  counterpart(): { readonly type: RowType | null; readonly text: string | undefined } | undefined;
}

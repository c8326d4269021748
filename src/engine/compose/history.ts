import { HISTORY_MAX, type HistoryItem, KEPT_TEXT_MAX } from '../../workspace/snippet.ts';

/** A history with one more item at its top; the same one where the item is too long to be kept. */
export function remember(history: readonly HistoryItem[], item: HistoryItem): readonly HistoryItem[] {
  if (item.text.length > KEPT_TEXT_MAX) return history;
  const same = (other: HistoryItem): boolean =>
    other.kind === item.kind &&
    other.action === item.action &&
    other.text === item.text &&
    other.station === item.station &&
    other.peer === item.peer &&
    other.version === item.version;
  const before = history[0] && same(history[0]) ? history.slice(1) : history;
  return [item, ...before].slice(0, HISTORY_MAX);
}

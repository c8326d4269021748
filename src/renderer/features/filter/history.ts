/** Filters that are remembered. */
const HISTORY_MAX = 50;

/** The filters of before with one more, the latest first and each once. An empty one is not worth it. */
export function remember(history: readonly string[], text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed === '' || history[0] === trimmed) return history;
  return [trimmed, ...history.filter((other) => other !== trimmed)].slice(0, HISTORY_MAX);
}

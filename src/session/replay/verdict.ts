import { diffFrames, type FrameDiff } from '../diff/frame-diff.ts';
import type { Ignored } from '../diff/identity.ts';
import type { RecordedText } from './replay-plan.ts';

/** What a replayed exchange came to. */
export type ExchangeVerdict =
  /** The live answer means the same as the recorded one. */
  | { readonly kind: 'same'; readonly ignored: number }
  | { readonly kind: 'different'; readonly diff: FrameDiff; readonly sentence: string }
  /** No answer came: within its time, or before the connection ended. */
  | { readonly kind: 'unanswered'; readonly sentence: string }
  /** The recording has no answer to compare with. */
  | { readonly kind: 'not-recorded' };

/** Sets a live answer beside the recorded one. What `ignore` names is expected to differ, and does not count. */
export function compareAnswers(recorded: RecordedText | null, live: string, ignore: Ignored): ExchangeVerdict {
  if (recorded === null) return { kind: 'not-recorded' };
  const diff = diffFrames(recorded.text, live, { ignore });
  if (diff.identical) return { kind: 'same', ignored: 0 };
  if (diff.kind !== 'message') {
    return { kind: 'different', diff, sentence: 'The answers differ, and one of them is no message or very long.' };
  }
  if (diff.differences.length === 0) return { kind: 'same', ignored: diff.ignored };
  return { kind: 'different', diff, sentence: sentenceOf(diff.differences) };
}

/** Whether a verdict says that the live peer answered otherwise than the recorded one. */
export function isDifference({ kind }: ExchangeVerdict): boolean {
  return kind === 'different' || kind === 'unanswered';
}

/** Differences that a sentence names. */
const NAMED_MAX = 3;

function sentenceOf(differences: Extract<FrameDiff, { kind: 'message' }>['differences']): string {
  const named = differences.slice(0, NAMED_MAX).map(({ kind, path, old, new: now }) => {
    const place = path.replace(/^\/payload(?=\/)/, '').slice(1) || 'the answer';
    if (kind === 'added') return `${place} is new: ${short(now)}`;
    if (kind === 'removed') return `${place} is missing; it was ${short(old)}`;
    if (kind === 'moved') return `${place} stands elsewhere`;
    return `${place} is ${short(now)}; it was ${short(old)}`;
  });
  const more = differences.length - named.length;
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}

const SHOWN_MAX = 60;

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX - 1)}…` : text;
}

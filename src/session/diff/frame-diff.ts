import { diff_match_patch } from '@dmsnell/diff-match-patch';
import { type ParsedFrame, parseFrame } from '../../ocpp/frame.ts';
import type { JsonObject } from '../../ocpp/json.ts';
import { type DiffOptions, type SemanticDiff, semanticDiff } from './semantic-diff.ts';

/** A stretch of text that both sides have, or one of them. */
export interface TextPiece {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** How two frames differ. */
export type FrameDiff =
  /** By their meaning, as messages: pointers start at `messageFields`. */
  | ({
      readonly kind: 'message' /** The texts are the same to the letter. */;
      readonly identical: boolean;
    } & SemanticDiff)
  /** By their text, since one of them is no message. */
  | { readonly kind: 'text'; readonly identical: boolean; readonly pieces: readonly TextPiece[] }
  /** Not compared in detail. */
  | { readonly kind: 'too-large'; readonly identical: boolean };

/** Longer texts are not compared letter by letter. In UTF-16 code units. */
const TEXT_MAX = 100_000;
/** Longer frames are not compared by their meaning. */
const MESSAGE_MAX = 5_000_000;

/** How two frames, as they were on the wire, differ. Never throws, whatever they are. */
export function diffFrames(a: string, b: string, options: DiffOptions = {}): FrameDiff {
  const identical = a === b;
  if (a.length > MESSAGE_MAX || b.length > MESSAGE_MAX) return { kind: 'too-large', identical };
  const [before, after] = [messageFields(parseFrame(a)), messageFields(parseFrame(b))];
  const semantic = before && after ? semanticDiff(before, after, options) : undefined;
  if (semantic !== undefined) return { kind: 'message', identical, ...semantic };
  if (a.length > TEXT_MAX || b.length > TEXT_MAX) return { kind: 'too-large', identical };
  return { kind: 'text', identical, pieces: diffTexts(a, b) };
}

/** A message as an object, with what stands in the frame's array under the names that the specification gives it. */
function messageFields(frame: ParsedFrame): JsonObject | undefined {
  if (!frame.ok) return undefined;
  const { type, ...fields } = frame.message;
  return { messageType: type, ...fields };
}

const REMOVED = -1;
const ADDED = 1;

/** How two texts differ, in pieces that a reader can follow. */
export function diffTexts(a: string, b: string): readonly TextPiece[] {
  const differ = new diff_match_patch();
  const pieces = differ.diff_main(a, b);
  differ.diff_cleanupSemantic(pieces);
  return pieces.map((piece) => ({
    kind: piece[0] === REMOVED ? 'removed' : piece[0] === ADDED ? 'added' : 'same',
    text: piece[1],
  }));
}

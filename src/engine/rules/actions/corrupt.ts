import type { ActionOf, Corruption, CorruptionKind } from '../../../workspace/rule-action.ts';
import { breakJson, messageId, messageType, truncate } from '../corruptions/of-frame.ts';
import { hugeField, oversize, stripRequired, wrongEnum } from '../corruptions/of-payload.ts';
import type { Draft } from '../draft.ts';
import type { ActionMeans, Effect, PreparedAction } from '../effect.ts';

/** One way to spoil a message; undefined where this message cannot be spoilt so. */
export type Corrupt<K extends CorruptionKind> = (
  draft: Draft,
  corruption: Extract<Corruption, { how: K }>,
  means: ActionMeans,
) => Effect | undefined;

const CORRUPTIONS = {
  truncate,
  'break-json': breakJson,
  'message-type': messageType,
  'message-id': messageId,
  oversize,
  'huge-field': hugeField,
  'wrong-enum': wrongEnum,
  'strip-required': stripRequired,
} satisfies { readonly [K in CorruptionKind]: Corrupt<K> };

/** Spoils a message. */
export function prepareCorrupt({ corruption }: ActionOf<'corrupt'>): PreparedAction {
  // Each entry takes the definition of its own kind, which is what it is looked up by.
  const corrupt = CORRUPTIONS[corruption.how] as Corrupt<CorruptionKind>;
  return { onFrame: (draft, means) => corrupt(draft, corruption, means) };
}

import type { ActionOf, RuleAction, RuleActionKind } from '../../workspace/rule-action.ts';
import { prepareAnswer } from './actions/answer.ts';
import { prepareClose } from './actions/close.ts';
import { prepareCorrupt } from './actions/corrupt.ts';
import { prepareDelay } from './actions/delay.ts';
import { prepareDrop } from './actions/drop.ts';
import { prepareDuplicate } from './actions/duplicate.ts';
import { prepareError } from './actions/error.ts';
import { preparePatch } from './actions/patch.ts';
import { prepareRemove } from './actions/remove.ts';
import { prepareReorder } from './actions/reorder.ts';
import { prepareSet } from './actions/set.ts';
import { prepareStall } from './actions/stall.ts';
import { prepareSubprotocols } from './actions/subprotocols.ts';
import type { PreparedAction } from './effect.ts';

/** How each kind of action is carried out. The compiler asks for one that is missing. */
const ACTIONS = {
  set: prepareSet,
  remove: prepareRemove,
  patch: preparePatch,
  delay: prepareDelay,
  drop: prepareDrop,
  duplicate: prepareDuplicate,
  reorder: prepareReorder,
  answer: prepareAnswer,
  error: prepareError,
  corrupt: prepareCorrupt,
  close: prepareClose,
  stall: prepareStall,
  subprotocols: prepareSubprotocols,
} satisfies { readonly [K in RuleActionKind]: (action: ActionOf<K>) => PreparedAction };

/** An action, ready to be carried out. */
export function prepared(action: RuleAction): PreparedAction {
  // Each entry takes the definition of its own kind, which is what it is looked up by.
  const prepare = ACTIONS[action.kind] as (action: RuleAction) => PreparedAction;
  return prepare(action);
}

import { type Action, actionsOf, maySend } from '../../../ocpp/actions.ts';
import type { Direction } from '../../../ocpp/direction.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';

/** An action to choose. */
export interface ActionOption {
  readonly name: string;
  readonly messageType: Action['messageType'];
  /** Whether the specification lets this side send it; it can be sent all the same. */
  readonly allowed: boolean;
}

/** The actions of a functional block. */
export interface ActionGroup {
  readonly value: string;
  readonly items: readonly ActionOption[];
}

/** The actions of a version by functional block, first what may be sent that way, then the others. */
export function actionGroups(version: OcppVersion, direction: Direction): readonly ActionGroup[] {
  const allowed = new Map<string, ActionOption[]>();
  const others: ActionOption[] = [];
  for (const action of actionsOf(version).values()) {
    const { name, messageType, functionalBlock } = action;
    if (!maySend(action, direction)) {
      others.push({ name, messageType, allowed: false });
      continue;
    }
    const group = allowed.get(functionalBlock) ?? [];
    group.push({ name, messageType, allowed: true });
    allowed.set(functionalBlock, group);
  }
  const groups = Array.from(allowed, ([value, items]) => ({ value, items }));
  return others.length === 0 ? groups : [...groups, { value: 'Not for this side to send', items: others }];
}

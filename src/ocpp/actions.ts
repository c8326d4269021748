import type { ActionTable } from './catalogue/action-table.ts';
import { ACTIONS_1_6 } from './catalogue/actions-1.6.ts';
import { ACTIONS_2 } from './catalogue/actions-2.ts';
import type { Direction } from './direction.ts';
import { OCPP_VERSIONS, type OcppVersion } from './version.ts';

/** An action of one version, as the chapter "Messages" of that version's specification has it. */
export interface Action {
  readonly name: string;
  readonly direction: Direction | 'both';
  readonly functionalBlock: string;
  readonly messageType: 'CALL' | 'SEND';
}

const SOURCE: Readonly<Record<OcppVersion, ActionTable>> = {
  '1.6': ACTIONS_1_6,
  '2.0.1': ACTIONS_2,
  '2.1': ACTIONS_2,
};

function catalogueOf(version: OcppVersion): ReadonlyMap<string, Action> {
  const actions = new Map<string, Action>();
  for (const [functionalBlock, entries] of Object.entries(SOURCE[version])) {
    for (const [name, entry] of Object.entries(entries)) {
      if (entry.since && OCPP_VERSIONS.indexOf(entry.since) > OCPP_VERSIONS.indexOf(version)) continue;
      actions.set(name, {
        name,
        direction: entry.direction,
        functionalBlock,
        messageType: entry.messageType ?? 'CALL',
      });
    }
  }
  return actions;
}

const CATALOGUE: Readonly<Record<OcppVersion, ReadonlyMap<string, Action>>> = {
  '1.6': catalogueOf('1.6'),
  '2.0.1': catalogueOf('2.0.1'),
  '2.1': catalogueOf('2.1'),
};

/** Every action of a version, by name. */
export function actionsOf(version: OcppVersion): ReadonlyMap<string, Action> {
  return CATALOGUE[version];
}

/** The action of that name in that version; names are case-sensitive (part 4, 4.1.6). */
export function findAction(version: OcppVersion, name: string): Action | undefined {
  return CATALOGUE[version].get(name);
}

/** Whether a request of this action may travel that way. */
export function maySend(action: Action, direction: Direction): boolean {
  return action.direction === 'both' || action.direction === direction;
}

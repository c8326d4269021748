import { activeAt, type ControlState, stateAt } from '../../../ocpp/der/active.ts';
import { endOf, type InstalledControl, startOf } from '../../../ocpp/der/installed.ts';

/** What a control does at an instant, and why. */
export interface ControlReason {
  readonly state: ControlState;
  /** In a sentence without times. */
  readonly why: string;
  /** Since when, where another message brought it about. */
  readonly since: number | null;
}

/** Why a control is executed at an instant, or not. */
export function reasonAt(set: readonly InstalledControl[], each: InstalledControl, at: number): ControlReason {
  const state = stateAt(set, each, at);
  return { state, ...wordsOf(set, each, at, state) };
}

function wordsOf(
  set: readonly InstalledControl[],
  each: InstalledControl,
  at: number,
  state: ControlState,
): Pick<ControlReason, 'why' | 'since'> {
  const { control, receivedAt, supersededBy, supersededFor, supersededAt, removedAt } = each;
  switch (state) {
    case 'active':
      return { why: activeWords(set, each, at), since: control.isDefault ? receivedAt : startOf(each) };
    case 'not yet received':
      return { why: 'The station had not received it yet.', since: null };
    case 'not yet started':
      return { why: 'Its startTime is still to come.', since: null };
    case 'waits': {
      const active = activeAt(set, control.setting.type, at);
      const requirement = control.isDefault ? ' (R04.FR.11)' : ' (R, 2.9)';
      return { why: `${active?.control.id ?? 'Another control'} is executed instead${requirement}.`, since: null };
    }
    case 'superseded':
      return supersededBy === null
        ? { why: 'Superseded, as the station reports.', since: supersededAt }
        : { why: `Superseded by ${supersededBy} (${supersededFor}).`, since: supersededAt };
    case 'ended':
      return { why: 'Its duration is over (R04.FR.10).', since: endOf(each) };
    case 'cleared': {
      const replaced = set.some((other) => other.source === each.removedBy && other.control.id === control.id);
      return { why: replaced ? 'Replaced by another with the same id.' : 'Cleared.', since: removedAt };
    }
  }
}

function activeWords(set: readonly InstalledControl[], { control }: InstalledControl, at: number): string {
  const others = set.filter(
    (other) =>
      other.control.setting.type === control.setting.type &&
      other.control.id !== control.id &&
      ['waits', 'superseded'].includes(stateAt(set, other, at)),
  );
  const instead = others.length === 0 ? '' : ` It prevails over ${others.map((other) => other.control.id).join(', ')}.`;
  return `${control.isDefault ? 'Executed as default.' : 'Executed by its schedule.'}${instead}`;
}

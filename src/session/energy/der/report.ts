import { type InstalledControl, isPresent, isSuperseded } from '../../../ocpp/der/installed.ts';
import type { ReportedControl } from '../../../ocpp/der/parse-control.ts';
import type { DerRemarks } from './remarks.ts';

interface Place {
  readonly at: number;
  readonly entry: number;
}

/**
 * Sets what is known beside a control that the station reports. What the station says of itself then counts; a
 * difference is a remark.
 */
export function reconcile(
  set: readonly InstalledControl[],
  reported: ReportedControl,
  place: Place,
  remarks: DerRemarks,
): readonly InstalledControl[] {
  const { control, isSuperseded: saysSuperseded } = reported;
  for (const fault of reported.faults) remarks.add(place, fault.code, `As reported: ${fault.sentence}`);
  if (!control) return set;
  const { at, entry } = place;
  const known = set.find((each) => each.control.id === control.id && isPresent(each, at));
  if (!known) {
    remarks.add(place, 'R04.FR.33', `The station reports control ${control.id}, of which no message here tells.`);
    const supersededAt = saysSuperseded ? at : null;
    return [...set, { ...fresh(control, place), supersededAt }];
  }
  const same = JSON.stringify(known.control) === JSON.stringify(control);
  if (!same) {
    remarks.add(place, 'R04.FR.33', `The station reports control ${control.id} otherwise than it was set.`);
  }
  const differs = saysSuperseded !== undefined && saysSuperseded !== isSuperseded(known, at);
  if (differs) {
    const [says, is] = saysSuperseded ? ['superseded', 'not'] : ['not superseded', 'superseded'];
    const requirement = known.supersededFor === null ? '' : ` (${known.supersededFor})`;
    remarks.add(
      place,
      known.supersededFor ?? 'R04.FR.09',
      `The station reports control ${control.id} as ${says}; by the messages here it is ${is}${requirement}.`,
    );
  }
  const state = differs ? { supersededAt: saysSuperseded ? at : null, supersededBy: null, supersededFor: null } : {};
  if (same) return set.map((each) => (each === known ? { ...each, ...state } : each));
  return [
    ...set.map((each) => (each === known ? { ...each, removedAt: at, removedBy: entry } : each)),
    { ...known, ...state, control, receivedAt: at, source: entry },
  ];
}

/** Remarks on controls that a complete report leaves out. */
export function remarkMissing(
  set: readonly InstalledControl[],
  matches: (each: InstalledControl) => boolean,
  reportedIds: ReadonlySet<string>,
  place: Place,
  remarks: DerRemarks,
): void {
  for (const each of set) {
    if (!isPresent(each, place.at) || !matches(each) || reportedIds.has(each.control.id)) continue;
    remarks.add(place, 'R04.FR.33', `The station does not report control ${each.control.id}, which it accepted.`);
  }
}

function fresh(control: InstalledControl['control'], { at, entry }: Place): InstalledControl {
  return {
    control,
    source: entry,
    receivedAt: at,
    supersededAt: null,
    supersededBy: null,
    supersededFor: null,
    removedAt: null,
    removedBy: null,
  };
}

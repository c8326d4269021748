import { endOf, type InstalledControl, startOf } from '../../../ocpp/der/installed.ts';
import type { DerStartStop } from './der-events.ts';
import type { DerRemarks } from './remarks.ts';

/** Milliseconds by which a station may be late, or its clock be off, before it is worth a remark. */
const TOLERANCE = 5000;

/** Sets what a station says of a start or an end beside when it was to be (R04.FR.20 to R04.FR.22). */
export function remarkStartStop(
  set: readonly InstalledControl[],
  told: DerStartStop,
  place: { readonly at: number; readonly entry: number },
  remarks: DerRemarks,
): void {
  const known = set.findLast((each) => each.control.id === told.id);
  if (!known) {
    remarks.add(place, 'R04.FR.20', `The station tells of control ${told.id}, of which no message here tells.`);
    return;
  }
  if (told.started) remarkStart(known, told, place, remarks);
  else remarkEnd(known, told, place, remarks);
}

function remarkStart(
  known: InstalledControl,
  { id, at }: DerStartStop,
  place: { readonly at: number; readonly entry: number },
  remarks: DerRemarks,
): void {
  const due = startOf(known);
  if (Math.abs(at - due) > TOLERANCE) {
    remarks.add(place, 'R04.FR.20', `Control ${id} started ${apart(at - due)} its startTime.`);
  }
  if (known.supersededAt !== null && known.supersededAt < at) {
    const by = known.supersededBy ?? 'another one';
    remarks.add(place, 'R04.FR.09', `Control ${id} started although ${by} has superseded it.`);
  }
}

function remarkEnd(
  known: InstalledControl,
  { id, at }: DerStartStop,
  place: { readonly at: number; readonly entry: number },
  remarks: DerRemarks,
): void {
  const ends = [endOf(known), known.supersededAt, known.removedAt].filter((end) => end !== null);
  const due = Math.min(...ends);
  if (!Number.isFinite(due)) remarks.add(place, 'R04.FR.22', `Control ${id} ended, though nothing ends it.`);
  else if (Math.abs(at - due) > TOLERANCE) {
    remarks.add(place, 'R04.FR.22', `Control ${id} ended ${apart(at - due)} when it should.`);
  }
}

function apart(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  return `${seconds} s ${milliseconds > 0 ? 'after' : 'before'}`;
}

import type { ControlType } from './control.ts';
import { endOf, type InstalledControl, isPresent, isSuperseded, startOf } from './installed.ts';

/** What a control does at an instant. */
export type ControlState =
  | 'active'
  | 'not yet received'
  | 'not yet started'
  | 'waits'
  | 'superseded'
  | 'ended'
  | 'cleared';

/**
 * The control of a type that a station executes at an instant: the scheduled one that has started and is not
 * superseded, else the default (R04.FR.09, R04.FR.11); of several the one with the lowest priority value, then the later.
 */
export function activeAt(
  set: readonly InstalledControl[],
  type: ControlType,
  at: number,
): InstalledControl | undefined {
  let best: InstalledControl | undefined;
  for (const each of set) {
    if (each.control.setting.type !== type || !isPresent(each, at) || isSuperseded(each, at)) continue;
    if (startOf(each) > at) continue;
    if (!best || goesBefore(each, best)) best = each;
  }
  return best;
}

/** What a control does at an instant; `waits` is a default while a scheduled control of its type is executed. */
export function stateAt(set: readonly InstalledControl[], each: InstalledControl, at: number): ControlState {
  if (at < each.receivedAt) return 'not yet received';
  if (each.removedAt !== null && each.removedAt <= at) return 'cleared';
  if (endOf(each) <= at) return 'ended';
  if (isSuperseded(each, at)) return 'superseded';
  if (startOf(each) > at) return 'not yet started';
  return activeAt(set, each.control.setting.type, at) === each ? 'active' : 'waits';
}

/** A stretch of time in which one control of a type is executed. */
export interface ActiveSpan {
  readonly from: number;
  readonly to: number;
  readonly installed: InstalledControl;
}

/** Which control of a type is executed when in `[from, to)`; where none is, there is a gap. */
export function activeSpans(
  set: readonly InstalledControl[],
  type: ControlType,
  from: number,
  to: number,
): readonly ActiveSpan[] {
  const ofType = set.filter((each) => each.control.setting.type === type);
  const spans: { from: number; to: number; installed: InstalledControl }[] = [];
  const moments = momentsOf(ofType, from, to);
  for (const [index, moment] of moments.entries()) {
    const installed = activeAt(ofType, type, moment);
    if (!installed) continue;
    const end = moments[index + 1] ?? to;
    const last = spans.at(-1);
    if (last?.installed === installed && last.to === moment) last.to = end;
    else spans.push({ from: moment, to: end, installed });
  }
  return spans;
}

/** Every moment at which the executed control may change, ascending, beginning with `from`. */
function momentsOf(set: readonly InstalledControl[], from: number, to: number): readonly number[] {
  const moments = new Set([from]);
  for (const each of set) {
    for (const moment of [each.receivedAt, startOf(each), endOf(each), each.supersededAt, each.removedAt]) {
      if (moment !== null && moment > from && moment < to) moments.add(moment);
    }
  }
  return from < to ? [...moments].sort((a, b) => a - b) : [];
}

function goesBefore(each: InstalledControl, other: InstalledControl): boolean {
  if (each.control.isDefault !== other.control.isDefault) return other.control.isDefault;
  if (each.control.priority !== other.control.priority) return each.control.priority < other.control.priority;
  return each.receivedAt >= other.receivedAt;
}

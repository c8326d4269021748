import type { ControlType, DerControl } from './control.ts';

/** A control at a station, and what became of it. */
export interface InstalledControl {
  readonly control: DerControl;
  /** Number of the entry that brought it. */
  readonly source: number;
  readonly receivedAt: number;
  /** From when on another one takes its place; null as long as none does. */
  readonly supersededAt: number | null;
  readonly supersededBy: string | null;
  /** The requirement by which it is superseded. */
  readonly supersededFor: string | null;
  /** When it was cleared, or replaced by one with the same id. */
  readonly removedAt: number | null;
  readonly removedBy: number | null;
}

/** When a scheduled control starts; one that does not say starts when it is received. */
export function startOf({ control, receivedAt }: Pick<InstalledControl, 'control' | 'receivedAt'>): number {
  if (control.isDefault) return receivedAt;
  return Math.max(control.start ?? receivedAt, receivedAt);
}

/** When a control ends by its own schedule (R04.FR.10). */
export function endOf({ control, receivedAt }: Pick<InstalledControl, 'control' | 'receivedAt'>): number {
  if (control.isDefault || control.duration === undefined) return Number.POSITIVE_INFINITY;
  return (control.start ?? receivedAt) + control.duration * 1000;
}

/** Whether a control is at the station at an instant, superseded or not. */
export function isPresent(installed: InstalledControl, at: number): boolean {
  return (
    installed.receivedAt <= at && (installed.removedAt === null || at < installed.removedAt) && at < endOf(installed)
  );
}

/** Whether a control is superseded at an instant. */
export function isSuperseded({ supersededAt }: InstalledControl, at: number): boolean {
  return supersededAt !== null && supersededAt <= at;
}

/**
 * Installs a control that the station accepted, and decides who gives way, once and for all (R, 2.9: prioritization
 * takes place at the moment when the message is received). Of two with equal priority the later one counts, as
 * CSIP has it; the specification does not say.
 */
export function install(
  set: readonly InstalledControl[],
  control: DerControl,
  receivedAt: number,
  source: number,
): readonly InstalledControl[] {
  const kept = remove(set, (each) => each.control.id === control.id, receivedAt, source);
  const added: InstalledControl = {
    control,
    source,
    receivedAt,
    supersededAt: null,
    supersededBy: null,
    supersededFor: null,
    removedAt: null,
    removedBy: null,
  };
  const isRival = (each: InstalledControl) =>
    isPresent(each, receivedAt) && competes(each.control, control) && !isSuperseded(each, receivedAt);
  const winner = kept.find((each) => isRival(each) && each.control.priority < control.priority);
  // One that is superseded at once takes nobody's place.
  if (winner) {
    const active = !control.isDefault && startOf(winner) <= receivedAt;
    return [...kept, supersede(added, receivedAt, winner.control.id, active ? 'R04.FR.08' : 'R, 2.9')];
  }
  return [...kept.map((each) => (isRival(each) ? giveWay(each, added) : each)), added];
}

/** What a ClearDERControlRequest names. */
export interface ClearCriteria {
  readonly isDefault: boolean;
  readonly type?: ControlType;
  readonly id?: string;
}

/** Clears what a request names: R04.FR.44 to R04.FR.46. With an id its type is not used (1.12.1). */
export function clear(
  set: readonly InstalledControl[],
  { isDefault, type, id }: ClearCriteria,
  at: number,
  source: number,
): readonly InstalledControl[] {
  const isNamed = ({ control }: InstalledControl) => {
    if (control.isDefault !== isDefault) return false;
    return id === undefined ? type === undefined || control.setting.type === type : control.id === id;
  };
  return remove(set, isNamed, at, source);
}

/** Removes controls; what only they would have superseded, and have not yet, stays in force. */
function remove(
  set: readonly InstalledControl[],
  isNamed: (each: InstalledControl) => boolean,
  at: number,
  source: number,
): readonly InstalledControl[] {
  const gone = new Set<string>();
  const rest = set.map((each) => {
    if (!isPresent(each, at) || !isNamed(each)) return each;
    gone.add(each.control.id);
    return { ...each, removedAt: at, removedBy: source };
  });
  return rest.map((each) => {
    const pending = each.supersededAt !== null && each.supersededAt > at && gone.has(each.supersededBy ?? '');
    return pending ? { ...each, supersededAt: null, supersededBy: null, supersededFor: null } : each;
  });
}

function competes(a: DerControl, b: DerControl): boolean {
  return a.isDefault === b.isDefault && a.setting.type === b.setting.type;
}

function giveWay(each: InstalledControl, added: InstalledControl): InstalledControl {
  const { receivedAt, control } = added;
  if (control.isDefault) return supersede(each, receivedAt, control.id, 'R04.FR.03');
  return startOf(each) <= receivedAt
    ? supersede(each, startOf(added), control.id, 'R04.FR.07')
    : supersede(each, receivedAt, control.id, 'R04.FR.06');
}

function supersede(each: InstalledControl, at: number, by: string, requirement: string): InstalledControl {
  return { ...each, supersededAt: at, supersededBy: by, supersededFor: requirement };
}

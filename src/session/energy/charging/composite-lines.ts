import type { Piece } from '../../../ocpp/schedule/composite.ts';
import type { Interval } from '../../../ocpp/schedule/context.ts';
import type { DecidedValue } from '../../../ocpp/schedule/merge.ts';
import type { ChargingProfile, Quantity, RateUnit } from '../../../ocpp/schedule/profile.ts';
import type { PeriodReference } from '../../../ocpp/schedule/segments.ts';
import { type CalculatedPiece, calculated, installationOf } from './calculated.ts';
import type { ChargingView } from './charging-context.ts';
import type { Installation } from './installation.ts';
import { type PowerLine, type PowerPoint, powerLine } from './power-line.ts';
import { entryOf, profileKind, profileName, purposeWords } from './profile-words.ts';
import { exactRate } from './quantities.ts';

/** A value of a piece with all phases together. */
export interface Total {
  readonly value: number;
  readonly decided: DecidedValue;
  /** Where phases are told apart, each of them. */
  readonly phases: readonly number[] | undefined;
}

/** Stacks that have a line of their own. */
const STACKS_MAX = 24;
/** So many stacks are shown at first; more would hide what matters. */
const SHOWN_AT_FIRST = 2;

/** A value of a piece: of phases told apart, power is their sum and current that of the strongest. */
export function totalOf({ values }: Pick<Piece, 'values'>, quantity: Quantity, unit: RateUnit): Total | undefined {
  const each = [values[quantity], values[`${quantity}_L2`], values[`${quantity}_L3`]];
  const decided = each.filter((value) => value !== undefined);
  const [first] = decided;
  if (!first) return undefined;
  if (decided.length === 1 && values[quantity]) return { value: first.value, decided: first, phases: undefined };
  const numbers = decided.map(({ value }) => value);
  const value =
    unit === 'W' || quantity === 'setpointReactive'
      ? numbers.reduce((sum, number) => sum + number, 0)
      : numbers.reduce((most, number) => (Math.abs(number) > Math.abs(most) ? number : most));
  return { value, decided: first, phases: numbers };
}

/** The lines of the composite schedule as it was calculated. */
export function compositeLines(
  view: ChargingView,
  pieces: readonly CalculatedPiece[],
  range: Interval,
  most: number,
): readonly PowerLine[] {
  const { unit } = view;
  const heads = [
    { quantity: 'limit', id: 'limit', kind: 'limit', label: 'Limit', unit },
    { quantity: 'dischargeLimit', id: 'discharge-limit', kind: 'dischargeLimit', label: 'Discharge limit', unit },
    { quantity: 'setpoint', id: 'setpoint', kind: 'setpoint', label: 'Setpoint', unit },
    {
      quantity: 'setpointReactive',
      id: 'setpoint-reactive',
      kind: 'setpointReactive',
      label: 'Reactive setpoint',
      unit: unit === 'W' ? 'var' : unit,
    },
  ] as const;
  return heads.flatMap(({ quantity, ...head }) => {
    const points = pieces.map((piece) => pointOf(piece, piece.profiles, quantity, unit));
    if (points.every(({ value }) => value === null)) return [];
    const hidden = quantity === 'setpointReactive';
    return [powerLine({ ...head, steps: true, hidden }, closed(points, range), most)];
  });
}

/** Ends a line of steps where the range ends. */
export function closed(points: readonly PowerPoint[], { to }: Interval): readonly PowerPoint[] {
  const last = points.at(-1);
  return last && last.at < to ? [...points, { ...last, at: to }] : points;
}

/** The step of a quantity with which a piece begins. */
export function pointOf(
  piece: Piece,
  profiles: readonly Installation[],
  quantity: Quantity,
  unit: RateUnit,
): PowerPoint {
  const total = totalOf(piece, quantity, unit);
  const at = piece.from;
  if (piece.phaseConflict)
    return { at, value: null, entry: entryOf0(piece.phaseConflict), note: 'Profiles ask for different phases' };
  if (!total)
    return {
      at,
      value: null,
      entry: 0,
      note: quantity === 'limit' ? 'Nothing is limited by what is known' : undefined,
    };
  const { decided, phases } = total;
  const parts = [periodWords(decided.decidedBy, profiles)];
  if (phases) parts.push(phases.map((value, index) => `L${index + 1} ${exactRate(value, unit)}`).join(', '));
  if (decided.cappedFrom !== undefined) parts.push(`capped from ${exactRate(decided.cappedFrom, unit)}`);
  if (decided.added) parts.push(`with ${periodWords(decided.added, profiles)} on top`);
  return { at, value: total.value, entry: entryOf(decided.decidedBy.profile), note: parts.join('; ') };
}

function entryOf0(references: readonly PeriodReference[]): number {
  const [first] = references;
  return first ? entryOf(first.profile) : 0;
}

/** `profile 3, TxProfile, stack level 1, period 2`. */
export function periodWords(
  { profile, schedule, periodIndex }: PeriodReference,
  profiles: readonly Installation[],
): string {
  const origin = installationOf(profiles, profile)?.origin;
  const period = schedule.periods.length > 1 ? `, period ${periodIndex + 1}` : '';
  return `${profileName(profile, origin)}, ${profileKind(profile, origin)}${period}`;
}

/** Each purpose and stack level by itself: what it would come to without the others. */
export function stackLines(
  view: ChargingView,
  pieces: readonly CalculatedPiece[],
  range: Interval,
  most: number,
): readonly PowerLine[] {
  const stacks = new Map<string, ChargingProfile>();
  for (const { profile } of pieces.flatMap(({ profiles }) => profiles)) stacks.set(stackKey(profile), profile);
  const everywhere: ChargingView = {
    ...view,
    // What it would allow if it were in use.
    priority: [{ from: range.from, to: range.to, transactionId: '', entry: 0 }],
  };
  const found = [...stacks]
    .sort(([, a], [, b]) => order(a) - order(b) || b.stackLevel - a.stackLevel || b.evseId - a.evseId)
    .slice(0, STACKS_MAX);
  return found.flatMap(([key, profile]) => {
    const own = calculated(everywhere, range, (each) => stackKey(each) === key);
    const points = own.map((piece) => stackPoint(piece, view.unit));
    if (points.every(({ value }) => value === null)) return [];
    const hidden = found.length > SHOWN_AT_FIRST;
    const where = profile.evseId === 0 && view.evseId !== 0 ? ', whole station' : '';
    const label = `${purposeWords(profile.purpose, profile.version)}, level ${profile.stackLevel}${where}`;
    const id = `stack ${key}`;
    return [powerLine({ id, kind: 'stack', label, unit: view.unit, steps: true, hidden }, closed(points, range), most)];
  });
}

/** What a stack limits; else what it adds, what it sets, or what it lets be discharged. */
function stackPoint(piece: CalculatedPiece, unit: RateUnit): PowerPoint {
  const quantity = (['limit', 'setpoint', 'dischargeLimit'] as const).find((each) => totalOf(piece, each, unit));
  if (!quantity && piece.generation) {
    const { value, decidedBy } = piece.generation;
    return { at: piece.from, value, entry: entryOf(decidedBy.profile), note: periodWords(decidedBy, piece.profiles) };
  }
  const point = pointOf(piece, piece.profiles, quantity ?? 'limit', unit);
  if (!quantity) return { ...point, note: undefined };
  return quantity === 'limit' ? point : { ...point, note: `${quantity}: ${point.note}` };
}

function stackKey({ purpose, stackLevel, evseId }: ChargingProfile): string {
  return `${purpose} ${stackLevel} ${evseId === 0 ? 'station' : 'EVSE'}`;
}

const ORDER = [
  'PriorityCharging',
  'TxProfile',
  'TxDefaultProfile',
  'ChargingStationExternalConstraints',
  'ChargingStationMaxProfile',
  'LocalGeneration',
];

function order({ purpose }: ChargingProfile): number {
  return ORDER.indexOf(purpose);
}

import { compositeSchedule, type Piece } from '../composite.ts';
import { literalAt } from './literal.ts';
import { RANDOM_WINDOW, type RandomCase } from './random-profiles.ts';

/**
 * The first difference between the calculation and the literal rules, in words, or undefined where both agree: at each
 * end of every piece, just before it, and every `every` milliseconds in between.
 */
export function differenceOf({ profiles, context }: RandomCase, every: number): string | undefined {
  const { from, to } = RANDOM_WINDOW;
  const pieces = compositeSchedule(profiles, context, from, to);
  let reached = from;
  for (const piece of pieces) {
    if (piece.from !== reached || piece.to <= piece.from) return `gap or overlap at ${piece.from}`;
    reached = piece.to;
    const instants = [piece.from, piece.from + 1, piece.to - 1];
    for (let instant = Math.ceil(piece.from / every) * every; instant < piece.to; instant += every)
      instants.push(instant);
    for (const instant of instants) {
      if (instant < piece.from || instant >= piece.to) continue;
      const literal = literalAt(profiles, context, from, instant);
      const [calculated, expected] = [inWords(piece), JSON.stringify(sorted(literal))];
      if (calculated !== expected) return `${new Date(instant).toISOString()}\n${calculated}\n${expected}`;
    }
  }
  return reached === to ? undefined : `ends at ${reached}`;
}

function inWords(piece: Piece): string {
  const values = Object.entries(piece.values);
  return JSON.stringify(
    sorted({
      conflict: piece.phaseConflict !== undefined,
      values: Object.fromEntries(values.map(([name, decided]) => [name, decided.value])),
      decidedBy: Object.fromEntries(
        values.map(([name, { decidedBy }]) => [name, `${decidedBy.profile.id}/${decidedBy.periodIndex}`]),
      ),
      numberPhases: piece.numberPhases?.value,
      operationMode: piece.settings?.operationMode,
    }),
  );
}

/** With its names in order, and numbers at nine digits, as both sides calculate in different orders. */
function sorted(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(9)) + 0;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}

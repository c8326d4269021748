/** Milliseconds by which clocks may differ. */
const SKEW = 5 * 60_000;
/** How old a status may be that does not say when the next one comes. */
const AGE_MAX = 24 * 3_600_000;

/** Why a status with these times does not tell of now, as the end of a sentence; undefined where it does. */
export function freshness(
  thisUpdate: number | undefined,
  nextUpdate: number | undefined,
  now: number,
): string | undefined {
  if (thisUpdate === undefined) return 'does not say of when it is';
  if (thisUpdate > now + SKEW) return 'is of a time to come; compare the clocks';
  const until = nextUpdate ?? thisUpdate + AGE_MAX;
  return until < now - SKEW ? `is out of date since ${new Date(until).toISOString()}` : undefined;
}

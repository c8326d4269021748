import type { EnergyBalance, RoundTrip } from './battery-picture.ts';

/** A value of a series at a time. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Registers of what a battery took and gave, and its state of charge, each in the order of time. */
export interface BatteryReadings {
  readonly soc: readonly Point[];
  /** Wh. */
  readonly imported: readonly Point[];
  readonly exported: readonly Point[];
}

/** Percent of change in either direction under which nothing is said: the state of charge has few digits. */
const CHANGE_MIN = 2;
/** Wh: what a meter counts by itself while nothing flows. */
const IDLE_WH = 2;

/** What went in and out between the first and the last reading, and how much of it comes out again. */
export function balanceOf({ soc, imported, exported }: BatteryReadings): EnergyBalance | null {
  const all = [...soc, ...imported, ...exported].map(({ at }) => at);
  if (all.length === 0) return null;
  const found = roundTripOf({ soc, imported, exported });
  return {
    from: all.reduce((a, b) => Math.min(a, b)),
    to: all.reduce((a, b) => Math.max(a, b)),
    taken: difference(imported),
    given: difference(exported),
    socAtStart: soc[0]?.value ?? null,
    socAtEnd: soc.at(-1)?.value ?? null,
    roundTrip: typeof found === 'string' ? null : found,
    noRoundTrip: typeof found === 'string' ? found : null,
  };
}

/** The round trip, or why it cannot be told. */
export function roundTripOf({ soc, imported, exported }: BatteryReadings): RoundTrip | string {
  if (soc.length < 2) return 'No state of charge was measured over time.';
  if (imported.length < 2 || exported.length < 2) {
    return 'It takes registers of both imported and exported energy.';
  }
  const [taken, given] = [at(imported), at(exported)];
  let [up, down, energyUp, energyDown] = [0, 0, 0, 0];
  for (const [index, point] of soc.entries()) {
    const before = soc[index - 1];
    if (!before) continue;
    const [into, out] = [between(taken, before.at, point.at), between(given, before.at, point.at)];
    if (into === undefined || out === undefined) continue;
    const change = point.value - before.value;
    // A time in which both flowed says nothing of either.
    if (into > IDLE_WH && out <= IDLE_WH) {
      up += change;
      energyUp += into;
    } else if (out > IDLE_WH && into <= IDLE_WH) {
      down -= change;
      energyDown += out;
    }
  }
  if (up < CHANGE_MIN || down < CHANGE_MIN) {
    return `It takes a state of charge that rises and falls by ${CHANGE_MIN} %.`;
  }
  const [takenPerPercent, givenPerPercent] = [energyUp / up, energyDown / down];
  return { efficiency: givenPerPercent / takenPerPercent, takenPerPercent, givenPerPercent, up, down };
}

type Read = (instant: number) => number | undefined;

/** Reads values one time after the other: only those that stand at the very instant count. */
function at(points: readonly Point[]): Read {
  const values = new Map(points.map((point) => [point.at, point.value]));
  return (instant) => values.get(instant);
}

function between(read: Read, from: number, to: number): number | undefined {
  const [first, last] = [read(from), read(to)];
  // A register that goes back was exchanged or rolled over.
  return first === undefined || last === undefined || last < first ? undefined : last - first;
}

function difference(points: readonly Point[]): number | null {
  if (points.length < 2) return null;
  let sum = 0;
  for (const [index, { value }] of points.entries()) sum += Math.max(0, value - (points[index - 1]?.value ?? value));
  return sum;
}

/** What a line of the picture of power is. */
export type PowerLineKind =
  | 'limit'
  | 'dischargeLimit'
  | 'setpoint'
  | 'setpointReactive'
  | 'stack'
  | 'reported'
  | 'request'
  | 'offered'
  | 'measured'
  | 'stateOfCharge';

/** A line over time, as plain data. Charging is positive. */
export interface PowerLine {
  readonly id: string;
  readonly kind: PowerLineKind;
  readonly label: string;
  readonly unit: 'W' | 'A' | 'var' | '%';
  /** A value holds until the next one; otherwise values are samples. */
  readonly steps: boolean;
  /** Not shown until it is asked for. */
  readonly hidden: boolean;
  readonly at: readonly number[];
  /** Null is where there is none. */
  readonly value: readonly (number | null)[];
  /** Of the message behind each point; 0 where there is none. */
  readonly entry: readonly number[];
  readonly note?: readonly (string | null)[];
}

/** A point of a line while it is made. */
export interface PowerPoint {
  readonly at: number;
  readonly value: number | null;
  readonly entry: number;
  readonly note?: string | undefined;
}

type LineHead = Pick<PowerLine, 'id' | 'kind' | 'label' | 'unit' | 'steps' | 'hidden'>;

/** A line of points; of too many, of every stretch the first, the lowest, the highest and the last. */
export function powerLine(head: LineHead, points: readonly PowerPoint[], most: number): PowerLine {
  const kept = fewer(head.steps ? withoutRepeats(points) : points, most);
  return {
    ...head,
    at: kept.map(({ at }) => at),
    value: kept.map(({ value }) => value),
    entry: kept.map(({ entry }) => entry),
    ...(kept.some(({ note }) => note !== undefined) ? { note: kept.map(({ note }) => note ?? null) } : {}),
  };
}

/** A step that says the same as the one before it is none. */
function withoutRepeats(points: readonly PowerPoint[]): readonly PowerPoint[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const last = index === points.length - 1;
    return (
      !before || last || before.value !== point.value || before.entry !== point.entry || before.note !== point.note
    );
  });
}

function fewer(points: readonly PowerPoint[], most: number): readonly PowerPoint[] {
  if (points.length <= most) return points;
  const buckets = Math.max(1, Math.floor(most / 4));
  const kept: PowerPoint[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * points.length) / buckets);
    const end = Math.floor(((bucket + 1) * points.length) / buckets);
    let [lowest, highest] = [start, start];
    for (let index = start; index < end; index++) {
      const value = points[index]?.value ?? 0;
      if (value < (points[lowest]?.value ?? 0)) lowest = index;
      if (value > (points[highest]?.value ?? 0)) highest = index;
    }
    const chosen = [...new Set([start, lowest, highest, end - 1])].sort((a, b) => a - b);
    for (const index of chosen) {
      const point = points[index];
      if (point) kept.push(point);
    }
  }
  return kept;
}

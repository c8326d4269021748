import type { JsonObject } from '../../../../ocpp/json.ts';

/** Points of a curve as a line of text, such as `49.8: -10000, 50.2: 10000`. */
export function curveText(points: readonly JsonObject[] | undefined, axis: string): string {
  return (points ?? []).map((point) => `${String(point[axis])}: ${String(point.power)}`).join(', ');
}

/** The points of such a text; null where it is none. What a point at the same place had besides is kept. */
export function parsedCurve(
  text: string,
  axis: string,
  before: readonly JsonObject[] | undefined,
): readonly JsonObject[] | null {
  const parts = text.split(/[,;]/).filter((part) => part.trim() !== '');
  const points: JsonObject[] = [];
  for (const part of parts) {
    const match = /^\s*([-−]?\d+(?:\.\d+)?)\s*:\s*([-−]?\d+(?:\.\d+)?)\s*$/.exec(part);
    if (!match) return null;
    const [at, power] = [match[1], match[2]].map((digits) => Number((digits ?? '').replace('−', '-')) || 0);
    if (at === undefined || power === undefined) return null;
    points.push({ ...before?.find((point) => point[axis] === at), [axis]: at, power });
  }
  return points;
}

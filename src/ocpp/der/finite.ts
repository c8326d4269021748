import { FieldFault, numberAt } from '../fields.ts';
import type { JsonObject } from '../json.ts';

/** The number under a name, if it is there; `1e999` is a number of JSON with which nothing can be calculated. */
export function finiteAt(holder: JsonObject, name: string): number | undefined {
  const value = numberAt(holder, name);
  if (value !== undefined && !Number.isFinite(value)) throw new FieldFault('field', `${name} is too large.`);
  return value;
}

/** The number under a name. */
export function requiredFiniteAt(holder: JsonObject, name: string): number {
  const value = finiteAt(holder, name);
  if (value === undefined) throw new FieldFault('field', `${name} is missing.`);
  return value;
}

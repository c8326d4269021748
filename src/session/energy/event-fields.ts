import { timeAt } from '../../ocpp/fields.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';

/*
 * Readers of payloads that need not be what the schemas ask for: what is of another kind reads as if it were absent,
 * since findings say what is wrong with it.
 */

/** The object under a name. */
export function objectOf(holder: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = holder?.[name];
  return value !== undefined && isJsonObject(value) ? value : undefined;
}

/** The objects in the list under a name; what else is in it is left out. */
export function objectsOf(holder: JsonObject | undefined, name: string): readonly JsonObject[] {
  const value = holder?.[name];
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isJsonObject) : [];
}

/** The text under a name. */
export function textOf(holder: JsonObject | undefined, name: string): string | undefined {
  const value = holder?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** The finite number under a name. */
export function numberOf(holder: JsonObject | undefined, name: string): number | undefined {
  const value = holder?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The whole number under a name, be it negative. */
export function integerOf(holder: JsonObject | undefined, name: string): number | undefined {
  const value = numberOf(holder, name);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The boolean under a name. */
export function booleanOf(holder: JsonObject | undefined, name: string): boolean | undefined {
  const value = holder?.[name];
  return typeof value === 'boolean' ? value : undefined;
}

/** The point in time under a name, in milliseconds since 1970; without an offset it is at UTC. */
export function instantOf(holder: JsonObject | undefined, name: string): number | undefined {
  if (holder === undefined || typeof holder[name] !== 'string') return undefined;
  try {
    return timeAt(holder, name);
  } catch {
    return undefined;
  }
}

const EVSE_MAX = 10_000;

/** The number of an EVSE or connector under a name; 0 is the station as a whole. */
export function evseOf(holder: JsonObject | undefined, name: string): number | undefined {
  const value = integerOf(holder, name);
  return value !== undefined && value >= 0 && value <= EVSE_MAX ? value : undefined;
}

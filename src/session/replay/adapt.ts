import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';
import { isInstant } from '../diff/identity.ts';

/** Moves every instant in a payload by some milliseconds; what is no instant stays as it is. */
export function shiftTimes(payload: JsonObject, milliseconds: number): JsonObject {
  const shift = (value: JsonValue): JsonValue => {
    if (!isInstant(value)) return value;
    const at = Date.parse(String(value));
    const moved = new Date(at + milliseconds);
    return Number.isNaN(moved.getTime()) ? value : moved.toISOString();
  };
  return mapped(payload, (_, value) => shift(value)) as JsonObject;
}

/**
 * Transaction ids of a recording and those that stand for them now. In 1.6 the CSMS hands them out
 * (StartTransaction.conf, 1.6 chapter 6.46); in 2.x the station does (E01.FR.07 with F01 to F06 for what the CSMS sends).
 */
export class TransactionIds {
  readonly #ids = new Map<string | number, string | number>();
  readonly #fresh: (() => string) | undefined;

  /** @param fresh makes new ids for transactions that the replayed side starts; theirs are kept where it is left out */
  constructor(fresh?: () => string) {
    this.#fresh = fresh;
  }

  /** Learns from a live message that stands for a recorded one: at the same place both name the same transaction. */
  learn(recorded: JsonValue | undefined, live: JsonValue | undefined): void {
    if (Array.isArray(recorded) && Array.isArray(live)) {
      for (const [index, item] of (recorded as readonly JsonValue[]).entries()) this.learn(item, live[index]);
    } else if (isJsonObject(recorded) && isJsonObject(live)) {
      for (const [name, value] of Object.entries(recorded)) {
        const now = live[name];
        if (name === 'transactionId' && isId(value) && isId(now)) this.#ids.set(value, now);
        else this.learn(value, now);
      }
    }
  }

  /** A payload with the ids that stand for its own. */
  applyTo(payload: JsonObject): JsonObject {
    return mapped(payload, (name, value) =>
      name === 'transactionId' && isId(value) ? this.#now(value) : value,
    ) as JsonObject;
  }

  #now(id: string | number): string | number {
    const known = this.#ids.get(id);
    if (known !== undefined || !this.#fresh || typeof id !== 'string') return known ?? id;
    const made = this.#fresh();
    this.#ids.set(id, made);
    return made;
  }
}

function isId(value: JsonValue | undefined): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** A copy with every scalar replaced; `name` is that of the property that it stands in, through lists. */
function mapped(value: JsonValue, replace: (name: string, value: JsonValue) => JsonValue, name = ''): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => mapped(item, replace, name));
  if (!isJsonObject(value)) return replace(name, value);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, mapped(child, replace, key)]));
}

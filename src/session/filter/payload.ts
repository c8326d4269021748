import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';
import type { RowType } from '../timeline.ts';
import type { PathStep } from './ast.ts';

/** The place of the payload in the array of a frame; of an error, that of its details. */
export const PAYLOAD_ELEMENT: Readonly<Record<Exclude<RowType, 'malformed'>, number>> = {
  CALL: 3,
  SEND: 3,
  CALLRESULT: 2,
  CALLERROR: 4,
  CALLRESULTERROR: 4,
};

/** The place of the error code in the array of a frame. */
const ERROR_CODE_ELEMENT = 2;
const EMPTY: JsonObject = {};

/** The payload of a message, undefined where it has none: `null` is another notation for an empty one. Never throws. */
export function payloadIn(type: RowType | null, text: string | undefined): JsonValue | undefined {
  if (type === null || type === 'malformed' || text === undefined) return undefined;
  return payloadAmong(type, frameElements(text));
}

/** The payload among the elements of a frame. */
export function payloadAmong(type: RowType | null, elements: readonly JsonValue[] | undefined): JsonValue | undefined {
  if (type === null || type === 'malformed') return undefined;
  const payload = elements?.[PAYLOAD_ELEMENT[type]];
  return payload === null ? EMPTY : payload;
}

/** The error code of a CALLERROR or CALLRESULTERROR. Never throws. */
export function errorCodeIn(type: RowType | null, text: string | undefined): string | undefined {
  if ((type !== 'CALLERROR' && type !== 'CALLRESULTERROR') || text === undefined) return undefined;
  return errorCodeAmong(type, frameElements(text));
}

/** The error code among the elements of a frame. */
export function errorCodeAmong(type: RowType | null, elements: readonly JsonValue[] | undefined): string | undefined {
  if (type !== 'CALLERROR' && type !== 'CALLRESULTERROR') return undefined;
  const code = elements?.[ERROR_CODE_ELEMENT];
  return typeof code === 'string' ? code : undefined;
}

/** Whether a test holds for any value that a path leads to; with `[*]` there can be many. */
export function anyAt(
  root: JsonValue | undefined,
  path: readonly PathStep[],
  test: (value: JsonValue) => boolean,
  from = 0,
): boolean {
  let value = root;
  for (let index = from; index < path.length; index++) {
    const step = path[index];
    if (step === undefined || value === undefined) return false;
    if (step.kind === 'any') {
      if (!Array.isArray(value)) return false;
      return (value as readonly JsonValue[]).some((item) => anyAt(item, path, test, index + 1));
    }
    value = child(value, step);
  }
  return value !== undefined && test(value);
}

function child(value: JsonValue, step: Exclude<PathStep, { kind: 'any' }>): JsonValue | undefined {
  if (step.kind === 'index') return Array.isArray(value) ? (value as readonly JsonValue[])[step.index] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, step.name) ? value[step.name] : undefined;
}

/** The elements of the array that a frame's text is; undefined where it is none. Never throws. */
export function frameElements(text: string): readonly JsonValue[] | undefined {
  try {
    const frame = JSON.parse(text) as JsonValue;
    return Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

import { type JSONVisitor, visit } from 'jsonc-parser';
import { isJsonObject, type JsonObject, type JsonValue } from '../../ocpp/json.ts';
import { firstJsonFault } from '../../ocpp/json-fault.ts';

/** Something wrong with a text, at a place in UTF-16 code units. */
export interface TextProblem {
  /** `not-json`: an editor says so by itself. */
  readonly code: 'not-json' | 'not-object' | 'inexact' | 'variable';
  readonly start: number;
  readonly end: number;
  readonly sentence: string;
}

/** A payload that was read from its text, or why it cannot be sent as one. */
export type ReadPayload =
  | { readonly ok: true; readonly payload: JsonObject }
  | { readonly ok: false; readonly problems: readonly TextProblem[] };

const PROBLEMS_MAX = 20;

/**
 * Reads the text of a payload. What would not go out as it is written (a number beyond the precision of a double, a
 * property that stands twice) is a problem, never changed silently: such a frame can be sent raw.
 */
export function readPayload(text: string): ReadPayload {
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return { ok: false, problems: [faultOf(text)] };
  }
  const problems = inexactIn(text);
  if (problems.length > 0) return { ok: false, problems };
  if (isJsonObject(value)) return { ok: true, payload: value };
  const sentence = 'A payload is a JSON object, as in {}. Anything else can be sent as a whole frame.';
  const start = text.length - text.trimStart().length;
  return { ok: false, problems: [{ code: 'not-object', start, end: text.trimEnd().length, sentence }] };
}

function faultOf(text: string): TextProblem {
  const fault = firstJsonFault(text);
  if (fault === undefined) return { code: 'not-json', start: 0, end: 0, sentence: 'This is no JSON.' };
  const start = Math.min(fault.offset, text.length);
  return {
    code: 'not-json',
    start,
    end: Math.min(start + 1, text.length),
    sentence: `This is no JSON: ${fault.words}.`,
  };
}

function inexactIn(text: string): readonly TextProblem[] {
  const problems: TextProblem[] = [];
  const open: Set<string>[] = [];
  const add = (start: number, length: number, sentence: string): void => {
    if (problems.length < PROBLEMS_MAX) problems.push({ code: 'inexact', start, end: start + length, sentence });
  };
  const visitor: JSONVisitor = {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty(property, offset, length) {
      const names = open.at(-1);
      if (names?.has(property)) {
        add(offset, length, `${JSON.stringify(property)} stands here twice; only a whole frame can be sent so.`);
      }
      names?.add(property);
    },
    onLiteralValue(value, offset, length) {
      const written = text.slice(offset, offset + length);
      if (typeof value !== 'number' || sameNumber(written, value)) return;
      add(offset, length, `${written} would go out as ${value}; only a whole frame can be sent so.`);
    },
  };
  try {
    visit(text, visitor);
  } catch {
    // The visitor recurses, and has run out of stack.
    add(0, 0, 'This is nested too deeply to be looked at; only a whole frame can be sent so.');
  }
  return problems;
}

/** Whether a number goes out as what was written, if in another notation. */
function sameNumber(written: string, value: number): boolean {
  return Number.isFinite(value) && digitsOf(written) === digitsOf(String(value));
}

/** A number as its digits without zeros around them, and the power of ten that they are multiplied by. */
function digitsOf(text: string): string {
  const {
    sign,
    whole,
    fraction = '',
    exponent,
  } = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<exponent>[+-]?\d+))?$/.exec(text)?.groups ?? {};
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return `${sign}0`;
  return `${sign}${digits}e${Number(exponent ?? 0) - fraction.length + all.length - digits.length}`;
}

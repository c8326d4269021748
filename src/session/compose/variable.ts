import type { FieldRef, FilterNode } from '../filter/ast.ts';
import { readFilter } from '../filter/check.ts';
import { filterText } from '../filter/print.ts';
import { failure, type Outcome, success } from '../outcome.ts';

/** Something that stands between `{{` and `}}` and becomes a value when the message is sent. */
export type Variable =
  /** The time of sending and so many milliseconds, as RFC 3339 has it. */
  | { readonly kind: 'now'; readonly offset: number }
  /** A new UUID wherever it stands. */
  | { readonly kind: 'uuid' }
  /** The transaction of that station that was last spoken of. */
  | { readonly kind: 'transactionId' }
  /** What a payload field of the last message had that passes the filter. */
  | {
      readonly kind: 'last';
      readonly field: Extract<FieldRef, { kind: 'payload' }>;
      /** Of any station, and not just of the one that the message is about. */
      readonly anyStation: boolean;
      readonly filter?: FilterNode;
    };

/** The words of the language, for lists and completion. */
export const VARIABLE_WORDS = [
  { text: '{{now}}', words: 'The time of sending' },
  { text: '{{now+1h}}', words: 'That much later (ms, s, min, h, d), or earlier with -' },
  { text: '{{uuid}}', words: 'A new UUID' },
  { text: '{{transactionId}}', words: "The station's transaction that was last spoken of" },
  {
    text: '{{last payload.idTag where action == "Authorize"}}',
    words: 'What a field had in the last message of the station that passes a filter',
  },
] as const;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: SECOND, m: MINUTE, min: MINUTE, h: HOUR, d: DAY };
/** The units in which offsets are written, in their order. */
const PRINTED = ['ms', 's', 'min', 'h', 'd'];
/** A larger offset could leave the years that RFC 3339 can write. */
const OFFSET_MAX = 1000 * 365 * DAY;

const NOW = /^now(?<offset>(?:\s*[+-]\s*\d+(?:\.\d+)?\s*[a-z]+)*)$/;
const OFFSET = /(?<sign>[+-])\s*(?<count>\d+(?:\.\d+)?)\s*(?<unit>[a-z]+)/g;
const LAST = /^last\s+(?<rest>[\s\S]+)$/;
const ANY_STATION = /^(?<field>[\s\S]+?)\s+of\s+any\s+station$/;
const TRIED = /^(?<word>[A-Za-z]+)/;

/** Reads what stands between the braces. */
export function readVariable(text: string): Outcome<Variable> {
  const trimmed = text.trim();
  if (trimmed === 'uuid' || trimmed === 'transactionId') return success({ kind: trimmed });
  const now = NOW.exec(trimmed);
  if (now) return readNow(now.groups?.offset ?? '');
  const last = LAST.exec(trimmed);
  if (last) return readLast(last.groups?.rest ?? '');
  return failure('variable-unknown', unknownSentence(trimmed));
}

function unknownSentence(text: string): string {
  const known = 'There are now, now+1h, uuid, transactionId and last FIELD where FILTER';
  const named = { now: 'An offset is written as in now+1h or now-30s', last: 'It is written last FIELD where FILTER' };
  const word = TRIED.exec(text)?.groups?.word;
  if (word === 'now' || word === 'last') return `{{${shown(text)}}} is not understood. ${named[word]}.`;
  return `There is no variable {{${shown(text)}}}. ${known}; {{{{ stands for two braces.`;
}

function readNow(offsets: string): Outcome<Variable> {
  let offset = 0;
  for (const { groups } of offsets.matchAll(OFFSET)) {
    const unit = UNITS[groups?.unit ?? ''];
    if (unit === undefined) {
      return failure('unit-unknown', `There is no unit of time ${groups?.unit}; there are ms, s, min, h and d.`);
    }
    offset += (groups?.sign === '-' ? -1 : 1) * Number(groups?.count) * unit;
  }
  if (Math.abs(offset) > OFFSET_MAX) return failure('offset-too-large', 'The offset is more than a thousand years.');
  return success({ kind: 'now', offset: Math.round(offset) });
}

function readLast(rest: string): Outcome<Variable> {
  const at = whereOf(rest);
  const [head, condition] = at === undefined ? [rest, undefined] : [rest.slice(0, at.start), rest.slice(at.end)];
  const any = ANY_STATION.exec(head.trim());
  const fieldText = (any?.groups?.field ?? head).trim();
  const field = readFilter(fieldText);
  if (field.filter?.kind !== 'exists' || field.filter.field.kind !== 'payload') {
    const sentence = `${shown(fieldText)} is no field of a payload; write payload.NAME, request.NAME or response.NAME.`;
    return failure('field-unknown', sentence);
  }
  if (condition === undefined) {
    return success({ kind: 'last', field: field.filter.field, anyStation: any !== null });
  }
  const { filter, problems } = readFilter(condition);
  const problem = problems.find(({ severity }) => severity === 'error');
  if (problem) return failure('filter-wrong', `The filter after where: ${problem.sentence}`);
  if (filter === undefined) return failure('filter-missing', 'There is no filter after where.');
  return success({ kind: 'last', field: field.filter.field, anyStation: any !== null, filter });
}

/** Where the word `where` stands outside of quotes. */
function whereOf(text: string): { start: number; end: number } | undefined {
  const pattern = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|(?<where>\bwhere\b)/g;
  for (const match of text.matchAll(pattern)) {
    if (match.groups?.where) return { start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** The variable as it is written, one way for all of its spellings. */
export function variableText(variable: Variable): string {
  switch (variable.kind) {
    case 'now':
      return `now${offsetText(variable.offset)}`;
    case 'last': {
      const field = filterText({ kind: 'exists', field: variable.field });
      const where = variable.filter ? ` where ${filterText(variable.filter)}` : '';
      return `last ${field}${variable.anyStation ? ' of any station' : ''}${where}`;
    }
    default:
      return variable.kind;
  }
}

/** An offset in the largest unit of which it is a whole number. */
function offsetText(offset: number): string {
  if (offset === 0) return '';
  const unit = PRINTED.findLast((name) => offset % (UNITS[name] ?? 1) === 0) ?? 'ms';
  return `${offset < 0 ? '-' : '+'}${Math.abs(offset) / (UNITS[unit] ?? 1)}${unit}`;
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

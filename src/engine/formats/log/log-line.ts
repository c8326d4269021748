import type { Direction } from '../../../ocpp/direction.ts';
import { findTimeStamp, type Span, type TimeContext, type TimeStamp } from './time-stamp.ts';

/** What a word about direction says: for itself, or seen from whoever wrote the log. */
export type DirectionSense = Direction | 'in' | 'out';

/** A line of a log in which a frame stands, and what stands around it. */
export interface LogLine {
  readonly frame: Span & { readonly text: string };
  readonly time: TimeStamp | undefined;
  readonly direction: (Span & { readonly sense: DirectionSense; readonly word: string }) | undefined;
  readonly station: (Span & { readonly id: string }) | undefined;
}

/** Words of the user's own, as the options have them. */
export interface OwnWords {
  readonly toCsms: readonly string[];
  readonly toStation: readonly string[];
}

/** Where a frame may begin: an array whose first element is a message type, its second a string. */
const FRAME_START = /\[\s*[2-6]\s*,\s*(\\?)"/g;
/** Places that are tried on one line. */
const STARTS_MAX = 16;
/** Characters around the frame that are looked at. */
const BEFORE_MAX = 2000;
const AFTER_MAX = 500;

const TO_CSMS =
  /\bto[ _-]?(?:the[ _-])?(?:csms|central[ _-]?system|backend|server)\b|\bfrom[ _-]?(?:the[ _-])?(?:cp|charge[ _-]?point|charging[ _-]?station|charge[ _-]?box|charger|station|client)\b|\bcp[ _-]?(?:to|->|=>|→)[ _-]?csms\b|\b(?:station|charge[ _-]?point|cp) ?(?:->|=>|→) ?(?:csms|central|server)/i;
const TO_STATION =
  /\bto[ _-]?(?:the[ _-])?(?:cp|charge[ _-]?point|charging[ _-]?station|charge[ _-]?box|charger|station|client)\b|\bfrom[ _-]?(?:the[ _-])?(?:csms|central[ _-]?system|backend|server)\b|\bcsms[ _-]?(?:to|->|=>|→)[ _-]?cp\b|\b(?:csms|central|server) ?(?:->|=>|→) ?(?:station|charge[ _-]?point|cp)/i;
const IN = /\b(?:recv|rcvd|receiv(?:e|ed|ing)|rx|incoming|inbound)\b|\bIN\b|\[in\]|<{2,}|<[-=]+|←|⬅|◀/i;
const OUT = /\b(?:send|sent|sending|tx|outgoing|outbound)\b|\bOUT\b|\[out\]|>{2,}|[-=]+>|→|➡|▶/i;
const STATION =
  /\b(?:charge?[ _-]?(?:point|box)|charging[ _-]?station|charger|station|cp|cbid|identity|client)[ _-]?(?:id|identity|name)?["']?\s*[:=]\s*["']?([A-Za-z0-9][\w.*@-]{0,254})/i;
const STATION_IN_PATH =
  /\/ocpp(?:j|1\.6|16|2\.0\.1|201|2\.1|21)?\/(?:[\w-]+\/){0,3}([A-Za-z0-9][\w.*@%-]{0,254})(?=[\s"'\]),;]|$)/i;

/** Finds the frame on a line and what the line says about it; undefined where no frame stands there. */
export function readLogLine(line: string, context: TimeContext, own: OwnWords): LogLine | undefined {
  const frame = findFrame(line);
  if (frame === undefined) return undefined;
  const from = Math.max(0, frame.start - BEFORE_MAX);
  // What stands in the frame says nothing about the line: blanks of the same length take its place.
  const after = line.slice(frame.end, frame.end + AFTER_MAX);
  const before = line.slice(from, frame.start);
  const time = shifted(findTimeStamp(before, context), from) ?? shifted(findTimeStamp(after, context), frame.end);
  const direction =
    shifted(findDirection(blanked(before, time, from), own), from) ??
    shifted(findDirection(blanked(after, time, frame.end), own), frame.end);
  const station = shifted(findStation(before), from) ?? shifted(findStation(after), frame.end);
  return { frame, time, direction, station };
}

function findFrame(line: string): LogLine['frame'] | undefined {
  let tried = 0;
  for (const match of line.matchAll(FRAME_START)) {
    tried += 1;
    if (tried > STARTS_MAX) return undefined;
    const start = match.index;
    const found = match[1] === '' ? plainFrame(line, start) : escapedFrame(line, start);
    if (found) return found;
  }
  return undefined;
}

function plainFrame(line: string, start: number): LogLine['frame'] | undefined {
  const end = arrayEnd(line, start);
  if (end === undefined) return undefined;
  const text = line.slice(start, end);
  return isJson(text) ? { start, end, text } : undefined;
}

/** A frame within a string of JSON, its quotes escaped. */
function escapedFrame(line: string, start: number): LogLine['frame'] | undefined {
  let close = start;
  while (close < line.length && line[close] !== '"') close += line[close] === '\\' ? 2 : 1;
  try {
    const inner = String(JSON.parse(`"${line.slice(start, close)}"`));
    const end = arrayEnd(inner, 0);
    if (end === undefined) return undefined;
    const text = inner.slice(0, end);
    return isJson(text) ? { start, end: close, text } : undefined;
  } catch {
    return undefined;
  }
}

/** Where the array that begins at `start` ends. */
function arrayEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function findDirection(text: string, own: OwnWords): NonNullable<LogLine['direction']> | undefined {
  return (
    ownWord(text, own.toCsms, 'to-csms') ??
    ownWord(text, own.toStation, 'to-station') ??
    matched(text, TO_CSMS, 'to-csms') ??
    matched(text, TO_STATION, 'to-station') ??
    nearest(matched(text, IN, 'in'), matched(text, OUT, 'out'))
  );
}

function ownWord(
  text: string,
  words: readonly string[],
  sense: DirectionSense,
): NonNullable<LogLine['direction']> | undefined {
  for (const word of words) {
    const start = word === '' ? -1 : text.indexOf(word);
    if (start >= 0) return { start, end: start + word.length, sense, word };
  }
  return undefined;
}

function matched(text: string, pattern: RegExp, sense: DirectionSense): NonNullable<LogLine['direction']> | undefined {
  const match = pattern.exec(text);
  return match ? { start: match.index, end: match.index + match[0].length, sense, word: match[0] } : undefined;
}

/** Where a line says both ("sent by client, received"), the word that comes first is about the frame. */
function nearest<T extends Span>(one: T | undefined, other: T | undefined): T | undefined {
  if (!one || !other) return one ?? other;
  return one.start <= other.start ? one : other;
}

function findStation(text: string): NonNullable<LogLine['station']> | undefined {
  const match = STATION.exec(text) ?? STATION_IN_PATH.exec(text);
  const id = match?.[1];
  if (match === null || id === undefined) return undefined;
  const start = match.index + match[0].lastIndexOf(id);
  return { start, end: start + id.length, id };
}

/** A text whose time stamp is blanks: a dash or a number in it is no arrow and no name. */
function blanked(text: string, time: Span | undefined, offset: number): string {
  if (!time || time.start < offset || time.end > offset + text.length) return text;
  const [start, end] = [time.start - offset, time.end - offset];
  return text.slice(0, start) + ' '.repeat(end - start) + text.slice(end);
}

function shifted<T extends Span>(span: T | undefined, by: number): T | undefined {
  return span && { ...span, start: span.start + by, end: span.end + by };
}

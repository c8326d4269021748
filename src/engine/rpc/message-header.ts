import { MESSAGE_TYPE } from '../../ocpp/frame.ts';

/** The first elements of a frame, read without parsing the rest, which may be large or broken. */
export interface MessageHeader {
  /** Message type number, whichever it is. */
  readonly type: number;
  readonly id: string;
  /** Of a CALL or SEND, where it is a string. */
  readonly action: string | undefined;
  /** Where the string of the message id stands in the bytes, quotes included. */
  readonly idStart: number;
  readonly idEnd: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BRACKET = 0x5b;
/** The longest string that is looked at, in bytes; an honest message id has at most 36 characters. */
const STRING_MAX = 64 * 1024;

/** Reads message type, id and action off the bytes of a text frame; undefined where it does not begin as a message does. */
export function readHeader(data: Uint8Array): MessageHeader | undefined {
  let at = afterSpace(data, 0);
  if (data[at] !== BRACKET) return undefined;
  at = afterSpace(data, at + 1);
  const numberStart = at;
  while (isOfNumber(data[at])) at += 1;
  const type = at === numberStart + 1 ? (data[numberStart] ?? 0) - 0x30 : numberAt(data, numberStart, at);
  at = afterSpace(data, at);
  if (type === undefined || data[at] !== COMMA) return undefined;
  const idStart = afterSpace(data, at + 1);
  const idEnd = stringEnd(data, idStart);
  const id = idEnd === undefined ? undefined : stringAt(data, idStart, idEnd);
  if (idEnd === undefined || id === undefined) return undefined;
  const hasAction = type === MESSAGE_TYPE.CALL || type === MESSAGE_TYPE.SEND;
  return { type, id, action: hasAction ? actionAt(data, idEnd) : undefined, idStart, idEnd };
}

/** The same frame under another message id; every other byte stays as it is. */
export function withMessageId(data: Uint8Array, { idStart, idEnd }: MessageHeader, id: string): Uint8Array {
  return Buffer.concat([data.subarray(0, idStart), Buffer.from(JSON.stringify(id)), data.subarray(idEnd)]);
}

function actionAt(data: Uint8Array, idEnd: number): string | undefined {
  const comma = afterSpace(data, idEnd);
  if (data[comma] !== COMMA) return undefined;
  const start = afterSpace(data, comma + 1);
  const end = stringEnd(data, start);
  return end === undefined ? undefined : stringAt(data, start, end);
}

function afterSpace(data: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = data[at];
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return at;
    at += 1;
  }
}

/** Whether a byte can be part of a JSON number: a digit, or one of `+-.eE`. */
function isOfNumber(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x2e || byte === 0x45 || byte === 0x65
  );
}

function numberAt(data: Uint8Array, start: number, end: number): number | undefined {
  if (start === end || end - start > 20) return undefined;
  const number = Number(textOf(data, start, end));
  return Number.isFinite(number) ? number : undefined;
}

/** Where a string that begins here ends, behind its closing quote. */
function stringEnd(data: Uint8Array, start: number): number | undefined {
  if (data[start] !== QUOTE) return undefined;
  const limit = Math.min(data.byteLength, start + STRING_MAX);
  for (let at = start + 1; at < limit; at += 1) {
    const byte = data[at];
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) at += 1;
  }
  return undefined;
}

function stringAt(data: Uint8Array, start: number, end: number): string | undefined {
  const text = textOf(data, start + 1, end - 1);
  if (!text.includes('\\')) return text;
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return undefined;
  }
}

function textOf(data: Uint8Array, start: number, end: number): string {
  const buffer = Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return buffer.toString('utf8', start, end);
}

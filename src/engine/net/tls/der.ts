/** A value of ASN.1 in its Distinguished Encoding (X.690): its tag, its content and the whole of it. */
export interface Der {
  /** Identifier octet: class, constructed or not, and number. Numbers above 30, which X.509 has none of, are not read. */
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  sequence: 0x30,
} as const;

/** The values that follow each other in some bytes; undefined where they do not fill them exactly. */
export function readDer(bytes: Uint8Array): readonly Der[] | undefined {
  const values: Der[] = [];
  let at = 0;
  while (at < bytes.length) {
    const value = readOne(bytes, at);
    if (value === undefined) return undefined;
    values.push(value);
    at += value.whole.length;
  }
  return values;
}

function readOne(bytes: Uint8Array, at: number): Der | undefined {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    // A certificate is shorter than 4 GB; an indefinite length is not DER.
    if (octets === 0 || octets > 4 || start + octets > bytes.length) return undefined;
    length = 0;
    for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[start + index] ?? 0);
    start += octets;
  }
  if (start + length > bytes.length) return undefined;
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

/** The members of a SEQUENCE, SET or other constructed value; none where it is no such value, or broken. */
export function members(value: Der | undefined): readonly Der[] {
  if (value === undefined || (value.tag & 0x20) === 0) return [];
  return readDer(value.content) ?? [];
}

/** An OBJECT IDENTIFIER in its dotted form; empty where it is none. */
export function oidOf(value: Der | undefined): string {
  if (value?.tag !== TAG.oid) return '';
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of value.content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    if (arcs.length === 0) {
      const top = Math.min(2, Math.floor(arc / 40));
      arcs.push(top, arc - top * 40);
    } else arcs.push(arc);
    arc = 0;
  }
  return arcs.join('.');
}

/** A string of ASN.1 as text; undefined where the value is of no kind of string. */
export function stringOf({ tag, content }: Der): string | undefined {
  switch (tag) {
    case 0x0c: // UTF8String
    case 0x12: // NumericString
    case 0x13: // PrintableString
    case 0x16: // IA5String
    case 0x1a: // VisibleString
      return Buffer.from(content).toString('utf8');
    case 0x14: // TeletexString, which is Latin-1 in practice
      return Buffer.from(content).toString('latin1');
    case 0x1e: // BMPString
      return content.length % 2 === 0 ? Buffer.from(content).swap16().toString('utf16le') : undefined;
    default:
      return undefined;
  }
}

/** A BIT STRING as the numbers of the bits that are set, bit 0 being the first. */
export function bitsOf({ tag, content }: Der): readonly number[] {
  if (tag !== TAG.bitString) return [];
  const bits: number[] = [];
  content.subarray(1).forEach((octet, index) => {
    for (let bit = 0; bit < 8; bit += 1) if (octet & (0x80 >> bit)) bits.push(index * 8 + bit);
  });
  return bits;
}

/** UTCTime or GeneralizedTime as RFC 5280, 4.1.2.5 restricts them, in milliseconds since 1970; undefined for another. */
export function timeOf({ tag, content }: Der): number | undefined {
  const text = Buffer.from(content).toString('latin1');
  const form = tag === 0x17 ? UTC_TIME : tag === 0x18 ? GENERALIZED_TIME : undefined;
  const [, year = '', month, day, hour, minute, second] = form?.exec(text) ?? [];
  if (year === '') return undefined;
  const whole = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const time = Date.parse(`${whole}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
/** RFC 6960 allows no fraction of a second either, but some responders write one. */
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/;

/** The DER of a value with this tag. */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Buffer.concat([Buffer.from(length < 0x80 ? [tag, length] : [tag, 0x80 | octets.length, ...octets]), ...parts]);
}

import { FieldFault, type Parsed, parsed } from '../fields.ts';
import { isJsonObject, type JsonObject } from '../json.ts';

/** What a reading says of the transaction (OCMF, table 7, `TX`). */
const TRANSACTION_MARKS = {
  B: 'begin',
  C: 'charging',
  X: 'exception',
  E: 'end',
  L: 'end, terminated locally',
  R: 'end, terminated remotely',
  A: 'end, aborted by an error',
  P: 'end, by a power failure',
  S: 'suspended',
  T: 'tariff change',
} as const;

/** State of the meter (OCMF, table 10, `ST`). */
const METER_STATES = {
  N: 'the meter is not present',
  G: 'good',
  T: 'the meter timed out',
  D: 'the meter was disconnected',
  R: 'the meter was removed',
  M: 'manipulation was detected',
  X: 'the meter was exchanged',
  I: 'the meter is incompatible',
  O: 'out of range',
  S: 'a substitute value',
  E: 'another error',
  F: 'the meter could not be read',
} as const;

/** How far the time of a reading can be relied on (OCMF, table 19). */
const TIME_STATES = {
  U: 'unsynchronised',
  I: 'informative',
  S: 'synchronised',
  R: 'relative, by an informative clock',
} as const;

/** A reading of a meter within a record. Times are milliseconds since 1970 in UTC. */
export interface OcmfReading {
  readonly at: number;
  readonly timeState: string;
  /** Null for a reading without reference to a transaction. */
  readonly transaction: string | null;
  /** Whether it is the begin or one of the ends of a transaction. */
  readonly role: 'begin' | 'end' | 'other';
  readonly value: number | null;
  /** The value with every digit that was signed: trailing zeros are part of its accuracy (OCMF, `RV`). */
  readonly digits: string | null;
  /** OBIS code of what was read. */
  readonly obis: string | null;
  readonly unit: string | null;
  readonly meterState: string;
  /** Whether energy or time can no longer be used for billing (OCMF, `EF`). */
  readonly unusable: readonly ('energy' | 'time')[];
}

/** A record in the Open Charge Metering Format. */
export interface OcmfRecord {
  /** What was signed, letter by letter. */
  readonly payload: string;
  readonly formatVersion: string | null;
  /** `T` for a transaction or `F` for fiscal readings, with a counter: `T32`. */
  readonly pagination: string | null;
  readonly gateway: string | null;
  readonly gatewaySerial: string | null;
  readonly meter: string | null;
  readonly meterSerial: string | null;
  readonly readings: readonly OcmfReading[];
  readonly signature: {
    readonly method: string;
    /** Whether the record named no method, so that the default of OCMF stands there. */
    readonly methodIsDefault: boolean;
    readonly encoding: 'hex' | 'base64';
    readonly data: string;
  };
}

/** OCMF, table 22. */
const DEFAULT_METHOD = 'ECDSA-secp256r1-SHA256';
const READINGS_MAX = 1000;

/** Reads a record: `OCMF|payload|signature`. */
export function parseOcmf(text: string): Parsed<OcmfRecord> {
  return parsed(() => {
    const trimmed = text.trim();
    const first = trimmed.indexOf('|');
    const last = trimmed.lastIndexOf('|');
    if (trimmed.slice(0, first) !== 'OCMF' || last === first) {
      throw new FieldFault('ocmf-form', 'The record is not of the form OCMF|payload|signature.');
    }
    const payload = trimmed.slice(first + 1, last);
    const { object, digits } = readJson(payload, 'payload');
    const { object: signature } = readJson(trimmed.slice(last + 1), 'signature');
    return {
      payload,
      formatVersion: textAt(object, 'FV'),
      pagination: textAt(object, 'PG'),
      gateway: textAt(object, 'GI'),
      gatewaySerial: textAt(object, 'GS'),
      meter: [textAt(object, 'MV'), textAt(object, 'MM')].filter((part) => part).join(' ') || null,
      meterSerial: textAt(object, 'MS'),
      readings: readingsOf(object, digits),
      signature: signatureOf(signature),
    };
  });
}

/** The object that a section is, with the value of each reading as it was written. */
function readJson(text: string, section: string): { readonly object: JsonObject; readonly digits: readonly string[] } {
  let object: unknown;
  try {
    object = JSON.parse(text);
  } catch {
    throw new FieldFault('ocmf-form', `The ${section} section of the record is no JSON.`);
  }
  if (!isJsonObject(object)) throw new FieldFault('ocmf-form', `The ${section} section of the record is no object.`);
  return { object, digits: Array.from(text.matchAll(/"RV"\s*:\s*"?(-?[0-9.eE+-]+)"?/g), (match) => match[1] ?? '') };
}

function signatureOf(section: JsonObject): OcmfRecord['signature'] {
  const method = textAt(section, 'SA');
  const encoding = textAt(section, 'SE') ?? 'hex';
  const type = textAt(section, 'SM') ?? 'application/x-der';
  const data = textAt(section, 'SD');
  if (encoding !== 'hex' && encoding !== 'base64') {
    throw new FieldFault('ocmf-signature', `The signature is encoded as "${encoding}", which OCMF does not know (SE).`);
  }
  if (type !== 'application/x-der') {
    throw new FieldFault('ocmf-signature', `The signature is of type "${type}", which OCMF does not know (SM).`);
  }
  if (data === null) throw new FieldFault('ocmf-signature', 'The record has no signature (SD).');
  return { method: method ?? DEFAULT_METHOD, methodIsDefault: method === null, encoding, data };
}

function readingsOf(payload: JsonObject, digits: readonly string[]): readonly OcmfReading[] {
  const list = payload.RD;
  if (!Array.isArray(list) || !list.every(isJsonObject) || list.length > READINGS_MAX) {
    throw new FieldFault('ocmf-readings', 'The record has no list of readings (RD).');
  }
  let full: JsonObject = {};
  let values = 0;
  return list.map((reading: JsonObject) => {
    // What a reading leaves out is as in the one before (OCMF, "Readings").
    full = { ...full, ...reading };
    const value = numberOf(full.RV);
    if (reading.RV !== undefined) values += 1;
    const { at, timeState } = timeOf(full);
    const mark = textAt(full, 'TX');
    const errors = textAt(full, 'EF') ?? '';
    return {
      at,
      timeState,
      transaction: mark && (wordOf(TRANSACTION_MARKS, mark) ?? mark),
      role: mark === 'B' ? 'begin' : mark !== null && 'ELRAP'.includes(mark) ? 'end' : 'other',
      value,
      digits: value === null ? null : (digits[values - 1] ?? String(value)),
      obis: textAt(full, 'RI'),
      unit: textAt(full, 'RU'),
      meterState:
        wordOf(METER_STATES, textAt(full, 'ST') ?? '') ?? `unknown (${textAt(full, 'ST') ?? 'ST is missing'})`,
      unusable: [
        ...(errors.includes('E') ? (['energy'] as const) : []),
        ...(errors.includes('t') ? (['time'] as const) : []),
      ],
    };
  });
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[,.](\d{1,3})\d*([+-]\d\d):?(\d\d)(?: ([A-Z]))?$/;

function timeOf(reading: JsonObject): { readonly at: number; readonly timeState: string } {
  const text = textAt(reading, 'TM') ?? '';
  const [, seconds, fraction = '', hours, minutes, state = ''] = TIME.exec(text) ?? [];
  const at = Date.parse(`${seconds}.${fraction.padEnd(3, '0')}${hours}:${minutes}`);
  if (seconds === undefined || Number.isNaN(at))
    throw new FieldFault('ocmf-time', `"${text}" is no time of a reading (TM).`);
  return { at, timeState: wordOf(TIME_STATES, state) ?? 'unknown' };
}

function wordOf<T extends Readonly<Record<string, string>>>(words: T, letter: string): string | undefined {
  return Object.hasOwn(words, letter) ? words[letter] : undefined;
}

function textAt(object: JsonObject, name: string): string | null {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'string' ? value : null;
}

/** A number; meters are met that write it as text. */
function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

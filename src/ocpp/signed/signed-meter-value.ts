import { FieldFault, type Parsed, parsed } from '../fields.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { bytesOfBase64, bytesOfHex, textOfUtf8 } from './encodings.ts';

/** A signed meter value of any version, with its data decoded. */
export interface SignedMeterValue {
  /** The signed data as text; undefined for a format that is binary, such as EDL. */
  readonly text?: string;
  /** As it was sent. */
  readonly data: string;
  /** Such as `OCMF`; empty where the message does not say. */
  readonly encodingMethod: string;
  /** Empty where the signed data name it themselves. */
  readonly signingMethod: string;
  /** Empty where it was not sent along. */
  readonly publicKey: string;
  /** Whether it came as a SignedMeterValueType, and not as the mere data. */
  readonly isObject: boolean;
  /** What differs from Signed Meter Values v1.0, in sentences. */
  readonly remarks: readonly string[];
}

/** Reads `SignedMeterValueType` of 2.x. */
export function parseSignedMeterValue(value: JsonValue | undefined): Parsed<SignedMeterValue> {
  return parsed(() => {
    if (!isJsonObject(value)) throw new FieldFault('signed-form', 'signedMeterValue is no object.');
    return fromObject(value, []);
  });
}

/**
 * Reads the `value` of a 1.6 sample whose `format` is `SignedData`: SignedMeterValueType as JSON in a text (Signed Meter
 * Values, 3.2.1). Stations that came before it send the mere record, in plain text, hexadecimal or base64.
 */
export function parseSignedValue16(value: JsonValue | undefined): Parsed<SignedMeterValue> {
  return parsed(() => {
    if (typeof value !== 'string') throw new FieldFault('signed-form', 'The signed value is no text.');
    const object = jsonObject(value);
    if (object) return fromObject(object, []);
    const remark = 'The value is the mere signed data and not a SignedMeterValueType (Signed Meter Values, 3.2.1).';
    const text = decoded(value);
    return {
      text,
      data: value,
      encodingMethod: text?.startsWith('OCMF|') ? 'OCMF' : '',
      signingMethod: '',
      publicKey: '',
      isObject: false,
      remarks: [remark],
    };
  });
}

function fromObject(object: JsonObject, before: readonly string[]): SignedMeterValue {
  const remarks = [...before];
  // Named so by stations that followed older advice.
  const data = textAt(object, 'signedMeterData') ?? textAt(object, 'signedMeterValue');
  if (data === undefined) throw new FieldFault('signed-form', 'signedMeterData is missing.');
  if (object.signedMeterData === undefined)
    remarks.push('The data stand in signedMeterValue instead of signedMeterData.');
  if (bytesOfBase64(data) === undefined)
    remarks.push('signedMeterData is not in base64 (Signed Meter Values, figure 1).');
  for (const name of ['signingMethod', 'encodingMethod', 'publicKey']) {
    if (textAt(object, name) === undefined) remarks.push(`${name} is missing (Signed Meter Values, figure 1).`);
  }
  return {
    text: decoded(data),
    data,
    encodingMethod: textAt(object, 'encodingMethod') ?? '',
    signingMethod: textAt(object, 'signingMethod') ?? '',
    publicKey: textAt(object, 'publicKey') ?? '',
    isObject: true,
    remarks,
  };
}

/** The text in base64 or hexadecimal, or as it stands. */
function decoded(data: string): string | undefined {
  if (data.trimStart().startsWith('OCMF|')) return data.trim();
  const ofBase64 = bytesOfBase64(data);
  const text = ofBase64 && textOfUtf8(ofBase64);
  if (text?.startsWith('OCMF|')) return text;
  const ofHex = bytesOfHex(data.trim());
  const fromHex = ofHex && textOfUtf8(ofHex);
  return fromHex?.startsWith('OCMF|') ? fromHex : text;
}

function jsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function textAt(object: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

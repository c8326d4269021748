import { BitString, fromBER, ObjectIdentifier, Sequence } from 'asn1js';
import { FieldFault, type Parsed, parsed } from '../fields.ts';
import { CURVE_OF_OID, type Curve, isPoint } from './curves.ts';
import { bytesOfBase64, bytesOfHex, textOfUtf8 } from './encodings.ts';

/** How a public key was written. `oca` is what Signed Meter Values (3.2.2) asks for; the others are met in the field. */
export type PublicKeyForm = 'oca' | 'hex' | 'base64' | 'pem';

/** The public key of a meter. */
export interface PublicKey {
  readonly curve: Curve;
  /** SEC 1, 2.3.3. */
  readonly point: Uint8Array;
  /** SubjectPublicKeyInfo (RFC 5280) in DER, as hexadecimal text in upper case: as it is printed on meters. */
  readonly printed: string;
  readonly form: PublicKeyForm;
}

const EC_PUBLIC_KEY = '1.2.840.10045.2.1';

/**
 * Reads the public key of a meter, from a signed meter value, the device model, or a person. What is asked for is base64 of
 * `oca:base16:asn1:…` or `oca:base64:asn1:…` (Signed Meter Values, 3.2.2); the text without that base64, the mere key in
 * hexadecimal or base64, and PEM are read too.
 */
export function parsePublicKey(text: string): Parsed<PublicKey> {
  return parsed(() => {
    const given = text.trim();
    if (given === '') throw new FieldFault('key-missing', 'There is no public key.');
    const inner = bytesOfBase64(given);
    const unwrapped = inner && textOfUtf8(inner)?.trim();
    // A key in hexadecimal or PEM that was put into base64 without the prefix is met as well.
    const written = unwrapped !== undefined && isKeyText(unwrapped) ? unwrapped : given;
    const { bytes, form } = decode(written);
    return { ...readKey(bytes), form };
  });
}

function isKeyText(text: string): boolean {
  return /^oca:/i.test(text) || text.startsWith('-----BEGIN') || /^(?:0x)?30[0-9a-f\s]{60,}$/i.test(text);
}

function decode(text: string): { readonly bytes: Uint8Array; readonly form: PublicKeyForm } {
  const oca = /^oca:([^:]*):([^:]*):([\s\S]*)$/i.exec(text);
  if (oca) {
    const [, encoding = '', type = '', key = ''] = oca;
    if (type.toLowerCase() !== 'asn1') {
      throw new FieldFault('key-form', `The public key is of content type "${type}"; only asn1 is defined (table 3).`);
    }
    const bytes = encoding.toLowerCase() === 'base64' ? bytesOfBase64(key) : hexOf(key);
    if (!bytes) throw new FieldFault('key-form', `The public key is not in ${encoding}, as its prefix says (table 2).`);
    return { bytes, form: 'oca' };
  }
  const pem = /-----BEGIN PUBLIC KEY-----([\s\S]*?)-----END PUBLIC KEY-----/.exec(text);
  const ofPem = pem?.[1] && bytesOfBase64(pem[1]);
  if (ofPem) return { bytes: ofPem, form: 'pem' };
  const ofHex = hexOf(text);
  if (ofHex) return { bytes: ofHex, form: 'hex' };
  const ofBase64 = bytesOfBase64(text);
  if (ofBase64) return { bytes: ofBase64, form: 'base64' };
  throw new FieldFault('key-form', 'The public key is neither hexadecimal, base64 nor PEM.');
}

/** Table 2: other characters, such as blanks and colons, and a prefix `0x` are passed over. */
function hexOf(text: string): Uint8Array | undefined {
  const digits = text.replace(/^\s*0x/i, '').replace(/[\s:._-]/g, '');
  return bytesOfHex(digits);
}

function readKey(bytes: Uint8Array): Pick<PublicKey, 'curve' | 'point' | 'printed'> {
  const { result, offset } = fromBER(bytes);
  const [algorithm, key] = offset !== -1 && result instanceof Sequence ? result.valueBlock.value : [];
  const [kind, curveId] = algorithm instanceof Sequence ? algorithm.valueBlock.value : [];
  if (!(kind instanceof ObjectIdentifier) || !(key instanceof BitString)) {
    throw new FieldFault('key-form', 'The public key is no SubjectPublicKeyInfo (RFC 5280).');
  }
  const kindName = kind.valueBlock.toString();
  if (kindName !== EC_PUBLIC_KEY || !(curveId instanceof ObjectIdentifier)) {
    throw new FieldFault(
      'key-unsupported',
      `The public key is none of an elliptic curve but of algorithm ${kindName}.`,
    );
  }
  const oid = curveId.valueBlock.toString();
  const curve = CURVE_OF_OID.get(oid);
  if (!curve) throw new FieldFault('key-unsupported', `The public key is on a curve (${oid}) that OCMF does not list.`);
  const point = key.valueBlock.valueHexView.slice();
  if (!isPoint(curve, point)) throw new FieldFault('key-invalid', `The public key is no point of ${curve}.`);
  const printed = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return { curve, point, printed };
}

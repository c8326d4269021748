import { type Curve, curveOfMethod, isSignatureOf } from './curves.ts';
import { bytesOfBase64, bytesOfHex, utf8Of } from './encodings.ts';
import { type OcmfRecord, parseOcmf } from './ocmf.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import type { SignedMeterValue } from './signed-meter-value.ts';

/** Where a public key came from. */
export type KeySource = 'message' | 'device model' | 'user';

/** A public key that may be the meter's, as it was written. */
export interface KeyCandidate {
  readonly text: string;
  readonly source: KeySource;
  /** The entry that brought it. */
  readonly entry?: number;
}

/** What became of a verification; `record` is what was signed where it could be read. */
export type Verification =
  | (Judged & { readonly state: 'valid' | 'invalid'; readonly record: OcmfRecord; readonly key: VerifiedKey })
  /** There is nothing to hold the data against, or no way to. */
  | (Judged & { readonly state: 'unverified'; readonly record?: OcmfRecord })
  | (Judged & { readonly state: 'unreadable' });

interface Judged {
  /** For the user. */
  readonly sentence: string;
  readonly remarks: readonly string[];
}

/** The key that a signature was held against. */
export interface VerifiedKey extends Pick<PublicKey, 'curve' | 'printed' | 'form'> {
  readonly source: KeySource;
  readonly entry?: number;
}

/**
 * Verifies a signed meter value. The first key that can be read decides, in the order given: a message's own key is what
 * it claims to be signed with. Where another key says something else, a remark does.
 */
export function verifySignedMeterValue(value: SignedMeterValue, candidates: readonly KeyCandidate[]): Verification {
  const remarks = [...value.remarks];
  const { encodingMethod, signingMethod, text } = value;
  if (text === undefined || !text.startsWith('OCMF|')) {
    const named = encodingMethod === '' ? 'a format that the message does not name' : encodingMethod;
    return {
      state: 'unverified',
      sentence: `The signed data are in ${named}; only OCMF can be verified here.`,
      remarks,
    };
  }
  if (!/^(ocmf)?$/i.test(encodingMethod)) remarks.push(`encodingMethod says ${encodingMethod}, the data are OCMF.`);
  if (encodingMethod === '' && value.isObject) {
    remarks.push('encodingMethod is empty, where it has to name the format (Signed Meter Values, tables 1 and 11).');
  }
  const read = parseOcmf(text);
  if (!read.ok) return { state: 'unreadable', sentence: read.error.sentence, remarks };
  const record = read.value;
  const { method: ofRecord, methodIsDefault, encoding, data } = record.signature;
  if (signingMethod !== '' && !methodIsDefault && signingMethod !== ofRecord) {
    remarks.push(`signingMethod says ${signingMethod}, the record says ${ofRecord}; the record counts.`);
  }
  if (value.isObject && methodIsDefault && signingMethod === '') {
    remarks.push(
      'signingMethod is empty, where it has to name what the record does not (Signed Meter Values, tables 1 and 11).',
    );
  }
  if (signingMethod !== '' && !methodIsDefault && signingMethod === ofRecord) {
    remarks.push('signingMethod has to be empty, since the record names it (Signed Meter Values, tables 1 and 11).');
  }
  const named = !methodIsDefault || signingMethod !== '';
  const method = methodIsDefault && named ? signingMethod : ofRecord;
  const curve = curveOfMethod(method);
  if (!curve) {
    return {
      state: 'unverified',
      sentence: `The signing method ${method} is not one that OCMF lists.`,
      remarks,
      record,
    };
  }
  const signature = encoding === 'hex' ? bytesOfHex(data) : bytesOfBase64(data);
  if (!signature)
    return { state: 'unreadable', sentence: `The signature is not in ${encoding}, as the record says.`, remarks };
  const keys = readKeys(candidates, remarks);
  const payload = utf8Of(record.payload);
  const judgements = keys.map((key) => ({ key, ...judge(key, named ? curve : undefined, payload, signature) }));
  const [decisive, ...others] = judgements;
  if (!decisive) return { state: 'unverified', sentence: NO_KEY, remarks, record };
  if (!named && decisive.key.curve !== curve) {
    remarks.push(`No signing method is named; the curve is that of the public key, ${decisive.key.curve}.`);
  }
  for (const other of others) {
    if (other.key.printed === decisive.key.printed) continue;
    const verdict = other.valid ? 'valid' : 'not valid';
    remarks.push(`The public key of the ${other.key.source} is another one; with it the signature is ${verdict}.`);
  }
  const { point: _, ...key } = decisive.key;
  return { state: decisive.valid ? 'valid' : 'invalid', sentence: decisive.sentence, remarks, record, key };
}

const NO_KEY =
  'There is no public key of this meter: neither in the message, nor in the device model, nor given by you.';

type ReadKey = VerifiedKey & Pick<PublicKey, 'point'>;

/** The keys that can be used; why another cannot becomes a remark. */
function readKeys(candidates: readonly KeyCandidate[], remarks: string[]): readonly ReadKey[] {
  return candidates.flatMap(({ text, source, entry }) => {
    if (text.trim() === '') return [];
    const key = parsePublicKey(text);
    if (key.ok) return [{ ...key.value, source, entry }];
    remarks.push(`The public key of the ${source} cannot be used. ${key.error.sentence}`);
    return [];
  });
}

/** `curve` is the one that the signing method names; undefined where none is named. */
function judge(
  { curve, point, source }: ReadKey,
  expected: Curve | undefined,
  payload: Uint8Array,
  signature: Uint8Array,
): { readonly valid: boolean; readonly sentence: string } {
  if (expected !== undefined && expected !== curve) {
    return {
      valid: false,
      sentence: `The record is signed on ${expected}, but the public key of the ${source} is on ${curve}.`,
    };
  }
  const by = `with the public key of the ${source} (${curve})`;
  if (isSignatureOf(curve, point, payload, signature))
    return { valid: true, sentence: `The signature is valid ${by}.` };
  const cause = "the readings were changed, or it is another meter's key";
  return { valid: false, sentence: `The signature is not valid ${by}: ${cause}.` };
}

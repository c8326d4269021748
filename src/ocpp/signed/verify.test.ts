import { base64 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { utf8Of } from './encodings.ts';
import { parseSignedMeterValue, parseSignedValue16, type SignedMeterValue } from './signed-meter-value.ts';
import { OF_OTHER_CURVES, PUBLISHED } from './testing/published-records.ts';
import { type KeyCandidate, verifySignedMeterValue } from './verify.ts';

const inBase64 = (text: string): string => base64.encode(utf8Of(text));
/** As 3.2.2 of Signed Meter Values asks for. */
const oca = (key: string): string => inBase64(`oca:base16:asn1:${key}`);

function signed(text: string, more: Partial<Record<'signingMethod' | 'encodingMethod' | 'publicKey', string>> = {}) {
  const parsed = parseSignedMeterValue({
    signedMeterData: inBase64(text),
    signingMethod: '',
    encodingMethod: 'OCMF',
    publicKey: '',
    ...more,
  });
  if (!parsed.ok) throw new Error(parsed.error.sentence);
  return parsed.value;
}
const ofMessage = (value: SignedMeterValue): KeyCandidate[] => [{ text: value.publicKey, source: 'message', entry: 7 }];

describe('the signature of a published record', () => {
  it.each([...PUBLISHED, ...OF_OTHER_CURVES])('is valid: $name', ({ text, publicKey }) => {
    // Named beside the record where the record does not (Signed Meter Values, table 1).
    const signingMethod = text.includes('"SA"') ? '' : 'ECDSA-secp256r1-SHA256';
    const value = signed(text, { publicKey: oca(publicKey), signingMethod });
    const result = verifySignedMeterValue(value, ofMessage(value));
    expect(result).toMatchObject({ state: 'valid', remarks: [], key: { source: 'message', entry: 7, form: 'oca' } });
  });

  it.each([...PUBLISHED, ...OF_OTHER_CURVES])('is not valid once a digit was changed: $name', ({ text, publicKey }) => {
    const changed = text.replace(/"RV":(\d)/, (_, digit) => `"RV":${(Number(digit) + 1) % 10}`);
    expect(changed).not.toBe(text);
    const value = signed(changed, { publicKey: oca(publicKey) });
    expect(verifySignedMeterValue(value, ofMessage(value)).state).toBe('invalid');
  });

  it('is not valid once a space was put in, as what was signed are letters and not values', () => {
    const [{ text, publicKey }] = PUBLISHED as [(typeof PUBLISHED)[0]];
    const value = signed(text.replace('"FV":', '"FV": '), { publicKey });
    expect(verifySignedMeterValue(value, ofMessage(value)).state).toBe('invalid');
  });
});

const UNNAMED =
  'signingMethod is empty, where it has to name what the record does not (Signed Meter Values, tables 1 and 11).';
const [keba, nzr] = PUBLISHED as [(typeof PUBLISHED)[0], (typeof PUBLISHED)[0]];
const brainpool384 = OF_OTHER_CURVES[0] as (typeof OF_OTHER_CURVES)[0];

describe('the key that decides', () => {
  it('is the first that can be read; why another cannot is said', () => {
    const value = signed(keba.text, { publicKey: 'not a key!' });
    const keys = [...ofMessage(value), { text: oca(keba.publicKey), source: 'device model', entry: 3 } as const];
    const result = verifySignedMeterValue(value, keys);
    expect(result).toMatchObject({ state: 'valid', key: { source: 'device model', entry: 3 } });
    expect(result.remarks).toEqual([
      UNNAMED,
      'The public key of the message cannot be used. The public key is neither hexadecimal, base64 nor PEM.',
    ]);
  });

  it('is told apart from another one that says something else', () => {
    const value = signed(keba.text, { publicKey: oca(keba.publicKey) });
    const other = PUBLISHED[3]?.publicKey ?? '';
    const result = verifySignedMeterValue(value, [...ofMessage(value), { text: other, source: 'user' }]);
    expect(result.state).toBe('valid');
    expect(result.remarks).toEqual([
      UNNAMED,
      'The public key of the user is another one; with it the signature is not valid.',
    ]);
  });

  it('can be of the wrong curve', () => {
    const result = verifySignedMeterValue(signed(nzr.text), [{ text: keba.publicKey, source: 'user' }]);
    expect(result.state).toBe('invalid');
    expect(result.sentence).toBe(
      'The record is signed on brainpool256r1, but the public key of the user is on secp256r1.',
    );
  });

  it('gives the curve where neither the record nor the message names a method', () => {
    const unnamed = brainpool384.text.replace('"SA":"ECDSA-brainpool384r1-SHA256",', '');
    const keys: readonly KeyCandidate[] = [{ text: brainpool384.publicKey, source: 'user' }];
    const result = verifySignedMeterValue(signed(unnamed), keys);
    expect(result).toMatchObject({
      state: 'valid',
      remarks: [UNNAMED, 'No signing method is named; the curve is that of the public key, brainpool384r1.'],
    });
    const byMessage = verifySignedMeterValue(signed(unnamed, { signingMethod: 'ECDSA-brainpool384r1-SHA256' }), keys);
    expect(byMessage).toMatchObject({ state: 'valid', remarks: [] });
  });

  it('may not be there at all', () => {
    const value = signed(keba.text);
    expect(verifySignedMeterValue(value, ofMessage(value))).toMatchObject({ state: 'unverified', record: {} });
  });
});

describe('what cannot be verified', () => {
  const cases: readonly [why: string, value: SignedMeterValue, state: string, sentence: RegExp][] = [
    ['another format', signed('<signedMeterValue/>', { encodingMethod: 'EDL' }), 'unverified', /are in EDL; only OCMF/],
    ['a format without a name', signed('x', { encodingMethod: '' }), 'unverified', /does not name/],
    ['no signature section', signed('OCMF|{}'), 'unreadable', /OCMF\|payload\|signature/],
    ['no JSON', signed('OCMF|{|{"SD":"00"}'), 'unreadable', /payload section of the record is no JSON/],
    ['no readings', signed('OCMF|{}|{"SD":"00"}'), 'unreadable', /no list of readings/],
    ['another method', signed(keba.text.replace('{"SD"', '{"SA":"RSA-SHA256","SD"')), 'unverified', /RSA-SHA256/],
    ['a signature in no encoding', signed(keba.text.replace(/"SD":"\w\w/, '"SD":"zz')), 'unreadable', /not in hex/],
  ];
  it.each(cases)('%s', (_, value, state, sentence) => {
    const result = verifySignedMeterValue(value, [{ text: keba.publicKey, source: 'user' }]);
    expect(result.state).toBe(state);
    expect(result.sentence).toMatch(sentence);
  });

  it('a signature that is none, which the library refuses by throwing', () => {
    const value = signed(keba.text.replace(/"SD":"[^"]*"/, '"SD":"00"'));
    expect(verifySignedMeterValue(value, [{ text: keba.publicKey, source: 'user' }]).state).toBe('invalid');
  });
});

describe('a signed value of 1.6', () => {
  it('is a SignedMeterValueType in a text (3.2.1)', () => {
    const text = JSON.stringify({
      signedMeterData: inBase64(keba.text),
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: oca(keba.publicKey),
    });
    const value = parseSignedValue16(text);
    expect(value).toMatchObject({ ok: true, value: { text: keba.text, remarks: [] } });
    if (value.ok) expect(verifySignedMeterValue(value.value, ofMessage(value.value)).state).toBe('valid');
  });

  const mere: readonly [form: string, text: string][] = [
    ['plain', keba.text],
    ['base64', inBase64(keba.text)],
    ['hexadecimal', Array.from(utf8Of(keba.text), (byte) => byte.toString(16).padStart(2, '0')).join('')],
  ];
  it.each(mere)('may be the mere record in %s, which is said', (_, text) => {
    const value = parseSignedValue16(text);
    expect(value).toMatchObject({ ok: true, value: { text: keba.text, encodingMethod: 'OCMF' } });
    expect(value.ok && value.value.remarks).toHaveLength(1);
  });

  it('says what differs from the paper', () => {
    const value = parseSignedValue16(JSON.stringify({ signedMeterValue: keba.text, encodingMethod: 'OCMF' }));
    expect(value.ok && value.value.remarks).toEqual([
      'The data stand in signedMeterValue instead of signedMeterData.',
      'signedMeterData is not in base64 (Signed Meter Values, figure 1).',
      'signingMethod is missing (Signed Meter Values, figure 1).',
      'publicKey is missing (Signed Meter Values, figure 1).',
    ]);
  });
});

describe('what a message says of the data', () => {
  const remarksOf = (more: Parameters<typeof signed>[1]) => {
    const value = signed(nzr.text, { publicKey: oca(nzr.publicKey), ...more });
    return verifySignedMeterValue(value, ofMessage(value)).remarks;
  };

  it('names the format, and no method that the record names (Signed Meter Values, tables 1 and 11)', () => {
    expect(remarksOf({})).toEqual([]);
    expect(remarksOf({ encodingMethod: '' })).toEqual([
      'encodingMethod is empty, where it has to name the format (Signed Meter Values, tables 1 and 11).',
    ]);
    const method = /"SA":"([^"]*)"/.exec(nzr.text)?.[1] ?? '';
    expect(remarksOf({ signingMethod: method })).toEqual([
      'signingMethod has to be empty, since the record names it (Signed Meter Values, tables 1 and 11).',
    ]);
  });
});

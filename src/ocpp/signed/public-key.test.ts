import { base64 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfHex, utf8Of } from './encodings.ts';
import { parsePublicKey } from './public-key.ts';

/** Of the example in Signed Meter Values, 5.3. */
const PRINTED =
  '3056301006072A8648CE3D020106052B8104000A03420004460A02BA2766D9C44F023ECC0E4E58644A87ADD1AADD6317E5FE4DCCDB29B163A01D8A6297C84BC530F86431E92F8D46AB37830247C05CBD92FAC252929E7F61';
const der = base64.encode(bytesOfHex(PRINTED) ?? new Uint8Array());
const inBase64 = (text: string): string => base64.encode(utf8Of(text));

describe('a public key', () => {
  const forms: readonly [form: string, how: string, text: string][] = [
    ['oca', 'as the paper asks (3.2.2)', inBase64(`oca:base16:asn1:${PRINTED.toLowerCase()}`)],
    ['oca', 'with its encoding in base64', inBase64(`oca:base64:asn1:${der}`)],
    ['oca', 'without the base64 around it', `oca:base16:asn1:${PRINTED}`],
    [
      'oca',
      'with characters between the digits, and a prefix (table 2)',
      `oca:base16:asn1:0x${PRINTED.replace(/(..)/g, '$1 ')}`,
    ],
    ['hex', 'as printed', PRINTED],
    ['hex', 'as printed, in base64', inBase64(PRINTED)],
    ['base64', 'in base64', der],
    ['pem', 'as PEM', `-----BEGIN PUBLIC KEY-----\n${der.replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`],
  ];
  it.each(forms)('is read as %s: %s', (form, _, text) => {
    expect(parsePublicKey(text)).toMatchObject({ ok: true, value: { form, curve: 'secp256k1', printed: PRINTED } });
  });

  const faults: readonly [why: string, text: string, code: string][] = [
    ['nothing', ' ', 'key-missing'],
    ['another content type', inBase64('oca:base16:pgp:30'), 'key-form'],
    ['not what the prefix says', inBase64('oca:base16:asn1:xyz'), 'key-form'],
    ['no structure', inBase64('hello, there'), 'key-form'],
    ['a point off the curve', PRINTED.replace(/61$/, '62'), 'key-invalid'],
    ['a curve that no list has', PRINTED.replace('052B8104000A', '052B81040023'), 'key-unsupported'],
    ['an RSA key', '30123010' + '06092A864886F70D010101' + '0500' + '030100', 'key-form'],
  ];
  it.each(faults)('is refused: %s', (_, text, code) => {
    expect(parsePublicKey(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('never throws', () => {
    const text = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.uint8Array({ maxLength: 120 }).map((bytes) => base64.encode(bytes)),
    );
    fc.assert(
      fc.property(text, (key) => {
        expect(typeof parsePublicKey(key).ok).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });
});

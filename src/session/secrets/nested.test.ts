import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskFrame, maskSentence } from './frame.ts';

/*
 * JSON that is the text of a string, as vendors put it into DataTransfer: masked like the rest, and nothing else of it is
 * touched.
 */

const SECRET = 'S3CRET-of-this-bench';
const masked = (text: string): string => maskFrame(text, { idTokens: true }).text;

/** A writer of JSON that puts white space between tokens and escapes characters as it likes. */
type Whim = () => number;
function written(value: unknown, whim: Whim): string {
  const space = (): string => ['', '', ' ', '\n', '\t '][whim() % 5] ?? '';
  if (typeof value === 'string') {
    const characters = Array.from({ length: value.length }, (_, index) => value.charAt(index));
    // Secrets are written plainly, so that what is expected can be told by replacing them.
    return `"${characters.map((one) => (SECRET.includes(one) ? one : escaped(one, whim))).join('')}"`;
  }
  if (Array.isArray(value))
    return `[${space()}${value.map((one) => written(one, whim)).join(`${space()},${space()}`)}]`;
  if (typeof value === 'object' && value !== null) {
    const own = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}${space()}:${written(one, whim)}`);
    return `${space()}{${space()}${own.join(`,${space()}`)}${space()}}${space()}`;
  }
  return JSON.stringify(value);
}

function escaped(character: string, whim: Whim): string {
  const plain = JSON.stringify(character).slice(1, -1);
  if (whim() % 4 > 0) return plain;
  if (character === '/') return '\\/';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const whims = fc.infiniteStream(fc.nat(1000)).map((stream) => () => Number(stream.next().value));
/** Something that is no secret, and looks like none. */
const harmless = fc.json().map((text) => text.replace(/[?&@/]/g, ''));
const secrets = fc.constantFrom<Record<string, unknown>>(
  { password: SECRET },
  { idToken: { idToken: SECRET, type: 'Central' } },
  { configurationKey: [{ key: 'AuthorizationKey', readonly: false, value: SECRET }] },
  { connectionData: { vpn: { server: 'a', key: SECRET } } },
  { variable: { name: 'BasicAuthPassword' }, attributeValue: SECRET },
);

describe('JSON within a string', () => {
  it('has its secrets masked at every level, and every other character stays as it was', () => {
    fc.assert(
      fc.property(secrets, fc.string(), fc.integer({ min: 1, max: 4 }), whims, (secret, text, levels, whim) => {
        const other = text.replace(/[?&@]/g, '');
        let value: unknown = [{ before: other, ...secret, after: [other, 1.5, null, true] }];
        for (let level = 0; level < levels; level++) value = { data: written(value, whim), other };
        const frame = written([2, 'a', 'DataTransfer', value], whim);
        expect(frame).toContain(SECRET);
        expect(masked(frame)).toBe(frame.replaceAll(SECRET, '******'));
      }),
    );
  });

  it('stays as it is where it has no secret, whatever it is', () => {
    fc.assert(
      fc.property(harmlessText(), (text) => {
        const frame = JSON.stringify([2, 'a', 'DataTransfer', { password: 'x', data: text }]);
        expect(masked(frame)).toBe(frame.replace('"x"', '"******"'));
      }),
    );
  });

  it.each([
    [
      'a URL with a password, whose neighbours stay',
      '{"location":"ftp://u:S3CRET@h/a?token=S3CRET","size":7}',
      /"size\\":7\}/,
    ],
    ['a private key', JSON.stringify({ pem: '-----BEGIN PRIVATE KEY-----\nS3CRET\n-----END PRIVATE KEY-----' }), /pem/],
    ['what is cut', '{"vendor":1,"password":"S3CRET', /vendor/],
    ['what has a trailing comma and comments', '{"password":"S3CRET",/* http://u:S3CRET@h */}', /password/],
    ['what has single values behind one another', '{"password":"S3CRET"}\n{"password":"S3CRET"}', /password/],
    ['a byte order mark before it', '\ufeff{"password":"S3CRET"}', /password/],
    ['brackets that close what is not open', '[]]}{"password":"S3CRET"}', /password/],
  ])('%s', (_, data, kept) => {
    const text = masked(JSON.stringify([2, 'a', 'DataTransfer', { vendorId: 'V', data }]));
    expect(text).not.toContain('S3CRET');
    expect(text).toContain('******');
    expect(text).toMatch(kept);
  });

  it('is masked as a whole where it goes deeper than anybody means', () => {
    let value = JSON.stringify({ password: 'S3CRET' });
    for (let level = 0; level < 12; level++) value = JSON.stringify({ d: value });
    expect(masked(`[2,"a","DataTransfer",${value}]`)).not.toContain('S3CRET');
  });

  it('is not masked twice', () => {
    const once = masked(
      JSON.stringify([2, 'a', 'DataTransfer', { password: 'x', data: '{"password":"x","u":"ws://a:b@c"}' }]),
    );
    expect(maskFrame(once, { idTokens: true })).toEqual({ text: once, secrets: [] });
  });

  it('has tokens masked only where that is asked for', () => {
    const frame = JSON.stringify([2, 'a', 'DataTransfer', { data: '{"idTag":"AABB"}' }]);
    expect(maskFrame(frame, { idTokens: false }).text).toBe(frame);
    expect(masked(frame)).toBe(frame.replace('AABB', '******'));
  });

  it('is not told by sentences about the frame', () => {
    const data = JSON.stringify({ password: SECRET });
    const { secrets: found } = maskFrame(JSON.stringify([2, 'a', 'DataTransfer', { data }]), { idTokens: false });
    expect(maskSentence(`"data" is the string ${JSON.stringify(data)}.`, found)).not.toContain(SECRET);
    expect(maskSentence(`It says ${SECRET}.`, found)).toBe('It says ******.');
  });

  it.each([
    ['brackets', '['.repeat(30_000)],
    ['objects', '{"a":'.repeat(30_000)],
  ])('never throws, however deep a peer nests %s', (_, deep) => {
    // A parser that recurses runs out of stack here.
    const frame = `[2,"a","DataTransfer",{"password":"S3CRET","data":${JSON.stringify(deep)},"deep":${deep}`;
    expect(masked(frame)).toBe(frame.replace('S3CRET', '******'));
  });
});

function harmlessText(): fc.Arbitrary<string> {
  const words = fc.stringMatching(/^[a-z ,.{}[\]"\\0-9:]*$/);
  return fc.oneof(words, harmless);
}

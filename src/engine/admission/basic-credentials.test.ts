import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basicAuthorization, readBasic } from './basic-credentials.ts';

const read = (value: string) => readBasic([['Authorization', value]]);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('Basic credentials', () => {
  it('are read as they were written, whatever user name without a colon and password', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((user) => !user.includes(':')),
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array()),
        (user, password) => {
          const { kind, ...rest } = read(basicAuthorization(user, password));
          expect(kind).toBe('credentials');
          const bytes = typeof password === 'string' ? new Uint8Array(Buffer.from(password)) : password;
          expect(rest).toEqual({ credentials: { user, password: bytes } });
        },
      ),
    );
  });

  it('are never a throw, and what is wrong with them repeats nothing of them', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 12 }), (before, secret) => {
        for (const value of [before + secret, `Basic ${secret}`, `Basic ${before}=${base64(secret)}`]) {
          const reading = read(value);
          if (reading.kind === 'malformed') expect(reading.sentence).not.toContain(secret);
        }
      }),
    );
  });

  it.each(['basic', 'BASIC', 'Basic  '])('have a scheme in any case: %s', (scheme) => {
    expect(read(`${scheme} ${base64('CS-1:pw')}`)).toMatchObject({
      kind: 'credentials',
      credentials: { user: 'CS-1' },
    });
  });

  it('end their user name at the first colon', () => {
    expect(read(`Basic ${base64('CS:1:p:w')}`)).toEqual({
      kind: 'credentials',
      credentials: { user: 'CS', password: new Uint8Array(Buffer.from('1:p:w')) },
    });
  });

  it('are none where there is no header', () => {
    expect(readBasic([['X-Authorization', 'Basic QTpC']])).toEqual({ kind: 'none' });
  });

  it.each([
    ['another scheme', 'Bearer abc', /scheme Bearer, not Basic/],
    ['no scheme', base64('CS-1:pw'), /does not begin with "Basic"/],
    ['text that is not encoded', 'Basic CS-1:pw', /not base64/],
    ['base64 for URLs', 'Basic Pz8_Pz8-Og==', /not base64/],
    ['base64 without padding', 'Basic QTpCQw', /padding/],
    ['no colon', `Basic ${base64('CS-1')}`, /no colon/],
    ['nothing', 'Basic', /Nothing follows/],
    ['a scheme that may be a password', 'S3CRET pw', /does not begin with "Basic"/],
  ])('are malformed with %s', (_, value, sentence) => {
    expect(read(value)).toEqual({ kind: 'malformed', sentence: expect.stringMatching(sentence) });
  });

  it('are malformed where there are two', () => {
    const header = ['authorization', `Basic ${base64('A:B')}`] as const;
    expect(readBasic([header, header])).toMatchObject({ kind: 'malformed' });
  });
});

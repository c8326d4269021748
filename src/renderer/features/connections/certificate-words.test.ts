import { describe, expect, it } from 'vitest';
import { nameOf, placeWords } from './certificate-words.ts';

describe('the name of a certificate', () => {
  it.each([
    ['CN=SN-004711,O=Plugscope Bench', 'SN-004711'],
    ['C=DE,O=Operator,CN=csms.example', 'csms.example'],
    ['CN=Smith\\, John,O=X', 'Smith, John'],
    ['O=No common name', 'O=No common name'],
    ['O=CN=trap', 'O=CN=trap'],
    ['', 'without a subject'],
  ])('of %s is %s', (subject, name) => {
    expect(nameOf(subject)).toBe(name);
  });

  it('is found in a hostile subject without delay', () => {
    expect(nameOf(`O=${'\\,'.repeat(500_000)}`)).toHaveLength(1_000_002);
  });

  it('says what it is in its chain', () => {
    const one = { subject: 'CN=A', issuer: 'CN=B' } as Parameters<typeof placeWords>[0];
    expect(placeWords(one, 0, 2)).toBe('its own');
    expect(placeWords(one, 1, 2)).toBe('issued the one before');
    expect(placeWords({ ...one, issuer: 'CN=A' }, 0, 1)).toBe('its own, signed by itself');
    expect(placeWords({ ...one, issuer: 'CN=A' }, 1, 2)).toBe('root');
  });
});

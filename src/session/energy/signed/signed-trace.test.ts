import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../../fixtures/energy/load.ts';
import { SessionEnergy } from '../session-energy.ts';
import type { StationEnergy } from '../station-energy.ts';
import { signedPicture } from './signed-picture.ts';

const energy = new SessionEnergy();
for (const event of eventsOf('signed-values')) energy.take(event);

function station(name: string): StationEnergy {
  const found = energy.station(name);
  if (found === undefined) throw new Error(`No station ${name}`);
  return found;
}
const picture = (name: string, transaction: string, keys = {}) => {
  const { topics, known } = station(name);
  return signedPicture(topics.signed, known, transaction, keys);
};

describe('the recorded transactions with signed values', () => {
  it('is sound with the key of the device model', () => {
    expect(picture('SIGN-1', '8d1f3c52-sound')).toMatchObject({
      state: 'valid',
      energy: 7421,
      problems: [],
      valuesInAll: 2,
    });
  });

  it('was changed afterwards: the begin is valid, the end is not', () => {
    const { state, begin, end, sentence } = picture('SIGN-1', 'b7702e19-changed');
    expect([state, begin?.state, end?.state]).toEqual(['invalid', 'valid', 'invalid']);
    expect(sentence).toMatch(
      /^1 of 2 signed values: The signature is not valid with the public key of the device model/,
    );
  });

  it('cannot be verified without the key of its meter, which the user can give', () => {
    expect(picture('SIGN-1', 'e4a95d80-unknown').state).toBe('unverified');
    const withKey = picture('SIGN-1', 'f1c6a0d3-with-key');
    expect(withKey).toMatchObject({ state: 'valid', energy: 7421 });
    const key = withKey.values[0]?.verification.key?.printed ?? '';
    expect(picture('SIGN-1', 'e4a95d80-unknown', { 2: key }).state).toBe('valid');
  });

  it('is sound in 1.6 with the key of the configuration', () => {
    expect(picture('SIGN-16', '311')).toMatchObject({
      state: 'valid',
      energy: 3694,
      begin: { digits: '88.4120', unit: 'kWh' },
      end: { digits: '92.1060' },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../../fixtures/energy/load.ts';
import { SessionEnergy } from '../session-energy.ts';
import { signedValues, transactionRows } from './transactions-question.ts';

const energy = new SessionEnergy();
for (const event of eventsOf('signed-values')) energy.take(event);

describe('the transactions of a station', () => {
  it('are listed with the latest first, and what was measured and signed of each', () => {
    const { rows, inAll } = transactionRows(energy, { station: 'SIGN-1', skip: 0, count: 50 });
    expect(inAll).toBe(4);
    expect(rows.map(({ id }) => id)).toEqual([
      'f1c6a0d3-with-key',
      'e4a95d80-unknown',
      'b7702e19-changed',
      '8d1f3c52-sound',
    ]);
    expect(rows[3]).toMatchObject({
      evseId: 1,
      idToken: '04A1B2C3',
      signedValues: 2,
      endedAt: Date.UTC(2026, 10, 20, 8, 47),
      energy: { imported: [{ by: 'register', energy: 7421 }] },
    });
  });

  it('are given in parts', () => {
    const part = transactionRows(energy, { station: 'SIGN-1', skip: 1, count: 2 });
    expect(part.rows.map(({ id }) => id)).toEqual(['e4a95d80-unknown', 'b7702e19-changed']);
    expect(transactionRows(energy, { station: 'SIGN-1', skip: 4, count: 2 }).rows).toEqual([]);
  });

  it('are none of a station that is not there', () => {
    expect(transactionRows(energy, { station: 'nobody', skip: 0, count: 2 })).toEqual({ rows: [], inAll: 0 });
    expect(signedValues(energy, { station: 'nobody', transaction: '1', keys: {} })).toBeNull();
  });

  it('can be told to a face as JSON', () => {
    const said = transactionRows(energy, { station: 'SIGN-16', skip: 0, count: 1 });
    expect(JSON.parse(JSON.stringify(said))).toEqual(said);
    const signed = signedValues(energy, { station: 'SIGN-16', transaction: '311', keys: {} });
    expect(JSON.parse(JSON.stringify(signed))).toEqual(signed);
  });
});

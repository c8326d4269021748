import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../../../fixtures/energy/load.ts';
import { SessionEnergy } from '../../../../session/energy/session-energy.ts';
import { tariffPicture } from '../../../../session/energy/tariffs/tariff-question.ts';
import { costSpec } from './cost-spec.ts';

const energy = new SessionEnergy();
for (const event of eventsOf('tariff-change')) energy.take(event);

function specOf(transaction: string) {
  const picture = tariffPicture(energy, { station: 'TAR-1', transaction, points: 200 });
  if (!picture) throw new Error('There is no such transaction.');
  return costSpec(picture);
}

describe('costSpec', () => {
  it('draws what is calculated, what is said, and the power, in ascending time', () => {
    const { axes, series } = specOf('a7c1-tariff-0002');
    expect(axes.map(({ unit }) => unit)).toEqual(['EUR', 'W']);
    expect(series.map(({ id, shape }) => `${id} ${shape}`)).toEqual([
      'total line',
      'fixed line',
      'energy line',
      'idleTime line',
      'station points',
      'csms points',
      'power line',
    ]);
    for (const { at, value } of series) {
      expect(at).toEqual(at.toSorted((one, other) => one - other));
      expect(value.length).toBe(at.length);
    }
    const csms = series.find(({ id }) => id === 'csms');
    expect(csms?.note).toEqual(['running, as calculated']);
    expect(series.find(({ id }) => id === 'station')?.note).toEqual(['running, as calculated', 'final, differs']);
  });

  it('shades the tariffs one after the other, with the message that brought each', () => {
    const { bands } = specOf('a7c1-tariff-0001');
    expect(bands?.map(({ label, entry }) => [label, entry])).toEqual([
      ['DAY-NIGHT-2026', 9],
      ['WIND-NIGHT', 127],
    ]);
    expect(bands?.[0]?.to).toBe(bands?.[1]?.from);
  });
});

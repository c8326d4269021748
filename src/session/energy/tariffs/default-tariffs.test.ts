import { describe, expect, it } from 'vitest';
import { tariffOf } from '../../../ocpp/tariff/testing/cases.ts';
import { DefaultTariffs } from './default-tariffs.ts';
import type { KnownTariff } from './known-tariff.ts';

function known(tariffId: string, at: number, evseId: number, validFrom?: number): KnownTariff {
  const tariff = { ...tariffOf({ tariffId }), ...(validFrom !== undefined && { validFrom }) };
  return { kind: 'default', tariff, entry: at, at, evseId };
}

function defaults(...tariffs: readonly KnownTariff[]): DefaultTariffs {
  const all = new DefaultTariffs();
  for (const tariff of tariffs) all.install(tariff);
  return all;
}

describe('DefaultTariffs', () => {
  const id = (all: DefaultTariffs, evseId: number, instant: number) => all.at(evseId, instant)?.tariff.tariffId;

  it('installs a tariff at each EVSE, and another one at one of them (I07.FR.11, I07.FR.12, I07.FR.22)', () => {
    const all = defaults(known('all', 10, 0), known('four', 20, 4));
    expect([id(all, 1, 9), id(all, 1, 10), id(all, 4, 19), id(all, 4, 20), id(all, 1, 20)]).toEqual([
      undefined,
      'all',
      'all',
      'four',
      'all',
    ]);
  });

  it('does not consider a tariff before it is valid, and replaces the other then (I07.FR.19, I07.FR.20)', () => {
    const all = defaults(known('now', 10, 0), known('tomorrow', 20, 0, 100));
    expect([id(all, 1, 99), id(all, 1, 100)]).toEqual(['now', 'tomorrow']);
  });

  it('keeps a tariff that became valid later than a new one (I07.FR.21, I07.FR.23)', () => {
    const all = defaults(known('later', 10, 1, 50), known('sooner', 60, 1, 40), known('last', 70, 1, 80));
    expect([id(all, 1, 65), id(all, 1, 80)]).toEqual(['later', 'last']);
  });

  it('clears what was named, where it was named, also what was not valid yet (I10.FR.01 to I10.FR.05)', () => {
    const all = defaults(known('a', 10, 0), known('b', 20, 2), known('c', 30, 0, 100));
    all.clear({ at: 40, tariffIds: ['a'], evseId: 1 });
    all.clear({ at: 50, tariffIds: ['c'] });
    expect([id(all, 1, 39), id(all, 1, 40), id(all, 2, 60), id(all, 3, 120)]).toEqual(['a', undefined, 'b', 'a']);
    all.clear({ at: 130 });
    expect([id(all, 3, 129), id(all, 3, 130)]).toEqual(['a', undefined]);
  });
});

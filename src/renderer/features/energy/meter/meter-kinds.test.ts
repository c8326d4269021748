import { describe, expect, test } from 'vitest';
import { measurand } from '../../../../ocpp/metering/measurands.ts';
import type { SeriesChoice } from '../../../../session/energy/metering/series-question.ts';
import { firstChoice, grouped, kindsOf } from './meter-kinds.ts';

function choice(name: string, rest: Partial<SeriesChoice> = {}): SeriesChoice {
  const known = measurand(name);
  return {
    ...{ id: name, evseId: 1, measurand: name, phase: '', location: 'Outlet', source: 'sampled', flow: null },
    ...{ unit: known?.unit ?? '', label: known?.label ?? name, kind: known?.kind ?? 'instant' },
    quantity: known?.quantity ?? 'other',
    ...{ samples: 10, from: 0, to: 1, contexts: [], transactions: 0, unitsAssumed: 0 },
    ...rest,
  };
}

const chosen = (...series: readonly SeriesChoice[]) => {
  const first = firstChoice(kindsOf(series));
  return series
    .filter((_, index) => first.has(kindsOf(series)[index]?.key ?? ''))
    .map(({ measurand: name, phase }) => name + phase);
};

describe('what is shown at first', () => {
  test('is power both ways with the state of charge', () => {
    const series = ['Power.Active.Import', 'Power.Active.Export', 'Power.Offered', 'SoC', 'Voltage'].map((name) =>
      choice(name),
    );
    expect(chosen(...series)).toEqual(['Power.Active.Import', 'Power.Active.Export', 'SoC']);
  });

  test('is of all phases together, and of each where there is no such value', () => {
    const phases = ['L1', 'L2', 'L3'].map((phase) => choice('Power.Active.Import', { phase }));
    expect(chosen(...phases)).toHaveLength(3);
    expect(chosen(...phases, choice('Power.Active.Import'))).toEqual(['Power.Active.Import']);
  });

  test('is the register where there is no power, then the current, then what there is', () => {
    const current = choice('Current.Import');
    const register = choice('Energy.Active.Import.Register');
    expect(chosen(current, register)).toEqual(['Energy.Active.Import.Register']);
    expect(chosen(current, choice('Voltage'))).toEqual(['Current.Import']);
    expect(chosen(choice('Vendor.Flux'), choice('Voltage'))).toEqual(['Vendor.Flux']);
    expect(chosen()).toEqual([]);
  });

  test('is not what is measured upstream or of the whole station, where there is anything else', () => {
    const upstream = choice('Power.Active.Import', { location: 'Upstream' });
    const main = choice('Power.Active.Import', { evseId: 0 });
    expect(chosen(upstream, main, choice('Current.Import'))).toEqual(['Current.Import']);
    expect(chosen(upstream, main)).toEqual(['Power.Active.Import']);
  });
});

describe('a search', () => {
  const kinds = kindsOf(['Power.Active.Import', 'Voltage', 'SoC'].map((name) => choice(name)));
  const found = (search: string) => grouped(kinds, search).flatMap(({ groups }) => groups.map(({ label }) => label));

  test('finds measurands by their words, their names on the wire and their units', () => {
    expect(found('')).toEqual(['Power imported', 'Voltage', 'State of charge']);
    expect(found('power import')).toEqual(['Power imported']);
    expect(found('Power.Active')).toEqual(['Power imported']);
    expect(found('%')).toEqual(['State of charge']);
    expect(found('nothing')).toEqual([]);
  });
});

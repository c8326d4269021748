import { thinned } from '../grid/measured.ts';
import { balanceOf } from './balance.ts';
import type { BatteryQuestion, BatterySeries, StoragePicture } from './battery-picture.ts';
import type { Storage, StoragePoint } from './storage.ts';

/** A stationary battery over a range. */
export function storagePicture(
  { instance, identity, capacity, points: told }: Storage,
  { range, points }: BatteryQuestion,
): StoragePicture {
  const within = (all: readonly StoragePoint[]) => all.filter(({ at }) => at >= range.from && at < range.to);
  const series = (all: readonly StoragePoint[]): BatterySeries => {
    const some = thinned(within(all), points);
    return {
      at: some.map(({ at }) => at),
      value: some.map(({ value }) => value),
      entry: some.map(({ entry }) => entry),
    };
  };
  return {
    instance,
    identity,
    capacity,
    stateOfCharge: series(told.StateOfCharge),
    power: series(told.Power),
    balance: balanceOf({
      soc: within(told.StateOfCharge),
      imported: within(told.EnergyImportRegister),
      exported: within(told.EnergyExportRegister),
    }),
  };
}

import type { ControlType } from '../../../../ocpp/der/control.ts';
import { functionAt, readFunction, xOf } from '../../../../ocpp/der/function-curve.ts';
import type { InstalledControl } from '../../../../ocpp/der/installed.ts';
import { reactivePowerAt } from '../../../../ocpp/der/power-factor.ts';
import { amountOf, type Ratings } from '../../../../ocpp/der/ratings.ts';
import type { GridNow } from './active-power.ts';

/**
 * Reactive power from the grid in var that the controls ask for beside active power. The specification gives no order
 * between their types (R, 2.7): a fixed value counts first, then curves, then a power factor.
 */
export function reactivePower(
  grid: GridNow,
  ratings: Required<Ratings>,
  active: (type: ControlType) => InstalledControl | undefined,
): number {
  const asked = askedInto(grid, ratings, active);
  if (asked === undefined || !Number.isFinite(asked)) return 0;
  const left = Math.sqrt(Math.max(0, ratings.maxVA ** 2 - grid.activePower ** 2));
  return -Math.max(-Math.min(ratings.maxVarNeg, left), Math.min(ratings.maxVar, left, asked));
}

/** Into the grid; undefined where nothing asks for any. */
function askedInto(
  grid: GridNow,
  ratings: Required<Ratings>,
  active: (type: ControlType) => InstalledControl | undefined,
): number | undefined {
  const now = { activePower: -grid.activePower, reactivePower: -grid.reactivePower };
  const fixed = active('FixedVar')?.control.setting;
  if (fixed?.type === 'FixedVar') return amountOf(fixed.setpoint, fixed.unit, 'reactivePower', ratings, now)?.value;
  for (const type of ['VoltVar', 'WattVar', 'WattPF'] as const) {
    const setting = active(type)?.control.setting;
    if (setting?.type !== type) continue;
    const reading = readFunction(type, setting.curve, ratings);
    const x = xOf(reading, type === 'VoltVar' ? grid.voltage : now.activePower, ratings);
    return x === undefined ? undefined : functionAt(reading, x, ratings, now)?.value;
  }
  const type = grid.activePower > 0 ? 'FixedPFAbsorb' : 'FixedPFInject';
  const factor = active(type)?.control.setting;
  if (factor?.type !== type) return undefined;
  return reactivePowerAt(now.activePower, factor.displacement, factor.excitation);
}

import type { DerUnit } from './control.ts';

/** What percentages are of, and what an inverter can do: variables of `DCDERCtrlr`, or what the EV said of itself. */
export interface Ratings {
  /** Active power into the grid in W. */
  readonly maxW?: number;
  /** Reactive power that can be injected, and absorbed, in var. */
  readonly maxVar?: number;
  readonly maxVarNeg?: number;
  readonly maxVA?: number;
  /** Active power from the grid in W. */
  readonly maxChargeRateW?: number;
  readonly vNom?: number;
}

/** Active and reactive power into the grid; from the grid they are negative, as in DER controls (2.52). */
export interface PowerPoint {
  readonly activePower?: number;
  readonly reactivePower?: number;
}

/** What a percentage comes to. */
export interface Amount {
  readonly value: number;
  /** What it is a percentage of, in words. */
  readonly of: string;
}

/**
 * A signed percentage in W or var; positive is into the grid. Undefined where the rating is not known.
 * What is available is not told by any message: it is what the apparent power leaves beside the other power.
 */
export function amountOf(
  percent: number,
  unit: DerUnit,
  quantity: 'activePower' | 'reactivePower',
  ratings: Ratings,
  now: PowerPoint = {},
): Amount | undefined {
  const base = baseOf(unit, percent < 0, ratings, now, quantity);
  return base && { value: (percent / 100) * base.value, of: base.of };
}

function baseOf(
  unit: DerUnit,
  fromGrid: boolean,
  ratings: Ratings,
  now: PowerPoint,
  quantity: 'activePower' | 'reactivePower',
): Amount | undefined {
  switch (unit) {
    case 'PctMaxW':
      return fromGrid && quantity === 'activePower'
        ? (amount(ratings.maxChargeRateW, 'MaxChargeRateW') ?? amount(ratings.maxW, 'MaxW'))
        : amount(ratings.maxW, 'MaxW');
    case 'PctMaxVar':
      return fromGrid
        ? (amount(ratings.maxVarNeg, 'MaxVarNeg') ?? amount(ratings.maxVar, 'MaxVar'))
        : amount(ratings.maxVar, 'MaxVar');
    case 'PctWAvail':
      return left(ratings.maxVA, now.reactivePower, ratings.maxW, 'active');
    case 'PctVarAvail':
      return left(
        ratings.maxVA,
        now.activePower,
        fromGrid ? (ratings.maxVarNeg ?? ratings.maxVar) : ratings.maxVar,
        'reactive',
      );
    default:
      return undefined;
  }
}

function amount(value: number | undefined, of: string): Amount | undefined {
  return value === undefined ? undefined : { value, of };
}

function left(
  maxVA: number | undefined,
  other: number | undefined,
  most: number | undefined,
  kind: string,
): Amount | undefined {
  if (maxVA === undefined || other === undefined) return undefined;
  const value = Math.sqrt(Math.max(0, maxVA * maxVA - other * other));
  return {
    value: most === undefined ? value : Math.min(value, most),
    of: `${kind} power that MaxVA leaves (estimated)`,
  };
}

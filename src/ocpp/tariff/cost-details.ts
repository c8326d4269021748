import { booleanAt, numberAt, objectAt, objectsAt, type Parsed, parsed, requiredNumberAt, timeAt } from '../fields.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { textAt } from './parse-tariff.ts';
import { COST_DIMENSIONS, type CostDimension } from './tariff.ts';

/** A sum as it was reported; a side that was not is absent. */
export interface ReportedAmount {
  readonly exclTax?: number;
  readonly inclTax?: number;
}

/** A charging period as the station reported it. */
export interface ReportedPeriod {
  readonly tariffId?: string;
  readonly from: number;
  /** Wh, W, A and seconds by `CostDimensionEnumType`, in which the schema writes `IdleTIme`. */
  readonly volumes: readonly { readonly type: string; readonly volume: number }[];
}

/** `CostDetailsType`, or the total alone as CostUpdated and TransactionEventResponse have it. */
export interface ReportedCost {
  readonly currency?: string;
  readonly typeOfCost?: string;
  readonly total: ReportedAmount;
  readonly dimensions: { readonly [dimension in CostDimension]?: ReportedAmount };
  /** Wh and seconds. */
  readonly usage?: {
    readonly energy?: number;
    readonly chargingTime?: number;
    readonly idleTime?: number;
    readonly reservationTime?: number;
  };
  readonly periods?: readonly ReportedPeriod[];
  /** What the station says of why it could not calculate the cost, where it could not (I12.FR.14). */
  readonly failure?: string;
}

/** The cost details that a station reported in a TransactionEvent. */
export function parseCostDetails(payload: JsonValue | undefined): Parsed<ReportedCost> {
  return parsed(() => readDetails(isJsonObject(payload) ? payload : objectAt({}, 'costDetails')));
}

function readDetails(payload: JsonObject): ReportedCost {
  const cost = objectAt(payload, 'totalCost');
  const dimensions: { [dimension in CostDimension]?: ReportedAmount } = {};
  for (const dimension of COST_DIMENSIONS) {
    if (cost[dimension] !== undefined) dimensions[dimension] = readAmount(objectAt(cost, dimension));
  }
  const usage = payload.totalUsage === undefined ? undefined : objectAt(payload, 'totalUsage');
  return {
    currency: textAt(cost, 'currency'),
    typeOfCost: textAt(cost, 'typeOfCost'),
    total: readAmount(objectAt(cost, 'total')),
    dimensions,
    ...(usage && {
      usage: {
        energy: numberAt(usage, 'energy'),
        chargingTime: numberAt(usage, 'chargingTime'),
        idleTime: numberAt(usage, 'idleTime'),
        reservationTime: numberAt(usage, 'reservationTime'),
      },
    }),
    ...(payload.chargingPeriods !== undefined && { periods: objectsAt(payload, 'chargingPeriods').map(readPeriod) }),
    ...(booleanAt(payload, 'failureToCalculate') && { failure: textAt(payload, 'failureReason') ?? 'no reason given' }),
  };
}

function readAmount(holder: JsonObject): ReportedAmount {
  return { exclTax: numberAt(holder, 'exclTax'), inclTax: numberAt(holder, 'inclTax') };
}

function readPeriod(holder: JsonObject): ReportedPeriod {
  return {
    tariffId: textAt(holder, 'tariffId'),
    from: timeAt(holder, 'startPeriod') ?? requiredNumberAt(holder, 'startPeriod'),
    volumes: objectsAt(holder, 'dimensions').map((each) => ({
      type: textAt(each, 'type') ?? '',
      volume: requiredNumberAt(each, 'volume'),
    })),
  };
}

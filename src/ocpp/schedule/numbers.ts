import { type OperationMode, QUANTITIES, type Quantity, type SchedulePeriod, type ValueName } from './profile.ts';

/** Numbers of a period that count. */
export type Numbers = { readonly [Name in ValueName]?: number };

/** Which quantities a mode uses: "Limits and setpoints per operation mode" in block Q, and Q09.FR.05. */
const USED: Record<OperationMode, readonly Quantity[]> = {
  ChargingOnly: ['limit'],
  CentralSetpoint: QUANTITIES,
  CentralFrequency: ['limit', 'dischargeLimit', 'setpoint'],
  ExternalSetpoint: QUANTITIES,
  ExternalLimits: ['limit', 'dischargeLimit'],
  LocalFrequency: [],
  LocalLoadBalancing: ['limit', 'dischargeLimit'],
  Idle: [],
};

/** The numbers of a period that its mode uses, in its own unit. */
export function usedNumbers(period: SchedulePeriod): Numbers {
  const numbers: { [Name in ValueName]?: number } = {};
  for (const quantity of USED[period.operationMode]) {
    for (const name of namesOf(quantity)) {
      const value = period.values[name];
      if (value !== undefined) numbers[name] = value;
    }
  }
  return numbers;
}

/** A quantity and its numbers of L2 and L3. */
export function namesOf<Q extends Quantity>(quantity: Q): readonly [Q, `${Q}_L2`, `${Q}_L3`] {
  return NAMES[quantity] as never;
}

const NAMES = Object.fromEntries(
  QUANTITIES.map((quantity) => [quantity, [quantity, `${quantity}_L2`, `${quantity}_L3`]]),
);

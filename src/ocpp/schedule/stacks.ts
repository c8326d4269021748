import type { ScheduleContext } from './context.ts';
import type { ChargingProfile } from './profile.ts';

/** Profiles of which only one leads at a time. External constraints of the station and of an EVSE both count. */
export const STACKS = [
  'PriorityCharging',
  'TxProfile',
  'TxDefaultProfile',
  'ExternalConstraintsOfEvse',
  'ExternalConstraintsOfStation',
  'ChargingStationMaxProfile',
  'LocalGeneration',
] as const;

export type Stack = (typeof STACKS)[number];

/** The stack that a profile takes part in for the EVSE of a context, or undefined where it has no say there. */
export function stackOf(profile: ChargingProfile, context: ScheduleContext): Stack | undefined {
  const ofStation = profile.evseId === 0;
  if (!ofStation && profile.evseId !== context.evseId) return undefined;
  switch (profile.purpose) {
    case 'ChargingStationMaxProfile':
      return ofStation ? 'ChargingStationMaxProfile' : undefined;
    case 'ChargingStationExternalConstraints':
      return ofStation ? 'ExternalConstraintsOfStation' : 'ExternalConstraintsOfEvse';
    case 'LocalGeneration':
      return 'LocalGeneration';
    case 'TxProfile':
      return !ofStation && isOfTransaction(profile, context) ? 'TxProfile' : undefined;
    case 'TxDefaultProfile':
    case 'PriorityCharging':
      // Of EVSE 0 it has effect on each EVSE, not on the grid connection (K01.FR.14, K09.FR.05).
      return context.evseId === 0 ? undefined : profile.purpose;
  }
}

/** Profiles among which one leads: those of a stack, and a limit of which no stack level is known by itself. */
export function rivalryOf(profile: ChargingProfile, context: ScheduleContext): string | undefined {
  const stack = stackOf(profile, context);
  const isAlone = profile.limitSource !== undefined && profile.purpose === 'ChargingStationExternalConstraints';
  return stack && isAlone ? `${stack} ${profile.limitSource}` : stack;
}

/** K01.FR.03 and K01.FR.04; without an id, as in 1.6 and in a remote start, it is of the transaction on its EVSE. */
function isOfTransaction(profile: ChargingProfile, context: ScheduleContext): boolean {
  if (!context.transaction) return false;
  const { id } = context.transaction;
  return profile.transactionId === undefined || id === undefined || profile.transactionId === id;
}

/**
 * Order of precedence in a stack: the higher level (K01.FR.17); on the same one, the EVSE's own before that of EVSE 0
 * (1.6: 3.13.1), then the one that came later.
 */
export function precedence(a: ChargingProfile, b: ChargingProfile): number {
  return b.stackLevel - a.stackLevel || Number(a.evseId === 0) - Number(b.evseId === 0) || b.receivedAt - a.receivedAt;
}

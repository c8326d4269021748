import type { ControlType } from './control.ts';

/** What a control has a say in. */
export type Domain = 'activePower' | 'reactivePower' | 'connection' | 'ramp';

export const DOMAIN_OF: Record<ControlType, Domain> = {
  EnterService: 'connection',
  FreqDroop: 'activePower',
  FreqWatt: 'activePower',
  FixedPFAbsorb: 'reactivePower',
  FixedPFInject: 'reactivePower',
  FixedVar: 'reactivePower',
  Gradients: 'ramp',
  HFMustTrip: 'connection',
  HFMayTrip: 'connection',
  HVMustTrip: 'connection',
  HVMomCess: 'connection',
  HVMayTrip: 'connection',
  LimitMaxDischarge: 'activePower',
  LFMustTrip: 'connection',
  LVMustTrip: 'connection',
  LVMomCess: 'connection',
  LVMayTrip: 'connection',
  PowerMonitoringMustTrip: 'connection',
  VoltVar: 'reactivePower',
  VoltWatt: 'activePower',
  WattPF: 'reactivePower',
  WattVar: 'reactivePower',
};

/**
 * Sets of types that ask for one and the same thing in ways that need not agree. FixedPFAbsorb and FixedPFInject do not
 * conflict: each counts in its own direction of active power.
 */
export function conflictsAmong(active: readonly ControlType[]): readonly (readonly ControlType[])[] {
  const reactive = active.filter((type) => DOMAIN_OF[type] === 'reactivePower');
  const kinds = new Set(reactive.map((type) => (type.startsWith('FixedPF') ? 'FixedPF' : type)));
  const frequency = active.filter((type) => type === 'FreqDroop' || type === 'FreqWatt');
  return [...(kinds.size > 1 ? [reactive] : []), ...(frequency.length > 1 ? [frequency] : [])];
}

/** Which of several types decides: curve types may be active together "if they do not conflict" (R, 2.7), no more. */
export const CONFLICT_SENTENCE =
  'The specification gives no order between types of controls (R, 2.7): which one decides is up to the station.';

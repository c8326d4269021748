import type { ControlType, DerUnit } from '../../../ocpp/der/control.ts';

export const TITLES: Record<ControlType, string> = {
  EnterService: 'Enter service',
  FreqDroop: 'Frequency droop',
  FreqWatt: 'Frequency-watt curve',
  FixedPFAbsorb: 'Fixed power factor, absorbing',
  FixedPFInject: 'Fixed power factor, injecting',
  FixedVar: 'Fixed reactive power',
  Gradients: 'Gradients',
  HFMustTrip: 'High frequency must trip',
  HFMayTrip: 'High frequency may trip',
  HVMustTrip: 'High voltage must trip',
  HVMomCess: 'High voltage momentary cessation',
  HVMayTrip: 'High voltage may trip',
  LimitMaxDischarge: 'Limit of discharge power',
  LFMustTrip: 'Low frequency must trip',
  LVMustTrip: 'Low voltage must trip',
  LVMomCess: 'Low voltage momentary cessation',
  LVMayTrip: 'Low voltage may trip',
  PowerMonitoringMustTrip: 'Power monitoring must trip',
  VoltVar: 'Volt-var curve',
  VoltWatt: 'Volt-watt curve',
  WattPF: 'Watt-power factor curve',
  WattVar: 'Watt-var curve',
};

const UNITS: Record<DerUnit, string> = {
  Not_Applicable: '',
  PctMaxW: '% of rated active power (MaxW)',
  PctMaxVar: '% of rated reactive power (MaxVar)',
  PctWAvail: '% of available active power',
  PctVarAvail: '% of available reactive power',
  PctEffectiveV: '% of effective voltage',
};

/** What a `DERUnitEnumType` stands for. */
export function unitText(unit: DerUnit): string {
  return UNITS[unit] || 'no unit (Not_Applicable)';
}

const SCALED = new Set(['W', 'var', 'VA']);

/** A value with its unit, as people write it: `−1.49 kvar`, `50.02 Hz`, `246 V`. */
export function quantity(value: number, unit: string): string {
  const size = Math.abs(value);
  const kilo = SCALED.has(unit) && size >= 1000;
  const scaled = kilo ? value / 1000 : value;
  return `${decimal(scaled, digitsOf(unit, kilo))}${unit === '' ? '' : ` ${kilo ? 'k' : ''}${unit}`}`;
}

/** A number with at most so many digits after the point, and a true minus. */
export function decimal(value: number, digits: number): string {
  const text = String(Number(value.toFixed(digits)));
  return text.replace(/^-/, '−').replace(/^−0$/, '0');
}

function digitsOf(unit: string, kilo: boolean): number {
  if (unit === 'Hz' || unit === '') return 3;
  if (kilo) return 2;
  return unit === 's' ? 2 : 1;
}

/** Seconds, as people say them. */
export function secondsText(seconds: number): string {
  if (Math.abs(seconds) < 120) return quantity(seconds, 's');
  if (Math.abs(seconds) < 7200) return `${decimal(seconds / 60, 1)} min`;
  return `${decimal(seconds / 3600, 1)} h`;
}

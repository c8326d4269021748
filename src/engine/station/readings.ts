import type { OcppVersion } from '../../ocpp/version.ts';
import type { ChargingHardware, ChargingSession } from './charging-session.ts';

/** The measurands that this station's meter has, by the names that all versions share. */
export const MEASURANDS = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
  'Power.Offered',
  'Energy.Active.Export.Register',
  'Power.Active.Export',
  'Current.Export',
  'Frequency',
  'Power.Reactive.Import',
  'Power.Reactive.Export',
] as const;

export type Measurand = (typeof MEASURANDS)[number];

/** What is measured of each transaction unless the CSMS chooses otherwise: what charts of a charging session need. */
const CHARGING_MEASURANDS = MEASURANDS.slice(0, 6).join(',');

/** The same for a version; where vehicles may give energy back, that too. */
export function defaultMeasurands(version: OcppVersion): string {
  return version === '2.1' ? MEASURANDS.slice(0, 10).join(',') : CHARGING_MEASURANDS;
}

/** One value of the meter. */
export interface Reading {
  readonly measurand: Measurand;
  readonly value: number;
  readonly unit: 'Wh' | 'W' | 'A' | 'V' | 'Percent' | 'Hz' | 'var';
  /** The phase it belongs to; undefined for a value over all of them. */
  readonly phase?: 'L1' | 'L2' | 'L3' | 'L1-N' | 'L2-N' | 'L3-N';
  readonly location: 'Outlet' | 'EV';
}

const LINES = ['L1', 'L2', 'L3'] as const;
const TO_NEUTRAL = ['L1-N', 'L2-N', 'L3-N'] as const;

/** Whether a comma-separated list names only measurands of this station, each once. An empty list names none. */
export function isMeasurandList(text: string): boolean {
  const names = measurandsOf(text);
  return (
    new Set(names).size === names.length && names.every((name) => (MEASURANDS as readonly string[]).includes(name))
  );
}

/** The readings for a comma-separated list of measurands, in the list's order. */
export function readings(session: ChargingSession, hardware: ChargingHardware, list: string): Reading[] {
  return measurandsOf(list).flatMap((name) => READ[name as Measurand]?.(session, hardware) ?? []);
}

function measurandsOf(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

type Read = (session: ChargingSession, hardware: ChargingHardware) => Reading[];

const READ: Readonly<Record<Measurand, Read>> = {
  'Energy.Active.Import.Register': ({ energyWh }) => [at('Energy.Active.Import.Register', energyWh, 1, 'Wh')],
  'Energy.Active.Export.Register': ({ exportWh }) => [at('Energy.Active.Export.Register', exportWh, 1, 'Wh')],
  'Power.Active.Import': ({ power }) => [at('Power.Active.Import', Math.max(0, power), 1, 'W')],
  'Power.Active.Export': ({ power }) => [at('Power.Active.Export', Math.max(0, -power), 1, 'W')],
  'Power.Reactive.Import': ({ reactive }) => [at('Power.Reactive.Import', Math.max(0, reactive), 1, 'var')],
  'Power.Reactive.Export': ({ reactive }) => [at('Power.Reactive.Export', Math.max(0, -reactive), 1, 'var')],
  'Power.Offered': ({ offered }) => [at('Power.Offered', offered, 1, 'W')],
  'Current.Import': (session, hardware) => currents('Current.Import', session, hardware, 1),
  'Current.Export': (session, hardware) => currents('Current.Export', session, hardware, -1),
  Voltage: ({ voltage }, { phases }) =>
    TO_NEUTRAL.slice(0, phases).map((phase, line) => ({ ...at('Voltage', lineVoltage(voltage, line), 1, 'V'), phase })),
  Frequency: ({ frequency }) => [at('Frequency', frequency, 3, 'Hz')],
  SoC: ({ soc }) => [{ ...at('SoC', soc, 1, 'Percent'), location: 'EV' }],
};

/** Volts by which each phase is beside the mean. */
const ASYMMETRY = [0.4, -0.7, 0.3];

function lineVoltage(mean: number, line: number): number {
  return mean + (ASYMMETRY[line] ?? 0);
}

/** Each phase in use carries the same apparent power, so that its current depends on its voltage. */
function currents(
  measurand: 'Current.Import' | 'Current.Export',
  { power, reactive, phases, voltage }: ChargingSession,
  hardware: ChargingHardware,
  sign: 1 | -1,
): Reading[] {
  return LINES.slice(0, hardware.phases).map((phase, line) => {
    const share = line < phases && sign * power > 0 ? Math.hypot(power, reactive) / phases : 0;
    return { ...at(measurand, share / lineVoltage(voltage, line), 2, 'A'), phase };
  });
}

function at(measurand: Measurand, value: number, digits: number, unit: Reading['unit']): Reading {
  return { measurand, value: Number(value.toFixed(digits)), unit, location: 'Outlet' };
}

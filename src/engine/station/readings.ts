import type { ChargingHardware, ChargingSession } from './charging-session.ts';

/** The measurands that this station's meter has, by the names that all versions share. */
export const MEASURANDS = [
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
] as const;

export type Measurand = (typeof MEASURANDS)[number];

/** What is measured of each transaction unless the CSMS chooses otherwise. */
export const DEFAULT_MEASURANDS = MEASURANDS.join(',');

/** One value of the meter. */
export interface Reading {
  readonly measurand: Measurand;
  readonly value: number;
  readonly unit: 'Wh' | 'W' | 'A' | 'V' | 'Percent';
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

const READ: Readonly<Record<Measurand, (session: ChargingSession, hardware: ChargingHardware) => Reading[]>> = {
  'Energy.Active.Import.Register': ({ energyWh }) => [
    { measurand: 'Energy.Active.Import.Register', value: rounded(energyWh, 1), unit: 'Wh', location: 'Outlet' },
  ],
  'Power.Active.Import': ({ power }) => [
    { measurand: 'Power.Active.Import', value: rounded(power, 1), unit: 'W', location: 'Outlet' },
  ],
  'Current.Import': ({ current }, { phases }) =>
    LINES.slice(0, phases).map((phase) => ({
      measurand: 'Current.Import',
      value: rounded(current, 2),
      unit: 'A',
      phase,
      location: 'Outlet',
    })),
  Voltage: ({ voltage }, { phases }) =>
    TO_NEUTRAL.slice(0, phases).map((phase) => ({
      measurand: 'Voltage',
      value: rounded(voltage, 1),
      unit: 'V',
      phase,
      location: 'Outlet',
    })),
  SoC: ({ soc }) => [{ measurand: 'SoC', value: rounded(soc, 1), unit: 'Percent', location: 'EV' }],
};

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

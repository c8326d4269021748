import type { OcppVersion } from '../version.ts';

/**
 * What the values of a measurand are over time:
 * - `register`: what a counter has come to; differences count.
 * - `net`: a counter that may also go down, as import minus export does.
 * - `interval`: an amount of the stretch of time that ends with the sample.
 * - `instant`: a reading; between two of them it is taken to have changed evenly.
 * - `held`: an offer, a setpoint or a wish, in force until the next one.
 */
export type MeasurandKind = 'register' | 'net' | 'interval' | 'instant' | 'held';

/** How measurands are grouped in a list. */
export const QUANTITIES = [
  'power',
  'soc',
  'energy',
  'current',
  'voltage',
  'frequency',
  'reactive',
  'apparent',
  'request',
  'display',
  'temperature',
  'other',
] as const;
export type MeteredQuantity = (typeof QUANTITIES)[number];

/** A measurand of the specifications (1.6: 7.31, 2.x: MeasurandEnumType). */
export interface Measurand {
  readonly quantity: MeteredQuantity;
  readonly kind: MeasurandKind;
  /** Base unit; empty where there is none. */
  readonly unit: string;
  /** Which way the energy flows that it measures. */
  readonly flow?: 'import' | 'export';
  /** In the words of a list. */
  readonly label: string;
  /** The versions whose schemas have it. */
  readonly versions: readonly OcppVersion[];
  /** The register may, or does, start from zero with each transaction. */
  readonly restarts?: true;
}

const ALL: readonly OcppVersion[] = ['1.6', '2.0.1', '2.1'];
const ONLY_16: readonly OcppVersion[] = ['1.6'];
const FROM_201: readonly OcppVersion[] = ['2.0.1', '2.1'];
const ONLY_21: readonly OcppVersion[] = ['2.1'];

type Rest = Partial<Pick<Measurand, 'flow' | 'restarts'>>;

const of =
  (quantity: MeteredQuantity, kind: MeasurandKind, unit: string) =>
  (label: string, versions: readonly OcppVersion[], rest: Rest = {}): Measurand => ({
    quantity,
    kind,
    unit,
    label,
    versions,
    ...rest,
  });

const power = of('power', 'instant', 'W');
const heldPower = of('power', 'held', 'W');
const current = of('current', 'instant', 'A');
const heldCurrent = of('current', 'held', 'A');
const register = of('energy', 'register', 'Wh');
const interval = of('energy', 'interval', 'Wh');
const reactiveRegister = of('reactive', 'register', 'varh');
const reactiveInterval = of('reactive', 'interval', 'varh');
const request = of('request', 'held', 'Wh');
const charge = of('soc', 'held', '%');
const remaining = of('display', 'held', 's');

const IMPORT = { flow: 'import' } as const;
const EXPORT = { flow: 'export' } as const;

/** Every measurand of the three versions under its name on the wire. */
export const MEASURANDS = {
  'Power.Active.Import': power('Power imported', ALL, IMPORT),
  'Power.Active.Export': power('Power exported', ALL, EXPORT),
  'Power.Active.Setpoint': heldPower('Power setpoint', ONLY_21),
  'Power.Active.Residual': power('Power measured off the setpoint', ONLY_21),
  'Power.Offered': heldPower('Power offered', ALL, IMPORT),
  'Power.Import.Offered': heldPower('Power offered to charge', ONLY_21, IMPORT),
  'Power.Import.Minimum': heldPower('Least power to charge', ONLY_21, IMPORT),
  'Power.Export.Offered': heldPower('Power offered to discharge', ONLY_21, EXPORT),
  'Power.Export.Minimum': heldPower('Least power to discharge', ONLY_21, EXPORT),
  'Power.Factor': of('other', 'instant', '')('Power factor', ALL),
  'Power.Reactive.Import': of('reactive', 'instant', 'var')('Reactive power imported', ALL, IMPORT),
  'Power.Reactive.Export': of('reactive', 'instant', 'var')('Reactive power exported', ALL, EXPORT),
  SoC: of('soc', 'instant', '%')('State of charge', ALL),
  'Current.Import': current('Current imported', ALL, IMPORT),
  'Current.Export': current('Current exported', ALL, EXPORT),
  'Current.Offered': heldCurrent('Current offered', ALL, IMPORT),
  'Current.Import.Offered': heldCurrent('Current offered to charge', ONLY_21, IMPORT),
  'Current.Import.Minimum': heldCurrent('Least current to charge', ONLY_21, IMPORT),
  'Current.Export.Offered': heldCurrent('Current offered to discharge', ONLY_21, EXPORT),
  'Current.Export.Minimum': heldCurrent('Least current to discharge', ONLY_21, EXPORT),
  Voltage: of('voltage', 'instant', 'V')('Voltage', ALL),
  'Voltage.Minimum': of('voltage', 'held', 'V')('Least voltage', ONLY_21),
  'Voltage.Maximum': of('voltage', 'held', 'V')('Highest voltage', ONLY_21),
  Frequency: of('frequency', 'instant', 'Hz')('Frequency', ALL),
  'Energy.Active.Import.Register': register('Energy imported, register', ALL, IMPORT),
  'Energy.Active.Export.Register': register('Energy exported, register', ALL, EXPORT),
  'Energy.Active.Import.Interval': interval('Energy imported, per interval', ALL, IMPORT),
  'Energy.Active.Export.Interval': interval('Energy exported, per interval', ALL, EXPORT),
  'Energy.Active.Setpoint.Interval': interval('Energy of the setpoint, per interval', ONLY_21),
  'Energy.Active.Net': of('energy', 'net', 'Wh')('Net energy, register', FROM_201),
  'Energy.Active.Import.CableLoss': register('Energy lost in the cable', ONLY_21, { ...IMPORT, restarts: true }),
  'Energy.Active.Import.LocalGeneration.Register': register('Energy imported from local generation', ONLY_21, {
    ...IMPORT,
    restarts: true,
  }),
  'Energy.Reactive.Import.Register': reactiveRegister('Reactive energy imported, register', ALL, IMPORT),
  'Energy.Reactive.Export.Register': reactiveRegister('Reactive energy exported, register', ALL, EXPORT),
  'Energy.Reactive.Import.Interval': reactiveInterval('Reactive energy imported, per interval', ALL, IMPORT),
  'Energy.Reactive.Export.Interval': reactiveInterval('Reactive energy exported, per interval', ALL, EXPORT),
  'Energy.Reactive.Net': of('reactive', 'net', 'varh')('Net reactive energy, register', FROM_201),
  'Energy.Apparent.Import': of('apparent', 'register', 'VAh')('Apparent energy imported, register', FROM_201, IMPORT),
  'Energy.Apparent.Export': of('apparent', 'register', 'VAh')('Apparent energy exported, register', FROM_201, EXPORT),
  'Energy.Apparent.Net': of('apparent', 'net', 'VAh')('Net apparent energy, register', FROM_201),
  'EnergyRequest.Target': request('Energy asked for to the target', ONLY_21),
  'EnergyRequest.Minimum': request('Energy asked for at least', ONLY_21),
  'EnergyRequest.Maximum': request('Energy asked for at most', ONLY_21),
  'EnergyRequest.Minimum.V2X': request('Energy to the least charge for V2X', ONLY_21),
  'EnergyRequest.Maximum.V2X': request('Energy to the highest charge for V2X', ONLY_21),
  'EnergyRequest.Bulk': request('Energy to the end of bulk charging', ONLY_21),
  'Display.PresentSOC': of('soc', 'instant', '%')('State of charge as displayed', ONLY_21),
  'Display.MinimumSOC': charge('Least state of charge', ONLY_21),
  'Display.TargetSOC': charge('Target state of charge', ONLY_21),
  'Display.MaximumSOC': charge('Highest state of charge', ONLY_21),
  'Display.RemainingTimeToMinimumSOC': remaining('Time to the least state of charge', ONLY_21),
  'Display.RemainingTimeToTargetSOC': remaining('Time to the target state of charge', ONLY_21),
  'Display.RemainingTimeToMaximumSOC': remaining('Time to the highest state of charge', ONLY_21),
  'Display.ChargingComplete': of('display', 'held', '')('Charging complete', ONLY_21),
  'Display.BatteryEnergyCapacity': of('display', 'held', 'Wh')('Energy of the full battery', ONLY_21),
  'Display.InletHot': of('display', 'held', '')('Inlet too hot', ONLY_21),
  Temperature: of('temperature', 'instant', '°C')('Temperature', ONLY_16),
  RPM: of('other', 'instant', 'RPM')('Fan speed', ONLY_16),
} as const satisfies Record<string, Measurand>;

export type MeasurandName = keyof typeof MEASURANDS;

/** Where a sampled value names no measurand (1.6: 7.43, 2.x: SampledValueType). */
export const DEFAULT_MEASURAND: MeasurandName = 'Energy.Active.Import.Register';

/** What is known of a measurand; undefined for one that no version has, such as that of a vendor. */
export function measurand(name: string): Measurand | undefined {
  return Object.hasOwn(MEASURANDS, name) ? MEASURANDS[name as MeasurandName] : undefined;
}

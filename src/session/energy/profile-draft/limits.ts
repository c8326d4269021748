import type { RateUnit } from '../../../ocpp/schedule/profile.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { DeviceModelKnown, VariablePlace } from '../known.ts';

/** A limit of the station, with the message that told it. */
export interface Told<T> {
  readonly value: T;
  /** The configuration key or the variable, as the specification writes it. */
  readonly name: string;
  /** The value as it was told. */
  readonly text: string;
  readonly entry: number;
  readonly at: number;
}

/** What a station says that it takes of charging profiles; absent is what no message told. */
export interface DraftLimits {
  readonly stackLevelMax?: Told<number>;
  readonly rateUnits?: Told<readonly RateUnit[]>;
  readonly periodsMax?: Told<number>;
  readonly profilesMax?: Told<number>;
  /** Whether it switches from three phases to one in a transaction. */
  readonly phases3to1?: Told<boolean>;
  /** Whether it can choose the phase of charging on one. */
  readonly phaseSwitching?: Told<boolean>;
  readonly smartCharging?: Told<boolean>;
  readonly maxExternalConstraintsId?: Told<number>;
  readonly additionalPurposes?: Told<readonly string[]>;
  readonly dcInputPhaseControl?: Told<boolean>;
  readonly dynamicProfiles?: Told<boolean>;
  readonly offlineDuration?: Told<boolean>;
  readonly localTime?: Told<boolean>;
  readonly randomizedDelay?: Told<boolean>;
  readonly limitAtSoC?: Told<boolean>;
  readonly evseSleep?: Told<boolean>;
  readonly v2xEnabled?: Told<boolean>;
  readonly operationModes?: Told<readonly string[]>;
}

type Value<Name extends keyof DraftLimits> = NonNullable<DraftLimits[Name]> extends Told<infer T> ? T : never;

interface Source<T> {
  readonly place: VariablePlace;
  read(text: string): T | undefined;
  /** It is the highest value that the variable may have. */
  readonly highest?: boolean;
}

type Sources = { readonly [Name in keyof DraftLimits]?: Source<Value<Name>> };

/** Configuration keys of 1.6 (9.4). */
const OF_16: Sources = {
  stackLevelMax: { place: key('ChargeProfileMaxStackLevel'), read: wholeNumber },
  rateUnits: { place: key('ChargingScheduleAllowedChargingRateUnit'), read: rateUnits },
  periodsMax: { place: key('ChargingScheduleMaxPeriods'), read: wholeNumber },
  profilesMax: { place: key('MaxChargingProfilesInstalled'), read: wholeNumber },
  phases3to1: { place: key('ConnectorSwitch3to1PhaseSupported'), read: truth },
};

/** Variables of 2.0.1 (part 2, 2.10) and 2.1 (2.9). */
const OF_2: Sources = {
  stackLevelMax: { place: smart('ProfileStackLevel'), read: wholeNumber },
  rateUnits: { place: smart('RateUnit'), read: rateUnits },
  periodsMax: { place: smart('PeriodsPerSchedule'), read: wholeNumber },
  profilesMax: { place: smart('Entries', 'ChargingProfiles'), read: wholeNumber, highest: true },
  phases3to1: { place: smart('Phases3to1'), read: truth },
  phaseSwitching: { place: smart('ACPhaseSwitchingSupported'), read: truth },
  smartCharging: { place: smart('Enabled'), read: truth },
};

const OF_21: Sources = {
  ...OF_2,
  maxExternalConstraintsId: { place: smart('MaxExternalConstraintsId'), read: wholeNumber },
  additionalPurposes: { place: smart('SupportedAdditionalPurposes'), read: members },
  dcInputPhaseControl: { place: { component: 'EVSE', variable: 'DCInputPhaseControl' }, read: truth },
  dynamicProfiles: { place: smart('SupportsFeature', 'DynamicProfiles'), read: truth },
  offlineDuration: { place: smart('SupportsFeature', 'MaxOfflineDuration'), read: truth },
  localTime: { place: smart('SupportsFeature', 'UseLocalTime'), read: truth },
  randomizedDelay: { place: smart('SupportsFeature', 'RandomizedDelay'), read: truth },
  limitAtSoC: { place: smart('SupportsFeature', 'LimitAtSoC'), read: truth },
  evseSleep: { place: smart('SupportsFeature', 'EvseSleep'), read: truth },
  v2xEnabled: { place: { component: 'V2XChargingCtrlr', variable: 'Enabled' }, read: truth },
  operationModes: { place: { component: 'V2XChargingCtrlr', variable: 'SupportedOperationModes' }, read: members },
};

const SOURCES: Record<OcppVersion, Sources> = { '1.6': OF_16, '2.0.1': OF_2, '2.1': OF_21 };

/** What the messages until now told of the limits of a station, for an EVSE of it. */
export function draftLimits(device: DeviceModelKnown, version: OcppVersion, evseId: number): DraftLimits {
  const limits: { [name: string]: Told<unknown> } = {};
  for (const [name, source] of Object.entries(SOURCES[version])) {
    const told = tell(source as Source<unknown>, device, evseId);
    if (told) limits[name] = told;
  }
  return limits as DraftLimits;
}

function tell<T>({ place, read, highest }: Source<T>, device: DeviceModelKnown, evseId: number): Told<T> | undefined {
  // That of the EVSE says more than that of the station.
  const places = evseId === 0 || place.component === '' ? [place] : [{ ...place, evseId }, place];
  for (const each of places) {
    const told = device.value(each);
    const text = highest ? device.limits(each)?.max?.toString() : told?.value;
    const value = text === undefined ? undefined : read(text);
    if (text !== undefined && value !== undefined) {
      const name = `${nameOf(each)}${highest ? ' (maxLimit)' : ''}`;
      return { value, name, text, entry: told?.entry ?? 0, at: told?.at ?? 0 };
    }
  }
  return undefined;
}

function nameOf({ component, variable, variableInstance, evseId }: VariablePlace): string {
  const of = component === '' ? '' : `${component}${evseId === undefined ? '' : ` of EVSE ${evseId}`}.`;
  return `${of}${variable}${variableInstance === undefined ? '' : `[${variableInstance}]`}`;
}

function key(variable: string): VariablePlace {
  return { component: '', variable };
}

function smart(variable: string, variableInstance?: string): VariablePlace {
  const place = { component: 'SmartChargingCtrlr', variable };
  return variableInstance === undefined ? place : { ...place, variableInstance };
}

function wholeNumber(text: string): number | undefined {
  return /^\s*-?\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}

function truth(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

function members(text: string): readonly string[] {
  return text
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}

/** 1.6 calls them Current and Power (9.4.2); stations say A and W as well. */
function rateUnits(text: string): readonly RateUnit[] | undefined {
  const units = members(text).flatMap((member): RateUnit[] => {
    const word = member.toLowerCase();
    if (word === 'a' || word === 'current') return ['A'];
    return word === 'w' || word === 'power' ? ['W'] : [];
  });
  return units.length === 0 ? undefined : units;
}

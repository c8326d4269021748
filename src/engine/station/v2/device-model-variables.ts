import type { RequestOf } from '../../../ocpp/messages.ts';
import { isLonger, lengthOf } from '../../../ocpp/words.ts';
import { CERTIFICATES_MAX } from '../certificate-store.ts';
import { LOCAL_LIST_CAPACITY } from '../local-list.ts';
import { OPERATION_MODES_OF } from '../profile-faults.ts';
import { PERIODS_MAX, PROFILES_MAX, STACK_LEVEL_MAX } from '../profile-store.ts';
import { defaultMeasurands, isMeasurandList, MEASURANDS } from '../readings.ts';
import type { StationCore } from '../station-core.ts';
import { availabilityOf } from './availability-state.ts';
import { CUSTOM_TRIGGER_NAMES } from './custom-trigger-names.ts';
import { SUPPORTED_CONTROLS } from './der/inverter.ts';
import { DISPLAY_FORMATS, DISPLAY_MESSAGES_MAX, DISPLAY_PRIORITIES, displayStates } from './display-messages.ts';
import { ENERGY_TRANSFERS } from './energy-transfer.ts';
import { PRICE_ELEMENTS_MAX } from './tariff/tariff-faults.ts';

type ReportData = NonNullable<RequestOf<'2.0.1', 'NotifyReport'>['reportData']>[number];

/** A component as requests name it. */
export type Component = ReportData['component'];
/** Of a variable: type, unit and bounds. */
export type Characteristics = NonNullable<ReportData['variableCharacteristics']>;

/** A variable of the device model; only its attribute Actual exists. */
export interface VariableDefinition {
  readonly component: Component;
  readonly name: string;
  readonly instance?: string;
  /** The first value, or how it is found out whenever it is asked for. */
  readonly value: string | (() => string);
  readonly characteristics: Characteristics;
  /** Which values can be set; without it the variable is read-only. */
  readonly accepts?: (value: string) => boolean;
  /** Whom a value is given to that is never told again: the variable is write-only. */
  readonly take?: (value: string) => void;
}

/** What varies from station to station. */
export interface DeviceModelOptions {
  readonly core: StationCore;
  readonly sampleInterval: number;
}

/** Items of a report that go into one NotifyReport, and that one request may have. */
export const ITEMS_PER_MESSAGE = 50;

type Bounds = Omit<Characteristics, 'dataType' | 'supportsMonitoring'>;

const characteristics = (dataType: Characteristics['dataType'], bounds: Bounds = {}): Characteristics => ({
  dataType,
  supportsMonitoring: false,
  ...bounds,
});

/** Makes the variables of one component. */
function variablesOf(component: Component) {
  const fixed =
    (dataType: Characteristics['dataType']) =>
    (
      name: string,
      value: VariableDefinition['value'],
      bounds: Bounds & { instance?: string } = {},
    ): VariableDefinition => {
      const { instance, ...rest } = bounds;
      return { component, name, instance, value, characteristics: characteristics(dataType, rest) };
    };
  return {
    text: fixed('string'),
    flag: fixed('boolean'),
    count: fixed('integer'),
    list: fixed('MemberList'),
    option: fixed('OptionList'),
    decimal: fixed('decimal'),
    time: fixed('dateTime'),
    /** A boolean that can be set. */
    switch: (name: string, value: boolean): VariableDefinition => ({
      ...fixed('boolean')(name, String(value)),
      accepts: (given) => given === 'true' || given === 'false',
    }),
    /** An integer that can be set within its bounds. */
    number: (
      name: string,
      value: number,
      min: number,
      max: number,
      more: Bounds & { instance?: string } = {},
    ): VariableDefinition => ({
      ...fixed('integer')(name, String(value), { ...more, minLimit: min, maxLimit: max }),
      accepts: (given: string) => /^\d{1,9}$/.test(given) && Number(given) >= min && Number(given) <= max,
    }),
    /** One that must be writable, of which this station supports nothing but one value. */
    only: (dataType: Characteristics['dataType'], name: string, value: string): VariableDefinition => ({
      ...fixed(dataType)(name, value, dataType === 'SequenceList' ? { valuesList: value } : {}),
      accepts: (given) => given === value,
    }),
    /** Measurands that can be chosen. */
    measurands: (name: string, value: string): VariableDefinition => ({
      ...fixed('MemberList')(name, value, { valuesList: MEASURANDS.join(',') }),
      accepts: isMeasurandList,
    }),
    /** A text that can be set. */
    note: (name: string, value: string, maxLimit: number): VariableDefinition => ({
      ...fixed('string')(name, value, { maxLimit }),
      accepts: (given) => given.length <= maxLimit,
    }),
  };
}

/** Every variable of the station (2.x part 2, referenced components and variables; appendix 3 for their names). */
export function deviceModelVariables({ core, sampleInterval }: DeviceModelOptions): VariableDefinition[] {
  return [
    ...communication(),
    ...transactions(core, sampleInterval),
    ...blocks(core),
    ...smartCharging(core),
    ...hardware(core),
  ];
}

function communication(): VariableDefinition[] {
  const link = variablesOf({ name: 'OCPPCommCtrlr' });
  const data = variablesOf({ name: 'DeviceDataCtrlr' });
  return [
    link.text('ActiveNetworkProfile', '1'),
    // There is no file transfer: the list is empty.
    link.list('FileTransferProtocols', ''),
    link.number('HeartbeatInterval', 300, 1, 604_800, { unit: 's' }),
    link.count('MessageTimeout', '30', { instance: 'Default', unit: 's' }),
    link.number('MessageAttempts', 3, 1, 100, { instance: 'TransactionEvent' }),
    link.number('MessageAttemptInterval', 10, 0, 86_400, { instance: 'TransactionEvent', unit: 's' }),
    link.only('SequenceList', 'NetworkConfigurationPriority', '1'),
    link.number('NetworkProfileConnectionAttempts', 3, 1, 100),
    link.number('OfflineThreshold', 60, 0, 604_800, { unit: 's' }),
    link.flag('QueueAllMessages', 'false'),
    link.number('ResetRetries', 1, 0, 10),
    link.number('RetryBackOffRandomRange', 2, 0, 3600, { unit: 's' }),
    link.number('RetryBackOffRepeatTimes', 5, 0, 20),
    link.number('RetryBackOffWaitMinimum', 2, 1, 3600, { unit: 's' }),
    link.flag('UnlockOnEVSideDisconnect', 'true'),
    link.number('WebSocketPingInterval', 60, 0, 86_400, { unit: 's' }),
    ...['GetReport', 'GetVariables', 'SetVariables'].flatMap((instance) => [
      data.count('ItemsPerMessage', String(ITEMS_PER_MESSAGE), { instance }),
      data.count('BytesPerMessage', '65536', { instance }),
    ]),
  ];
}

function transactions(core: StationCore, sampleInterval: number): VariableDefinition[] {
  const measurands = defaultMeasurands(core.version);
  const auth = variablesOf({ name: 'AuthCtrlr' });
  const tx = variablesOf({ name: 'TxCtrlr' });
  const sampled = variablesOf({ name: 'SampledDataCtrlr' });
  const aligned = variablesOf({ name: 'AlignedDataCtrlr' });
  return [
    auth.switch('AuthorizeRemoteStart', true),
    auth.switch('LocalAuthorizeOffline', true),
    auth.switch('LocalPreAuthorize', false),
    // The simulated driver of a remote start plugs in within seconds: no shorter time-out can be honoured.
    tx.number('EVConnectionTimeOut', 60, 30, 86_400, { unit: 's' }),
    tx.flag('StopTxOnEVSideDisconnect', 'true'),
    tx.only('boolean', 'StopTxOnInvalidId', 'true'),
    tx.flag('TxBeforeAcceptedEnabled', 'false'),
    tx.list('TxStartPoint', 'PowerPathClosed'),
    tx.list('TxStopPoint', 'PowerPathClosed'),
    sampled.flag('Available', 'true'),
    sampled.flag('Enabled', 'true'),
    sampled.measurands('TxStartedMeasurands', measurands),
    sampled.measurands('TxUpdatedMeasurands', measurands),
    sampled.measurands('TxEndedMeasurands', measurands),
    sampled.number('TxUpdatedInterval', sampleInterval, 0, 86_400, { unit: 's' }),
    sampled.only('integer', 'TxEndedInterval', '0'),
    aligned.flag('Available', 'false'),
    aligned.only('integer', 'Interval', '0'),
    aligned.measurands('Measurands', measurands),
    aligned.only('integer', 'TxEndedInterval', '0'),
    aligned.only('MemberList', 'TxEndedMeasurands', ''),
  ];
}

/** A00.FR.205. */
const PASSWORD_MIN = 16;

function blocks(core: StationCore): VariableDefinition[] {
  const clock = variablesOf({ name: 'ClockCtrlr' });
  const security = variablesOf({ name: 'SecurityCtrlr' });
  const list = variablesOf({ name: 'LocalAuthListCtrlr' });
  const reservation = variablesOf({ name: 'ReservationCtrlr' });
  // A00.FR.205: at least 40 in 2.1, which 2.0.1 has as its bound.
  const passwordMax = core.version === '2.1' ? 64 : 40;
  const missing = (name: string) => variablesOf({ name }).flag('Available', 'false');
  return [
    clock.time('DateTime', () => core.timestamp()),
    clock.only('SequenceList', 'TimeSource', 'Heartbeat'),
    clock.text('TimeOffset', '+00:00'),
    clock.text('TimeZone', 'Etc/UTC'),
    security.count('CertificateEntries', () => String(core.certificates.list().length), { maxLimit: CERTIFICATES_MAX }),
    security.text('Identity', core.identity.id),
    security.note('OrganizationName', '', 255),
    security.count('SecurityProfile', String(core.security.profile)),
    {
      ...security.text('BasicAuthPassword', '', { minLimit: PASSWORD_MIN, maxLimit: passwordMax }),
      accepts: (given) => lengthOf(given) >= PASSWORD_MIN && !isLonger(given, passwordMax),
      take: (given) => core.security.setPassword(given),
    },
    security.number('CertSigningWaitMinimum', 60, 1, 86_400, { unit: 's' }),
    security.number('CertSigningRepeatTimes', 3, 0, 20),
    list.flag('Available', 'true'),
    list.switch('Enabled', true),
    list.count('Entries', () => String(core.localList.size), { maxLimit: LOCAL_LIST_CAPACITY }),
    list.count('ItemsPerMessage', String(LOCAL_LIST_CAPACITY)),
    list.count('BytesPerMessage', '1000000'),
    reservation.flag('Available', 'true'),
    reservation.flag('NonEvseSpecific', 'false'),
    missing('AuthCacheCtrlr'),
    ...displayMessages(core),
    missing('MonitoringCtrlr'),
    ...tariffAndCost(core),
  ];
}

function displayMessages(core: StationCore): VariableDefinition[] {
  const display = variablesOf({ name: 'DisplayMessageCtrlr' });
  const all = (name: string, values: readonly string[]) =>
    display.list(name, values.join(','), { valuesList: values.join(',') });
  return [
    display.flag('Available', 'true'),
    display.flag('Enabled', 'true'),
    display.count('DisplayMessages', '0', { maxLimit: DISPLAY_MESSAGES_MAX }),
    all('SupportedFormats', DISPLAY_FORMATS),
    all('SupportedPriorities', DISPLAY_PRIORITIES),
    ...(core.version === '2.1' ? [all('SupportedStates', displayStates(core.version))] : []),
  ];
}

/** Tariffs came with 2.1 as something that can be calculated with; before, they are texts for a display. */
function tariffAndCost(core: StationCore): VariableDefinition[] {
  const tariff = variablesOf({ name: 'TariffCostCtrlr' });
  const available = String(core.version === '2.1');
  const instances = ['Tariff', 'Cost'].map((instance) => tariff.flag('Available', available, { instance }));
  if (core.version !== '2.1') return instances;
  const failed = 'Deauthorize,UseDefault,CentralCost';
  return [
    ...instances,
    ...['Tariff', 'Cost', 'RunningCost'].map((instance) => ({ ...tariff.switch('Enabled', true), instance })),
    tariff.flag('Problem', 'false'),
    tariff.note('Currency', 'EUR', 3),
    tariff.number('Interval', 10, 0, 3600, { instance: 'Tariff', unit: 's' }),
    tariff.number('Interval', 60, 0, 86_400, { instance: 'Cost', unit: 's' }),
    tariff.count('MaxElements', String(PRICE_ELEMENTS_MAX), { instance: 'Tariff' }),
    tariff.flag('ConditionsSupported', 'true', { instance: 'Tariff' }),
    {
      ...tariff.option('HandleFailedTariff', 'UseDefault', { instance: 'Tariff', valuesList: failed }),
      accepts: (given) => failed.split(',').includes(given),
    },
  ];
}

/** Smart charging, and what 2.1 added to it: V2X and the features of block K that the station has. */
function smartCharging(core: StationCore): VariableDefinition[] {
  const smart = variablesOf({ name: 'SmartChargingCtrlr' });
  const iso15118 = variablesOf({ name: 'ISO15118Ctrlr' });
  const of21 =
    core.version === '2.1'
      ? [
          smart.switch('ExternalControlSignalsEnabled', true),
          smart.switch('NotifyChargingLimitWithSchedules', true),
          smart.switch('ExternalConstraintsProfileDisallowed', false),
          {
            ...smart.option('SetpointPriority', 'ExternalSystem', { valuesList: 'ExternalSystem,CSMS' }),
            accepts: (given: string) => given === 'ExternalSystem' || given === 'CSMS',
          },
          smart.list('SupportedAdditionalPurposes', ADDITIONAL_PURPOSES, { valuesList: ADDITIONAL_PURPOSES }),
          ...FEATURES.map((instance) => smart.flag('SupportsFeature', 'true', { instance })),
          ...core.evses.flatMap(({ id }) => {
            const v2x = variablesOf({ name: 'V2XChargingCtrlr', evse: { id } });
            return [
              v2x.flag('Available', 'true'),
              v2x.flag('Enabled', 'true'),
              v2x.list('SupportedEnergyTransferModes', TRANSFER_MODES, { valuesList: TRANSFER_MODES }),
              v2x.list('SupportedOperationModes', OPERATION_MODES, { valuesList: OPERATION_MODES }),
              // R03.FR.03: what the station makes the inverter of the vehicle do.
              variablesOf({ name: 'ACDERCtrlr', evse: { id } }).list('ModesSupported', DER_MODES, {
                valuesList: DER_MODES,
              }),
            ];
          }),
        ]
      : [];
  const triggers = CUSTOM_TRIGGER_NAMES.join(',');
  return [
    ...(core.version === '2.1'
      ? [variablesOf({ name: 'CustomizationCtrlr' }).list('CustomTriggers', triggers, { valuesList: triggers })]
      : []),
    smart.flag('Available', 'true'),
    smart.flag('Enabled', 'true'),
    smart.count('Entries', () => String(core.profiles.list().length), {
      instance: 'ChargingProfiles',
      maxLimit: PROFILES_MAX,
    }),
    {
      ...smart.decimal('LimitChangeSignificance', '1', { unit: 'Percent', minLimit: 0, maxLimit: 100 }),
      accepts: (given) => /^\d{1,3}(\.\d{1,6})?$/.test(given) && Number(given) <= 100,
    },
    smart.count('PeriodsPerSchedule', String(PERIODS_MAX)),
    smart.flag('Phases3to1', 'true'),
    smart.count('ProfileStackLevel', String(STACK_LEVEL_MAX)),
    smart.list('RateUnit', 'A,W', { valuesList: 'A,W' }),
    ...of21,
    // Vehicles say over ISO 15118 what they need; there are no contracts and no Plug & Charge.
    iso15118.flag('Available', 'true'),
    iso15118.switch('Enabled', true),
    iso15118.flag('PnCEnabled', 'false'),
    iso15118.switch('V2GCertificateInstallationEnabled', true),
    iso15118.note('SeccId', core.identity.serial, 64),
    iso15118.note('OrganizationName', '', 64),
    iso15118.note('CountryName', '', 2),
    iso15118.flag('ContractCertificateInstallationEnabled', 'false'),
    iso15118.flag('CentralContractValidationAllowed', 'false'),
    iso15118.flag('ContractValidationOffline', 'false'),
  ];
}

const ADDITIONAL_PURPOSES = 'PriorityCharging,LocalGeneration';
const FEATURES = [
  'DynamicProfiles',
  'MaxOfflineDuration',
  'UseLocalTime',
  'RandomizedDelay',
  'LimitAtSoC',
  'EvseSleep',
];
const TRANSFER_MODES = ENERGY_TRANSFERS.join(',');
const DER_MODES = SUPPORTED_CONTROLS.join(',');
const OPERATION_MODES = OPERATION_MODES_OF.TxProfile.join(',');

function hardware(core: StationCore): VariableDefinition[] {
  const station = variablesOf({ name: 'ChargingStation' });
  const { identity } = core;
  const phases = String(core.hardware.phases);
  const maxPower = core.hardware.phases * core.hardware.nominalVoltage * core.hardware.maxCurrent;
  const states = { valuesList: 'Available,Occupied,Reserved,Unavailable,Faulted' };
  return [
    station.flag('Available', 'true'),
    station.option('AvailabilityState', () => (core.operative ? 'Available' : 'Unavailable'), states),
    station.flag('Problem', 'false'),
    station.count('SupplyPhases', phases),
    station.text('Model', identity.model),
    station.text('VendorName', identity.vendor),
    station.text('SerialNumber', identity.serial),
    station.text('FirmwareVersion', identity.firmware),
    ...core.evses.flatMap((evse) => {
      const one = variablesOf({ name: 'EVSE', evse: { id: evse.id } });
      const connector = variablesOf({ name: 'Connector', evse: { id: evse.id, connectorId: 1 } });
      const state = () => availabilityOf(evse, core.isOperative(evse));
      return [
        one.flag('AllowReset', 'false'),
        one.flag('Available', 'true'),
        one.option('AvailabilityState', state, states),
        one.decimal('Power', () => evse.session.power.toFixed(1), { unit: 'W', maxLimit: maxPower }),
        one.flag('Problem', 'false'),
        one.count('SupplyPhases', phases),
        connector.flag('Available', 'true'),
        connector.option('AvailabilityState', state, states),
        connector.text('ConnectorType', 'sType2'),
        connector.flag('Problem', 'false'),
        connector.count('SupplyPhases', phases),
      ];
    }),
  ];
}

import { CERTIFICATES_MAX } from '../certificate-store.ts';
import { LOCAL_LIST_CAPACITY } from '../local-list.ts';
import { PERIODS_MAX, PROFILES_MAX, STACK_LEVEL_MAX } from '../profile-store.ts';
import { defaultMeasurands, isMeasurandList } from '../readings.ts';
import type { StationSecurity } from '../security/station-security.ts';
import type { Settings } from '../speaker.ts';

/** A configuration key (1.6 chapter 9; security whitepaper chapter 7). Without `accepts` it is read-only. */
interface Key {
  readonly name: string;
  readonly value: string;
  readonly accepts?: (value: string) => boolean;
  /** Whom a value is given to that is never told again. */
  readonly take?: (value: string) => void;
}

const BOOLEAN = (value: string) => value === 'true' || value === 'false';
const integer = (min: number, max: number) => (value: string) =>
  /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max;
/** A key that must be writable, of which this station supports nothing but these values. */
const only =
  (...values: string[]) =>
  (value: string) =>
    values.includes(value);
const phaseRotation = (value: string) => /^(\d+\.(NotApplicable|Unknown|RST|RTS|SRT|STR|TRS|TSR),?)*$/.test(value);

/** 16 to 20 bytes in hexadecimal (security whitepaper, A00.FR.205). */
const authorizationKey = (value: string) => /^(?:[0-9A-Fa-f]{2}){16,20}$/.test(value);

const keys = (connectors: number, security: StationSecurity): readonly Key[] => [
  { name: 'AuthorizeRemoteTxRequests', value: 'true', accepts: BOOLEAN },
  { name: 'ClockAlignedDataInterval', value: '0', accepts: only('0') },
  // The simulated driver of a remote start plugs in within seconds, so that no shorter time-out can be honoured.
  { name: 'ConnectionTimeOut', value: '60', accepts: integer(30, 86_400) },
  { name: 'ConnectorPhaseRotation', value: '0.RST', accepts: phaseRotation },
  { name: 'GetConfigurationMaxKeys', value: '100' },
  { name: 'HeartbeatInterval', value: '300', accepts: integer(1, 604_800) },
  { name: 'LocalAuthorizeOffline', value: 'true', accepts: BOOLEAN },
  { name: 'LocalPreAuthorize', value: 'false', accepts: BOOLEAN },
  { name: 'MeterValuesAlignedData', value: defaultMeasurands('1.6'), accepts: isMeasurandList },
  { name: 'MeterValuesSampledData', value: defaultMeasurands('1.6'), accepts: isMeasurandList },
  { name: 'MeterValueSampleInterval', value: '5', accepts: integer(0, 86_400) },
  { name: 'NumberOfConnectors', value: String(connectors) },
  { name: 'ResetRetries', value: '1', accepts: integer(0, 10) },
  { name: 'StopTransactionOnEVSideDisconnect', value: 'true', accepts: only('true') },
  { name: 'StopTransactionOnInvalidId', value: 'true', accepts: only('true') },
  { name: 'StopTxnAlignedData', value: '', accepts: only('') },
  { name: 'StopTxnSampledData', value: '', accepts: isMeasurandList },
  {
    name: 'SupportedFeatureProfiles',
    value: 'Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger',
  },
  { name: 'TransactionMessageAttempts', value: '3', accepts: integer(1, 100) },
  { name: 'TransactionMessageRetryInterval', value: '10', accepts: integer(0, 86_400) },
  { name: 'UnlockConnectorOnEVSideDisconnect', value: 'true', accepts: only('true') },
  { name: 'WebSocketPingInterval', value: '60', accepts: integer(0, 86_400) },
  { name: 'LocalAuthListEnabled', value: 'true', accepts: BOOLEAN },
  { name: 'LocalAuthListMaxLength', value: String(LOCAL_LIST_CAPACITY) },
  { name: 'SendLocalListMaxLength', value: String(LOCAL_LIST_CAPACITY) },
  { name: 'ReserveConnectorZeroSupported', value: 'false' },
  { name: 'ChargeProfileMaxStackLevel', value: String(STACK_LEVEL_MAX) },
  { name: 'ChargingScheduleAllowedChargingRateUnit', value: 'Current,Power' },
  { name: 'ChargingScheduleMaxPeriods', value: String(PERIODS_MAX) },
  { name: 'MaxChargingProfilesInstalled', value: String(PROFILES_MAX) },
  { name: 'ConnectorSwitch3to1PhaseSupported', value: 'true' },
  { name: 'AdditionalRootCertificateCheck', value: 'false' },
  { name: 'AuthorizationKey', value: '', accepts: authorizationKey, take: (value) => security.setPassword(value) },
  { name: 'CertificateStoreMaxLength', value: String(CERTIFICATES_MAX) },
  { name: 'CpoName', value: '', accepts: (value) => value.length <= 255 },
  // The profile is chosen where the station is started: to change it is refused (A05.FR.01, FR.02).
  { name: 'SecurityProfile', value: String(security.profile), accepts: () => false },
];

/** A configuration key as GetConfiguration reports it. */
export interface ReportedKey {
  readonly key: string;
  readonly readonly: boolean;
  /** Undefined where it is never told (1.6-J 6.2.2). */
  readonly value?: string;
}

/** The configuration of a 1.6 station; it outlives reboots. Names are case-insensitive (CiString50). */
export class Configuration implements Settings {
  readonly #keys = new Map<string, { readonly definition: Key; value: string }>();

  constructor(connectors: number, sampleInterval: number, security: StationSecurity) {
    for (const definition of keys(connectors, security)) {
      this.#keys.set(definition.name.toLowerCase(), { definition, value: definition.value });
    }
    this.#store('MeterValueSampleInterval', String(sampleInterval));
  }

  /** Every key, in the order of their names. */
  list(): ReportedKey[] {
    return [...this.#keys.values()].map(reported);
  }

  find(name: string): ReportedKey | undefined {
    const key = this.#keys.get(name.toLowerCase());
    return key && reported(key);
  }

  /** Sets a key: `Rejected` where it is read-only or the value does not fit (1.6 5.3). */
  set(name: string, value: string): 'Accepted' | 'Rejected' | 'NotSupported' {
    const key = this.#keys.get(name.toLowerCase());
    if (!key) return 'NotSupported';
    if (!key.definition.accepts?.(value)) return 'Rejected';
    if (key.definition.take) key.definition.take(value);
    else key.value = value;
    return 'Accepted';
  }

  /** The value of a key that is known to exist. */
  text(name: string): string {
    return this.#keys.get(name.toLowerCase())?.value ?? '';
  }

  heartbeatInterval = () => this.#number('HeartbeatInterval');
  adoptHeartbeatInterval = (seconds: number) => this.#store('HeartbeatInterval', String(seconds));
  sampleInterval = () => this.#number('MeterValueSampleInterval');
  retry = () => ({
    attempts: this.#number('TransactionMessageAttempts'),
    interval: this.#number('TransactionMessageRetryInterval'),
  });
  /** 1.6 has no keys for it. */
  backOff = () => ({ waitMinimum: 2, randomRange: 2, repeatTimes: 5 });
  /** 1.6 4.9: after being offline only changed statuses are reported. */
  offlineThreshold = () => Number.POSITIVE_INFINITY;
  pingInterval = () => this.#number('WebSocketPingInterval');
  authorizeRemoteStart = () => this.#boolean('AuthorizeRemoteTxRequests');
  localAuthorizeOffline = () => this.#boolean('LocalAuthorizeOffline');
  localPreAuthorize = () => this.#boolean('LocalPreAuthorize');
  localListEnabled = () => this.#boolean('LocalAuthListEnabled');
  organization = () => this.text('CpoName');
  /** 1.6 has no keys for it. */
  signing = () => ({ waitMinimum: 60, repeatTimes: 3 });

  #number(name: string): number {
    return Number(this.text(name));
  }

  #boolean(name: string): boolean {
    return this.text(name) === 'true';
  }

  #store(name: string, value: string): void {
    const key = this.#keys.get(name.toLowerCase());
    if (key) key.value = value;
  }
}

function reported({ definition, value }: { readonly definition: Key; readonly value: string }): ReportedKey {
  const key = { key: definition.name, readonly: definition.accepts === undefined };
  return definition.take ? key : { ...key, value };
}

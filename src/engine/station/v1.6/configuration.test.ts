import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { StationSecurity } from '../security/station-security.ts';
import { Configuration } from './configuration.ts';

const security = new StationSecurity({
  security: undefined,
  credentials: undefined,
  id: 'CS-1',
  commonName: 'S',
  clock: fakeClock(),
});

/** Keys that 1.6 chapter 9 requires, of every profile that the station supports. */
const REQUIRED = `AuthorizeRemoteTxRequests ClockAlignedDataInterval ConnectionTimeOut ConnectorPhaseRotation
  GetConfigurationMaxKeys HeartbeatInterval LocalAuthorizeOffline LocalPreAuthorize MeterValuesAlignedData
  MeterValuesSampledData MeterValueSampleInterval NumberOfConnectors ResetRetries StopTransactionOnEVSideDisconnect
  StopTransactionOnInvalidId StopTxnAlignedData StopTxnSampledData SupportedFeatureProfiles TransactionMessageAttempts
  TransactionMessageRetryInterval UnlockConnectorOnEVSideDisconnect LocalAuthListEnabled LocalAuthListMaxLength
  SendLocalListMaxLength ChargeProfileMaxStackLevel ChargingScheduleAllowedChargingRateUnit ChargingScheduleMaxPeriods
  MaxChargingProfilesInstalled`.split(/\s+/);

describe('the configuration of a 1.6 station', () => {
  it('has every key that is required', () => {
    const configuration = new Configuration(2, 5, security);
    expect(REQUIRED.filter((name) => !configuration.find(name))).toEqual([]);
    expect(configuration.find('numberofconnectors')).toEqual({ key: 'NumberOfConnectors', readonly: true, value: '2' });
  });

  it.each([
    ['MeterValueSampleInterval', '30', 'Accepted'],
    ['metervaluesampleinterval', '30', 'Accepted'],
    ['MeterValueSampleInterval', '-1', 'Rejected'],
    ['MeterValueSampleInterval', 'often', 'Rejected'],
    ['HeartbeatInterval', '0', 'Rejected'],
    ['LocalPreAuthorize', 'yes', 'Rejected'],
    ['MeterValuesSampledData', 'Voltage,SoC', 'Accepted'],
    ['MeterValuesSampledData', 'Voltage,Temperature', 'Rejected'],
    ['ClockAlignedDataInterval', '900', 'Rejected'],
    ['NumberOfConnectors', '3', 'Rejected'],
    ['SecurityProfile', '1', 'Rejected'],
    ['VendorKey', '1', 'NotSupported'],
  ])('answers %s = %s with %s', (key, value, status) => {
    expect(new Configuration(1, 5, security).set(key, value)).toBe(status);
  });

  it('uses what was set', () => {
    const configuration = new Configuration(1, 5, security);
    expect(configuration.sampleInterval()).toBe(5);
    configuration.set('MeterValueSampleInterval', '30');
    configuration.adoptHeartbeatInterval(77);
    configuration.set('TransactionMessageAttempts', '7');
    expect(configuration.sampleInterval()).toBe(30);
    expect(configuration.find('HeartbeatInterval')?.value).toBe('77');
    expect(configuration.retry()).toEqual({ attempts: 7, interval: 10 });
  });
});

import { describe, expect, it } from 'vitest';
import { controllerBench } from '../testing/controller-bench.ts';
import { DeviceModel } from './device-model.ts';

/** Component and variable[instance] that part 2 requires of every station, and of the blocks that this one has. */
const REQUIRED = `AlignedDataCtrlr.Interval AlignedDataCtrlr.Measurands AlignedDataCtrlr.TxEndedInterval
  AlignedDataCtrlr.TxEndedMeasurands AuthCtrlr.AuthorizeRemoteStart AuthCtrlr.LocalAuthorizeOffline
  AuthCtrlr.LocalPreAuthorize ChargingStation.AvailabilityState ChargingStation.Available ChargingStation.SupplyPhases
  ClockCtrlr.DateTime ClockCtrlr.TimeSource Connector.Available Connector.ConnectorType Connector.SupplyPhases
  DeviceDataCtrlr.BytesPerMessage[GetReport] DeviceDataCtrlr.BytesPerMessage[GetVariables]
  DeviceDataCtrlr.BytesPerMessage[SetVariables] DeviceDataCtrlr.ItemsPerMessage[GetReport]
  DeviceDataCtrlr.ItemsPerMessage[GetVariables] DeviceDataCtrlr.ItemsPerMessage[SetVariables] EVSE.AvailabilityState
  EVSE.Available EVSE.Power EVSE.SupplyPhases LocalAuthListCtrlr.BytesPerMessage LocalAuthListCtrlr.Entries
  LocalAuthListCtrlr.ItemsPerMessage OCPPCommCtrlr.FileTransferProtocols OCPPCommCtrlr.MessageTimeout[Default]
  OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent] OCPPCommCtrlr.MessageAttempts[TransactionEvent]
  OCPPCommCtrlr.NetworkConfigurationPriority OCPPCommCtrlr.NetworkProfileConnectionAttempts
  OCPPCommCtrlr.OfflineThreshold OCPPCommCtrlr.ResetRetries OCPPCommCtrlr.UnlockOnEVSideDisconnect
  OCPPCommCtrlr.RetryBackOffRandomRange OCPPCommCtrlr.RetryBackOffRepeatTimes OCPPCommCtrlr.RetryBackOffWaitMinimum
  OCPPCommCtrlr.WebSocketPingInterval SampledDataCtrlr.TxEndedInterval SampledDataCtrlr.TxEndedMeasurands
  SampledDataCtrlr.TxStartedMeasurands SampledDataCtrlr.TxUpdatedInterval SampledDataCtrlr.TxUpdatedMeasurands
  SecurityCtrlr.CertificateEntries SecurityCtrlr.OrganizationName SecurityCtrlr.SecurityProfile
  SmartChargingCtrlr.Entries[ChargingProfiles] SmartChargingCtrlr.LimitChangeSignificance
  SmartChargingCtrlr.PeriodsPerSchedule SmartChargingCtrlr.ProfileStackLevel SmartChargingCtrlr.RateUnit
  TxCtrlr.EVConnectionTimeOut TxCtrlr.StopTxOnEVSideDisconnect TxCtrlr.StopTxOnInvalidId TxCtrlr.TxStartPoint
  TxCtrlr.TxStopPoint`.split(/\s+/);

function model(): DeviceModel {
  return new DeviceModel({ core: controllerBench('2.0.1').controller, sampleInterval: 5 });
}
const COMM = { name: 'OCPPCommCtrlr' };

describe('the device model', () => {
  it('has every variable that is required', () => {
    const inventory = model().baseReport('FullInventory');
    const names = inventory.map(({ component, variable }) => {
      const instance = variable.instance === undefined ? '' : `[${variable.instance}]`;
      return `${component.name}.${variable.name}${instance}`;
    });
    expect(REQUIRED.filter((name) => !names.includes(name))).toEqual([]);
    expect(inventory.every(({ variableCharacteristics }) => variableCharacteristics)).toBe(true);
  });

  it('reports as configuration what can be set, and as summary what is available (B07.FR.07, FR.09)', () => {
    const configuration = model().baseReport('ConfigurationInventory');
    expect(configuration.map(({ variableAttribute: [one] }) => one?.mutability)).not.toContain('ReadOnly');
    const summary = model().baseReport('SummaryInventory');
    expect(summary.filter(({ variable }) => variable.name === 'AvailabilityState')).toHaveLength(5);
  });

  it('gets values, and says what is unknown (B06)', () => {
    const one = model();
    expect(one.get({ name: 'ocppcommctrlr' }, { name: 'heartbeatinterval' }, 'Actual')).toEqual({
      status: 'Accepted',
      value: '300',
    });
    expect(one.get(COMM, { name: 'HeartbeatInterval' }, 'Target').status).toBe('NotSupportedAttributeType');
    expect(one.get(COMM, { name: 'MessageTimeout' }, 'Actual').status).toBe('UnknownVariable');
    expect(one.get({ name: 'Nothing' }, { name: 'HeartbeatInterval' }, 'Actual').status).toBe('UnknownComponent');
    expect(one.get({ name: 'EVSE', evse: { id: 9 } }, { name: 'Power' }, 'Actual').status).toBe('UnknownComponent');
  });

  it.each([
    ['HeartbeatInterval', undefined, '60', 'Accepted', undefined],
    ['HeartbeatInterval', undefined, '0', 'Rejected', 'InvalidValue'],
    ['MessageAttempts', 'TransactionEvent', '5', 'Accepted', undefined],
    ['ActiveNetworkProfile', undefined, '2', 'Rejected', 'ReadOnly'],
    ['NetworkConfigurationPriority', undefined, '2', 'Rejected', 'InvalidValue'],
    ['Nothing', undefined, '2', 'UnknownVariable', undefined],
  ])('sets %s[%s] to %s: %s %s (B05)', (name, instance, value, status, code) => {
    const one = model();
    expect(one.set(COMM, { name, instance }, 'Actual', value)).toEqual({ status, ...(code ? { code } : {}) });
    if (status === 'Accepted') expect(one.get(COMM, { name, instance }, 'Actual').value).toBe(value);
  });

  it('reports what is named, where it meets one of the criteria (B08)', () => {
    const one = model();
    expect(one.report([{ component: COMM, variable: { name: 'HeartbeatInterval' } }], undefined)).toHaveLength(1);
    expect(one.report([{ component: { name: 'EVSE' }, variable: { name: 'Power' } }], undefined)).toHaveLength(2);
    expect(
      one.report([{ component: { name: 'EVSE', evse: { id: 2 } }, variable: { name: 'Power' } }], undefined),
    ).toHaveLength(1);
    expect(one.report(undefined, ['Problem'])).toEqual([]);
    const available = one.report(undefined, ['Available']).map(({ component }) => component.name);
    expect(available).toContain('EVSE');
    expect(available).not.toContain('MonitoringCtrlr');
    expect(one.report([{ component: { name: 'MonitoringCtrlr' } }], ['Problem', 'Active'])).toHaveLength(1);
  });

  it('is what the station acts on', () => {
    const one = model();
    one.set(COMM, { name: 'RetryBackOffWaitMinimum' }, 'Actual', '9');
    one.set({ name: 'SampledDataCtrlr' }, { name: 'TxUpdatedInterval' }, 'Actual', '15');
    one.adoptHeartbeatInterval(44);
    expect(one.backOff()).toEqual({ waitMinimum: 9, randomRange: 2, repeatTimes: 5 });
    expect(one.sampleInterval()).toBe(15);
    expect(one.get(COMM, { name: 'HeartbeatInterval' }, 'Actual').value).toBe('44');
  });
});

import type { ActionTable } from './action-table.ts';

/**
 * OCPP 2.0.1 (64 actions) and what 2.1 adds to it (27 more), by functional block of part 2.
 * An entry without `since` is in both.
 */
export const ACTIONS_2 = {
  'A Security': {
    CertificateSigned: { direction: 'to-station' },
    SecurityEventNotification: { direction: 'to-csms' },
    SignCertificate: { direction: 'to-csms' },
  },
  'B Provisioning': {
    BootNotification: { direction: 'to-csms' },
    GetBaseReport: { direction: 'to-station' },
    GetReport: { direction: 'to-station' },
    GetVariables: { direction: 'to-station' },
    NotifyReport: { direction: 'to-csms' },
    Reset: { direction: 'to-station' },
    SetNetworkProfile: { direction: 'to-station' },
    SetVariables: { direction: 'to-station' },
  },
  'C Authorization': {
    Authorize: { direction: 'to-csms' },
    ClearCache: { direction: 'to-station' },
    NotifySettlement: { direction: 'to-csms', since: '2.1' },
    NotifyWebPaymentStarted: { direction: 'to-station', since: '2.1' },
    VatNumberValidation: { direction: 'to-csms', since: '2.1' },
  },
  'D Local Authorization List Management': {
    GetLocalListVersion: { direction: 'to-station' },
    SendLocalList: { direction: 'to-station' },
  },
  'E Transactions': {
    GetTransactionStatus: { direction: 'to-station' },
    TransactionEvent: { direction: 'to-csms' },
  },
  'F Remote Control': {
    RequestStartTransaction: { direction: 'to-station' },
    RequestStopTransaction: { direction: 'to-station' },
    TriggerMessage: { direction: 'to-station' },
    UnlockConnector: { direction: 'to-station' },
  },
  'G Availability': {
    ChangeAvailability: { direction: 'to-station' },
    Heartbeat: { direction: 'to-csms' },
    StatusNotification: { direction: 'to-csms' },
  },
  'H Reservation': {
    CancelReservation: { direction: 'to-station' },
    ReservationStatusUpdate: { direction: 'to-csms' },
    ReserveNow: { direction: 'to-station' },
  },
  'I Tariff and Cost': {
    ChangeTransactionTariff: { direction: 'to-station', since: '2.1' },
    ClearTariffs: { direction: 'to-station', since: '2.1' },
    CostUpdated: { direction: 'to-station' },
    GetTariffs: { direction: 'to-station', since: '2.1' },
    SetDefaultTariff: { direction: 'to-station', since: '2.1' },
  },
  'J Metering': {
    MeterValues: { direction: 'to-csms' },
  },
  'K Smart Charging': {
    ClearChargingProfile: { direction: 'to-station' },
    ClearedChargingLimit: { direction: 'to-csms' },
    GetChargingProfiles: { direction: 'to-station' },
    GetCompositeSchedule: { direction: 'to-station' },
    NotifyChargingLimit: { direction: 'to-csms' },
    NotifyEVChargingNeeds: { direction: 'to-csms' },
    NotifyEVChargingSchedule: { direction: 'to-csms' },
    NotifyPriorityCharging: { direction: 'to-csms', since: '2.1' },
    PullDynamicScheduleUpdate: { direction: 'to-csms', since: '2.1' },
    ReportChargingProfiles: { direction: 'to-csms' },
    SetChargingProfile: { direction: 'to-station' },
    UpdateDynamicSchedule: { direction: 'to-station', since: '2.1' },
    UsePriorityCharging: { direction: 'to-station', since: '2.1' },
  },
  'L Firmware Management': {
    FirmwareStatusNotification: { direction: 'to-csms' },
    PublishFirmware: { direction: 'to-station' },
    PublishFirmwareStatusNotification: { direction: 'to-csms' },
    UnpublishFirmware: { direction: 'to-station' },
    UpdateFirmware: { direction: 'to-station' },
  },
  'M Certificate Management': {
    DeleteCertificate: { direction: 'to-station' },
    Get15118EVCertificate: { direction: 'to-csms' },
    GetCertificateChainStatus: { direction: 'to-csms', since: '2.1' },
    GetCertificateStatus: { direction: 'to-csms' },
    GetInstalledCertificateIds: { direction: 'to-station' },
    InstallCertificate: { direction: 'to-station' },
  },
  'N Diagnostics': {
    AdjustPeriodicEventStream: { direction: 'to-station', since: '2.1' },
    ClearVariableMonitoring: { direction: 'to-station' },
    ClosePeriodicEventStream: { direction: 'to-csms', since: '2.1' },
    CustomerInformation: { direction: 'to-station' },
    GetLog: { direction: 'to-station' },
    GetMonitoringReport: { direction: 'to-station' },
    GetPeriodicEventStream: { direction: 'to-station', since: '2.1' },
    LogStatusNotification: { direction: 'to-csms' },
    NotifyCustomerInformation: { direction: 'to-csms' },
    NotifyEvent: { direction: 'to-csms' },
    NotifyMonitoringReport: { direction: 'to-csms' },
    NotifyPeriodicEventStream: { direction: 'to-csms', since: '2.1', messageType: 'SEND' },
    OpenPeriodicEventStream: { direction: 'to-csms', since: '2.1' },
    SetMonitoringBase: { direction: 'to-station' },
    SetMonitoringLevel: { direction: 'to-station' },
    SetVariableMonitoring: { direction: 'to-station' },
  },
  'O Display Message': {
    ClearDisplayMessage: { direction: 'to-station' },
    GetDisplayMessages: { direction: 'to-station' },
    NotifyDisplayMessages: { direction: 'to-csms' },
    SetDisplayMessage: { direction: 'to-station' },
  },
  'P Data Transfer': {
    DataTransfer: { direction: 'both' },
  },
  'Q Bidirectional Power Transfer': {
    AFRRSignal: { direction: 'to-station', since: '2.1' },
    NotifyAllowedEnergyTransfer: { direction: 'to-station', since: '2.1' },
  },
  'R DER Control': {
    ClearDERControl: { direction: 'to-station', since: '2.1' },
    GetDERControl: { direction: 'to-station', since: '2.1' },
    NotifyDERAlarm: { direction: 'to-csms', since: '2.1' },
    NotifyDERStartStop: { direction: 'to-csms', since: '2.1' },
    ReportDERControl: { direction: 'to-csms', since: '2.1' },
    SetDERControl: { direction: 'to-station', since: '2.1' },
  },
  'S Battery Swapping': {
    BatterySwap: { direction: 'to-csms', since: '2.1' },
    RequestBatterySwap: { direction: 'to-station', since: '2.1' },
  },
} as const satisfies ActionTable;

import type { ActionTable } from './action-table.ts';

/** OCPP 1.6 edition 2 with the Security Whitepaper edition 3: 39 actions. */
export const ACTIONS_1_6 = {
  Core: {
    Authorize: { direction: 'to-csms' },
    BootNotification: { direction: 'to-csms' },
    ChangeAvailability: { direction: 'to-station' },
    ChangeConfiguration: { direction: 'to-station' },
    ClearCache: { direction: 'to-station' },
    DataTransfer: { direction: 'both' },
    GetConfiguration: { direction: 'to-station' },
    Heartbeat: { direction: 'to-csms' },
    MeterValues: { direction: 'to-csms' },
    RemoteStartTransaction: { direction: 'to-station' },
    RemoteStopTransaction: { direction: 'to-station' },
    Reset: { direction: 'to-station' },
    StartTransaction: { direction: 'to-csms' },
    StatusNotification: { direction: 'to-csms' },
    StopTransaction: { direction: 'to-csms' },
    UnlockConnector: { direction: 'to-station' },
  },
  Reservation: {
    CancelReservation: { direction: 'to-station' },
    ReserveNow: { direction: 'to-station' },
  },
  'Security (whitepaper)': {
    CertificateSigned: { direction: 'to-station' },
    DeleteCertificate: { direction: 'to-station' },
    ExtendedTriggerMessage: { direction: 'to-station' },
    GetInstalledCertificateIds: { direction: 'to-station' },
    GetLog: { direction: 'to-station' },
    InstallCertificate: { direction: 'to-station' },
    LogStatusNotification: { direction: 'to-csms' },
    SecurityEventNotification: { direction: 'to-csms' },
    SignCertificate: { direction: 'to-csms' },
    SignedFirmwareStatusNotification: { direction: 'to-csms' },
    SignedUpdateFirmware: { direction: 'to-station' },
  },
  SmartCharging: {
    ClearChargingProfile: { direction: 'to-station' },
    GetCompositeSchedule: { direction: 'to-station' },
    SetChargingProfile: { direction: 'to-station' },
  },
  FirmwareManagement: {
    DiagnosticsStatusNotification: { direction: 'to-csms' },
    FirmwareStatusNotification: { direction: 'to-csms' },
    GetDiagnostics: { direction: 'to-station' },
    UpdateFirmware: { direction: 'to-station' },
  },
  LocalAuthListManagement: {
    GetLocalListVersion: { direction: 'to-station' },
    SendLocalList: { direction: 'to-station' },
  },
  RemoteTrigger: {
    TriggerMessage: { direction: 'to-station' },
  },
} as const satisfies ActionTable;

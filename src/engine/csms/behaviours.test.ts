import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import { behave } from './behaviours.ts';
import { StationRecord } from './station-state.ts';

const NOW = Date.UTC(2026, 0, 1);
const AT = '2025-12-31T23:00:00Z';

/** A station of a version, and how the CSMS behaves towards it. */
function stationOf(version: OcppVersion) {
  const station = new StationRecord(version);
  let id = 40;
  const context = { station, now: NOW, heartbeatInterval: 60, nextTransactionId: () => ++id };
  return { station, ask: (action: string, payload: JsonObject) => behave(action, payload, context) };
}

it('answers nothing that is no action of a station', () => {
  expect(stationOf('1.6').ask('Reset', {})).toBeUndefined();
  expect(stationOf('2.0.1').ask('BatterySwap', {})).toBeUndefined();
  expect(stationOf('2.1').ask('toString', {})).toBeUndefined();
});

describe('1.6', () => {
  it('accepts a boot, with the interval and the time', () => {
    const { station, ask } = stationOf('1.6');
    const boot = { chargePointVendor: 'V', chargePointModel: 'M', chargeBoxSerialNumber: 'S' };
    expect(ask('BootNotification', boot)).toEqual({
      status: 'Accepted',
      interval: 60,
      currentTime: '2026-01-01T00:00:00.000Z',
    });
    expect(station.boot).toEqual({ vendor: 'V', model: 'M', serialNumber: 'S', firmwareVersion: undefined, at: NOW });
  });

  it('numbers transactions upwards and keeps them until they end', () => {
    const { station, ask } = stationOf('1.6');
    const start = { connectorId: 2, idTag: 'T', meterStart: 0, timestamp: AT };
    expect(ask('StartTransaction', start)).toEqual({ transactionId: 41, idTagInfo: { status: 'Accepted' } });
    expect(ask('StartTransaction', { ...start, connectorId: 1 })).toMatchObject({ transactionId: 42 });
    expect(station.transactions).toMatchObject([
      { id: '41', connectorId: 2, idToken: 'T', startedAt: AT },
      { id: '42', connectorId: 1 },
    ]);
    expect(ask('StopTransaction', { transactionId: 41, meterStop: 1, timestamp: AT })).toEqual({});
    expect(ask('StopTransaction', { transactionId: 42, meterStop: 1, timestamp: AT, idTag: 'T' })).toEqual({
      idTagInfo: { status: 'Accepted' },
    });
    expect(station.transactions).toEqual([]);
  });

  it('keeps the last status of each connector', () => {
    const { station, ask } = stationOf('1.6');
    ask('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError' });
    ask('StatusNotification', { connectorId: 0, status: 'Available', errorCode: 'NoError' });
    ask('StatusNotification', { connectorId: 1, status: 'Faulted', errorCode: 'GroundFailure', timestamp: AT });
    expect(station.connectors).toEqual([
      { connectorId: 1, status: 'Faulted', errorCode: 'GroundFailure', timestamp: AT },
      { connectorId: 0, status: 'Available' },
    ]);
  });
});

describe.each(['2.0.1', '2.1'] as const)('%s', (version) => {
  it('accepts a boot', () => {
    const { station, ask } = stationOf(version);
    const chargingStation = { vendorName: 'V', model: 'M', firmwareVersion: 'F' };
    expect(ask('BootNotification', { reason: 'PowerUp', chargingStation })).toMatchObject({ status: 'Accepted' });
    expect(station.boot).toMatchObject({ vendor: 'V', model: 'M', firmwareVersion: 'F', reason: 'PowerUp', at: NOW });
  });

  it('gives the status of a certificate where one came with the token (C07.FR.14)', () => {
    const { ask } = stationOf(version);
    const idToken = { idToken: 'DE8AA12B3C4D5E', type: 'eMAID' };
    expect(ask('Authorize', { idToken })).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(ask('Authorize', { idToken, certificate: 'PEM' })).toMatchObject({ certificateStatus: 'Accepted' });
    expect(ask('Authorize', { idToken, iso15118CertificateHashData: [] })).toMatchObject({
      certificateStatus: 'Accepted',
    });
  });

  it('follows transactions, and answers for a token where there is one (E01.FR.12)', () => {
    const { station, ask } = stationOf(version);
    const event = (eventType: string, more: JsonObject, chargingState?: string) =>
      ask('TransactionEvent', {
        eventType,
        timestamp: AT,
        triggerReason: 'Authorized',
        seqNo: 0,
        transactionInfo: { transactionId: 'tx', ...(chargingState ? { chargingState } : {}) },
        ...more,
      });
    expect(event('Started', { evse: { id: 1, connectorId: 2 } }, 'EVConnected')).toEqual({});
    expect(event('Updated', { idToken: { idToken: 'T', type: 'Central' } }, 'Charging')).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
    expect(event('Updated', {})).toEqual({});
    expect(station.transactions).toEqual([
      { id: 'tx', evseId: 1, connectorId: 2, idToken: 'T', chargingState: 'Charging', startedAt: AT },
    ]);
    event('Ended', {});
    expect(station.transactions).toEqual([]);
  });

  it('learns the status of a connector from StatusNotification and NotifyEvent (B01.FR.05)', () => {
    const { station, ask } = stationOf(version);
    ask('StatusNotification', { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp: AT });
    const event = (name: string, variable: string, actualValue: string) => ({
      component: { name, evse: { id: 1, connectorId: 1 } },
      variable: { name: variable },
      actualValue,
      timestamp: AT,
    });
    ask('NotifyEvent', {
      eventData: [
        event('Connector', 'AvailabilityState', 'Occupied'),
        event('Connector', 'Temperature', '40'),
        event('EVSE', 'AvailabilityState', 'Faulted'),
      ],
    });
    expect(station.connectors).toEqual([{ evseId: 1, connectorId: 1, status: 'Occupied', timestamp: AT }]);
  });
});

describe('2.1', () => {
  it('answers about every certificate of a chain (M07.FR.08)', () => {
    const certificateHashData = { hashAlgorithm: 'SHA256', issuerNameHash: 'n', issuerKeyHash: 'k', serialNumber: '1' };
    const request = { certificateHashData, source: 'OCSP', urls: ['https://ocsp.example'] };
    const answer = stationOf('2.1').ask('GetCertificateChainStatus', { certificateStatusRequests: [request, request] });
    const status = { certificateHashData, source: 'OCSP', status: 'Failed', nextUpdate: '2026-01-01T01:00:00.000Z' };
    expect(answer).toEqual({ certificateStatus: [status, status] });
  });

  it('judges a VAT number by its form, for the EVSE that was asked about (C18.FR.09 and FR.10)', () => {
    const { ask } = stationOf('2.1');
    expect(ask('VatNumberValidation', { vatNumber: 'NL001234567B01', evseId: 2 })).toEqual({
      vatNumber: 'NL001234567B01',
      evseId: 2,
      status: 'Accepted',
    });
    expect(ask('VatNumberValidation', { vatNumber: '1' })).toEqual({ vatNumber: '1', status: 'Rejected' });
  });

  it('makes the receipt where the station made none (C21.FR.03 and FR.04)', () => {
    const { ask } = stationOf('2.1');
    const settlement = { pspRef: 'ref/1\uD800', status: 'Settled', settlementAmount: 1, settlementTime: AT };
    expect(ask('NotifySettlement', settlement)).toMatchObject({ receiptUrl: 'https://receipts.example/ref_1_' });
    expect(ask('NotifySettlement', { ...settlement, receiptUrl: 'https://a.example' })).toEqual({});
    expect(ask('NotifySettlement', { ...settlement, status: 'Failed' })).toEqual({});
  });

  it('tells a station not to wait for a charging profile, where 2.0.1 can only reject', () => {
    expect(stationOf('2.1').ask('NotifyEVChargingNeeds', {})).toEqual({ status: 'NoChargingProfile' });
    expect(stationOf('2.0.1').ask('NotifyEVChargingNeeds', {})).toEqual({ status: 'Rejected' });
  });
});

it('keeps no more of a station than a station has, whatever it sends', () => {
  const { station, ask } = stationOf('2.0.1');
  for (let evseId = 0; evseId < 2000; evseId++) {
    ask('StatusNotification', { evseId, connectorId: 1, connectorStatus: 'Available', timestamp: AT });
  }
  expect(station.connectors).toHaveLength(500);
  expect(station.connectors.at(-1)?.evseId).toBe(1999);
});

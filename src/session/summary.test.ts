import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionsOf } from '../ocpp/actions.ts';
import type { JsonObject, JsonValue } from '../ocpp/json.ts';
import { schemasOf } from '../ocpp/official-schemas.ts';
import { OCPP_VERSIONS, type OcppVersion } from '../ocpp/version.ts';
import { SUMMARY_MAX, summaryOf, summaryOfMalformed } from './summary.ts';

function request(version: OcppVersion | undefined, action: string, payload: JsonObject): string {
  return summaryOf({ type: 'CALL', messageId: 'a', action, payload }, version, action);
}

function response(version: OcppVersion | undefined, action: string | null, payload: JsonObject): string {
  return summaryOf({ type: 'CALLRESULT', messageId: 'a', payload }, version, action);
}

describe('a request of 1.6', () => {
  it.each<[string, JsonObject, string]>([
    ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Charging' }, 'Connector 1 Charging'],
    [
      'StatusNotification',
      { connectorId: 0, errorCode: 'GroundFailure', status: 'Faulted', info: 'RCD' },
      'Charge point Faulted · GroundFailure · RCD',
    ],
    [
      'BootNotification',
      { chargePointVendor: 'VendorX', chargePointModel: 'Single', firmwareVersion: '1.2' },
      'VendorX Single · firmware 1.2',
    ],
    [
      'StartTransaction',
      { connectorId: 2, idTag: 'ABC', meterStart: 12_345, timestamp: '' },
      'Connector 2 started · tag ABC · meter 12.35 kWh',
    ],
    [
      'StopTransaction',
      { transactionId: 7, meterStop: 900, timestamp: '', reason: 'EVDisconnected' },
      'Transaction #7 stopped · EVDisconnected · meter 900 Wh',
    ],
    [
      'MeterValues',
      {
        connectorId: 1,
        transactionId: 7,
        meterValue: [
          {
            timestamp: '',
            sampledValue: [
              { value: '3.6', measurand: 'Power.Active.Import', unit: 'kW', phase: 'L1' },
              { value: '3700', measurand: 'Power.Active.Import', unit: 'W', phase: 'L2' },
              { value: '15000' },
              { value: '61', measurand: 'SoC', unit: 'Percent' },
              { value: '16', measurand: 'Current.Import', unit: 'A' },
            ],
          },
        ],
      },
      'Connector 1 · Transaction #7 · 7.3 kW · 15.00 kWh · SoC 61 %',
    ],
    [
      'SetChargingProfile',
      {
        connectorId: 1,
        csChargingProfiles: {
          chargingProfileId: 5,
          stackLevel: 0,
          chargingProfilePurpose: 'TxProfile',
          chargingProfileKind: 'Relative',
          chargingSchedule: {
            chargingRateUnit: 'A',
            chargingSchedulePeriod: [
              { startPeriod: 0, limit: 16 },
              { startPeriod: 60, limit: 32 },
            ],
          },
        },
      },
      'TxProfile #5 stack 0, 2 periods, max 32 A on connector 1',
    ],
    ['GetConfiguration', { key: ['A', 'B', 'C', 'D', 'E'] }, 'A, B, C +2'],
    ['GetConfiguration', {}, 'All keys'],
    ['ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' }, 'HeartbeatInterval = 60'],
    ['DataTransfer', { vendorId: 'com.v', messageId: 'Ping', data: 'x' }, 'com.v Ping · x'],
    ['UnlockConnector', { connectorId: 1 }, 'Unlock connector 1'],
    [
      'ReserveNow',
      { connectorId: 1, expiryDate: '2026-01-01T00:00:00.123Z', idTag: 'T', reservationId: 3 },
      'Reservation #3 on connector 1 · tag T · until 2026-01-01T00:00:00Z',
    ],
    ['GetInstalledCertificateIds', { certificateType: 'ManufacturerRootCertificate' }, 'ManufacturerRootCertificate'],
    ['Heartbeat', {}, 'Heartbeat'],
  ])('%s', (action, payload, words) => {
    expect(request('1.6', action, payload)).toBe(words);
  });
});

describe('a request of 2.x', () => {
  const tariff = { tariffId: 'T1', currency: 'EUR' };
  it.each<[string, JsonObject, string]>([
    [
      'TransactionEvent',
      {
        eventType: 'Started',
        evse: { id: 1, connectorId: 1 },
        transactionInfo: { transactionId: 't', chargingState: 'Charging' },
        meterValue: [
          {
            timestamp: '',
            sampledValue: [
              { value: 11.04, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W', multiplier: 3 } },
              { value: 61, measurand: 'SoC' },
            ],
          },
        ],
      },
      'Started · EVSE 1 · Charging · 11.0 kW · SoC 61 %',
    ],
    [
      'TransactionEvent',
      {
        eventType: 'Updated',
        meterValue: [
          {
            timestamp: '',
            sampledValue: [
              { value: 11040, measurand: 'Power.Active.Import' },
              { value: 0, measurand: 'Power.Active.Export' },
              { value: 61, measurand: 'SoC' },
            ],
          },
        ],
      },
      'Updated · 11.0 kW · SoC 61 %',
    ],
    [
      'TransactionEvent',
      {
        eventType: 'Updated',
        meterValue: [
          {
            timestamp: '',
            sampledValue: [
              { value: 0, measurand: 'Power.Active.Import' },
              { value: 7000, measurand: 'Power.Active.Export' },
              { value: 61, measurand: 'SoC' },
            ],
          },
        ],
      },
      'Updated · 0 W · 7.0 kW exported · SoC 61 %',
    ],
    [
      'TransactionEvent',
      { eventType: 'Updated', triggerReason: 'Trigger', offline: true },
      'Updated · Trigger · offline',
    ],
    [
      'TransactionEvent',
      { eventType: 'Ended', transactionInfo: { stoppedReason: 'Local' }, triggerReason: 'StopAuthorized' },
      'Ended · StopAuthorized · Local',
    ],
    [
      'SetChargingProfile',
      {
        evseId: 1,
        chargingProfile: {
          id: 5,
          stackLevel: 0,
          chargingProfilePurpose: 'TxProfile',
          chargingProfileKind: 'Absolute',
          chargingSchedule: [
            {
              id: 1,
              chargingRateUnit: 'W',
              chargingSchedulePeriod: [
                { startPeriod: 0, limit: 11_000 },
                { startPeriod: 60, limit: 6000 },
              ],
            },
          ],
        },
      },
      'TxProfile #5 stack 0, 2 periods, max 11.0 kW on EVSE 1',
    ],
    [
      'GetVariables',
      {
        getVariableData: [
          { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
          {
            component: { name: 'EVSE', instance: 'x' },
            variable: { name: 'Power' },
            attributeType: 'MaxSet',
          },
        ],
      },
      'OCPPCommCtrlr.HeartbeatInterval, EVSE[x].Power (MaxSet)',
    ],
    [
      'SetVariables',
      { setVariableData: [{ component: { name: 'C' }, variable: { name: 'V' }, attributeValue: '5' }] },
      'C.V = 5',
    ],
    ['StatusNotification', { evseId: 1, connectorId: 2, connectorStatus: 'Occupied' }, 'EVSE 1 connector 2 Occupied'],
    ['Authorize', { idToken: { idToken: 'ABC', type: 'ISO14443' } }, 'ABC (ISO14443)'],
    ['Reset', { type: 'OnIdle', evseId: 2 }, 'Reset EVSE 2 OnIdle'],
    [
      'SecurityEventNotification',
      { type: 'TamperDetectionActivated', timestamp: 'x' },
      'TamperDetectionActivated · at x',
    ],
    [
      'SendLocalList',
      { versionNumber: 3, updateType: 'Full', localAuthorizationList: [{}] },
      'Full list version 3 · 1 entry',
    ],
    [
      'RequestStartTransaction',
      { remoteStartId: 1, evseId: 1, idToken: { idToken: 'A', type: 'Central' } },
      'Start on EVSE 1 · A (Central)',
    ],
    ['ReserveNow', { id: 4, idToken: { idToken: 'A' }, expiryDateTime: 'x' }, 'Reservation #4 · A · until x'],
    ['SetDefaultTariff', { evseId: 0, tariff }, 'station · Tariff T1 in EUR'],
    [
      'MeterValues',
      { evseId: 1, meterValue: [{ sampledValue: [{ value: 230, measurand: 'Voltage' }] }] },
      'EVSE 1 · 230 V',
    ],
    [
      'ClearChargingProfile',
      { chargingProfileCriteria: { chargingProfilePurpose: 'TxProfile', evseId: 2 } },
      'Clear TxProfile on EVSE 2',
    ],
    [
      'UpdateFirmware',
      { requestId: 9, firmware: { location: 'https://f', retrieveDateTime: 'x', signature: 's' } },
      'Update from https://f · at x · signed · request 9',
    ],
    ['DeleteCertificate', { certificateHashData: { serialNumber: '0a' } }, 'Delete certificate serial 0a'],
    [
      'NotifyEvent',
      {
        seqNo: 0,
        tbc: true,
        eventData: [{ component: { name: 'C' }, variable: { name: 'V' }, actualValue: '1', trigger: 'Delta' }],
      },
      'C.V = 1 (Delta) · part 0 to be continued',
    ],
    [
      'NotifyPeriodicEventStream',
      {
        id: 1,
        pending: 2,
        data: [
          { t: 0, v: '230.4' },
          { t: 1, v: '230.2' },
        ],
      },
      'Stream 1 · 2 values · latest 230.2 · 2 pending',
    ],
    [
      'SetDisplayMessage',
      { message: { id: 1, priority: 'InFront', message: { content: 'Hello', format: 'UTF8' } } },
      '#1 "Hello" · InFront',
    ],
    ['DataTransfer', { vendorId: 'v', data: { a: 1, b: 2 } }, 'v · 2 fields'],
    ['AFRRSignal', { signal: -3, timestamp: 'x' }, 'Signal -3 · at x'],
    ['SetDERControl', { isDefault: true, controlType: 'FreqDroop', controlId: 'c1' }, 'default FreqDroop · c1'],
    ['ReportDERControl', { requestId: 2, curve: [{}, {}], gradient: [{}] }, 'curve ×2 gradient ×1 · request 2'],
    [
      'BatterySwap',
      { eventType: 'BatteryIn', requestId: 1, batteryData: [{ evseId: 1, serialNumber: 'B', soC: 80 }] },
      'BatteryIn · EVSE 1 B SoC 80 % · request 1',
    ],
  ])('%s', (action, payload, words) => {
    expect(request('2.1', action, payload)).toBe(words);
  });
});

describe('an answer', () => {
  it.each<[OcppVersion, string, JsonObject, string]>([
    ['1.6', 'BootNotification', { status: 'Accepted', interval: 300 }, 'Boot accepted, heartbeat every 300 s'],
    [
      '2.0.1',
      'BootNotification',
      { status: 'Pending', interval: 10, statusInfo: { reasonCode: 'Wait' } },
      'Boot pending, retry in 10 s · (Wait)',
    ],
    ['2.1', 'BootNotification', { status: 'Accepted', interval: 0 }, 'Boot accepted'],
    ['1.6', 'Heartbeat', { currentTime: '2026-11-20T10:00:00.000Z' }, 'Time 2026-11-20T10:00:00Z'],
    ['1.6', 'StatusNotification', {}, 'Acknowledged'],
    [
      '1.6',
      'StartTransaction',
      { transactionId: 5, idTagInfo: { status: 'Accepted' } },
      'Transaction #5 · Tag Accepted',
    ],
    [
      '2.0.1',
      'Reset',
      { status: 'Rejected', statusInfo: { reasonCode: 'Busy', additionalInfo: 'charging' } },
      'Rejected (Busy: charging)',
    ],
    ['2.0.1', 'TransactionEvent', {}, 'Acknowledged'],
    ['2.1', 'TransactionEvent', { totalCost: 1.25, idTokenInfo: { status: 'Accepted' } }, 'Token Accepted · cost 1.25'],
    [
      '2.0.1',
      'GetVariables',
      {
        getVariableResult: [
          { attributeStatus: 'Accepted', attributeValue: '60', component: { name: 'C' }, variable: { name: 'V' } },
          { attributeStatus: 'UnknownVariable', component: { name: 'C' }, variable: { name: 'W' } },
        ],
      },
      'C.V = 60, C.W UnknownVariable',
    ],
    ['2.0.1', 'GetLocalListVersion', { versionNumber: 4 }, 'Local list version 4'],
  ])('of %s %s', (version, action, payload, words) => {
    expect(response(version, action, payload)).toBe(words);
  });

  it('with an error says its code and its description', () => {
    const error = { messageId: 'a', errorCode: 'NotImplemented', errorDescription: 'no such thing', errorDetails: {} };
    expect(summaryOf({ type: 'CALLERROR', ...error }, '1.6', null)).toBe('NotImplemented: no such thing');
    expect(summaryOf({ type: 'CALLRESULTERROR', ...error, errorDescription: '' }, '2.1', null)).toBe('NotImplemented');
  });
});

it('a request with 100,000 nested brackets is said all the same', () => {
  const nested = JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`) as JsonValue;
  expect(request('2.1', 'GetReport', { requestId: 1, componentCriteria: [nested] })).toBe('? · request 1');
});

describe('where nothing better is known', () => {
  it('the first plain fields are said', () => {
    expect(request('1.6', 'Nonsense', { a: 1, b: true, c: {}, d: 'x', e: 'y' })).toBe('a 1, b true, d x +2');
    expect(request(undefined, 'Heartbeat', {})).toBe('No arguments');
    expect(request('1.6', 'constructor', { list: [] })).toBe('1 field');
    expect(response('1.6', null, { status: 'Accepted' })).toBe('Accepted');
    expect(response(undefined, null, {})).toBe('Acknowledged');
    expect(request('1.6', 'StatusNotification', { unknown: 1 })).toBe('unknown 1');
  });

  it('a malformed frame says its flaw', () => {
    const flaw = { code: 'not-json', sentence: 'The text is not valid JSON.' } as const;
    expect(summaryOfMalformed({ type: 'malformed', flaw })).toBe('The text is not valid JSON.');
  });
});

describe('whatever the payload is', () => {
  it('foreign text is cut and made plain', () => {
    expect(request('1.6', 'Authorize', { idTag: 'a\u202eb\u0007c\nd' })).toBe('Tag a\ufffdb\ufffdc d');
    expect(
      request('1.6', 'ChangeConfiguration', { key: 'k'.repeat(1000), value: 'v'.repeat(1000) }).length,
    ).toBeLessThan(SUMMARY_MAX);
    expect(response('1.6', null, { status: `${'x'.repeat(38)}\u{1f600}${'x'.repeat(9)}` })).not.toMatch(/\p{Cs}/u);
  });

  const keys = [
    ...new Set(OCPP_VERSIONS.flatMap((version) => schemasOf(version).flatMap(({ schema }) => keysOf(schema)))),
  ];
  const { payload } = fc.letrec<{ payload: JsonObject; value: JsonValue }>((tie) => ({
    payload: fc.dictionary(fc.constantFrom(...keys, 'toString', '__proto__'), tie('value'), {
      maxKeys: 8,
    }) as fc.Arbitrary<JsonObject>,
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string(),
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.constantFrom<JsonValue>(null, 'Accepted', 'Energy.Active.Import.Register', '__proto__', 1e300),
      fc.array(tie('value'), { maxLength: 4 }) as fc.Arbitrary<JsonValue>,
      tie('payload'),
    ),
  }));

  it.each(OCPP_VERSIONS)('every action of %s has a short, plain summary', (version) => {
    for (const action of actionsOf(version).keys()) {
      expect(request(version, action, {})).not.toBe('');
      expect(response(version, action, {})).not.toBe('');
      fc.assert(
        fc.property(payload, (junk) => {
          for (const words of [request(version, action, junk), response(version, action, junk)]) {
            expect(words.length).toBeGreaterThan(0);
            expect(words.length).toBeLessThanOrEqual(SUMMARY_MAX);
            expect(words).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|undefined|NaN|\[object/u);
          }
        }),
        { numRuns: 30 },
      );
    }
  });
});

function keysOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...keysOf(value),
  ]);
}

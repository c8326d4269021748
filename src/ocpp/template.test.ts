import { describe, expect, it } from 'vitest';
import { schemaOf, schemasOf } from './official-schemas.ts';
import { createValidator } from './schemas.ts';
import { type TemplateOptions, template } from './template.ts';
import { OCPP_VERSIONS, type OcppVersion } from './version.ts';

const NOW = '2026-11-20T09:30:00.000Z';
const validator = createValidator();

function request(version: OcppVersion, action: string, options: Partial<TemplateOptions> = {}) {
  const schema = schemaOf(version, action, 'request');
  if (schema === undefined) throw new Error(`${version} has no ${action}`);
  return template(schema, { fill: 'required', now: NOW, ...options });
}

describe('template', () => {
  for (const version of OCPP_VERSIONS) {
    for (const fill of ['required', 'everything'] as const) {
      it(`yields what the schema accepts, for every message of ${version} with ${fill}`, () => {
        const values = { status: 'NotSupported', limit: 6.15, id: 0, timestamp: 'never', vendorId: 'x'.repeat(300) };
        for (const { action, kind, name, schema } of schemasOf(version)) {
          for (const options of [
            { fill, now: NOW },
            { fill, now: NOW, values },
          ]) {
            const payload = template(schema, options);
            expect(validator.validate(version, action, kind, payload), name).toEqual([]);
            expect(template(schema, options)).toEqual(payload);
          }
        }
      });
    }
  }

  it('holds only what is required, or everything', () => {
    expect(request('1.6', 'StartTransaction')).toEqual({
      connectorId: 1,
      idTag: 'idTag',
      meterStart: 1,
      timestamp: NOW,
    });
    expect(request('1.6', 'StartTransaction', { fill: 'everything' })).toHaveProperty('reservationId', 1);
    expect(request('2.1', 'MeterValues')).toEqual({
      evseId: 1,
      meterValue: [{ sampledValue: [{ value: 1 }], timestamp: NOW }],
    });
  });

  it('leaves out of everything what is excepted, unless it is required', () => {
    const payload = request('2.1', 'BootNotification', { fill: 'everything', except: ['customData', 'reason'] });
    expect(JSON.stringify(payload)).not.toContain('customData');
    expect(payload).toHaveProperty('chargingStation.modem.iccid');
    expect(payload).toHaveProperty('reason');
  });

  it('takes the values that it is given, at any depth and where they are optional', () => {
    const payload = request('2.0.1', 'TransactionEvent', {
      values: { eventType: 'Started', transactionId: 'T-1', seqNo: 7, offline: true },
    });
    expect(payload).toMatchObject({ eventType: 'Started', transactionInfo: { transactionId: 'T-1' }, seqNo: 7 });
    expect(payload).toHaveProperty('offline', true);
  });

  it('leaves out given values that the schema refuses', () => {
    const payload = request('2.0.1', 'TransactionEvent', {
      values: { eventType: 'Paused', seqNo: 1.5, offline: 'yes', transactionId: 'x'.repeat(37), timestamp: 'now' },
    });
    expect(payload).toMatchObject({ eventType: 'Ended', seqNo: 1, timestamp: NOW });
    expect(payload).toHaveProperty('transactionInfo.transactionId', 'transactionId');
    expect(payload).not.toHaveProperty('offline');
  });
});

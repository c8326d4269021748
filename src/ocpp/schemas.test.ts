import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from './json.ts';
import { schemaOf, schemasOf } from './official-schemas.ts';
import { createValidator } from './schemas.ts';
import { template } from './template.ts';
import { OCPP_VERSIONS, type OcppVersion } from './version.ts';
import { VIOLATIONS_MAX } from './violations.ts';

const validator = createValidator();
const AT = '2026-11-20T09:30:00.000Z';

function check(version: OcppVersion, action: string, payload: unknown, kind: 'request' | 'response' = 'request') {
  return validator.validate(version, action, kind, payload as JsonObject);
}

/** A valid TransactionEvent of 2.1, with some properties changed. */
function transactionEvent(changes: object = {}): JsonObject {
  return {
    eventType: 'Updated',
    timestamp: AT,
    triggerReason: 'MeterValuePeriodic',
    seqNo: 4,
    transactionInfo: { transactionId: 'T-1', chargingState: 'Charging' },
    meterValue: [{ timestamp: AT, sampledValue: [{ value: 11.04, measurand: 'Power.Active.Import' }] }],
    ...changes,
  };
}

describe('a valid payload', () => {
  it('has no violations, nor has one of an action that the version lacks', () => {
    expect(check('2.1', 'TransactionEvent', transactionEvent())).toEqual([]);
    expect(check('1.6', 'TransactionEvent', { nonsense: 1 })).toEqual([]);
    expect(check('2.1', 'constructor', {})).toEqual([]);
    expect(check('2.1', 'NotifyPeriodicEventStream', {}, 'response')).toEqual([]);
  });

  it('yields the same empty list each time', () => {
    expect(check('1.6', 'Heartbeat', {})).toBe(check('2.1', 'Heartbeat', {}));
  });

  it('may have a limit of one decimal in 1.6, which is no exact multiple in binary', () => {
    const profile = (limit: number) => ({
      connectorId: 1,
      csChargingProfiles: {
        chargingProfileId: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Absolute',
        chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
      },
    });
    for (const limit of [0.3, 8.1, 16.4, 1000000.7]) {
      expect(check('1.6', 'SetChargingProfile', profile(limit))).toEqual([]);
    }
    expect(check('1.6', 'SetChargingProfile', profile(16.45))).toMatchObject([
      {
        rule: 'multipleOf',
        pointer: '/csChargingProfiles/chargingSchedule/chargingSchedulePeriod/0/limit',
        found: '16.45',
        allowed: 'a multiple of 0.1',
      },
    ]);
  });

  it('takes either spelling of Celsius in 1.6 (erratum 2.1 of 2025-04 to 1.6-J)', () => {
    const stop = (unit: string) => ({
      transactionId: 1,
      timestamp: AT,
      meterStop: 5,
      transactionData: [{ timestamp: AT, sampledValue: [{ value: '20', unit }] }],
    });
    const sent = (unit: string) => ({
      connectorId: 1,
      meterValue: [{ timestamp: AT, sampledValue: [{ value: '20', unit }] }],
    });
    for (const unit of ['Celcius', 'Celsius']) {
      expect(check('1.6', 'StopTransaction', stop(unit))).toEqual([]);
      expect(check('1.6', 'MeterValues', sent(unit))).toEqual([]);
    }
    expect(check('1.6', 'StopTransaction', stop('Kelvin'))).toHaveLength(1);
  });
});

describe('a violation', () => {
  const rows: [JsonObject, object][] = [
    [
      { transactionInfo: {} },
      {
        pointer: '/transactionInfo',
        rule: 'required',
        found: 'no "transactionId"',
        sentence: '/transactionInfo lacks "transactionId", which is required.',
        errorCode: 'OccurrenceConstraintViolation',
      },
    ],
    [
      { evse: { id: 1, 'a/b~': 2 } },
      {
        pointer: '/evse/a~1b~0',
        rule: 'additionalProperties',
        sentence: '/evse has the property "a/b~"; allowed are id, connectorId, customData.',
        errorCode: 'FormatViolation',
      },
    ],
    [
      { triggerReason: 'Whim' },
      {
        pointer: '/triggerReason',
        rule: 'enum',
        found: '"Whim"',
        sentence: expect.stringMatching(
          /^\/triggerReason is "Whim"; allowed are AbnormalCondition, .*, … \(\d+ in all\)\.$/,
        ),
        errorCode: 'PropertyConstraintViolation',
      },
    ],
    [
      { seqNo: '4' },
      {
        pointer: '/seqNo',
        rule: 'type',
        sentence: '/seqNo is the string "4"; it must be an integer.',
        errorCode: 'TypeConstraintViolation',
      },
    ],
    [{ seqNo: 4.5 }, { rule: 'type', found: 'the number 4.5' }],
    [{ offline: null }, { rule: 'type', found: 'null', allowed: 'a boolean' }],
    [{ numberOfPhasesUsed: 4 }, { rule: 'maximum', sentence: '/numberOfPhasesUsed is 4; it must be at most 3.' }],
    [{ numberOfPhasesUsed: -1 }, { rule: 'minimum', sentence: '/numberOfPhasesUsed is -1; it must be at least 0.' }],
    [
      { meterValue: [] },
      {
        pointer: '/meterValue',
        rule: 'minItems',
        sentence: '/meterValue has 0 items; it must have at least 1.',
        errorCode: 'OccurrenceConstraintViolation',
      },
    ],
    [
      { transactionInfo: { transactionId: 'x'.repeat(37) } },
      {
        pointer: '/transactionInfo/transactionId',
        rule: 'maxLength',
        sentence: '/transactionInfo/transactionId has 37 characters; it must have at most 36.',
        errorCode: 'PropertyConstraintViolation',
      },
    ],
    [
      { timestamp: '2026-11-20 9:30' },
      {
        pointer: '/timestamp',
        rule: 'format',
        sentence: expect.stringContaining('/timestamp is "2026-11-20 9:30"; it must be a point in time'),
        errorCode: 'PropertyConstraintViolation',
      },
    ],
  ];
  it.each(rows)('of %j is told in words', (changes, violation) => {
    expect(check('2.1', 'TransactionEvent', transactionEvent(changes))).toMatchObject([violation]);
  });

  it('of a URI and of the length of a list is told in words', () => {
    expect(check('1.6', 'UpdateFirmware', { location: 'firmware.bin', retrieveDate: AT })).toMatchObject([
      { rule: 'format', allowed: 'an absolute URI (RFC 3986)' },
    ]);
    const certificates = Array.from({ length: 5 }, () => ({}));
    const [violation] = check('2.0.1', 'Authorize', {
      idToken: { idToken: 'A', type: 'Central' },
      iso15118CertificateHashData: certificates,
    });
    expect(violation).toMatchObject({ rule: 'maxItems', found: '5 items', allowed: 'at most 4' });
  });

  it('stands beside all others of the payload', () => {
    const violations = check('1.6', 'BootNotification', { chargePointModel: 7, vendor: 'X' });
    expect(violations.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([
      'required ',
      'additionalProperties /vendor',
      'type /chargePointModel',
    ]);
    expect(violations[0]?.sentence).toBe('The payload lacks "chargePointVendor", which is required.');
  });

  it('is found in responses too', () => {
    expect(check('1.6', 'Heartbeat', {}, 'response')).toMatchObject([{ rule: 'required' }]);
    expect(check('1.6', 'Heartbeat', { currentTime: AT }, 'response')).toEqual([]);
  });

  it('is found in every schema, each kind with its words', () => {
    for (const version of OCPP_VERSIONS) {
      for (const { action, kind, schema } of schemasOf(version)) {
        const payload = template(schema, { fill: 'everything', now: AT });
        for (const wrong of [null, '', 'x'.repeat(20_000), -0.123456, [], {}, Array(60).fill({})] as JsonValue[]) {
          const broken = spoil(payload, wrong);
          for (const { sentence, pointer } of check(version, action, broken, kind)) {
            expect(sentence.length).toBeLessThan(900);
            expect(sentence).not.toMatch(/undefined|\[object/);
            expect(pointer.startsWith('/') || pointer === '').toBe(true);
          }
        }
      }
    }
  });
});

/** The payload with another value in the place of each scalar. */
function spoil(value: JsonValue, wrong: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((item) => spoil(item, wrong));
  if (typeof value !== 'object' || value === null) return wrong;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spoil(part, wrong)]));
}

describe('a hostile payload', () => {
  it('has at most 50 violations listed, and one that tells of the rest', () => {
    const payload = transactionEvent(Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`x${i}`, i])));
    const violations = check('2.1', 'TransactionEvent', payload);
    expect(violations).toHaveLength(VIOLATIONS_MAX + 1);
    expect(violations.at(-1)).toMatchObject({ rule: 'more', sentence: 'There are 70 further violations.' });
  });

  it('that is very large has its first violation told', () => {
    const violations = check('2.1', 'TransactionEvent', transactionEvent({ meterValue: Array(2_000_000).fill({}) }));
    expect(violations).toMatchObject([{ rule: 'required', pointer: '/meterValue/0' }, { rule: 'more' }]);
  });

  it('has no long value or name repeated', () => {
    const long = 'x'.repeat(1 << 20);
    const violations = check(
      '2.1',
      'TransactionEvent',
      transactionEvent({ [long]: 1, eventType: long, timestamp: long }),
    );
    expect(violations.map(({ rule }) => rule)).toEqual(['additionalProperties', 'enum', 'format']);
    expect(violations[0]?.pointer).toBe('');
    for (const violation of violations) expect(JSON.stringify(violation).length).toBeLessThan(1000);
  });

  it('has no effect where its formats are endless', () => {
    const location = `ftp://${'a'.repeat(1 << 24)}`;
    expect(check('1.6', 'UpdateFirmware', { location, retrieveDate: 'T'.repeat(1 << 24) })).toHaveLength(2);
  });

  it('may be nested deep, where anything is allowed and where not', () => {
    const nest = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as JsonValue;
    expect(check('2.1', 'DataTransfer', { vendorId: 'v', data: nest })).toEqual([]);
    expect(check('2.1', 'Heartbeat', { nest })).toMatchObject([{ pointer: '/nest' }, { rule: 'more' }]);
  });

  it('with __proto__ keys has a property too many', () => {
    const payload = JSON.parse('{"__proto__":{"chargePointVendor":"A","chargePointModel":"B"}}') as JsonObject;
    expect(check('1.6', 'BootNotification', payload).map(({ rule, pointer }) => rule + pointer)).toEqual([
      'required',
      'required',
      'additionalProperties/__proto__',
    ]);
  });

  it('never makes the validator throw', () => {
    const message = fc.constantFrom(...OCPP_VERSIONS.flatMap((version) => schemasOf(version).slice(0, 10)));
    const json = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(message, json, ({ version, action, kind, schema }, extra) => {
        const valid = template(schema, { fill: 'everything', now: AT });
        const names = Object.keys(valid);
        const values = Object.values(extra);
        const changed = { ...valid, ...Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])) };
        const violations = check(version, action, changed, kind);
        expect(violations.length).toBeLessThanOrEqual(VIOLATIONS_MAX + 1);
      }),
    );
  });
});

describe('the schemas', () => {
  it('are as they were after payloads were checked', () => {
    const before = JSON.stringify(schemaOf('2.1', 'Reset', 'request'));
    check('2.1', 'Reset', { type: 'Later' });
    expect(JSON.stringify(schemaOf('2.1', 'Reset', 'request'))).toBe(before);
  });
});

import { base64 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../ocpp/json.ts';
import { utf8Of } from '../../../ocpp/signed/encodings.ts';
import { PUBLISHED } from '../../../ocpp/signed/testing/published-records.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { StationEnergy } from '../station-energy.ts';
import type { UserKeys } from './meter-keys.ts';
import { type SignedPicture, signedPicture } from './signed-picture.ts';

const [keba, , nistEnd] = PUBLISHED as [(typeof PUBLISHED)[0], (typeof PUBLISHED)[0], (typeof PUBLISHED)[0]];
const AT = Date.UTC(2026, 10, 20, 8);
const time = (minute: number): string => new Date(AT + minute * 60_000).toISOString();
const inBase64 = (text: string): string => base64.encode(utf8Of(text));
const oca = (key: string): string => inBase64(`oca:base16:asn1:${key}`);

const signedType = (text: string, publicKey = ''): JsonObject => ({
  signedMeterData: inBase64(text),
  signingMethod: '',
  encodingMethod: 'OCMF',
  publicKey,
});

/** A station that says things, entry by entry. */
class Bench {
  readonly energy = new StationEnergy('CS-1', () => 0);
  readonly #version: OcppVersion;
  #entry = 0;

  constructor(version: OcppVersion) {
    this.#version = version;
  }

  exchange(
    action: string,
    request: JsonObject,
    response: JsonObject = {},
    direction: 'to-csms' | 'to-station' = 'to-csms',
  ) {
    const common = { station: 'CS-1', version: this.#version, direction, action, request };
    const entry = ++this.#entry;
    const at = AT + entry * 1000;
    this.energy.take({ kind: 'request', ...common, entry, at });
    this.energy.take({
      kind: 'answer',
      ...common,
      entry: ++this.#entry,
      at: at + 10,
      requestEntry: entry,
      requestAt: at,
      response,
    });
    return entry;
  }

  picture(transaction: string, user: UserKeys = {}): SignedPicture {
    return signedPicture(this.energy.topics.signed, this.energy.known, transaction, user);
  }
}

const event = (eventType: string, minute: number, sampledValue: readonly JsonObject[]): JsonObject => ({
  eventType,
  timestamp: time(minute),
  triggerReason: 'Authorized',
  seqNo: minute,
  transactionInfo: { transactionId: 't-1' },
  ...(eventType === 'Started' ? { evse: { id: 2 } } : {}),
  meterValue: [{ timestamp: time(minute), sampledValue }],
});
const sample = (signed: JsonObject, context = 'Transaction.End'): JsonObject => ({
  value: 259.7,
  context,
  signedMeterValue: signed,
});

describe('signed values of a transaction of 2.x', () => {
  it('are verified with the key of the message, and give begin, end and energy', () => {
    const bench = new Bench('2.1');
    bench.exchange('TransactionEvent', event('Started', 0, []));
    const ended = bench.exchange(
      'TransactionEvent',
      event('Ended', 30, [sample(signedType(keba.text, oca(keba.publicKey)))]),
    );
    expect(bench.picture('t-1')).toMatchObject({
      state: 'valid',
      sentence: 'The signed value is valid.',
      energy: 0.1,
      begin: { digits: '0.2596', unit: 'kWh', entry: ended, state: 'valid' },
      end: { digits: '0.2597', entry: ended },
      problems: [],
      values: [{ evseId: 2, context: 'Transaction.End', verification: { key: { source: 'message', entry: ended } } }],
    });
  });

  it('use the key that came once for the transaction', () => {
    const bench = new Bench('2.1');
    const began = bench.exchange(
      'TransactionEvent',
      event('Started', 0, [sample(signedType(keba.text, oca(keba.publicKey)), 'Transaction.Begin')]),
    );
    bench.exchange('TransactionEvent', event('Ended', 30, [sample(signedType(keba.text))]));
    const { values, state } = bench.picture('t-1');
    expect(state).toBe('valid');
    expect(values[1]?.verification.key).toMatchObject({ source: 'message', entry: began });
  });

  it('use the key of the EVSE in the device model, also when it was asked for afterwards (4.3.2)', () => {
    const bench = new Bench('2.1');
    bench.exchange('TransactionEvent', event('Started', 0, []));
    bench.exchange('TransactionEvent', event('Ended', 30, [sample(signedType(keba.text))]));
    expect(bench.picture('t-1').state).toBe('unverified');
    const component = { name: 'FiscalMetering', evse: { id: 2 } };
    const variable = { name: 'PublicKey' };
    const attributeValue = oca(keba.publicKey);
    bench.exchange(
      'GetVariables',
      { getVariableData: [{ component, variable }] },
      { getVariableResult: [{ attributeStatus: 'Accepted', attributeValue, component, variable }] },
      'to-station',
    );
    expect(bench.picture('t-1')).toMatchObject({
      state: 'valid',
      values: [{ verification: { key: { source: 'device model' } } }],
    });
  });

  it('use the key that the user gave for the EVSE or for the station', () => {
    const bench = new Bench('2.1');
    bench.exchange('TransactionEvent', event('Started', 0, []));
    bench.exchange('TransactionEvent', event('Ended', 30, [sample(signedType(keba.text))]));
    expect(bench.picture('t-1', { 2: keba.publicKey }).state).toBe('valid');
    expect(bench.picture('t-1', { 0: keba.publicKey }).state).toBe('valid');
    expect(bench.picture('t-1', { 2: nistEnd.publicKey })).toMatchObject({ state: 'invalid' });
    expect(bench.picture('t-1', { 1: keba.publicKey }).state).toBe('unverified');
  });

  it('say in one sentence which of several is wrong', () => {
    const bench = new Bench('2.1');
    const key = oca(keba.publicKey);
    const changed = keba.text.replace('0.2597', '9.2597');
    bench.exchange('TransactionEvent', event('Started', 0, [sample(signedType(keba.text, key))]));
    bench.exchange('TransactionEvent', event('Ended', 30, [sample(signedType(changed, key))]));
    const { state, sentence } = bench.picture('t-1');
    expect(state).toBe('invalid');
    expect(sentence).toMatch(/^1 of 2 signed values: The signature is not valid/);
  });

  it('have their end in the picture, however many there are', () => {
    const bench = new Bench('2.1');
    const key = oca(keba.publicKey);
    bench.exchange('TransactionEvent', event('Started', 0, []));
    for (let index = 0; index < 205; index++) {
      bench.exchange('TransactionEvent', event('Updated', index, [sample(signedType(keba.text, key))]));
    }
    const changed = keba.text.replace('0.2597', '9.2597');
    bench.exchange('TransactionEvent', event('Ended', 300, [sample(signedType(changed, key))]));
    const { values, valuesInAll, state, sentence } = bench.picture('t-1');
    expect([values.length, valuesInAll, state]).toEqual([200, 206, 'invalid']);
    expect(sentence).toMatch(/^1 of 200 signed values/);
  });

  it('that name no transaction are of the one that goes on at their EVSE', () => {
    const bench = new Bench('2.0.1');
    bench.exchange('TransactionEvent', event('Started', 0, []));
    const meterValue = [{ timestamp: time(5), sampledValue: [sample(signedType(keba.text, oca(keba.publicKey)))] }];
    bench.exchange('MeterValues', { evseId: 2, meterValue });
    bench.exchange('MeterValues', { evseId: 1, meterValue });
    expect(bench.picture('t-1')).toMatchObject({ valuesInAll: 1, state: 'valid' });
  });

  it('may be none, or none that can be read', () => {
    const bench = new Bench('2.1');
    bench.exchange('TransactionEvent', event('Started', 0, [{ value: 1 }]));
    expect(bench.picture('t-1')).toMatchObject({ state: 'none', values: [], begin: null });
    bench.exchange('TransactionEvent', event('Ended', 1, [{ value: 1, signedMeterValue: { signedMeterData: 5 } }]));
    expect(bench.picture('t-1')).toMatchObject({ state: 'unreadable', sentence: 'signedMeterData is missing.' });
  });
});

describe('signed values of a transaction of 1.6', () => {
  it('stand in StopTransaction, with the key in the configuration of the connector (3.3.1)', () => {
    const bench = new Bench('1.6');
    const began = { connectorId: 1, idTag: 'A', meterStart: 259, timestamp: time(0) };
    bench.exchange('StartTransaction', began, { transactionId: 42, idTagInfo: { status: 'Accepted' } });
    bench.exchange(
      'GetConfiguration',
      { key: ['MeterPublicKey1'] },
      { configurationKey: [{ key: 'MeterPublicKey1', readonly: true, value: oca(keba.publicKey) }] },
      'to-station',
    );
    const signed = { format: 'SignedData', context: 'Transaction.End', value: JSON.stringify(signedType(keba.text)) };
    bench.exchange('StopTransaction', {
      transactionId: 42,
      meterStop: 260,
      timestamp: time(30),
      transactionData: [{ timestamp: time(30), sampledValue: [{ value: '260' }, signed] }],
    });
    expect(bench.picture('42')).toMatchObject({
      state: 'valid',
      valuesInAll: 1,
      values: [{ evseId: 1, verification: { key: { source: 'device model' } } }],
    });
  });
});

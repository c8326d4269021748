import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../ocpp/json.ts';
import type { EnergyEvent } from './event.ts';
import { instant, saying, time } from './testing/said.ts';
import { Transactions } from './transactions.ts';

function taken(...events: readonly EnergyEvent[]): Transactions {
  const transactions = new Transactions();
  for (const event of events) transactions.take(event);
  return transactions;
}

const states = (transactions: Transactions, id: string): readonly string[] =>
  transactions.find(id)?.states.map(({ at, state }) => `${new Date(at).toISOString().slice(11, 16)} ${state}`) ?? [];

describe('a transaction of 1.6', () => {
  const start = (clock: string, connectorId = 1): JsonObject => ({
    ...{ connectorId, idTag: 'TAG', meterStart: 1000, timestamp: time(clock) },
  });
  const started = (transactionId: number): JsonObject => ({ transactionId, idTagInfo: { status: 'Accepted' } });

  it('has its id by the answer, its times by the station, and its end by StopTransaction', () => {
    const say = saying('1.6');
    const stop = { transactionId: 7, meterStop: 3500, timestamp: time('10:00:00'), reason: 'EVDisconnected' };
    const transactions = taken(
      ...say.exchange('to-csms', 'StartTransaction', start('09:00:00', 2), started(7)),
      say.request('to-csms', 'MeterValues', { connectorId: 2, transactionId: 7 }),
      ...say.exchange('to-csms', 'StopTransaction', stop, {}),
    );
    expect(transactions.find('7')).toMatchObject({
      ...{ id: '7', version: '1.6', evseId: 2, idToken: 'TAG', meterStart: 1000, meterStop: 3500 },
      ...{ startedAt: instant('09:00:00'), startKnown: true, endedAt: instant('10:00:00') },
      ...{ startEntry: 1, endEntry: 4, stoppedReason: 'EVDisconnected', entries: [1, 2, 3, 4, 5] },
    });
  });

  it('is not there without an answer, and once where its start was sent twice', () => {
    const say = saying('1.6');
    expect(taken(say.request('to-csms', 'StartTransaction', start('09:00:00'))).all).toEqual([]);
    const once = say.exchange('to-csms', 'StartTransaction', start('09:00:00'), started(7));
    const again = say.exchange('to-csms', 'StartTransaction', start('09:00:00'), started(7));
    expect(taken(...once, ...again).all).toHaveLength(1);
  });

  it('is another one where a CSMS gives the same id anew', () => {
    const say = saying('1.6');
    const transactions = taken(
      ...say.exchange('to-csms', 'StartTransaction', start('09:00:00'), started(0)),
      ...say.exchange('to-csms', 'StopTransaction', { transactionId: 0, timestamp: time('09:30:00') }, {}),
      ...say.exchange('to-csms', 'StartTransaction', start('10:00:00'), started(0)),
    );
    expect(transactions.all.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [instant('09:00:00'), instant('09:30:00')],
      [instant('10:00:00'), null],
    ]);
    expect(transactions.find('0')?.startedAt).toBe(instant('10:00:00'));
  });

  it('has the states of its connector while it went on, from the one that held when it began', () => {
    const say = saying('1.6');
    const status = (clock: string, state: string, connectorId = 1): EnergyEvent =>
      say.request('to-csms', 'StatusNotification', { connectorId, status: state, timestamp: time(clock) });
    const transactions = taken(
      status('08:00:00', 'Available'),
      status('08:59:00', 'Preparing'),
      ...say.exchange('to-csms', 'StartTransaction', start('09:00:00'), started(7)),
      status('09:01:00', 'Charging'),
      status('09:01:30', 'Charging', 2),
      status('09:02:00', 'Charging'),
      status('09:30:00', 'SuspendedEV'),
      ...say.exchange('to-csms', 'StopTransaction', { transactionId: 7, timestamp: time('10:00:00') }, {}),
      status('10:01:00', 'Available'),
    );
    expect(states(transactions, '7')).toEqual(['09:00 Preparing', '09:01 Charging', '09:30 SuspendedEV']);
  });

  it('begins with the first message of it where its start is not in the session', () => {
    const say = saying('1.6');
    const values = say.request('to-csms', 'MeterValues', { connectorId: 3, transactionId: 7 });
    expect(taken(values).find('7')).toMatchObject({
      evseId: 3,
      startKnown: false,
      startedAt: values.at,
      startEntry: 1,
    });
    // A CSMS can ask for one that there never was.
    const stop = say.request('to-station', 'RemoteStopTransaction', { transactionId: 8 });
    expect(taken(stop).all).toEqual([]);
  });
});

describe('a transaction of 2.x', () => {
  const event = (eventType: string, clock: string, seqNo: number, info: JsonObject = {}, more: JsonObject = {}) => ({
    ...{ eventType, timestamp: time(clock), seqNo, transactionInfo: { transactionId: 'tx', ...info }, ...more },
  });

  it('gathers what its events say one by one: EVSE, token, states, end', () => {
    const say = saying('2.1');
    const send = (payload: JsonObject): EnergyEvent => say.request('to-csms', 'TransactionEvent', payload);
    const transactions = taken(
      send(event('Started', '09:00:00', 0, { chargingState: 'EVConnected' })),
      send(event('Updated', '09:01:00', 1, {}, { evse: { id: 2 }, idToken: { idToken: 'A', type: 'eMAID' } })),
      send(event('Updated', '09:02:00', 2, { chargingState: 'Charging' })),
      send(event('Ended', '10:00:00', 3, { chargingState: 'Idle', stoppedReason: 'Remote' })),
      say.request('to-station', 'CostUpdated', { transactionId: 'tx', totalCost: 1 }),
    );
    expect(transactions.find('tx')).toMatchObject({
      ...{ evseId: 2, idToken: 'A', startKnown: true, startedAt: instant('09:00:00'), endedAt: instant('10:00:00') },
      ...{ startEntry: 1, endEntry: 4, stoppedReason: 'Remote', entries: [1, 2, 3, 4, 5] },
    });
    expect(states(transactions, 'tx')).toEqual(['09:00 EVConnected', '09:02 Charging', '10:00 Idle']);
    expect(transactions.at(2, instant('09:30:00'))?.id).toBe('tx');
    expect(transactions.at(1, instant('09:30:00'))).toBeUndefined();
    expect(transactions.at(2, instant('10:00:01'))).toBeUndefined();
  });

  it('puts in order what a station sends late, after it was offline', () => {
    const say = saying('2.0.1');
    const offline = { offline: true };
    const transactions = taken(
      ...[
        event('Updated', '09:05:00', 3, { chargingState: 'SuspendedEV' }),
        event('Ended', '09:30:00', 5, { chargingState: 'Idle' }),
        event('Updated', '09:01:00', 2, { chargingState: 'Charging' }, offline),
        event('Started', '09:00:00', 0, { chargingState: 'EVConnected' }, { ...offline, evse: { id: 1 } }),
        event('Updated', '09:01:00', 1, { chargingState: 'SuspendedEVSE' }, offline),
        event('Updated', '09:07:00', 4, { chargingState: 'SuspendedEV' }, offline),
      ].map((payload) => say.request('to-csms', 'TransactionEvent', payload)),
    );
    expect(transactions.find('tx')).toMatchObject({
      ...{ evseId: 1, startedAt: instant('09:00:00'), startEntry: 4, endedAt: instant('09:30:00'), endEntry: 2 },
    });
    // Of one instant, the sequence number decides.
    expect(states(transactions, 'tx')).toEqual([
      '09:00 EVConnected',
      '09:01 SuspendedEVSE',
      '09:01 Charging',
      '09:05 SuspendedEV',
      '09:30 Idle',
    ]);
  });

  it('belongs to the RequestStartTransaction that it names, whichever was answered first', () => {
    const say = saying('2.1');
    const [asked, answered] = say.exchange('to-station', 'RequestStartTransaction', { remoteStartId: 5 }, {});
    const begun = say.request('to-csms', 'TransactionEvent', event('Started', '09:00:00', 0, { remoteStartId: 5 }));
    for (const events of [
      [asked, answered, begun],
      [asked, begun, answered],
    ]) {
      expect(taken(...events).find('tx')).toMatchObject({ remoteStartId: 5, entries: [1, 2, 3] });
    }
    expect(taken(asked, begun).find('tx')?.entries).toEqual([1, 3]);
  });

  it('is listed by its begin, not by when it was told', () => {
    const say = saying('2.1');
    const other = (transactionId: string, clock: string): EnergyEvent =>
      say.request('to-csms', 'TransactionEvent', event('Started', clock, 0, { transactionId }, { evse: { id: 1 } }));
    const transactions = taken(other('c', '12:00:00'), other('a', '08:00:00'), other('b', '09:00:00'));
    expect(transactions.all.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(transactions.at(1, instant('08:30:00'))?.id).toBe('a');
    expect(transactions.at(1, instant('07:59:59'))).toBeUndefined();
  });
});

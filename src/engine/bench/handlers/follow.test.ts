import { describe, expect, it } from 'vitest';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { keyWords } from '../../../session/follow/keys.ts';
import type { SessionReader } from '../../capture/session-reader.ts';
import { indexed, open, opening, record, temporarySession } from '../../capture/testing/session-fixtures.ts';
import { followHandlers } from './follow.ts';

/** Frames as they go by; `>` is towards the CSMS, `<` towards the station. */
type Frames = readonly (readonly ['>' | '<', unknown])[];

/** A recorded conversation. Its first entry is the link's opening, so that frames have the entries from 2 on. */
async function session(version: OcppVersion, ...conversations: readonly Frames[]): Promise<SessionReader> {
  const path = temporarySession();
  const recording = await record(path);
  let entries = 0;
  for (const [index, frames] of conversations.entries()) {
    const link = recording.openLink(opening(`CS-${index + 1}`));
    recording.negotiated(link, { status: 101, chosen: `ocpp${version}`, version });
    entries += 1 + frames.length;
    for (const [way, frame] of frames) {
      const data = Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame));
      const direction = way === '>' ? 'to-csms' : 'to-station';
      await new Promise<void>((release) => recording.frame(link, direction, 'received', data, false, release));
    }
  }
  await indexed(recording, entries);
  return open(path);
}

/** The entries that follow one by the key with these words, in a direction. */
async function followed(
  reader: SessionReader,
  entry: number,
  words: string,
  direction: 'forward' | 'backward' = 'forward',
): Promise<readonly number[]> {
  const handlers = followHandlers(() => reader);
  const key = (await handlers['follow.keys'](entry)).find((one) => keyWords(one) === words);
  if (!key) throw new Error(`Entry ${entry} has no ${words}`);
  const entries: number[] = [];
  for (let at = entry; ; ) {
    const outcome = await handlers['follow.next'](at, key, direction);
    if (outcome.kind !== 'found') return entries;
    entries.push(outcome.entry);
    at = outcome.entry;
  }
}

const SESSION_1_6: Frames = [
  [
    '>',
    [2, 'a', 'StartTransaction', { connectorId: 1, idTag: 'T1', meterStart: 0, timestamp: '2026-11-20T10:00:00Z' }],
  ],
  ['<', [3, 'a', { transactionId: 42, idTagInfo: { status: 'Accepted' } }]],
  ['>', [2, 'b', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Charging' }]],
  ['<', [3, 'b', {}]],
  ['>', [2, 'c', 'MeterValues', { connectorId: 1, transactionId: 42, meterValue: [] }]],
  ['<', [3, 'c', {}]],
  ['>', [2, 'd', 'StatusNotification', { connectorId: 2, errorCode: 'NoError', status: 'Available' }]],
  ['<', [3, 'd', {}]],
  ['>', '[2, "e", "StopTransaction", {"transactionId": 4.2e1, "meterStop": 900, "timestamp": "2026-11-20T11:00:00Z"}]'],
  ['<', [3, 'e', {}]],
];

const event = (id: string, transactionId: string, evse: number): unknown => [
  2,
  id,
  'TransactionEvent',
  {
    eventType: 'Updated',
    timestamp: '2026-11-20T10:00:00Z',
    triggerReason: 'MeterValuePeriodic',
    seqNo: 1,
    transactionInfo: { transactionId },
    evse: { id: evse },
  },
];
const SESSION_2_1: Frames = [
  ['<', [2, 's', 'RequestStartTransaction', { remoteStartId: 5, idToken: { idToken: 'A', type: 'Central' } }]],
  ['>', [3, 's', { status: 'Accepted', transactionId: 'tx-1' }]],
  ['>', event('1', 'tx-1', 1)],
  ['<', [3, '1', {}]],
  ['>', event('2', 'tx-2', 2)],
  ['<', [3, '2', {}]],
  ['>', '[2,"3","TransactionEvent",{"transactionInfo":{"transactionId":"\\u0074x-1"}}]'],
  ['<', [4, '3', 'FormatViolation', '', {}]],
  ['>', [2, '4', 'NotifyReport', { requestId: 1, seqNo: 0, generatedAt: '2026-11-20T10:00:00Z' }]],
  ['<', [3, '4', {}]],
];

describe('following what messages have in common', () => {
  it('goes along a 1.6 transaction, from the request that had no id yet', async () => {
    const reader = await session('1.6', SESSION_1_6);
    expect(await followed(reader, 2, 'Transaction 42')).toEqual([3, 6, 7, 10, 11]);
    expect(await followed(reader, 11, 'Transaction 42', 'backward')).toEqual([10, 7, 6, 3, 2]);
    expect(await followed(reader, 4, 'Connector 1')).toEqual([5, 6, 7]);
  });

  it('goes along a 2.1 transaction, its remote start, and an EVSE', async () => {
    const reader = await session('2.1', SESSION_2_1);
    expect(await followed(reader, 2, 'Transaction tx-1')).toEqual([3, 4, 5, 8, 9]);
    expect(await followed(reader, 6, 'EVSE 2')).toEqual([7]);
    expect(await followed(reader, 10, 'Report request 1')).toEqual([11]);
  });

  it('stays with one station', async () => {
    const reader = await session('2.1', [['>', event('1', 'tx-1', 1)]], [['>', event('1', 'tx-1', 1)]]);
    expect(await followed(reader, 2, 'Transaction tx-1')).toEqual([]);
  });

  it('knows nothing of what is no message, and of an entry that is not there', async () => {
    const reader = await session('2.1', [['>', 'nonsense']]);
    const handlers = followHandlers(() => reader);
    for (const entry of [1, 2, 99]) expect(await handlers['follow.keys'](entry)).toEqual([]);
  });

  it('gives a search up for a new one, and when told', async () => {
    const reader = await session('2.1', SESSION_2_1);
    const handlers = followHandlers(() => reader);
    const [key] = await handlers['follow.keys'](4);
    if (!key) throw new Error('There is no key');
    const first = handlers['follow.next'](4, key, 'forward');
    const second = handlers['follow.next'](4, key, 'backward');
    expect(await first).toEqual({ kind: 'cancelled' });
    expect(await second).toEqual({ kind: 'found', entry: 3 });
    const third = handlers['follow.next'](4, key, 'forward');
    await handlers['follow.cancel']();
    expect(await third).toEqual({ kind: 'cancelled' });
  });
});

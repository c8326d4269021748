import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EnergyOverview } from '../../session/energy/overview.ts';
import { indexed, NEGOTIATED, opening, record, temporarySession } from '../capture/testing/session-fixtures.ts';
import { until } from '../testing/until.ts';
import { EnergyDesk } from './energy-desk.ts';

describe('the energy of a session file', () => {
  it('grows with a session that is being recorded, and says so', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const desk = new EnergyDesk();
    onTestFinished(() => desk.close());
    const link = recording.openLink(opening('CS-1'));
    recording.negotiated(link, NEGOTIATED);
    const { source } = desk.lease(path);
    const told: number[] = [];
    source.onProgress(({ revision }) => told.push(revision));
    const overview = () => source.ask('energy.overview', []) as Promise<EnergyOverview>;
    expect((await overview()).stations).toEqual([]);

    const event = { eventType: 'Started', timestamp: '2026-11-20T09:00:00Z', triggerReason: 'Authorized', seqNo: 0 };
    const text = JSON.stringify([
      2,
      '1',
      'TransactionEvent',
      { ...event, evse: { id: 1 }, transactionInfo: { transactionId: 't' } },
    ]);
    recording.frame(link, 'to-csms', 'received', Buffer.from(text), false, () => {});
    await indexed(recording, 2);
    await vi.waitFor(async () => expect((await overview()).stations).toHaveLength(1));
    const { stations, scanned, entries } = await overview();
    expect({ scanned, entries }).toEqual({ scanned: 2, entries: 2 });
    expect(stations[0]).toMatchObject({ station: 'CS-1', version: '2.1', evses: [1], transactionsInAll: 1 });
    expect(stations[0]?.transactions).toEqual([
      {
        id: 't',
        evseId: 1,
        startedAt: Date.parse('2026-11-20T09:00:00Z'),
        endedAt: null,
        startEntry: 2,
        endEntry: null,
      },
    ]);
    await until(() => told.length > 0 && (told.at(-1) ?? 0) > 1, 'the news');
  });
});

import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EnergyOverview } from '../../session/energy/overview.ts';
import { Refusal } from '../../session/outcome.ts';
import { startWorker } from '../capture/start-worker.ts';
import { indexed, NEGOTIATED, opening, record, temporarySession } from '../capture/testing/session-fixtures.ts';
import { eventually } from '../testing/eventually.ts';
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
    await eventually(async () => expect((await overview()).stations).toHaveLength(1));
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

  it('has one worker for all who look on, which ends with the last of them', async () => {
    const path = temporarySession();
    await record(path);
    const workers: Worker[] = [];
    const desk = new EnergyDesk((session) => {
      const worker = startWorker('../energy/energy-worker', { session });
      workers.push(worker);
      return worker;
    });
    onTestFinished(() => desk.close());
    const [one, two] = [desk.lease(path), desk.lease(path)];
    expect(workers).toHaveLength(1);
    one.release();
    one.release();
    expect(await two.source.ask('energy.overview', [])).toMatchObject({ stations: [] });
    two.release();
    await two.source.ended;
    await expect(two.source.ask('energy.overview', [])).rejects.toThrow('The session is closed.');
    expect(await desk.lease(path).source.ask('energy.overview', [])).toMatchObject({ stations: [] });
    expect(workers).toHaveLength(2);
  });

  it.each([
    ['throws', 'setTimeout(() => { throw new Error("of no use"); }, 50)', 'of no use'],
    ['runs out of memory', 'const held = []; for (let i = 0; ; i++) held.push({ i, more: {} })', 'more memory'],
  ])('refuses questions with a sentence where its worker %s', async (_, code, why) => {
    const limits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };
    const desk = new EnergyDesk(() => new Worker(code, { eval: true, resourceLimits: limits }));
    onTestFinished(() => desk.close());
    const { source } = desk.lease('any');
    await expect(source.ask('energy.overview', [])).rejects.toThrow(why);
    // It stays so until somebody looks anew.
    await expect(source.ask('energy.overview', [])).rejects.toThrow(Refusal);
  });

  it('refuses questions about a file that is no session', async () => {
    const path = temporarySession();
    writeFileSync(path, 'nothing of the kind, whatever its name says');
    const desk = new EnergyDesk();
    onTestFinished(() => desk.close());
    await expect(desk.lease(path).source.ask('energy.overview', [])).rejects.toThrow('not a Plugscope session');
  });
});

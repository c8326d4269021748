import { readdirSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../clock.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { until } from '../testing/until.ts';
import { startRecording } from './recording.ts';
import {
  everything,
  heartbeat,
  indexed,
  NEGOTIATED,
  open,
  openedLink,
  opening,
  record,
  recordText,
  temporarySession,
  texts,
} from './testing/session-fixtures.ts';

const filesOf = (session: string): readonly string[] => readdirSync(dirname(session)).sort();

describe('a recording', () => {
  it('is one file when it is closed, with every frame as its exact bytes', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const link = openedLink(recording);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (data, binary) => {
        await new Promise<void>((resolve) => recording.frame(link, 'to-station', 'sent', data, binary, resolve));
      }),
    );
    const frames = [
      { data: Buffer.alloc(1024 * 1024, 'a'), binary: false },
      { data: Buffer.alloc(16 * 1024 * 1024, 'é'), binary: false },
      { data: Buffer.alloc(16 * 1024 * 1024, 0xff), binary: false },
      { data: Buffer.from('["\0",1]'), binary: false },
      { data: Buffer.from('\ufeff[]'), binary: false },
      { data: Buffer.from([0x5b, 0xc3, 0x28]), binary: false },
      { data: Buffer.from('[2,"1","Heartbeat",{}]'), binary: true },
      { data: Buffer.alloc(0), binary: false },
    ];
    await Promise.all(
      frames.map(({ data, binary }) => {
        return new Promise<void>((resolve) => recording.frame(link, 'to-csms', 'received', data, binary, resolve));
      }),
    );
    await recording.close();
    expect(filesOf(path)).toEqual([basename(path)]);
    // Windows has no such modes.
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);

    const entries = (await everything(await open(path))).slice(-frames.length);
    for (const [index, { data, binary }] of frames.entries()) {
      const entry = entries[index];
      expect(entry && Buffer.from(entry.data).equals(data)).toBe(true);
      expect(entry?.row).toMatchObject({ size: data.byteLength, direction: 'to-csms', kind: 'frame' });
      const isText = !binary && index !== 2 && index !== 5;
      expect(entry?.text === (isText ? data.toString('utf8') : undefined)).toBe(true);
    }
  });

  it('lets a frame go only when it is in the journal, at the end of the turn, in order', async () => {
    const recording = await record(temporarySession());
    const link = openedLink(recording);
    await recordText(recording, link, heartbeat(0));
    const before = recording.status().entries;
    const released: number[] = [];
    for (const number of [1, 2, 3]) {
      recording.frame(link, 'to-csms', 'received', Buffer.from(heartbeat(number)), false, () => {
        expect(recording.status().entries).toBe(before + 3);
        released.push(number);
      });
    }
    expect(released).toEqual([]);
    await new Promise<void>((resolve) => recording.control(link, 'to-csms', 'ping', new Uint8Array(0), resolve));
    expect(released).toEqual([1, 2, 3]);
  });

  it('tells what links did, with their facts', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const station = recording.openLink(opening('CS-7', { remoteAddress: '10.0.0.7:1234' }));
    const csms = recording.openLink(
      opening('CS-7', { peer: 'csms', opener: 'plugscope', url: 'ws://csms/CS-7', pairedWith: station }),
    );
    const refused = recording.openLink(opening('CS-8', { offered: [] }));
    const tls = { protocol: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256' };
    recording.negotiated(csms, { ...NEGOTIATED, responseHeaders: [['Server', 'x']], tls });
    recording.negotiated(station, NEGOTIATED);
    recording.negotiated(refused, { status: 404, failure: 'No such station.' });
    const ping = Buffer.from([1, 2]);
    recording.control(station, 'to-csms', 'ping', ping, () => {});
    recording.control(csms, 'to-csms', 'ping', ping, () => {});
    recording.control(csms, 'to-station', 'pong', ping, () => {});
    recording.closeLink(csms, { code: 1006, reason: '', by: 'lost' });
    await new Promise<void>((resolve) =>
      recording.closeLink(station, { code: 1001, reason: 'bye', by: 'plugscope' }, resolve),
    );
    recording.closeLink(refused, { code: 1006, reason: '', by: 'lost' });
    await recording.close();

    const reader = await open(path);
    const entries = await everything(reader);
    expect(entries.map(({ row }) => [row.kind, row.link, row.station, row.version, row.summary, row.severity])).toEqual(
      [
        ['opened', csms, 'CS-7', '2.1', 'Connected to the CSMS · OCPP 2.1', null],
        ['opened', station, 'CS-7', '2.1', 'CS-7 connected · OCPP 2.1', null],
        ['refused', refused, 'CS-8', null, 'CS-8 was refused · HTTP 404', 'error'],
        ['closed', csms, 'CS-7', '2.1', 'Connection to the CSMS lost', 'warning'],
        ['closed', station, 'CS-7', '2.1', 'Closed by Plugscope · 1001 going away · bye', null],
      ],
    );
    expect(await reader.link(csms)).toMatchObject({
      id: csms,
      conversation: station,
      pairedWith: station,
      responseHeaders: [['Server', 'x']],
      tls,
      closing: { code: 1006, reason: '', by: 'lost' },
      pings: 1,
      pongs: 1,
    });
    expect(await reader.link(station)).toMatchObject({ remoteAddress: '10.0.0.7:1234', pings: 1, pongs: 0 });
    expect((await reader.entry(4))?.otherLeg?.id).toBe(station);
    expect(await reader.link(99)).toBeNull();
  });

  it('pairs calls and answers, over both legs, and checks them', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const station = openedLink(recording);
    const csms = recording.openLink(opening('CS-1', { peer: 'csms', opener: 'plugscope', pairedWith: station }));
    recording.negotiated(csms, NEGOTIATED);
    await recordText(recording, station, heartbeat(1));
    await new Promise<void>((resolve) => {
      const answer = Buffer.from('[3,"hb-1",{"currentTime":"yesterday"}]');
      recording.frame(csms, 'to-station', 'received', answer, false, resolve);
    });
    await recording.close();

    const reader = await open(path);
    const call = await reader.entry(3);
    const answer = await reader.entry(4);
    expect(call?.row).toMatchObject({ type: 'CALL', action: 'Heartbeat', messageId: 'hb-1', answer: 4, findings: 0 });
    expect(call?.counterpart?.text).toBe('[3,"hb-1",{"currentTime":"yesterday"}]');
    expect(answer?.row).toMatchObject({ type: 'CALLRESULT', action: 'Heartbeat', call: 3, severity: 'error' });
    expect(answer?.row.latency).toBeGreaterThanOrEqual(0);
    expect(answer?.findings).toMatchObject([{ severity: 'error', pointer: '/currentTime' }]);
    expect(Buffer.from(call?.base64 ?? '', 'base64').toString()).toBe(heartbeat(1));
    expect(await reader.counts()).toMatchObject({ entries: 4, messages: 2, errors: 1, warnings: 0, unrecorded: 0 });
  });

  it('reports a call without an answer when its time is over, by its own clock', async () => {
    const clock = fakeClock();
    const recording = await record(temporarySession(), { clock });
    const link = openedLink(recording);
    await recordText(recording, link, heartbeat(1));
    await indexed(recording, 2);
    clock.advance(29_000);
    clock.advance(2_000);
    await until(() => recording.status().warnings === 1);
    const reader = await open(recording.path);
    expect((await reader.entry(2))?.findings.map(({ rule }) => rule)).toEqual(['rpc.no-response']);
    expect((await reader.entry(2))?.row).toMatchObject({ severity: 'warning', findings: 1 });
  });

  it('reports calls that a lost link leaves unanswered', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const link = openedLink(recording);
    await recordText(recording, link, heartbeat(1));
    recording.closeLink(link, { code: 1006, reason: '', by: 'lost' });
    await recording.close();
    const detail = await (await open(path)).entry(2);
    expect(detail?.findings.map(({ rule }) => rule)).toEqual(['rpc.unanswered-at-close']);
  });

  it('is gone on with: numbers, links and entries continue, old links stay as they were', async () => {
    const path = temporarySession();
    const first = await record(path);
    const before = openedLink(first);
    await recordText(first, before, heartbeat(1));
    await first.close();
    const second = await record(path);
    const link = openedLink(second, 'CS-2');
    expect(link).toBe(before + 1);
    await recordText(second, link, heartbeat(2));
    // The answer to a call of an earlier process is none.
    await recordText(second, link, '[3,"hb-1",{}]');
    await second.close();
    const reader = await open(path);
    expect(await texts(reader)).toEqual([heartbeat(1), heartbeat(2), '[3,"hb-1",{}]']);
    expect((await reader.entry(2))?.row.answer).toBeNull();
    expect((await reader.link(before))?.closing).toBeUndefined();
    expect(await reader.facets()).toEqual({
      stations: ['CS-1', 'CS-2'],
      actions: ['Heartbeat'],
      rules: ['rpc.response-orphan'],
    });
  });

  it('spreads over many segments, which go when they are indexed', async () => {
    const path = temporarySession();
    const recording = await record(path, { segmentBytes: 1000 });
    const link = openedLink(recording);
    const sent = Array.from({ length: 200 }, (_, index) => heartbeat(index));
    for (const text of sent) await recordText(recording, link, text);
    await recording.close();
    expect(filesOf(path)).toEqual([basename(path)]);
    expect(await texts(await open(path))).toEqual(sent);
  });

  it('tells its status when it has changed, at most every 100 ms of its clock', async () => {
    const clock = fakeClock();
    const recording = await record(temporarySession(), { clock });
    const listener = vi.fn();
    const stop = recording.onStatus(listener);
    const link = openedLink(recording);
    for (const number of [1, 2, 3]) await recordText(recording, link, heartbeat(number));
    await indexed(recording, 4);
    expect(listener).not.toHaveBeenCalled();
    clock.advance(100);
    expect(listener).toHaveBeenCalledOnce();
    expect(listener.mock.lastCall?.[0]).toMatchObject({ state: 'recording', entries: 4, messages: 3, lag: 0 });
    clock.advance(1000);
    expect(listener).toHaveBeenCalledOnce();
    stop();
    await recordText(recording, link, heartbeat(4));
    clock.advance(100);
    expect(listener).toHaveBeenCalledOnce();
  });

  it('takes nothing more when it is closed, and lets nothing pass as if it had', async () => {
    const recording = await record(temporarySession());
    const link = openedLink(recording);
    await recording.close();
    const release = vi.fn();
    recording.frame(link, 'to-csms', 'received', Buffer.from('[]'), false, release);
    await new Promise(setImmediate);
    expect(release).not.toHaveBeenCalled();
    expect(recording.status()).toMatchObject({ state: 'closed', entries: 1, lag: 0, failure: undefined });
  });

  it('is refused where another one records into the same session, by name', async () => {
    const path = temporarySession();
    await record(path);
    const second = await startRecording({ path, clock: systemClock(), onFull: 'stop' });
    expect(second).toMatchObject({ ok: false, error: { code: 'session-in-use' } });
    expect(!second.ok && second.error.sentence).toContain('this Plugscope');
  });
});

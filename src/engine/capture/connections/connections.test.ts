import { describe, expect, it } from 'vitest';
import type { ConnectionsWanted } from '../../../bridge/methods/connections.ts';
import type { Direction } from '../../../ocpp/direction.ts';
import { REMARKS_MAX } from '../../../session/life/life.ts';
import type { Recording } from '../recording.ts';
import type { SessionReader } from '../session-reader.ts';
import {
  indexed,
  NEGOTIATED,
  open,
  openedLink,
  opening,
  record,
  temporarySession,
} from '../testing/session-fixtures.ts';

const ALL: ConnectionsWanted = { station: null, kind: 'all' };
const LOST = { code: 1006, reason: '', by: 'lost' } as const;
const CSMS = { peer: 'csms', opener: 'plugscope', url: 'wss://csms/CS-1' } as const;

function frame(recording: Recording, link: number, direction: Direction, text: string): number {
  return recording.frame(link, direction, 'received', Buffer.from(text), false, () => {});
}

function control(recording: Recording, link: number, direction: Direction, type: 'ping' | 'pong', data: string): void {
  recording.control(link, direction, type, Buffer.from(data), () => {});
}

async function listed(reader: SessionReader, wanted: ConnectionsWanted) {
  const { list } = await reader.listConnections(wanted);
  return (await reader.connectionRows(list, 0, 500))?.rows ?? [];
}

/** A proxied station that is lost, one that is open, one that was refused, and a health check. */
async function session(): Promise<string> {
  const path = temporarySession();
  const recording = await record(path);
  const station = recording.openLink(opening());
  const csms = recording.openLink(opening('CS-1', { ...CSMS, pairedWith: station }));
  recording.negotiated(csms, NEGOTIATED);
  recording.negotiated(station, NEGOTIATED);
  frame(recording, station, 'to-csms', '[2,"1","Heartbeat",{}]');
  frame(recording, csms, 'to-station', '[3,"1",{"currentTime":"2026-11-20T10:00:00Z"}]');
  recording.fate(frame(recording, station, 'to-csms', '[2,"2","Heartbeat",{}]'), 'dropped', 'a rule');
  control(recording, station, 'to-csms', 'ping', 'a');
  control(recording, csms, 'to-station', 'pong', 'a');
  control(recording, station, 'to-csms', 'ping', 'b');
  recording.closeLink(csms, { code: 1000, reason: '', by: 'plugscope' });
  recording.closeLink(station, LOST);
  const opened = recording.openLink(opening('CS-2'));
  recording.negotiated(opened, NEGOTIATED);
  const refused = recording.openLink(
    opening('CS-1', { requestHeaders: [['authorization', 'Basic Q1MtMTpzZWNyZXQ=']] }),
  );
  recording.negotiated(refused, { status: 401, code: 'wrong-password', failure: 'The password is another one.' });
  const attempt = recording.openLink(opening('', { attempt: 'http', url: '/health', offered: [] }));
  recording.negotiated(attempt, { status: 426, code: 'http-request' });
  await recording.close();
  return path;
}

describe('connections of a session', () => {
  it('are listed newest first, of each kind and station, and read from any place on, with how they stand', async () => {
    const reader = await open(await session());
    const links = async (wanted: Partial<ConnectionsWanted>, start = 0, most = 500) => {
      const { list, count } = await reader.listConnections({ ...ALL, ...wanted });
      const page = await reader.connectionRows(list, start, most);
      expect(page).toMatchObject({ total: count, fresh: 0 });
      return [page?.rows.map(({ link }) => link), count];
    };
    expect(await links({})).toEqual([[5, 4, 3, 2, 1], 5]);
    expect(await links({}, 0, 2)).toEqual([[5, 4], 5]);
    expect(await links({}, 3, 500)).toEqual([[2, 1], 5]);
    expect(await links({}, 5, 1)).toEqual([[], 5]);
    expect(await links({}, 1e9, 1)).toEqual([[], 5]);
    expect(await links({ kind: 'open' })).toEqual([[3], 1]);
    expect(await links({ kind: 'trouble' })).toEqual([[5, 4, 1], 3]);
    expect(await links({ kind: 'trouble' }, 1, 1)).toEqual([[4], 3]);
    expect(await links({ kind: 'attempts' })).toEqual([[5], 1]);
    expect(await links({ station: 'CS-1' })).toEqual([[4, 2, 1], 3]);
    expect(await links({ station: 'CS-1', kind: 'trouble' }, 1, 5)).toEqual([[1], 2]);
    expect(await links({ station: 'nobody' })).toEqual([[], 0]);
    const rows = await listed(reader, ALL);
    expect(rows.map(({ state, trouble, code }) => [state, trouble, code])).toEqual([
      ['refused', true, 'http-request'],
      ['refused', true, 'wrong-password'],
      ['open', false, null],
      ['ended', false, null],
      ['ended', true, null],
    ]);
    for (const [kind, places] of [
      ['all', [0, 1, 2, 4, null]],
      ['trouble', [0, 1, null, 2, null]],
    ] as const) {
      const { list } = await reader.listConnections({ ...ALL, kind });
      expect(await Promise.all([5, 4, 3, 1, 6].map((link) => reader.connectionIndex(list, link)))).toEqual(places);
    }
  });

  it('keep their places in a list while others come and go, until nobody has asked for it for long', async () => {
    const path = temporarySession();
    const recording = await record(path);
    for (const station of ['CS-1', 'CS-2', 'CS-3']) openedLink(recording, station);
    await indexed(recording, 3);
    const reader = await open(path);
    const lists = await Promise.all(
      (['all', 'open', 'trouble'] as const).map((kind) => reader.listConnections({ ...ALL, kind })),
    );
    expect(lists.map(({ count }) => count)).toEqual([3, 3, 0]);
    recording.closeLink(2, LOST);
    openedLink(recording, 'CS-4');
    await indexed(recording, 5);
    const pages = await Promise.all(lists.map(({ list }) => reader.connectionRows(list, 0, 10)));
    const rows = ['3 open', '2 ended', '1 open'];
    expect(
      pages.map((page) => [page?.rows.map(({ link, state }) => `${link} ${state}`), page?.total, page?.fresh]),
    ).toEqual([
      [rows, 4, 1],
      [rows, 3, 1],
      [[], 1, 1],
    ]);
    // Who came for a file and got it was no WebSocket, and no trouble.
    const download = recording.openLink(opening('', { attempt: 'http', url: '/root.pem', offered: [] }));
    recording.negotiated(download, { status: 200, code: 'file-served' });
    await indexed(recording, 6);
    expect((await reader.listConnections({ ...ALL, kind: 'trouble' })).count).toBe(1);
    expect((await reader.listConnections({ ...ALL, kind: 'attempts' })).count).toBe(1);
    const [kept, forgotten] = [await reader.listConnections(ALL), await reader.listConnections(ALL)];
    for (let other = 0; other < 31; other++) {
      await reader.listConnections(ALL);
      await reader.connectionRows(kept.list, 0, 1);
    }
    expect((await reader.connectionRows(kept.list, 0, 1))?.rows).toHaveLength(1);
    expect(await reader.connectionRows(forgotten.list, 0, 1)).toBeNull();
    expect(await reader.connectionIndex(forgotten.list, 1)).toBeNull();
    await recording.close();
  });

  it('have a card with their entries, legs, traffic and pings over both legs', async () => {
    const reader = await open(await session());
    const card = await reader.connection(1);
    expect(card).toMatchObject({
      entries: { opening: 2, closing: 7 },
      otherLegs: [2],
      explanation: { verdict: 'open' },
      ending: { closing: LOST },
    });
    // What was dropped came on the station's leg, and did not go out on the other one.
    expect(card?.traffic.messages).toEqual({ 'to-csms': 2, 'to-station': 1 });
    expect(card?.traffic.pings).toMatchObject({ sent: 2, answered: 1, missed: 1 });
    expect((await reader.connection(2))?.traffic).toMatchObject({
      messages: { 'to-csms': 1, 'to-station': 1 },
      bytes: { 'to-csms': 22, 'to-station': 46 },
    });
    expect((await reader.connection(4))?.explanation).toMatchObject({
      verdict: 'refused',
      cause: 'The password is another one.',
    });
    expect(JSON.stringify((await reader.connection(4))?.explanation)).not.toContain('secret');
    expect(await reader.connection(99)).toBeNull();
  });

  it('have the remarks on them alone, newest first, of which there are at most so many', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const [one, other] = [recording.openLink(opening()), recording.openLink(opening('CS-2'))];
    recording.negotiated(one, NEGOTIATED);
    recording.negotiated(other, NEGOTIATED);
    const remark = (link: number, severity: 'info' | 'warning', sentence: string) =>
      recording.remark(link, { severity, rule: 'link.slow-reader', requirements: [], sentence });
    frame(recording, one, 'to-csms', 'no message, which is a finding');
    remark(one, 'warning', 'It is slow.');
    remark(one, 'info', 'It is back.');
    for (let index = 0; index < REMARKS_MAX + 1; index++) remark(other, 'info', `${index}`);
    await recording.close();
    const reader = await open(path);
    expect((await reader.connection(one))?.remarks).toEqual([
      { entry: 5, at: expect.any(Number), severity: 'info', sentence: 'It is back.' },
      { entry: 4, at: expect.any(Number), severity: 'warning', sentence: 'It is slow.' },
    ]);
    const many = (await reader.connection(other))?.remarks ?? [];
    expect([many.length, many[0]?.sentence, many.at(-1)?.sentence]).toEqual([REMARKS_MAX, `${REMARKS_MAX}`, '1']);
  });

  it('name the leg of the station first, however often its CSMS was called', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const station = recording.openLink(opening());
    recording.negotiated(station, NEGOTIATED);
    for (let attempt = 0; attempt < 30; attempt++) {
      const csms = recording.openLink(opening('CS-1', { ...CSMS, pairedWith: station }));
      recording.negotiated(csms, { failure: 'Nobody is there.', code: 'refused' });
    }
    const back = recording.openLink(opening('CS-1', { ...CSMS, pairedWith: station }));
    recording.negotiated(back, NEGOTIATED);
    control(recording, station, 'to-csms', 'ping', 'a');
    control(recording, back, 'to-station', 'pong', 'a');
    await recording.close();
    const reader = await open(path);
    const card = await reader.connection(back);
    expect(card?.otherLegs.slice(0, 2)).toEqual([station, back - 1]);
    expect(card?.traffic.pings).toMatchObject({ sent: 1, answered: 1 });
    expect((await reader.connection(station))?.otherLegs[0]).toBe(back);
  });

  it('are over where a process that was killed had them open', async () => {
    const path = await session();
    const recording = await record(path);
    const reader = await open(path);
    expect(await listed(reader, { ...ALL, kind: 'open' })).toEqual([]);
    expect((await reader.connection(3))?.row).toMatchObject({
      state: 'ended',
      sentence: expect.stringMatching(/nothing was recorded/),
    });
    await recording.close();
  });
});

describe('the life of a station', () => {
  it('tells its reconnections, its variables as the session tells them, and its clock', async () => {
    const path = temporarySession();
    const recording = await record(path);
    const variable = (name: string) => ({ component: { name: 'OCPPCommCtrlr' }, variable: { name } });
    const first = recording.openLink(opening());
    recording.negotiated(first, NEGOTIATED);
    const report = {
      requestId: 1,
      generatedAt: '2026-11-20T10:00:00Z',
      seqNo: 0,
      reportData: [{ ...variable('RetryBackOffRandomRange'), variableAttribute: [{ value: '5' }] }],
    };
    frame(recording, first, 'to-csms', JSON.stringify([2, 'n', 'NotifyReport', report]));
    const wanted = { setVariableData: [{ ...variable('RetryBackOffWaitMinimum'), attributeValue: '30' }] };
    recording.frame(
      first,
      'to-station',
      'sent',
      Buffer.from(JSON.stringify([2, 's', 'SetVariables', wanted])),
      false,
      () => {},
    );
    const result = { setVariableResult: [{ ...variable('RetryBackOffWaitMinimum'), attributeStatus: 'Accepted' }] };
    frame(recording, first, 'to-csms', JSON.stringify([3, 's', result]));
    const ahead = new Date(Date.now() + 60_000).toISOString();
    const status = { timestamp: ahead, connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    frame(recording, first, 'to-csms', JSON.stringify([2, 't', 'StatusNotification', status]));
    recording.closeLink(first, LOST);
    const refused = recording.openLink(opening());
    recording.negotiated(refused, { status: 401, code: 'wrong-password' });
    const back = recording.openLink(opening());
    recording.negotiated(back, NEGOTIATED);
    await recording.close();
    const reader = await open(path);
    expect(await reader.stationLife('nobody')).toBeNull();
    const life = await reader.stationLife('CS-1');
    expect(life).toMatchObject({
      station: 'CS-1',
      connections: 2,
      failedAttempts: 1,
      retryBackOff: { waitMinimum: 30, randomRange: 5, repeatTimes: null },
    });
    expect(
      life?.reconnections.map(({ link, attempt, verdict, expected }) => [link, attempt, verdict, expected]),
    ).toEqual([
      [back, 2, 'not-known', null],
      [refused, 1, 'too-early', { least: 30_000, most: 35_000 }],
    ]);
    expect(life?.clock).toMatchObject({ samples: 1 });
    expect(life?.clock?.offset).toBeGreaterThan(50_000);
    expect(life?.clock?.offset).toBeLessThanOrEqual(60_000);
  });
});

import { expect, it } from 'vitest';
import type { ConnectionsWanted } from '../../../bridge/methods/connections.ts';
import { NEGOTIATED, open, opening, record, temporarySession } from '../testing/session-fixtures.ts';

it('lists attempts that were counted as one, counts them for their station, and takes a download for no trouble', async () => {
  const path = temporarySession();
  const recording = await record(path);
  const attempt = opening('', { attempt: 'http', url: '/ca.pem', offered: [] });
  const served = recording.openLink(attempt);
  recording.negotiated(served, {
    status: 200,
    code: 'file-served',
    failure: 'GET /ca.pem was answered with the file.',
  });
  const repeats = {
    count: 1234,
    first: Date.now() - 60_000,
    last: Date.now() - 1000,
    stations: [],
    from: ['10.0.0.9'],
  };
  const scans = recording.openLink(attempt);
  recording.negotiated(scans, { status: 426, code: 'http-request', repeats });
  const refused = { status: 401, code: 'wrong-password', failure: 'The password is another one.' } as const;
  const single = recording.openLink(opening());
  recording.negotiated(single, refused);
  const flood = recording.openLink(opening());
  recording.negotiated(flood, { ...refused, repeats });
  // Many names came from one address, and this one last.
  const madeUp = recording.openLink(opening());
  recording.negotiated(madeUp, { ...refused, repeats: { ...repeats, count: 5000, stations: ['made-up', 'CS-1'] } });
  const back = recording.openLink(opening());
  recording.negotiated(back, NEGOTIATED);
  await recording.close();
  const reader = await open(path);
  const links = async (kind: ConnectionsWanted['kind'], station: string | null = null) => {
    const { list } = await reader.listConnections({ station, kind });
    return (await reader.connectionRows(list, 0, 500))?.rows.map(({ link }) => link);
  };
  expect(await links('trouble')).toEqual([madeUp, flood, single, scans]);
  expect(await links('trouble', 'CS-1')).toEqual([madeUp, flood, single]);
  expect(await links('attempts')).toEqual([scans, served]);
  expect(await links('open')).toEqual([back]);
  const card = await reader.connection(flood);
  expect(card?.row).toMatchObject({ trouble: true, sentence: expect.stringMatching(/^1,234 attempts like this one/) });
  expect(card?.explanation.cause).toContain('1,234 attempts like this one came from 10.0.0.9 between ');
  expect((await reader.connection(served))?.row).toMatchObject({ trouble: false, state: 'refused' });
  const life = await reader.stationLife('CS-1');
  expect(life).toMatchObject({ connections: 1, failedAttempts: 1 + 1234 + 1 });
  expect(life?.reconnections.every(({ link }) => link !== flood)).toBe(true);
});

import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { heartbeat, open, openedLink, record, recordText, temporarySession } from './testing/session-fixtures.ts';

const V1 = fileURLToPath(new URL('../../../fixtures/sessions/v1.plugscope', import.meta.url));
const NOTHING = (): void => {};

it('keeps what came in, what went out in its place, and why', async () => {
  const path = temporarySession();
  const recording = await record(path);
  const link = openedLink(recording);
  const original = recording.frame(link, 'to-csms', 'received', Buffer.from(heartbeat(1)), false, NOTHING);
  const changed = Buffer.from('[2,"hb-1","Heartbeat",{"customData":{"vendorId":"x"}}]');
  recording.fate(original, 'edited', 'the rule "Vendor"');
  const successor = recording.frame(link, 'to-csms', 'edited', changed, false, NOTHING, original);
  const own = recording.frame(link, 'to-station', 'injected', Buffer.from([0, 1, 2]), true, NOTHING);
  await recordText(recording, link, heartbeat(2));
  await recording.close();

  const reader = await open(path);
  expect(await reader.entry(original)).toMatchObject({
    row: { origin: 'received', original: null, fate: 'edited' },
    text: heartbeat(1),
    fateBy: 'the rule "Vendor"',
    successors: [{ row: { entry: successor }, text: changed.toString() }],
  });
  expect(await reader.entry(successor)).toMatchObject({
    row: { origin: 'edited', original, fate: null, size: changed.byteLength },
    text: changed.toString(),
    originalFrame: { row: { entry: original }, text: heartbeat(1) },
  });
  expect(await reader.entry(own)).toMatchObject({
    row: { origin: 'injected', original: null, type: 'malformed', direction: 'to-station' },
    base64: Buffer.from([0, 1, 2]).toString('base64'),
  });
  expect((await reader.entry(own + 1))?.successors).toBeUndefined();
  expect((await reader.entry(1))?.row).toMatchObject({ kind: 'opened', origin: null });
});

it('reads an older file as a copy and leaves it as it is', async () => {
  const path = temporarySession();
  copyFileSync(V1, path);
  const before = readFileSync(path);
  const reader = await open(path);
  expect((await reader.entry(21))?.row).toMatchObject({ origin: 'received', original: null, fate: null });
  expect((await reader.entry(1))?.row.origin).toBeNull();
  expect((await reader.counts()).bytes).toBe(before.byteLength);
  await reader.close();
  expect(readFileSync(path).equals(before)).toBe(true);
});

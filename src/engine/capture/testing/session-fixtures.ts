import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { LinkNegotiation, LinkOpening } from '../../../session/link.ts';
import type { Outcome } from '../../../session/outcome.ts';
import { systemClock } from '../../clock.ts';
import { until } from '../../testing/until.ts';
import { type Recording, type RecordingOptions, startRecording } from '../recording.ts';
import { type EntryBytes, openSession, type SessionReader } from '../session-reader.ts';

/** Path of a session in a folder of its own, which goes when the test ends. */
export function temporarySession(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'test.plugscope');
}

/** The value of an outcome that has to be a success. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.error.sentence);
  return outcome.value;
}

/** Starts a recording that is closed when the test ends, if it did not do so. */
export async function record(path: string, options: Partial<RecordingOptions> = {}): Promise<Recording> {
  const recording = unwrap(await startRecording({ path, clock: systemClock(), onFull: 'stop', ...options }));
  onTestFinished(() => recording.close());
  return recording;
}

/** Opens a session that is closed when the test ends. */
export async function open(path: string): Promise<SessionReader> {
  const reader = unwrap(await openSession(path));
  onTestFinished(() => reader.close());
  return reader;
}

/** Every entry of a session. */
export async function everything(reader: SessionReader): Promise<readonly EntryBytes[]> {
  const entries: EntryBytes[] = [];
  for await (const entry of reader.all()) entries.push(entry);
  return entries;
}

/** Waits until the index has all that was recorded. */
export async function indexed(recording: Recording, entries: number): Promise<void> {
  await until(
    () => recording.status().entries >= entries && recording.status().lag === 0,
    `${entries} entries indexed`,
  );
}

export function opening(station = 'CS-1', facts: Partial<LinkOpening> = {}): LinkOpening {
  return {
    peer: 'station',
    opener: 'peer',
    station,
    url: `/ocpp/${station}`,
    requestHeaders: [['Host', 'localhost']],
    offered: ['ocpp2.1'],
    ...facts,
  };
}

export const NEGOTIATED: LinkNegotiation = { status: 101, chosen: 'ocpp2.1', version: '2.1' };

/** A link that is open. */
export function openedLink(recording: Recording, station = 'CS-1'): number {
  const link = recording.openLink(opening(station));
  recording.negotiated(link, NEGOTIATED);
  return link;
}

/** Records a text frame towards the CSMS; resolves when it may be forwarded. */
export function recordText(recording: Recording, link: number, text: string): Promise<void> {
  return new Promise((resolve) => recording.frame(link, 'to-csms', 'received', Buffer.from(text), false, resolve));
}

/** A valid CALL whose id tells it from others. */
export function heartbeat(number: number): string {
  return `[2,"hb-${number}","Heartbeat",{}]`;
}

/** The texts of the frames of a session, in their order. */
export async function texts(reader: SessionReader): Promise<readonly (string | undefined)[]> {
  const entries = await everything(reader);
  // Views, exports and the wire all rely on it.
  expect(entries.map(({ row }) => row.entry)).toEqual(entries.map((_, index) => index + 1));
  return entries.filter(({ row }) => row.kind === 'frame').map(({ text }) => text);
}

/** Messages over the legs of the proxied station of `fixtures/sessions/v2.plugscope` and `v2-journal`. */
export const V2_TRAFFIC = [
  { 'to-csms': 4, 'to-station': 3 },
  // The edited one in place of that which came, and not the one that was dropped.
  { 'to-csms': 3, 'to-station': 2 },
];

/** Messages that passed over the first two links of a session. */
export async function trafficOf(reader: SessionReader): Promise<readonly unknown[]> {
  const cards = await Promise.all([1, 2].map((link) => reader.connection(link)));
  return cards.map((card) => card?.traffic.messages);
}

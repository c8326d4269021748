import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ReadOptions, WriterName } from '../../../session/files.ts';
import type { LinkFacts } from '../../../session/link.ts';
import type { TimelineRow } from '../../../session/timeline.ts';
import type { ExportSource } from '../export-source.ts';
import type { ByteSource, FormatReader, ImportedItem } from '../imported.ts';
import { PLAIN_OPTIONS } from '../imported.ts';
import type { ExportedEntry } from '../line-format.ts';
import { WRITERS } from '../writers.ts';

/** A row of a CALL. */
export const ROW: TimelineRow = {
  entry: 7,
  kind: 'frame',
  wall: Date.UTC(2026, 10, 20, 10, 5, 1, 203),
  link: 2,
  station: 'CS-1',
  version: '2.1',
  direction: 'to-csms',
  type: 'CALL',
  action: 'Heartbeat',
  messageId: 'a',
  summary: 'Heartbeat',
  call: null,
  answer: null,
  latency: 1.23456,
  severity: null,
  findings: 0,
  size: 0,
  origin: 'received',
  original: null,
  fate: null,
};

/** An entry with a text frame. */
export function entryOf(text: string, row: Partial<TimelineRow> = {}): ExportedEntry {
  return { row: { ...ROW, ...row }, data: Buffer.from(text), text, binary: false, findings: [], masked: false };
}

/** What is known of a link of one of the entries. */
export function linkOf(id: number, entries: readonly ExportedEntry[]): LinkFacts {
  const row = entries.find((entry) => entry.row.link === id)?.row ?? ROW;
  const offered = row.version === null ? [] : [`ocpp${row.version}`];
  return {
    id,
    conversation: id,
    peer: 'station',
    opener: 'peer',
    station: row.station,
    url: `/ocpp/${encodeURIComponent(row.station)}`,
    requestHeaders: [['Host', 'localhost']],
    offered,
    status: 101,
    chosen: offered[0],
    version: row.version ?? undefined,
    openedAt: { wall: row.wall, mono: 0 },
    pings: 0,
    pongs: 0,
  };
}

/** Writes entries in a format; yields the file and what was left out. */
export async function written(
  format: WriterName,
  entries: readonly ExportedEntry[],
  links: (id: number) => LinkFacts = (id) => linkOf(id, entries),
): Promise<{ readonly file: Buffer; readonly leftOut: readonly ExportedEntry[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-test-'));
  const leftOut: ExportedEntry[] = [];
  const pieces: Uint8Array[] = [];
  const source: ExportSource = {
    upTo: entries.length,
    mask: null,
    async *entries() {
      yield* entries;
    },
    link: async (id) => links(id),
  };
  const context = {
    name: 'bench',
    filter: '',
    now: 0,
    folder,
    leaveOut: (entry: ExportedEntry) => leftOut.push(entry),
  };
  try {
    for await (const piece of WRITERS[format].write(source, context)) pieces.push(Buffer.from(piece));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { file: Buffer.concat(pieces), leftOut };
}

/** A file in memory, read in small pieces. */
export function sourceOf(file: string | Uint8Array, chunk = 997): ByteSource {
  const bytes = Buffer.from(file);
  return {
    name: 'test',
    bytes: bytes.byteLength,
    modified: Date.UTC(2026, 10, 21),
    async *open() {
      for (let at = 0; at < bytes.byteLength; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}

/** What a reader makes of a file. */
export async function items(
  reader: FormatReader,
  file: string | Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<ImportedItem[]> {
  const all: ImportedItem[] = [];
  for await (const item of reader.read(sourceOf(file), { ...PLAIN_OPTIONS, ...options })) all.push(item);
  return all;
}

/** A folder of its own, which goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

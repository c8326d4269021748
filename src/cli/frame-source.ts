import { open } from 'node:fs/promises';
import { type OpenOptions, openSession, type SessionReader } from '../engine/capture/session-reader.ts';
import { fileSource, reasonOf } from '../engine/formats/file-source.ts';
import { formatOf } from '../engine/formats/import-file.ts';
import { type ImportedFrame, PLAIN_OPTIONS } from '../engine/formats/imported.ts';
import { READERS } from '../engine/formats/readers.ts';
import type { ReaderName } from '../session/files.ts';
import { failure, type Outcome, success } from '../session/outcome.ts';

/** A frame of a file, or a part of it that could not be read, with its place there. */
export interface SourcedFrame {
  /** Such as `line 12` or `entry 7`. */
  readonly place: string;
  readonly frame: Outcome<ImportedFrame>;
}

/** The frames of a file, which are fetched as they are consumed. */
export type FrameSource = AsyncIterable<SourcedFrame>;

const SESSION_HEADER = 'SQLite format 3\0';

/** Whether a file is a session; fails where it cannot be read at all. */
export async function isSession(path: string): Promise<Outcome<boolean>> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SESSION_HEADER.length), 0, SESSION_HEADER.length, 0);
      return success(buffer.toString('latin1', 0, bytesRead) === SESSION_HEADER);
    } finally {
      await file.close();
    }
  } catch (error) {
    return failure('unreadable', `${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/** Opens a file of any format that is read: a session, or one that can be imported. */
export async function openFrames(path: string, options: OpenOptions = {}): Promise<Outcome<FrameSource>> {
  const session = await isSession(path);
  if (!session.ok) return session;
  if (session.value) {
    const reader = await openSession(path, options);
    return reader.ok ? success(framesOfSession(reader.value)) : reader;
  }
  const format = await formatOf(path, undefined);
  // What is of no format is read as a trace: each line then says what is wrong with it.
  return success(framesOfFile(path, format.ok ? format.value.name : 'trace'));
}

async function* framesOfFile(path: string, name: ReaderName): AsyncGenerator<SourcedFrame> {
  const source = await fileSource(path);
  if (!source.ok) {
    yield { place: 'the file', frame: source };
    return;
  }
  try {
    for await (const item of READERS[name].read(source.value, PLAIN_OPTIONS)) {
      if (item.kind === 'frame') yield { place: item.place, frame: success(item.frame) };
      else if (item.kind === 'fault') yield { place: item.place, frame: { ok: false, error: item.error } };
    }
  } catch (error) {
    yield { place: 'the rest', frame: failure('unreadable', `It cannot be read: ${reasonOf(error)}.`) };
  }
}

async function* framesOfSession(reader: SessionReader): AsyncGenerator<SourcedFrame> {
  try {
    for await (const { row, data, binary } of reader.all()) {
      if (row.kind !== 'frame') continue;
      const { wall, station, version, direction } = row;
      const link = String(row.link);
      yield {
        place: `entry ${row.entry}`,
        frame: success({ wall, station, version, direction, data, binary, link }),
      };
    }
  } catch (error) {
    yield { place: 'the rest', frame: failure('unreadable', `It cannot be read: ${reasonOf(error)}.`) };
  } finally {
    await reader.close();
  }
}

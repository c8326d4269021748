import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type OpenOptions, openSession, type SessionReader } from '../engine/capture/session-reader.ts';
import { readFrames } from '../engine/formats/formats.ts';
import type { ImportedFrame } from '../engine/formats/line-format.ts';
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

/** Opens a file of any format that is read: a session, Open OCPP Trace, Plugscope NDJSON. */
export async function openFrames(path: string, options: OpenOptions = {}): Promise<Outcome<FrameSource>> {
  const session = await isSession(path);
  if (!session.ok) return session;
  if (!session.value) return success(linesOfFile(path));
  const reader = await openSession(path, options);
  return reader.ok ? success(framesOfSession(reader.value)) : reader;
}

/** What the system says of a failure, without its code and path. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^[A-Z]+: /, '').replace(/, [a-z]+( '.*')?$/, '');
}

async function* linesOfFile(path: string): AsyncGenerator<SourcedFrame> {
  try {
    for await (const { line, frame } of readFrames(createReadStream(path))) yield { place: `line ${line}`, frame };
  } catch (error) {
    yield { place: 'the rest', frame: failure('unreadable', `It cannot be read: ${reasonOf(error)}.`) };
  }
}

async function* framesOfSession(reader: SessionReader): AsyncGenerator<SourcedFrame> {
  try {
    for await (const { row, data, text } of reader.all()) {
      if (row.kind !== 'frame') continue;
      const { wall, station, version, direction } = row;
      const content = text === undefined ? ({ kind: 'binary' } as const) : ({ kind: 'text', text } as const);
      yield {
        place: `entry ${row.entry}`,
        frame: success({ wall, station, version, direction, content, size: data.byteLength }),
      };
    }
  } catch (error) {
    yield { place: 'the rest', frame: failure('unreadable', `It cannot be read: ${reasonOf(error)}.`) };
  } finally {
    await reader.close();
  }
}

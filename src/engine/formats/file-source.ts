import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import type { ByteSource, FileHead } from './imported.ts';

/** Bytes by which a file's format is told. */
const HEAD_BYTES = 64 * 1024;
const HEAD_LINES = 20;
const CHUNK_BYTES = 256 * 1024;

/** A file to read; fails where there is none. `onBytes` is told how far it has been read, each time from 0. */
export async function fileSource(path: string, onBytes?: (bytes: number) => void): Promise<Outcome<ByteSource>> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) return failure('not-a-file', `${path} is no file.`);
    return success({
      name: basename(path),
      bytes: facts.size,
      modified: facts.mtimeMs,
      open: () => counted(createReadStream(path, { highWaterMark: CHUNK_BYTES }), onBytes),
    });
  } catch (error) {
    return failure('unreadable', `${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/** The start of a file. */
export async function headOf(path: string): Promise<Outcome<FileHead>> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return success(fileHead(buffer.subarray(0, bytesRead)));
    } finally {
      await file.close();
    }
  } catch (error) {
    return failure('unreadable', `${path} cannot be read: ${reasonOf(error)}.`);
  }
}

/** The start of a file in the shapes in which formats are told by it. */
export function fileHead(bytes: Uint8Array): FileHead {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  // The last one may be cut where the head ends.
  return { bytes, text, lines: (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, HEAD_LINES) };
}

/** What the system says of a failure, without its code and path. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith('EISDIR: ')) return 'it is a folder';
  return message.replace(/^[A-Z]+: /, '').replace(/, [a-z]+( '.*')?$/, '');
}

async function* counted(chunks: AsyncIterable<Buffer>, onBytes?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    yield chunk;
    bytes += chunk.byteLength;
    onBytes?.(bytes);
  }
}

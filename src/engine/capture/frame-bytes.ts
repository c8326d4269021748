import { isUtf8 } from 'node:buffer';
import type { RecordedFrame } from '../../session/observation.ts';
import { frameContent } from '../rpc/frame-content.ts';
import type { ContentKind } from './codes.ts';

/** What the bytes of a recorded data frame are; its text where it has one. */
export function contentOfBytes(data: Uint8Array, binary: boolean): RecordedFrame['content'] {
  if (binary) return { kind: 'binary' };
  if (isUtf8(data)) return { kind: 'text', text: bufferOver(data).toString('utf8') };
  const content = frameContent(data, false);
  return content.kind === 'invalid-utf-8' ? content : { kind: 'binary' };
}

/** The bytes of a frame from what a session file holds: TEXT or BLOB. */
export function bytesOf(stored: unknown): Uint8Array {
  if (typeof stored === 'string') return Buffer.from(stored);
  return stored instanceof Uint8Array ? stored : new Uint8Array(0);
}

/** The text of a frame from what a session file holds; undefined where it has none. */
export function textOf(content: ContentKind, stored: unknown): string | undefined {
  if (content !== 'text') return undefined;
  return typeof stored === 'string' ? stored : bufferOver(bytesOf(stored)).toString('utf8');
}

/** Whether bytes can stand in the file as TEXT: SQLite's functions on text stop at a NUL. */
export function fitsText(content: ContentKind, data: Uint8Array): boolean {
  return content === 'text' && !data.includes(0);
}

function bufferOver(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

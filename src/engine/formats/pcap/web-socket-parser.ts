import { constants, inflateRawSync } from 'node:zlib';

/** The largest message that is read, inflated or not. */
export const MESSAGE_MAX = 64 * 1024 * 1024;
const WINDOW_BYTES = 32 * 1024;
const DEFLATE_TAIL = Buffer.of(0, 0, 0xff, 0xff);
const NO_BYTES = Buffer.alloc(0);

/** How one direction is compressed (RFC 7692). */
export interface Compression {
  /** Whether a message may refer to those before it. */
  readonly takeover: boolean;
}

/** What comes out of one direction. */
export type WebSocketPiece =
  | { readonly kind: 'message'; readonly binary: boolean; readonly data: Buffer }
  | { readonly kind: 'ping' | 'pong'; readonly data: Buffer }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }
  | { readonly kind: 'fault'; readonly sentence: string };

const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const OPCODES = new Set<number>(Object.values(OPCODE));

interface Header {
  readonly final: boolean;
  readonly compressed: boolean;
  readonly opcode: number;
  readonly mask: Buffer | undefined;
  readonly length: number;
  readonly bytes: number;
}

/**
 * Reads the WebSocket frames of one direction of a connection that was captured (RFC 6455, 5.2). The receiver of `ws`
 * ends at the first fault; this one goes on where bytes are missing in the capture.
 */
export class WebSocketParser {
  readonly #masked: boolean;
  readonly #compression: Compression | undefined;
  #buffer: Buffer = NO_BYTES;
  #parts: Buffer[] = [];
  #partsBytes = 0;
  #opcode = 0;
  #compressed = false;
  #window: Buffer | undefined = NO_BYTES;
  /** Whether the next frame has to be found, since bytes before it are missing. */
  #lost = false;

  /** `masked`: whether it is the client's direction. */
  constructor(masked: boolean, compression: Compression | undefined) {
    this.#masked = masked;
    this.#compression = compression;
  }

  /** Takes the next bytes of the stream. After a gap they begin as a segment did, where a frame may begin too. */
  *take(bytes: Buffer): Generator<WebSocketPiece> {
    if (this.#lost) {
      if (!looksLikeFrame(bytes, this.#masked, this.#compression !== undefined)) return;
      this.#lost = false;
    }
    this.#buffer = this.#buffer.byteLength === 0 ? bytes : Buffer.concat([this.#buffer, bytes]);
    for (;;) {
      const header = headerOf(this.#buffer);
      if (header === undefined) break;
      if (header.length > MESSAGE_MAX || !OPCODES.has(header.opcode)) {
        yield { kind: 'fault', sentence: 'This is no frame of a WebSocket; the next one is looked for.' };
        this.missed();
        return;
      }
      if (this.#buffer.byteLength < header.bytes + header.length) break;
      const payload = unmasked(this.#buffer.subarray(header.bytes, header.bytes + header.length), header.mask);
      this.#buffer = this.#buffer.subarray(header.bytes + header.length);
      yield* this.#frame(header, payload);
    }
    // What is kept must not be the packet's own memory, which is used again.
    if (this.#buffer.byteLength > 0) this.#buffer = Buffer.from(this.#buffer);
  }

  /** Bytes are missing: what was begun is lost, and so is what compressed messages refer to. */
  missed(): void {
    this.#lost = true;
    this.#buffer = NO_BYTES;
    this.#parts = [];
    this.#partsBytes = 0;
    this.#opcode = 0;
    if (this.#compression?.takeover) this.#window = undefined;
  }

  *#frame({ final, compressed, opcode }: Header, payload: Buffer): Generator<WebSocketPiece> {
    if (opcode === OPCODE.ping || opcode === OPCODE.pong) {
      yield { kind: opcode === OPCODE.ping ? 'ping' : 'pong', data: payload };
      return;
    }
    if (opcode === OPCODE.close) {
      const code = payload.byteLength >= 2 ? payload.readUInt16BE(0) : 1005;
      yield { kind: 'close', code, reason: payload.subarray(2).toString('utf8') };
      return;
    }
    if (opcode === OPCODE.continuation && this.#opcode === 0) {
      yield { kind: 'fault', sentence: 'The beginning of this message is missing.' };
      return;
    }
    if (opcode !== OPCODE.continuation) {
      if (this.#opcode !== 0) yield { kind: 'fault', sentence: 'The end of a message is missing.' };
      this.#parts = [];
      this.#partsBytes = 0;
      this.#opcode = opcode;
      this.#compressed = compressed;
    }
    this.#partsBytes += payload.byteLength;
    if (this.#partsBytes > MESSAGE_MAX) {
      yield { kind: 'fault', sentence: 'The message is too large to be read.' };
      this.missed();
      return;
    }
    this.#parts.push(Buffer.from(payload));
    if (final) yield this.#message();
  }

  #message(): WebSocketPiece {
    const [only, ...others] = this.#parts;
    const joined = only && others.length === 0 ? only : Buffer.concat(this.#parts);
    const binary = this.#opcode === OPCODE.binary;
    this.#parts = [];
    this.#partsBytes = 0;
    this.#opcode = 0;
    if (!this.#compressed) return { kind: 'message', binary, data: joined };
    const data = this.#inflated(joined);
    return typeof data === 'string' ? { kind: 'fault', sentence: data } : { kind: 'message', binary, data };
  }

  /** The inflated message, or why there is none. */
  #inflated(data: Buffer): Buffer | string {
    if (!this.#compression) return 'The message is compressed, which was not agreed in the handshake.';
    if (!this.#window) return 'The message is compressed with what was in the missing part.';
    try {
      const inflated = inflateRawSync(Buffer.concat([data, DEFLATE_TAIL]), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: MESSAGE_MAX,
        ...(this.#window.byteLength > 0 ? { dictionary: this.#window } : {}),
      });
      if (this.#compression.takeover) this.#window = lastOf(this.#window, inflated);
      return inflated;
    } catch (error) {
      if (this.#compression.takeover) this.#window = undefined;
      const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      return large ? 'The message is too large once inflated.' : 'The message cannot be inflated.';
    }
  }
}

/** Whether bytes may be the beginning of a frame with a message of OCPP in it. */
export function looksLikeFrame(bytes: Buffer, masked: boolean, mayBeCompressed: boolean): boolean {
  const header = headerOf(bytes);
  if (!header || (header.mask !== undefined) !== masked || header.length > MESSAGE_MAX) return false;
  if (header.compressed) return mayBeCompressed && header.opcode === OPCODE.text;
  if (header.opcode === OPCODE.ping || header.opcode === OPCODE.pong || header.opcode === OPCODE.close) {
    return header.length <= 125 && bytes.byteLength === header.bytes + header.length;
  }
  if (header.opcode !== OPCODE.text) return false;
  const start = unmasked(bytes.subarray(header.bytes, header.bytes + 8), header.mask).toString('latin1');
  return /^\s*\[\s*[2-6]/.test(start);
}

function headerOf(bytes: Buffer): Header | undefined {
  if (bytes.byteLength < 2) return undefined;
  const [first, second] = [bytes.readUInt8(0), bytes.readUInt8(1)];
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (second & 0x80) !== 0;
  const size = 2 + extended + (masked ? 4 : 0);
  if (bytes.byteLength < size) return undefined;
  const length = extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  return {
    final: (first & 0x80) !== 0,
    compressed: (first & 0x40) !== 0,
    // The other reserved bits are of no extension that is known here.
    opcode: first & 0x30 ? -1 : first & 0x0f,
    mask: masked ? bytes.subarray(2 + extended, size) : undefined,
    length,
    bytes: size,
  };
}

function unmasked(payload: Buffer, mask: Buffer | undefined): Buffer {
  if (!mask) return payload;
  const plain = Buffer.allocUnsafe(payload.byteLength);
  for (let at = 0; at < payload.byteLength; at++) plain[at] = (payload[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return plain;
}

function lastOf(before: Buffer, added: Buffer): Buffer {
  if (added.byteLength >= WINDOW_BYTES) return Buffer.from(added.subarray(-WINDOW_BYTES));
  return Buffer.concat([before, added]).subarray(-WINDOW_BYTES);
}

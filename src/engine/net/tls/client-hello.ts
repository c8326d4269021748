import { CIPHER_SUITES, isGREASE } from 'read-tls-client-hello';

/** What a client says in its ClientHello (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2). */
export interface ClientHello {
  /** Versions of TLS, as OpenSSL writes them. A client before TLS 1.3 names only the highest one. */
  readonly protocols: readonly string[];
  /** Cipher suites as IANA names them, `0x` with the number for those that it does not. */
  readonly ciphers: readonly string[];
  /** The host that it wants (RFC 6066, 3). */
  readonly serverName?: string;
}

/** The first byte of a TLS record that carries a handshake; no method of HTTP begins with it. */
export const TLS_HANDSHAKE = 0x16;

/** The longest hello that is waited for; those of browsers have some 2 kB. */
const HELLO_MAX_BYTES = 16 * 1024;
/** The most records that a hello is put together from, each time more of it comes; nearly all have it in one. */
const HELLO_MAX_RECORDS = 256;
const RECORD_HEADER = 5;
/** What a record may carry (RFC 8446, 5.1); a longer one is not waited for. */
const RECORD_MAX_BYTES = 16 * 1024;
const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const SUPPORTED_VERSIONS = 43;

const VERSIONS: Readonly<Record<number, string>> = {
  768: 'SSLv3',
  769: 'TLSv1',
  770: 'TLSv1.1',
  771: 'TLSv1.2',
  772: 'TLSv1.3',
};

/**
 * Reads the ClientHello at the beginning of a connection. The library whose names are used here reads it from a stream,
 * without a limit of time or size, and none that has no extensions; this reads what is there.
 *
 * @returns `incomplete` where more bytes may make one of it, undefined where they will not
 */
export function readClientHello(bytes: Uint8Array): ClientHello | 'incomplete' | undefined {
  const message: Uint8Array[] = [];
  let size = 0;
  let wanted: number | undefined;
  for (let at = 0; size < (wanted ?? Number.POSITIVE_INFINITY); ) {
    if (message.length === HELLO_MAX_RECORDS) return undefined;
    const [type, major, , high, low] = bytes.subarray(at, at + RECORD_HEADER);
    if ((type ?? TLS_HANDSHAKE) !== TLS_HANDSHAKE || (major ?? 3) !== 3) return undefined;
    if (high === undefined || low === undefined) return 'incomplete';
    const length = (high << 8) | low;
    if (length === 0 || length > RECORD_MAX_BYTES) return undefined;
    const fragment = bytes.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length);
    message.push(fragment);
    size += fragment.length;
    at += RECORD_HEADER + length;
    if (wanted === undefined) {
      const head = Buffer.concat(message).subarray(0, 4);
      if ((head[0] ?? CLIENT_HELLO) !== CLIENT_HELLO) return undefined;
      if (head.length === 4) wanted = 4 + head.readUIntBE(1, 3);
      if (wanted !== undefined && wanted > HELLO_MAX_BYTES) return undefined;
    }
    if (fragment.length < length && size < (wanted ?? Number.POSITIVE_INFINITY)) return 'incomplete';
  }
  return parse(Buffer.concat(message).subarray(4, wanted));
}

/** The body of the message, after its type and length. */
function parse(body: Buffer): ClientHello | undefined {
  const fields = new Fields(body);
  const version = fields.number(2);
  fields.bytes(32);
  fields.vector(1);
  const suites = fields.vector(2);
  fields.vector(1);
  if (fields.broken) return undefined;
  let protocols = [version];
  let serverName: string | undefined;
  // There are none in the hello of an old client.
  const extensions = new Fields(fields.vector(2));
  while (!extensions.broken && !extensions.atEnd) {
    const type = extensions.number(2);
    const data = new Fields(extensions.vector(2));
    if (type === SUPPORTED_VERSIONS) protocols = numbers(data.vector(1));
    if (type === SERVER_NAME) serverName = hostOf(new Fields(data.vector(2)));
  }
  return {
    protocols: protocols.filter((one) => !isGREASE(one)).map((one) => VERSIONS[one] ?? hexadecimal(one)),
    ciphers: numbers(suites)
      // Numbers that mean nothing, sent so that servers stay used to unknown ones (RFC 8701).
      .filter((one) => !isGREASE(one))
      .map((one) => CIPHER_SUITES[one] ?? hexadecimal(one)),
    serverName,
  };
}

function hostOf(list: Fields): string | undefined {
  while (!list.broken && !list.atEnd) {
    const type = list.number(1);
    const name = list.vector(2);
    // Host names are ASCII; what is not is kept apart from them by its escapes.
    if (type === 0 && !list.broken) return encodeURI(name.toString('latin1'));
  }
  return undefined;
}

function numbers(list: Buffer): number[] {
  return Array.from({ length: list.length >> 1 }, (_, index) => list.readUInt16BE(index * 2));
}

function hexadecimal(value: number): string {
  return `0x${value.toString(16).padStart(4, '0')}`;
}

/** Reads the fields of a TLS message in their order; past the end there are empty ones, and it is `broken`. */
class Fields {
  readonly #bytes: Buffer;
  #at = 0;
  broken = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  bytes(length: number): Buffer {
    const found = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    if (found.length < length) this.broken = true;
    return this.broken ? Buffer.alloc(0) : found;
  }

  number(length: number): number {
    const found = this.bytes(length);
    return this.broken ? 0 : found.readUIntBE(0, length);
  }

  /** A field with its length before it. */
  vector(lengthBytes: number): Buffer {
    return this.bytes(this.number(lengthBytes));
  }
}

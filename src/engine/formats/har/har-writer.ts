import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Headers, LinkFacts } from '../../../session/link.ts';
import type { FormatWriter } from '../format-writer.ts';
import type { ExportedEntry } from '../line-format.ts';

/** Text that waits for one conversation before it is put aside. */
const PART_MAX = 64 * 1024;
/** Text that waits for all of them. */
const WAITING_MAX = 32 * 1024 * 1024;

/** The messages of a conversation: what waits, and where the rest was put aside. */
interface Messages {
  readonly conversation: number;
  readonly first: number;
  waiting: string;
  readonly parts: { readonly offset: number; readonly bytes: number }[];
}

/**
 * Writes HAR 1.2 with `_webSocketMessages` as Chrome does: one entry a conversation, that is a station's link with, where
 * it was proxied, what came from the CSMS.
 */
export const HAR_WRITER: FormatWriter = {
  title: 'HAR',
  extension: '.har',
  async *write(source, { folder, name, leaveOut }) {
    // HAR wants the messages of a connection together; in a session those of many are mixed.
    const spill = await Spill.open(join(folder, 'messages'));
    try {
      const conversationOf = new Map<number, number>();
      for await (const entry of source.entries()) {
        if (entry.row.kind !== 'frame') {
          leaveOut(entry);
          continue;
        }
        const { link } = entry.row;
        const conversation = conversationOf.get(link) ?? (await source.link(link))?.conversation ?? link;
        conversationOf.set(link, conversation);
        await spill.add(conversation, entry);
      }
      const creator = { name: 'Plugscope', version: '0.1.0', comment: name };
      yield `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"pages":[],"entries":[`;
      let comma = '';
      for (const messages of spill.all()) {
        const facts = await source.link(messages.conversation);
        yield `${comma}\n{${entryFields(facts, messages.first)},"_webSocketMessages":[`;
        yield* spill.read(messages);
        yield ']}';
        comma = ',';
      }
      yield '\n]}}\n';
    } finally {
      await spill.close();
    }
  },
};

/** Messages on disk, by conversation, as one file of parts. */
class Spill {
  readonly #file: FileHandle;
  readonly #messages = new Map<number, Messages>();
  #bytes = 0;
  #waiting = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(path: string): Promise<Spill> {
    return new Spill(await open(path, 'wx+', 0o600));
  }

  async add(conversation: number, entry: ExportedEntry): Promise<void> {
    const messages = this.#messages.get(conversation) ?? {
      conversation,
      first: entry.row.wall,
      waiting: '',
      parts: [],
    };
    this.#messages.set(conversation, messages);
    const text = messageText(entry);
    messages.waiting += messages.waiting === '' && messages.parts.length === 0 ? text : `,${text}`;
    this.#waiting += text.length;
    if (messages.waiting.length > PART_MAX) await this.#putAside(messages);
    if (this.#waiting > WAITING_MAX) for (const each of this.#messages.values()) await this.#putAside(each);
  }

  all(): Iterable<Messages> {
    return this.#messages.values();
  }

  async *read({ parts, waiting }: Messages): AsyncGenerator<string | Uint8Array> {
    for (const { offset, bytes } of parts) {
      const { buffer } = await this.#file.read(Buffer.allocUnsafe(bytes), 0, bytes, offset);
      yield buffer;
    }
    yield waiting;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #putAside(messages: Messages): Promise<void> {
    const bytes = Buffer.from(messages.waiting);
    this.#waiting -= messages.waiting.length;
    messages.waiting = '';
    if (bytes.byteLength === 0) return;
    await this.#file.write(bytes, 0, bytes.byteLength, this.#bytes);
    messages.parts.push({ offset: this.#bytes, bytes: bytes.byteLength });
    this.#bytes += bytes.byteLength;
  }
}

function messageText({ row, text, data, binary, masked }: ExportedEntry): string {
  // Invalid UTF-8 has no place in JSON but as the bytes that it is.
  const asBytes = binary || text === undefined;
  return JSON.stringify({
    type: row.direction === 'to-csms' ? 'send' : 'receive',
    time: row.wall / 1000,
    opcode: asBytes ? 2 : 1,
    data: asBytes ? Buffer.from(data).toString('base64') : text,
    ...(row.origin === 'edited' || row.origin === 'injected' ? { _origin: row.origin } : {}),
    ...(row.fate === null ? {} : { _fate: row.fate }),
    ...(masked ? { _masked: true } : {}),
  });
}

/** The fields of an entry that HAR 1.2 asks for, but for its braces. */
function entryFields(facts: LinkFacts | undefined, first: number): string {
  const fields = {
    _resourceType: 'websocket',
    startedDateTime: new Date(facts?.openedAt.wall ?? first).toISOString(),
    time: facts?.closedAt ? facts.closedAt.wall - facts.openedAt.wall : 0,
    request: {
      method: 'GET',
      url: urlOf(facts),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: withProtocols(namedValues(facts?.requestHeaders ?? []), facts?.offered ?? []),
      queryString: [],
      headersSize: -1,
      bodySize: 0,
    },
    response: {
      status: facts?.status ?? 101,
      statusText: (facts?.status ?? 101) === 101 ? 'Switching Protocols' : '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: withProtocols(namedValues(facts?.responseHeaders ?? []), chosenOf(facts)),
      content: { size: 0, mimeType: 'x-unknown' },
      redirectURL: '',
      headersSize: -1,
      bodySize: 0,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    // A field of our own, as HAR 1.2 allows with an underscore.
    ...(facts?.tls ? { _tls: facts.tls } : {}),
  };
  return JSON.stringify(fields).slice(1, -1);
}

function urlOf(facts: LinkFacts | undefined): string {
  if (!facts) return 'ws://unknown/';
  if (/^wss?:/.test(facts.url)) return facts.url;
  const host = facts.requestHeaders.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'plugscope.invalid';
  const target = facts.url === '' ? `/${encodeURIComponent(facts.station)}` : facts.url;
  return `${facts.tls ? 'wss' : 'ws'}://${host}${target}`;
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

function namedValues(headers: Headers): readonly NamedValue[] {
  return headers.map(([name, value]) => ({ name, value }));
}

/** The subprotocols say the version, so they are there even where the headers were not recorded. */
function withProtocols(headers: readonly NamedValue[], protocols: readonly string[]): readonly NamedValue[] {
  const name = 'Sec-WebSocket-Protocol';
  const there = headers.some((header) => header.name.toLowerCase() === name.toLowerCase());
  return there || protocols.length === 0 ? headers : [...headers, { name, value: protocols.join(', ') }];
}

function chosenOf(facts: LinkFacts | undefined): readonly string[] {
  if (facts?.chosen) return [facts.chosen];
  return facts?.version && facts.offered.length === 1 ? facts.offered : [];
}

import { JSONParser } from '@streamparser/json';
import { z } from 'zod';
import { SUBPROTOCOL_OF, versionOfSubprotocol } from '../../../ocpp/version.ts';
import type { ReadOptions } from '../../../session/files.ts';
import type { Headers, LinkNegotiation, LinkOpening } from '../../../session/link.ts';
import { listHeader } from '../../net/headers.ts';
import { stationIdentity } from '../../net/station-identity.ts';
import type { ByteSource, FormatReader, ImportedItem } from '../imported.ts';

const ENTRY = '$.log.entries.*';
/** Above this a time is in milliseconds, not in seconds. */
const SECONDS_MAX = 1e11;
const SWITCHING_PROTOCOLS = 101;
const BINARY = 2;

const header = z.object({ name: z.string(), value: z.string() });
const request = z.object({ url: z.string(), headers: z.array(header).catch([]) });
const response = z.object({ status: z.number().int(), headers: z.array(header).catch([]) });
const message = z.object({
  type: z.enum(['send', 'receive']),
  time: z.number(),
  opcode: z.number().int(),
  data: z.string(),
});

interface HarEntry {
  readonly url: string;
  readonly requestHeaders: Headers;
  readonly status: number | undefined;
  readonly responseHeaders: Headers;
  readonly wall: number;
}

/** Reads HAR files with `_webSocketMessages`, as browsers and proxies write them. The client is the charging station. */
export const HAR_READER: FormatReader = {
  title: 'HAR',
  unordered: true,
  detects: ({ text }) =>
    /^\s*\{\s*"log"\s*:/.test(text) || (text.trimStart().startsWith('{') && text.includes('"_webSocketMessages"')),
  read: readHar,
};

async function* readHar(source: ByteSource, options: ReadOptions): AsyncGenerator<ImportedItem> {
  // Messages stand before or behind the request of their entry, so the requests are read first.
  const entries = new Map<number, HarEntry>();
  for await (const { entry, field, value } of valuesOf(source, ['request', 'response', 'startedDateTime'])) {
    if (value instanceof Error) break;
    entries.set(entry, withField(entries.get(entry), field, value));
  }
  const opened = new Map<number, string>();
  for await (const { entry, index, value } of valuesOf(source, ['_webSocketMessages.*'])) {
    const place = `entry ${entry + 1}, message ${index + 1}`;
    if (value instanceof Error) {
      const error = { code: 'not-json', sentence: `The rest of the file is no JSON: ${value.message}` };
      yield { kind: 'fault', place: opened.size === 0 ? 'the file' : `behind entry ${entry + 1}`, error };
      return;
    }
    const about = entries.get(entry) ?? EMPTY_ENTRY;
    const station = options.station ?? stationIdentity(about.url);
    if (!opened.has(entry)) {
      opened.set(entry, station);
      yield { kind: 'opened', place: `entry ${entry + 1}`, link: String(entry), ...handshakeOf(about, station) };
    }
    const parsed = message.safeParse(value);
    if (!parsed.success) {
      yield {
        kind: 'fault',
        place,
        error: { code: 'har-message', sentence: 'This is no WebSocket message of a HAR.' },
      };
      continue;
    }
    const { type, time, opcode, data } = parsed.data;
    const binary = opcode === BINARY;
    yield {
      kind: 'frame',
      place,
      frame: {
        wall: time > SECONDS_MAX ? time : time * 1000,
        station,
        version: versionOf(about) ?? null,
        direction: type === 'send' ? 'to-csms' : 'to-station',
        data: Buffer.from(data, binary ? 'base64' : 'utf8'),
        binary,
        link: String(entry),
      },
    };
  }
}

const EMPTY_ENTRY: HarEntry = { url: '', requestHeaders: [], status: undefined, responseHeaders: [], wall: 0 };

interface HarValue {
  readonly entry: number;
  readonly field: string;
  readonly index: number;
  readonly value: unknown;
}

/** The values of some fields of the entries, one after the other; an `Error` where the file stops being JSON. */
async function* valuesOf(source: ByteSource, fields: readonly string[]): AsyncGenerator<HarValue> {
  const parser = new JSONParser({ paths: fields.map((field) => `${ENTRY}.${field}`), keepStack: false });
  let values: HarValue[] = [];
  let entry = 0;
  let broken: Error | undefined;
  parser.onValue = ({ value, key, stack }) => {
    const inList = stack.length > 4;
    entry = Number(stack[3]?.key ?? 0);
    const field = inList ? String(stack[4]?.key) : String(key);
    values.push({ entry, field, index: inList ? Number(key) : 0, value });
  };
  parser.onError = (error) => {
    broken ??= error;
  };
  for await (const chunk of source.open()) {
    if (broken === undefined && !parser.isEnded) parser.write(chunk);
    yield* values;
    values = [];
    if (broken) break;
  }
  if (!broken && !parser.isEnded) parser.end();
  if (broken) yield { entry, field: '', index: 0, value: broken };
}

function withField(before: HarEntry | undefined, field: string, value: unknown): HarEntry {
  const entry = before ?? EMPTY_ENTRY;
  if (field === 'request') {
    const { data } = request.safeParse(value);
    return data ? { ...entry, url: data.url, requestHeaders: pairs(data.headers) } : entry;
  }
  if (field === 'response') {
    const { data } = response.safeParse(value);
    return data ? { ...entry, status: data.status, responseHeaders: pairs(data.headers) } : entry;
  }
  const wall = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(wall) ? entry : { ...entry, wall };
}

function handshakeOf(
  about: HarEntry,
  station: string,
): { wall: number; opening: LinkOpening; negotiation: LinkNegotiation } {
  const { url, requestHeaders, status, responseHeaders, wall } = about;
  const chosen = listHeader(responseHeaders, 'sec-websocket-protocol')[0];
  const version = versionOf(about);
  return {
    wall,
    opening: {
      peer: 'station',
      opener: 'peer',
      station,
      url,
      requestHeaders,
      offered: listHeader(requestHeaders, 'sec-websocket-protocol'),
    },
    // Messages came, so it was opened, whatever a HAR that was cut down says.
    negotiation: {
      status: status === 0 ? SWITCHING_PROTOCOLS : (status ?? SWITCHING_PROTOCOLS),
      responseHeaders,
      chosen,
      version,
    },
  };
}

function versionOf({ requestHeaders, responseHeaders }: HarEntry): ReturnType<typeof versionOfSubprotocol> {
  const [chosen] = listHeader(responseHeaders, 'sec-websocket-protocol');
  if (chosen !== undefined) return versionOfSubprotocol(chosen);
  const offered = listHeader(requestHeaders, 'sec-websocket-protocol');
  const known = offered.filter((name) => (Object.values(SUBPROTOCOL_OF) as string[]).includes(name));
  // One offer that was accepted, as messages came, was the one chosen.
  return known.length === 1 && offered.length === 1 ? versionOfSubprotocol(known[0] ?? '') : undefined;
}

function pairs(headers: readonly { readonly name: string; readonly value: string }[]): Headers {
  return headers.map(({ name, value }) => [name, value] as const);
}

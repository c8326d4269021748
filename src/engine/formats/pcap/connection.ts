import type { Direction } from '../../../ocpp/direction.ts';
import { versionOfSubprotocol } from '../../../ocpp/version.ts';
import type { ReadOptions } from '../../../session/files.ts';
import type { Headers, LinkOpening } from '../../../session/link.ts';
import { listHeader } from '../../net/headers.ts';
import { stationIdentity } from '../../net/station-identity.ts';
import { type ImportedItem, NO_STATION } from '../imported.ts';
import { HalfStream, type StreamPiece } from './half-stream.ts';
import { HeadCollector, type HttpHead } from './http-head.ts';
import type { Segment } from './segment.ts';
import { type Compression, looksLikeFrame, WebSocketParser, type WebSocketPiece } from './web-socket-parser.ts';

type Side = 'client' | 'server';

const DIRECTION = { client: 'to-csms', server: 'to-station' } as const satisfies Record<Side, Direction>;
const LOST = { code: 1006, reason: '', by: 'lost' } as const;

/** A TCP connection of a capture. The side that asks for the WebSocket is the charging station. */
export class Connection {
  readonly #link: string;
  readonly #options: ReadOptions;
  readonly #client: string;
  readonly #streams = { client: new HalfStream(), server: new HalfStream() };
  readonly #heads = { client: new HeadCollector(), server: new HeadCollector() };
  #phase: 'handshake' | 'open' | 'over' | 'other' = 'handshake';
  #request: HttpHead | undefined;
  #station = NO_STATION;
  #version: ReturnType<typeof versionOfSubprotocol>;
  #parsers: Record<Side, WebSocketParser> | undefined;
  #closing: Extract<ImportedItem, { readonly kind: 'closed' }>['closing'] | undefined;

  /** `client`: address and port of the side that opened the connection. */
  constructor(link: string, client: string, options: ReadOptions) {
    this.#link = link;
    this.#client = client;
    this.#options = options;
  }

  /** Whether nothing of interest can come any more. */
  get done(): boolean {
    return this.#phase === 'over' || this.#phase === 'other';
  }

  /** Takes a segment of the packet of this number. */
  *take(segment: Segment, wall: number, place: string): Generator<ImportedItem> {
    if (this.done) return;
    const side: Side = segment.from === this.#client ? 'client' : 'server';
    const other: Side = side === 'client' ? 'server' : 'client';
    if (segment.acknowledged !== undefined) {
      yield* this.#pieces(other, this.#streams[other].acknowledged(segment.acknowledged), wall, place);
    }
    yield* this.#pieces(side, this.#streams[side].take(segment), wall, place);
    if (segment.reset || segment.fin) {
      yield* this.#pieces(side, this.#streams[side].skip(), wall, place);
      if (this.#closing || segment.reset) yield* this.#end(wall, place);
      else this.#closing = LOST;
    }
  }

  /** The capture ends here. */
  *end(wall: number, place: string): Generator<ImportedItem> {
    for (const side of ['client', 'server'] as const) {
      yield* this.#pieces(side, this.#streams[side].skip(), wall, place);
    }
    if (this.#closing) yield* this.#end(wall, place);
  }

  *#end(wall: number, place: string): Generator<ImportedItem> {
    if (this.#phase === 'open') {
      yield { kind: 'closed', place, wall, link: this.#link, closing: this.#closing ?? LOST };
    }
    this.#phase = 'over';
  }

  *#pieces(side: Side, pieces: Iterable<StreamPiece>, wall: number, place: string): Generator<ImportedItem> {
    for (const piece of pieces) {
      if (this.done) return;
      if (piece.kind === 'bytes') {
        yield* this.#bytes(side, piece.bytes, wall, place);
      } else if (this.#phase === 'open') {
        const who = side === 'client' ? 'from' : 'to';
        const sentence = `${piece.missing} bytes ${who} ${this.#station} are missing in the capture.`;
        yield { kind: 'fault', place, error: { code: 'capture-gap', sentence } };
        this.#parsers?.[side].missed();
      } else {
        this.#phase = 'other';
      }
    }
  }

  *#bytes(side: Side, bytes: Buffer, wall: number, place: string): Generator<ImportedItem> {
    if (this.#phase === 'handshake') yield* this.#handshake(side, bytes, wall, place);
    else if (this.#parsers) yield* this.#frames(side, this.#parsers[side].take(bytes), wall, place);
  }

  *#handshake(side: Side, bytes: Buffer, wall: number, place: string): Generator<ImportedItem> {
    if (!this.#request && this.#isMidway(bytes, side)) {
      yield* this.#joined(side, bytes, wall, place);
      return;
    }
    if (side === 'server' && !this.#request) {
      this.#phase = 'other';
      return;
    }
    const head = this.#heads[side].take(bytes);
    if (head === undefined) return;
    if (side === 'client' && head !== null && !this.#request && isUpgrade(head)) {
      this.#request = head;
      return;
    }
    if (side === 'server' && head !== null && this.#request) yield* this.#answered(this.#request, head, wall, place);
    else this.#phase = 'other';
  }

  *#answered(request: HttpHead, response: HttpHead, wall: number, place: string): Generator<ImportedItem> {
    const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(response.startLine)?.[1] ?? 0);
    const chosen = listHeader(response.headers, 'sec-websocket-protocol')[0];
    const opening = this.#opening(request);
    this.#station = opening.station;
    this.#version = chosen === undefined ? undefined : versionOfSubprotocol(chosen);
    yield {
      kind: 'opened',
      place,
      wall,
      link: this.#link,
      opening,
      negotiation: { status, responseHeaders: response.headers, chosen, version: this.#version },
    };
    if (status !== 101) {
      this.#phase = 'over';
      return;
    }
    this.#phase = 'open';
    const compressed = compressionOf(response.headers);
    this.#parsers = {
      client: new WebSocketParser(true, compressed?.client),
      server: new WebSocketParser(false, compressed?.server),
    };
    if (response.rest.byteLength > 0) yield* this.#bytes('server', response.rest, wall, place);
  }

  #opening({ startLine, headers }: HttpHead): LinkOpening {
    const url = startLine.split(' ')[1] ?? '';
    return {
      peer: 'station',
      opener: 'peer',
      station: this.#options.station ?? stationIdentity(url),
      url,
      remoteAddress: this.#client,
      requestHeaders: headers,
      offered: listHeader(headers, 'sec-websocket-protocol'),
    };
  }

  /** Whether the capture begins within an open WebSocket: then what comes is a frame, not a request. */
  #isMidway(bytes: Buffer, side: Side): boolean {
    return looksLikeFrame(bytes, side === 'client', false);
  }

  *#joined(side: Side, bytes: Buffer, wall: number, place: string): Generator<ImportedItem> {
    this.#phase = 'open';
    this.#station = this.#options.station ?? this.#client;
    this.#parsers = { client: new WebSocketParser(true, undefined), server: new WebSocketParser(false, undefined) };
    const sentence = `The connection of ${this.#client} was open when the capture began: its identity and version are not in it.`;
    yield { kind: 'assumed', place, sentence };
    yield* this.#bytes(side, bytes, wall, place);
  }

  *#frames(side: Side, pieces: Iterable<WebSocketPiece>, wall: number, place: string): Generator<ImportedItem> {
    const direction = DIRECTION[side];
    for (const piece of pieces) {
      switch (piece.kind) {
        case 'message': {
          const version = this.#version ?? null;
          const { data, binary } = piece;
          const frame = { wall, station: this.#station, version, direction, data, binary, link: this.#link };
          yield { kind: 'frame', place, frame };
          break;
        }
        case 'ping':
        case 'pong':
          yield { kind: 'control', place, wall, link: this.#link, direction, type: piece.kind, data: piece.data };
          break;
        case 'close': {
          const { code, reason } = piece;
          // The second close frame only answers the first.
          this.#closing ??= { code, reason, by: side === 'client' ? 'peer' : 'csms' };
          break;
        }
        case 'fault':
          yield { kind: 'fault', place, error: { code: 'web-socket-fault', sentence: piece.sentence } };
      }
    }
  }
}

function isUpgrade({ startLine, headers }: HttpHead): boolean {
  return (
    /^GET \S+ HTTP\/1\.1$/.test(startLine) && listHeader(headers, 'upgrade').some((name) => /^websocket$/i.test(name))
  );
}

/** What was agreed about compression (RFC 7692, 7.1). */
function compressionOf(headers: Headers): Record<Side, Compression> | undefined {
  const agreed = listHeader(headers, 'sec-websocket-extensions').find((text) => /^permessage-deflate\b/i.test(text));
  if (agreed === undefined) return undefined;
  return {
    client: { takeover: !/client_no_context_takeover/i.test(agreed) },
    server: { takeover: !/server_no_context_takeover/i.test(agreed) },
  };
}

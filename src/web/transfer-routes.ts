import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PAGE_HEADERS } from '../bridge/page/page-headers.ts';
import type { Transfers } from '../engine/files/transfers.ts';

/** Where files come in and go out. */
const UPLOAD_PATH = '/transfer';
const DOWNLOAD = /^\/transfer\/([\w-]{1,100})$/;
/** The largest file that is taken. */
export const UPLOAD_MAX = 8 * 1024 * 1024 * 1024;
/** Uploads at once. */
const UPLOADS_MAX = 4;
const NAME_MAX = 500;

/** What a request is about, where it is about a file. */
export type TransferRequest =
  | { readonly kind: 'upload'; readonly name: string }
  | { readonly kind: 'download'; readonly ticket: string };

/** Whether a request brings or fetches a file. */
export function transferRequest(request: IncomingMessage, url: URL): TransferRequest | undefined {
  if (request.method === 'POST' && url.pathname === UPLOAD_PATH) {
    return { kind: 'upload', name: (url.searchParams.get('name') ?? '').slice(0, NAME_MAX) };
  }
  const ticket = DOWNLOAD.exec(url.pathname)?.[1];
  return request.method === 'GET' && ticket !== undefined ? { kind: 'download', ticket } : undefined;
}

/** Serves requests for files that have passed the gate; never rejects. */
export interface TransferRoutes {
  serve(wanted: TransferRequest, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Files between browsers and the engine, in bounded memory. */
export function createTransferRoutes(transfers: Transfers, uploadMax = UPLOAD_MAX): TransferRoutes {
  let uploads = 0;

  const upload = async (name: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (Number(request.headers['content-length'] ?? 0) > uploadMax)
      return answer(response, 413, 'The file is too large.');
    if (uploads >= UPLOADS_MAX) return answer(response, 503, 'Other files are being uploaded; try again.');
    uploads += 1;
    try {
      const { ticket, file, arrived } = await transfers.upload(name);
      try {
        await pipeline(request, limited(uploadMax), createWriteStream(file.path, { flags: 'wx', mode: 0o600 }));
      } catch (error) {
        await rm(dirname(file.path), { recursive: true, force: true });
        return answer(response, error instanceof TooLarge ? 413 : 400, 'The file could not be taken.');
      }
      arrived();
      send(response, 200, 'application/json', JSON.stringify({ ticket }));
    } finally {
      uploads -= 1;
    }
  };

  const download = async (ticket: string, response: ServerResponse): Promise<void> => {
    const file = transfers.takeDownload(ticket);
    const facts = file && (await stat(file.path).catch(() => undefined));
    if (!file || !facts) return answer(response, 404, 'This file was fetched before, or never was there.');
    response.writeHead(200, {
      ...PAGE_HEADERS,
      'Content-Type': 'application/octet-stream',
      'Content-Length': facts.size,
      'Content-Disposition': `attachment; filename="plugscope-file"; filename*=UTF-8''${encodeURIComponent(file.name.toWellFormed())}`,
      'Cache-Control': 'no-store',
    });
    try {
      await pipeline(createReadStream(file.path), response);
    } catch {
      // Whoever fetched it went away; it can be exported again.
    } finally {
      await rm(dirname(file.path), { recursive: true, force: true });
    }
  };

  return {
    async serve(wanted, request, response) {
      try {
        await (wanted.kind === 'upload' ? upload(wanted.name, request, response) : download(wanted.ticket, response));
      } catch {
        // The disk is full, or the folder is gone: no reason to stop recording.
        if (response.headersSent) response.destroy();
        else answer(response, 500, 'The file could not be kept on this disk.');
      }
    },
  };
}

class TooLarge extends Error {}

function limited(bytesMax: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

function answer(response: ServerResponse, status: number, sentence: string): void {
  send(response, status, 'text/plain; charset=utf-8', sentence);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'Content-Type': type,
    'Cache-Control': 'no-store',
    // What is left of a body that was refused is not read.
    ...(status === 200 ? {} : { Connection: 'close' }),
  });
  response.end(body);
}

import { request } from 'node:http';
import { failure, type Outcome, success } from '../../session/outcome.ts';

/** What to ask a server for, and how much of it. */
export interface SmallRequest {
  readonly url: URL;
  /** Sent with POST; without it, GET. */
  readonly body?: { readonly type: string; readonly bytes: Uint8Array };
  /** The most bytes of an answer that are read. */
  readonly maxBytes: number;
  /** Ends the request, whose outcome is then a failure. */
  readonly signal: AbortSignal;
}

/**
 * Asks a server over plain HTTP, follows no redirection, and yields the body of an answer with status 200. The sentence of
 * a failure goes on from the name of the server.
 */
export function smallRequest({ url, body, maxBytes, signal }: SmallRequest): Promise<Outcome<Uint8Array>> {
  return new Promise((resolve) => {
    const asking = request(url, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'Content-Type': body.type, 'Content-Length': body.bytes.length } : {},
      agent: false,
      signal,
    });
    asking.on('error', (error: NodeJS.ErrnoException) => {
      const why = signal.aborted ? 'did not answer in time' : `cannot be reached (${error.code ?? error.message})`;
      resolve(failure('not-reached', why));
    });
    // The last word of Node, and the only one where the server switched to another protocol.
    asking.on('close', () => resolve(failure('cut', 'closed the connection without an answer')));
    asking.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      if (response.statusCode !== 200) {
        resolve(failure('refused', `answered with HTTP status ${response.statusCode}`));
        asking.destroy();
        return;
      }
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxBytes) {
          chunks.push(chunk);
          return;
        }
        resolve(failure('too-long', `answered with more than ${maxBytes} bytes`));
        asking.destroy();
      });
      response.on('end', () => resolve(success(Buffer.concat(chunks))));
      response.on('error', () =>
        resolve(failure('cut', signal.aborted ? 'did not answer in time' : 'broke its answer off')),
      );
    });
    asking.end(body?.bytes);
  });
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { success } from '../../session/outcome.ts';
import type { Ending } from './arrival.ts';
import { headerPairs } from './headers.ts';
import type { ListenOptions } from './socket.ts';

const NOT_AN_UPGRADE = 'This port takes WebSocket connections (OCPP-J).\n';

/** Answers a request that is no upgrade: with a file, where there is one, else with 426. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  files: ListenOptions['files'],
): Promise<Ending> {
  const { method = '', url = '' } = request;
  const told = { kind: 'http', target: url, headers: headerPairs(request.rawHeaders) } as const;
  const path = /^[^?#]*/.exec(url)?.[0] ?? '';
  const file = method === 'GET' || method === 'HEAD' ? files?.get(path) : undefined;
  if (file) {
    const body = typeof file.body === 'string' ? success(file.body) : await file.body();
    const [status, type, text] = body.ok
      ? [200, file.type, body.value]
      : [503, 'text/plain; charset=utf-8', `${body.error.sentence}\n`];
    response.writeHead(status, {
      'Content-Type': type,
      'Content-Length': Buffer.byteLength(text),
      Connection: 'close',
    });
    response.end(text);
    const sentence = body.ok ? `${method} ${path} was answered with the file.` : body.error.sentence;
    return { ...told, code: body.ok ? 'file-served' : 'http-request', status, sentence };
  }
  // RFC 9110, 15.5.22: a 426 names what to upgrade to.
  response.writeHead(426, { Connection: 'close, Upgrade', Upgrade: 'websocket', 'Content-Type': 'text/plain' });
  response.end(NOT_AN_UPGRADE);
  if (request.headers.upgrade?.toLowerCase() === 'websocket') {
    const sentence =
      'The request names websocket in Upgrade, but its header Connection does not name Upgrade, so that it asks for nothing (RFC 6455, 4.1).';
    return { ...told, code: 'bad-handshake', status: 426, sentence };
  }
  const sentence = `A ${method} request that asks for no WebSocket, such as a health check sends; it has no header Upgrade.`;
  return { ...told, code: 'http-request', status: 426, sentence };
}

/** What is said of a request for another protocol, or for a tunnel. */
export function upgradeEnding({ method, headers }: IncomingMessage): Ending & { readonly status: number } {
  const wanted = method === 'CONNECT' ? 'a tunnel (CONNECT)' : `an upgrade to ${(headers.upgrade ?? '').slice(0, 40)}`;
  const sentence = `The request asks for ${wanted}; this port takes WebSocket connections alone.`;
  return { kind: 'http', code: 'http-request', status: 426, sentence };
}

import type { Headers } from '../../session/link.ts';

/** Headers that belong to one hop: the handshake's own, and those that frame a body (RFC 6455, 4.1; RFC 9110, 7.6.1). */
const OF_THE_HOP = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header says something about the connection it came on, so that it is not for the next one. */
export function isOfTheHop(name: string): boolean {
  const lower = name.toLowerCase();
  return OF_THE_HOP.has(lower) || lower.startsWith('sec-websocket-');
}

/** Node's flat `rawHeaders` as pairs, in the order and spelling of the wire. */
export function headerPairs(raw: readonly string[]): Headers {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return pairs;
}

/** Every value of a header that is a comma-separated list, over all its lines. */
export function listHeader(headers: Headers, name: string): string[] {
  const lower = name.toLowerCase();
  return headers
    .filter(([key]) => key.toLowerCase() === lower)
    .flatMap(([, value]) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether a header can be put on the wire as it is; a line break in it would start another one. */
export function isWritable(name: string, value: string): boolean {
  return NAME.test(name) && VALUE.test(value);
}

/** Those headers that may go on to another connection. */
export function carried(headers: Headers): [name: string, value: string][] {
  return headers.filter(([name, value]) => !isOfTheHop(name) && isWritable(name, value)).map(([n, v]) => [n, v]);
}

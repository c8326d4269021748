import type { PerMessageDeflateOptions } from 'ws';
import type { Headers } from '../../session/link.ts';
import { listHeader } from './headers.ts';

/**
 * permessage-deflate (RFC 7692) as both sides of Plugscope speak it. No message depends on the one before, so that a
 * connection keeps no dictionary, and no more memory than zlib needs for one message at a time.
 */
export const COMPRESSION: PerMessageDeflateOptions = {
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
  // Below about one TCP segment there is nothing to gain, and most of OCPP's messages are below.
  threshold: 1024,
  // Of all connections together, so that many compressed messages at once wait for each other, not for the memory.
  concurrencyLimit: 10,
  zlibDeflateOptions: { memLevel: 7 },
};

const BITS = '(?:[89]|1[0-5])';
const PARAMETER = new RegExp(
  `^(?:(?:server|client)_no_context_takeover|client_max_window_bits|(?:server|client)_max_window_bits=(?:${BITS}|"${BITS}"))$`,
);

/**
 * The first offer of permessage-deflate that can be agreed on, without the white space that ws does not take; undefined
 * where there is none. One with parameters that RFC 7692, 7.1 does not know is passed over, not answered with an error.
 */
export function acceptableOffer(headers: Headers): string | undefined {
  for (const offer of listHeader(headers, 'sec-websocket-extensions')) {
    const [name, ...parameters] = offer.split(';').map((part) => part.trim().replaceAll(/\s*=\s*/g, '='));
    const names = new Set(parameters.map((parameter) => parameter.split('=', 1)[0]));
    if (name !== 'permessage-deflate' || names.size < parameters.length) continue;
    if (parameters.every((parameter) => PARAMETER.test(parameter))) return [name, ...parameters].join('; ');
  }
  return undefined;
}

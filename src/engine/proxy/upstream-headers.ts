import type { ClientSecurity } from '../../bridge/security.ts';
import type { OcppVersion } from '../../ocpp/version.ts';
import type { Headers } from '../../session/link.ts';
import { clientHeaders } from '../leg-security.ts';

/**
 * The headers of a request to a CSMS: those of the station as they came. A leg with a password says its own in place of
 * the station's; one that is told not to pass `Authorization` on says none.
 */
export function upstreamHeaders(
  headers: Headers,
  security: ClientSecurity | undefined,
  station: string,
  versions: readonly OcppVersion[],
): Headers {
  const own = clientHeaders(security, station, versions);
  if (own.length === 0 && security?.authorization !== false) return headers;
  return [...headers.filter(([name]) => name.toLowerCase() !== 'authorization'), ...own];
}

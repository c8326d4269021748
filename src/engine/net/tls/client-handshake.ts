import { isIP, type Socket as Transport } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { TlsFacts } from '../../../session/link.ts';
import type { ClientContext } from './client-contexts.ts';
import type { ClientTls } from './credential.ts';
import { checkPeer, presentedChain, verdictOf } from './peer-checks.ts';

/** The host that a CSMS was reached by, without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The name to send as SNI; undefined for an address, which is none (RFC 6066, 3). */
export function sentName(tls: ClientTls, url: URL): string | undefined {
  const name = (tls.serverName ?? hostOf(url)).replace(/\.$/, '');
  return isIP(name) || name === '' ? undefined : name;
}

/**
 * Speaks TLS over a connection. Settles when TLS is agreed on, whatever certificate was presented: `checkedFacts` says
 * what it is worth, and nothing may be sent before. Rejects with the error of TLS or of the connection.
 */
export function beginTls(
  transport: Transport,
  context: ClientContext,
  serverName: string | undefined,
): Promise<TlsClient> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: transport,
      secureContext: context.secure,
      servername: serverName ?? '',
      // The checks decide, with more to say than OpenSSL has, and of more than it looks at.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
    });
    let hello: number | undefined;
    // Keys are made when the answer to our hello is read, before anything else is sent.
    socket.on('keylog', () => {
      hello ??= transport.bytesWritten;
    });
    socket.on('error', reject);
    // Without an error where the peer only ends its side.
    socket.once('close', () => reject(Object.assign(new Error('closed during the handshake'), { code: 'ECONNRESET' })));
    socket.once('secureConnect', () => {
      resolve({ socket, sinceHello: () => transport.bytesWritten - (hello ?? transport.bytesWritten) });
    });
  });
}

/** A TLS connection to a CSMS. */
export interface TlsClient {
  readonly socket: TLSSocket;
  /** Bytes sent after our hello. */
  sinceHello(): number;
}

/**
 * What was agreed on, and what the checks of the server's certificate found. May ask its authority whether it was
 * revoked. To be called once for a connection.
 *
 * @param now milliseconds since 1970
 */
export async function checkedFacts(
  { socket, sinceHello }: TlsClient,
  tls: ClientTls,
  context: ClientContext,
  url: URL,
  now: number,
): Promise<TlsFacts> {
  // With TLS 1.3 what we answer goes out when Node has told of the end of the handshake.
  await new Promise((resolve) => setImmediate(resolve));
  // Only a server that asks for our certificate gets it, and Node does not tell whether it did. Its length does.
  const hasPresented = context.ownBytes > 0 && sinceHello() > context.ownBytes;
  const found = await checkPeer({
    chain: presentedChain(socket),
    verdict: verdictOf(socket),
    roots: context.roots,
    expected: { kind: 'csms', host: tls.serverName ?? hostOf(url) },
    now,
    revocation: tls.revocation,
  });
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.standardName ?? '',
    serverName: sentName(tls, url),
    peerSubject: found.chain[0]?.subject,
    ...found,
    ...(hasPresented ? { own: context.own } : {}),
  };
}

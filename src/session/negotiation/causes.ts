import type { NegotiationCode } from './codes.ts';
import type { NegotiationSubject } from './explanation.ts';

/** What is known of a kind of failure. */
export interface Cause {
  /** The step at which it shows. */
  readonly subject: NegotiationSubject;
  /** What is wrong, in a sentence; said where nobody recorded one that tells more. */
  readonly sentence: string;
  /** What usually helps, in a sentence. */
  readonly remedy: string;
  /** Requirement ids or clauses of RFCs. */
  readonly requirements: readonly string[];
}

const cause = (
  subject: NegotiationSubject,
  sentence: string,
  remedy: string,
  ...requirements: readonly string[]
): Cause => ({ subject, sentence, remedy, requirements });

/** Every kind of failure with what to do about it. */
export const CAUSES: Readonly<Record<NegotiationCode, Cause>> = {
  'bad-handshake': cause(
    'handshake',
    'The request is no valid opening handshake of a WebSocket.',
    'Have the client send GET with Upgrade: websocket, Connection: Upgrade, Sec-WebSocket-Version: 13 and a Sec-WebSocket-Key of 16 bytes in base64; a proxy on the way may have taken them out.',
    'RFC 6455, 4.2.1',
  ),
  'no-identity': cause(
    'identity',
    'The path holds no identity of a station.',
    'Append the identity to the URL of the endpoint, after one slash and without a slash behind it.',
    'part 4, 3.1.1',
  ),
  'unknown-station': cause(
    'identity',
    'No station of this identity is known.',
    'Add the identity to the stations that are known, or correct the end of the URL that the station connects to; upper and lower case are told apart.',
    'part 4, 3.3',
  ),
  'no-common-version': cause(
    'subprotocol',
    'No version of OCPP is spoken by both sides.',
    'Let both sides speak one version at least: allow it here, or turn it on in the station.',
    'part 4, 3.1.2',
    'part 4, 3.3',
  ),
  'no-credentials': cause(
    'credentials',
    'The station sent no user name and password; this security profile needs them.',
    'Set the BasicAuthPassword and the security profile on the station, so that it sends an Authorization header with every request to connect.',
    'A00.FR.202',
    'A00.FR.203',
  ),
  'credentials-malformed': cause(
    'credentials',
    'The Authorization header cannot be read.',
    'Have the station send "Basic", a space, and base64 of its identity, a colon and its password in UTF-8.',
    'RFC 7617, 2',
  ),
  'user-name-differs': cause(
    'credentials',
    'The user name is not the identity of the station.',
    'Make the user name and the end of the URL the same text, in upper and lower case as well.',
    'A00.FR.204',
  ),
  'wrong-password': cause(
    'credentials',
    'The password is not that of the station.',
    'Set the same password on both sides. Stations of OCPP 1.6 take it in hexadecimal, those of 2.0.1 and newer as it is.',
    'A00.FR.205',
    'A00.FR.207',
  ),
  'no-client-certificate': cause(
    'certificate',
    'The station did not send its client certificate; profile 3 needs one.',
    'Install a certificate with its private key on the station and set its security profile to 3; a proxy that ends TLS on the way keeps it from coming here.',
    'A00.FR.401',
  ),
  'client-certificate-refused': cause(
    'certificate',
    'The certificate of the station does not stand.',
    'Look at the check that failed; issue the station a certificate that passes it, or trust the root that it leads to.',
    'A00.FR.403',
    'A00.FR.407',
  ),
  'tls-required': cause(
    'tls',
    'The hello was not TLS: the station speaks ws:// to a wss:// port.',
    'Have the station connect to wss:// instead of ws://, or ask for security profile 0 or 1 here.',
    'A00.FR.312',
  ),
  'tls-not-offered': cause(
    'tls',
    'The hello was TLS: the station speaks wss:// to a ws:// port.',
    'Have the station connect to ws:// instead of wss://, or ask for security profile 2 or 3 here.',
    'A00.FR.002',
  ),
  'tls-alert': cause(
    'tls',
    'The peer ended the TLS handshake with an alert.',
    'Alerts about a certificate mean that the peer does not trust ours: install the root of this bench on it, and connect by a name that is in the certificate.',
    'A00.FR.311',
  ),
  'tls-version': cause(
    'tls',
    'No version of TLS is spoken by both sides.',
    'Have the older side speak TLS 1.2 at least; nothing below is allowed.',
    'A00.FR.313',
    'A00.FR.315',
  ),
  'tls-cipher': cause(
    'tls',
    'No cipher suite of TLS is spoken by both sides.',
    'Let the peer offer one of the suites that OCPP asks for, with a certificate of the kind of key that the suite needs (ECDSA or RSA).',
    'A00.FR.318',
    'A00.FR.319',
  ),
  'tls-failed': cause(
    'tls',
    'The TLS handshake failed.',
    'Look at the sentence of the TLS library; a middlebox that looks into TLS, or a clock that is wrong, are usual reasons.',
    'A00.FR.312',
  ),
  'http-request': cause(
    'handshake',
    'It asked for something over HTTP, not for a WebSocket.',
    'Nothing, where it was a health check or a browser; a station must ask for a WebSocket (Upgrade: websocket).',
    'RFC 6455, 4.1',
  ),
  'file-served': cause(
    'handshake',
    'It asked for a file of this port, and got it.',
    'Nothing: a station that is to trust this bench fetches its root certificate so.',
  ),
  'not-http': cause(
    'connection',
    'What came was neither TLS nor HTTP.',
    'Find out what program this is; a station of OCPP-J opens with an HTTP request or a TLS hello.',
    'RFC 6455, 4.1',
  ),
  'nothing-sent': cause(
    'connection',
    'It connected and sent nothing.',
    'Nothing, where it was a port scan or a health check; otherwise look whether a firewall keeps the data back.',
  ),
  'handshake-timeout': cause(
    'connection',
    'The opening handshake was not complete in time.',
    'Look for loss on the network of the station, or allow more time for handshakes in the limits.',
  ),
  'headers-too-large': cause(
    'handshake',
    'The headers of the request are longer than the limit.',
    'Shorten the headers, or allow more bytes of headers in the limits.',
    'RFC 6585, 5',
  ),
  'too-many-connections': cause(
    'connection',
    'There were already as many connections as the limit.',
    'Allow more connections in the limits, or find who opens them without closing them.',
  ),
  gone: cause(
    'connection',
    'The peer went away before its request was answered.',
    'Look whether the station gives up after too short a time, or has lost its network.',
  ),
  'bad-url': cause(
    'path',
    'The URL is none that a WebSocket can be opened to.',
    'Write a URL that begins with ws:// or wss://, with a host, and without a fragment.',
    'RFC 6455, 3',
  ),
  aborted: cause(
    'connection',
    'The attempt to connect was given up here.',
    'Nothing: the bench was set up anew or closed, or the station went away meanwhile.',
  ),
  'not-web-socket': cause(
    'handshake',
    'What answered is no WebSocket server.',
    'Check the port and the path of the URL: another service of HTTP answers there, or a proxy that does not pass WebSockets on.',
    'RFC 6455, 4.1',
  ),
  'server-certificate-refused': cause(
    'certificate',
    'The certificate of the CSMS does not stand.',
    'Look at the check that failed: trust the root that the certificate leads to, connect by a name that is in it, or set the clock right.',
    'A00.FR.308',
    'A00.FR.311',
  ),
  'server-not-tls': cause(
    'tls',
    'The CSMS did not answer in TLS: it speaks ws:// on this port.',
    'Connect to ws:// instead of wss://, or to the port on which the CSMS speaks TLS.',
    'A00.FR.312',
  ),
  refused: cause(
    'connection',
    'Nobody listens at this address and port.',
    'Check the port of the URL, and whether the CSMS runs.',
  ),
  'not-reached': cause(
    'connection',
    'The address cannot be reached.',
    'Check the network of this machine, its routes, firewalls and VPN.',
  ),
  'host-unknown': cause(
    'connection',
    'No such host is known.',
    'Check the spelling of the host in the URL, and the DNS server of this machine.',
  ),
  timeout: cause(
    'connection',
    'There was no answer in time.',
    'Check the address of the URL; a firewall that drops packets looks just like this.',
  ),
  'closed-early': cause(
    'connection',
    'The connection was closed before the handshake was answered.',
    'Check whether this port speaks TLS (wss://), or whether something on the way ends connections.',
  ),
  'subprotocol-foreign': cause(
    'subprotocol',
    'A subprotocol was chosen that was not offered.',
    'Have the CSMS choose one of the subprotocols that are offered, or none.',
    'RFC 6455, 4.1',
  ),
  failed: cause(
    'connection',
    'The connection failed.',
    'Look at the sentence; where it does not tell enough, a capture of the network between the two will.',
  ),
};

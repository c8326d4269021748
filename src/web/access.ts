import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Bytes of the token and of the cookie: 256 bits, beyond guessing. */
const SECRET_BYTES = 32;

/** Who may come in: whoever has the token, which is then exchanged for a cookie. */
export interface Access {
  /** The token, to be handed to the user in the URL. */
  readonly token: string;
  /** Whether a text is the token; takes the same time whatever the text is. */
  isToken(text: string): boolean;
  /** Whether a request brings the cookie. */
  hasCookie(request: IncomingMessage): boolean;
  /** Value of the `Set-Cookie` header for whoever brought the token. */
  readonly setCookie: string;
}

/**
 * Makes a token and a cookie for one run of the host. Browsers send cookies to every port of a machine, so the name
 * of the cookie holds the port: two hosts on one machine then do not put each other's users out.
 */
export function createAccess(port: number): Access {
  const token = randomBytes(SECRET_BYTES).toString('base64url');
  const cookie = randomBytes(SECRET_BYTES).toString('base64url');
  const name = `plugscope-${port}`;
  return {
    token,
    isToken: (text) => equal(text, token),
    hasCookie: (request) => cookiesOf(request, name).some((value) => equal(value, cookie)),
    setCookie: `${name}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
  };
}

/** Compares digests, which have one length, so that the time taken says nothing of either text. */
function equal(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

function cookiesOf(request: IncomingMessage, name: string): readonly string[] {
  return (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

/**
 * Whether a request names a host that is ours. A page of a stranger whose name was made to resolve to this machine
 * (DNS rebinding) still sends that name. Besides the names given, the address on which the request came in is ours,
 * since no name had to be resolved to get there.
 */
export function isOwnHost(request: IncomingMessage, names: ReadonlySet<string>): boolean {
  const host = request.headers.host;
  const parsed = host === undefined ? null : URL.parse(`http://${host}`);
  if (!parsed || parsed.host === '' || parsed.username !== '' || parsed.pathname !== '/') return false;
  const name = parsed.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const local = request.socket.localAddress?.replace(/^::ffff:/, '');
  return names.has(name) || name === local;
}

/** Whether the page that opens a WebSocket is ours: a browser says its origin, and no script can change it. */
export function isOwnOrigin(request: IncomingMessage): boolean {
  const origin = URL.parse(request.headers.origin ?? '');
  return /^https?:$/.test(origin?.protocol ?? '') && origin?.host === URL.parse(`http://${request.headers.host}`)?.host;
}

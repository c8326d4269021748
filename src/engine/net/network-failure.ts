/** Why no connection came about, as a code and a sentence that names the remedy where there is one. */
export interface ConnectFailure {
  readonly kind: 'failed';
  readonly code: string;
  readonly sentence: string;
}

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
}

const TLS_SENTENCES: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed and not in the trust store of this machine',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate chain ends in a root that is not in the trust store of this machine',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be traced to a root in the trust store of this machine',
  UNABLE_TO_GET_ISSUER_CERT: 'the issuer of its certificate is not known to this machine',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of its certificate is not in the trust store of this machine',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; compare the clocks',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** An error of the system, of TLS or of the handshake, in words. `address` is what was to be reached. */
export function connectFailure(error: unknown, address: string): ConnectFailure {
  const { code: given, message } = (error ?? {}) as Coded;
  const text = typeof message === 'string' ? message : String(error);
  const code = typeof given === 'string' ? given : codeOf(text);
  return { kind: 'failed', code, sentence: sentenceOf(code, text, address) };
}

/** ws reports a bad handshake without a code, only with a message. */
function codeOf(message: string): string {
  return /Sec-WebSocket|Upgrade header/i.test(message) ? 'not-web-socket' : 'failed';
}

function sentenceOf(code: string, message: string, address: string): string {
  const tls = TLS_SENTENCES[code];
  if (tls) return `TLS with ${address} failed: ${tls}.`;
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${address}: the connection was refused.`;
    case 'ENOTFOUND':
      return `The host name of ${address} is not known.`;
    case 'EAI_AGAIN':
      return `The host name of ${address} could not be looked up: the name server does not answer.`;
    case 'ETIMEDOUT':
      return `${address} did not answer in time.`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `There is no route to ${address}.`;
    case 'ECONNRESET':
    case 'EPIPE':
      return `${address} closed the connection before it answered the handshake.`;
    case 'not-web-socket':
      return `${address} did not answer with a valid WebSocket handshake: ${message}.`;
    default:
      if (code.startsWith('HPE_')) return `${address} does not speak HTTP: ${message}.`;
      if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS')) {
        return `TLS with ${address} failed: ${tlsReason(message)}.`;
      }
      return `No connection to ${address}: ${message}.`;
  }
}

/** OpenSSL's text has file names and numbers around what it means. */
function tlsReason(message: string): string {
  return /wrong version number|packet length too long/i.test(message)
    ? 'the answer is not TLS; perhaps the URL should start with ws://'
    : (/error:[^:]*:[^:]*:[^:]*:([^:]+)/.exec(message)?.[1]?.trim() ?? message);
}

import type { NegotiationCode } from '../../session/negotiation/codes.ts';
import { alertFailure } from './tls/client-alert.ts';
import { opensslReason } from './tls/openssl-reason.ts';

/** Why no connection came about, as a code and a sentence that names the remedy where there is one. */
export interface ConnectFailure {
  readonly kind: 'failed';
  readonly code: NegotiationCode;
  readonly sentence: string;
}

/** How far an attempt had come when it failed, and what it was about. */
export interface AttemptStage {
  /** Host and port of what was to be reached, without user and password. */
  readonly address: string;
  /** `tls`: TCP is connected. `checks`: so is TLS. `handshake`: the request for the WebSocket has gone out. */
  readonly stage: 'connecting' | 'tls' | 'checks' | 'handshake';
  /** Whether the attempt speaks TLS. */
  readonly isSecure: boolean;
  /** Whether we had a certificate of our own to present. */
  readonly hasCertificate: boolean;
  /** Bytes of TLS that have come from it. */
  readonly received: number;
  /** Least version of TLS that we take, such as `TLSv1.2`. */
  readonly minVersion: string;
}

interface Coded {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly rawPacket?: unknown;
}

type Told = Omit<ConnectFailure, 'kind'>;

/** An error of the system, of TLS or of the handshake, in words. */
export function connectFailure(error: unknown, stage: AttemptStage): ConnectFailure {
  const { code: given, message, rawPacket } = (error ?? {}) as Coded;
  const text = typeof message === 'string' ? message : String(error);
  const code = typeof given === 'string' ? given : '';
  const told =
    ofSystem(code, stage) ??
    (stage.isSecure ? ofTls(code, text, stage) : undefined) ??
    ofAnswer(code, text, rawPacket, stage);
  return { kind: 'failed', ...told };
}

/** The time for an attempt is over. */
export function timeoutFailure({ address, stage, isSecure, received }: AttemptStage): ConnectFailure {
  const sentence =
    stage === 'connecting'
      ? `${address} did not answer in time: nothing came back, not even a refusal.`
      : stage === 'tls'
        ? `${address} took the connection, but did not finish the TLS handshake in time${received === 0 ? '; perhaps it does not speak TLS' : ''}.`
        : stage === 'checks'
          ? `The certificate of ${address} was not checked in time.`
          : `${address} did not answer the request for a WebSocket in time${isSecure ? '' : '; perhaps it expects TLS'}.`;
  return { kind: 'failed', code: 'timeout', sentence };
}

function ofSystem(code: string, attempt: AttemptStage): Told | undefined {
  const { address, stage, received } = attempt;
  switch (code) {
    case 'ECONNREFUSED':
      return { code: 'refused', sentence: `Nothing listens at ${address}: the connection was refused.` };
    case 'ENOTFOUND':
      return { code: 'host-unknown', sentence: `The host name of ${address} is not known.` };
    case 'EAI_AGAIN':
      return {
        code: 'host-unknown',
        sentence: `The host name of ${address} could not be looked up: the name server does not answer.`,
      };
    case 'ETIMEDOUT':
      return { code: 'timeout', sentence: `${address} did not answer in time.` };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return { code: 'not-reached', sentence: `There is no route to ${address}.` };
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
      if (stage === 'tls') {
        const sentence = `${address} closed the connection during the TLS handshake and said no reason${received === 0 ? '; perhaps it does not speak TLS' : ''}.`;
        return { code: 'closed-early', sentence };
      }
      return {
        code: 'closed-early',
        sentence: `${address} closed the connection before it answered the request for a WebSocket${guess(attempt)}.`,
      };
    default:
      return undefined;
  }
}

/** What is likely where a peer closes the connection without a word. */
function guess({ isSecure, hasCertificate, received }: AttemptStage): string {
  if (!isSecure) return received === 0 ? '; perhaps it expects TLS' : '';
  // With TLS 1.3 a server judges the certificate of the client when that has long begun to speak.
  return `; perhaps it ${hasCertificate ? 'does not take our client certificate' : 'wants a client certificate'}`;
}

function ofTls(
  code: string,
  text: string,
  { address, hasCertificate, minVersion, received }: AttemptStage,
): Told | undefined {
  const alert = /_ALERT_([A-Z_]+)$/.exec(code)?.[1];
  if (alert !== undefined) return alertFailure(alert, { address, hasCertificate, hasAnswered: received > ALERT_BYTES });
  switch (code) {
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
    case 'ERR_SSL_HTTP_REQUEST':
      return {
        code: 'server-not-tls',
        sentence: `The answer of ${address} is not TLS; perhaps the URL should start with ws://.`,
      };
    case 'ERR_SSL_UNSUPPORTED_PROTOCOL':
    case 'ERR_SSL_WRONG_SSL_VERSION':
    case 'ERR_SSL_VERSION_TOO_LOW':
      return {
        code: 'tls-version',
        sentence: `${address} speaks an older version of TLS than ${minVersion}, below which nothing is accepted here (A00.FR.313, A00.FR.316).`,
      };
    case 'ERR_SSL_WRONG_CIPHER_RETURNED':
    case 'ERR_SSL_UNKNOWN_CIPHER_RETURNED':
    case 'ERR_SSL_NO_CIPHERS_AVAILABLE':
    case 'ERR_SSL_NO_SHARED_CIPHER':
    case 'ERR_SSL_DH_KEY_TOO_SMALL':
    case 'ERR_SSL_WRONG_SIGNATURE_TYPE':
      return {
        code: 'tls-cipher',
        sentence: `${address} chose cryptography that was not offered to it: ${opensslReason(text)} (A00.FR.323).`,
      };
    // The TLS of Electron looks at it before our checks can.
    case 'ERR_SSL_KEY_USAGE_BIT_INCORRECT':
      return {
        code: 'server-certificate-refused',
        sentence: `The certificate of ${address} is refused. Its Key Usage does not allow what it is used for in TLS.`,
      };
    default:
      return code === 'EPROTO' || /^ERR_(SSL|TLS|OSSL)/.test(code)
        ? { code: 'tls-failed', sentence: `TLS with ${address} failed: ${opensslReason(text)}.` }
        : undefined;
  }
}

function ofAnswer(code: string, text: string, rawPacket: unknown, { address }: AttemptStage): Told {
  if (code.startsWith('HPE_')) {
    if (rawPacket instanceof Uint8Array && isTlsRecord(rawPacket)) {
      const sentence = `${address} answers in TLS; perhaps the URL should start with wss://.`;
      return { code: 'not-web-socket', sentence };
    }
    return { code: 'not-web-socket', sentence: `${address} does not speak HTTP: ${text}.` };
  }
  // ws reports a bad handshake without a code, only with a message.
  if (/Sec-WebSocket|Upgrade header/i.test(text)) {
    const sentence = `${address} did not answer with a valid WebSocket handshake: ${text}.`;
    return { code: 'not-web-socket', sentence };
  }
  return { code: 'failed', sentence: `No connection to ${address}: ${text}.` };
}

/** An alert is a record of two bytes; one that is all of the answer refuses what we offered. */
const ALERT_BYTES = 7;

/** An alert or a part of a handshake, of any version of TLS (RFC 8446, 5.1). */
function isTlsRecord(bytes: Uint8Array): boolean {
  return (bytes[0] === 0x15 || bytes[0] === 0x16) && bytes[1] === 3;
}

import type { Socket as Transport } from 'node:net';
import type { AttemptKind, Headers, TlsFacts } from '../../session/link.ts';
import type { NegotiationCode } from '../../session/negotiation/codes.ts';
import type { Timer } from '../clock.ts';
import type { ClientHello } from './tls/client-hello.ts';

/** How far a connection has come: before its first byte, with part of a hello, in or after the handshake of TLS, in HTTP. */
export type ArrivalStage = 'silent' | 'hello' | 'tls' | 'secure' | 'http';

/** A TCP connection on its way to an opening handshake. */
export interface Arrival {
  readonly wire: Transport;
  readonly remoteAddress: string;
  stage: ArrivalStage;
  /** What HTTP is spoken over: the TCP socket, or the TLS socket over it. */
  transport: Transport;
  /** Its first bytes, as far as a sentence needs them. */
  first: Uint8Array;
  hello?: ClientHello;
  tls?: TlsFacts;
  /** Ends the connection where it stays behind; undefined once it is upgraded. */
  deadline?: Timer;
  /** Whether it was told of, as an upgrade or as an attempt. */
  told: boolean;
}

/** How an arrival ended that never became an upgrade. */
export interface Ending {
  readonly kind: AttemptKind;
  readonly code: NegotiationCode;
  readonly sentence: string;
  readonly status?: number;
  readonly target?: string;
  readonly headers?: Headers;
}

/** The end of a connection whose peer went away by itself. */
export function leftEnding({ wire, transport, stage }: Arrival): Ending {
  if (wire.bytesRead === 0) {
    const sentence = 'The peer connected and closed the connection without a byte, as port scans and health checks do.';
    return { kind: 'tcp', code: 'nothing-sent', sentence };
  }
  switch (stage) {
    case 'silent':
    case 'http':
      return {
        kind: 'http',
        code: 'gone',
        sentence: 'The peer closed the connection before its request was complete.',
      };
    case 'hello':
    case 'tls':
      return { kind: 'tls', code: 'gone', sentence: 'The peer closed the connection during the TLS handshake.' };
    case 'secure':
      return transport.bytesRead > 0
        ? { kind: 'http', code: 'gone', sentence: 'The peer closed the connection before its request was complete.' }
        : {
            kind: 'tls',
            code: 'nothing-sent',
            sentence:
              'The peer finished the TLS handshake and closed the connection without a request. Some clients look at our certificate only then; perhaps it was not taken.',
          };
  }
}

/** The end of a connection that took longer than it may, and whether HTTP can still be answered on it. */
export function lateEnding(arrival: Arrival, milliseconds: number): Ending {
  const within = `within ${milliseconds / 1000} s`;
  const code = 'handshake-timeout';
  const { stage } = arrival;
  if (arrival.wire.bytesRead === 0) {
    return { kind: 'tcp', code: 'nothing-sent', sentence: `The peer connected and sent nothing ${within}.` };
  }
  if (stage === 'hello' || stage === 'tls') {
    const part = stage === 'hello' ? 'only part of its ClientHello' : 'no more of its handshake';
    return { kind: 'tls', code, sentence: `The peer began with TLS and sent ${part} ${within} of the connection.` };
  }
  if (stage === 'secure' && arrival.transport.bytesRead === 0) {
    return { kind: 'tls', code, sentence: `The TLS handshake was finished, but no request came ${within}.` };
  }
  const sentence = `The request was not complete ${within} of the connection: its headers have no end.`;
  return { kind: 'http', code, status: 408, sentence };
}

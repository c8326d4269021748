import { describe, expect, it } from 'vitest';
import { type AttemptStage, connectFailure, timeoutFailure } from './network-failure.ts';

const SECURE: AttemptStage = {
  address: 'csms.example:9000',
  stage: 'tls',
  isSecure: true,
  hasCertificate: false,
  received: 2000,
  minVersion: 'TLSv1.2',
};

function told(code: string, stage: Partial<AttemptStage> = {}, message = 'it failed') {
  return connectFailure(Object.assign(new Error(message), { code }), { ...SECURE, ...stage });
}

describe('a failure of the system', () => {
  it.each([
    ['ECONNREFUSED', 'refused', /Nothing listens at csms\.example:9000/],
    ['ENOTFOUND', 'host-unknown', /is not known/],
    ['EAI_AGAIN', 'host-unknown', /name server does not answer/],
    ['ETIMEDOUT', 'timeout', /in time/],
    ['EHOSTUNREACH', 'not-reached', /no route/],
    ['ENETUNREACH', 'not-reached', /no route/],
    ['EMFILE', 'failed', /it failed/],
  ])('is told: %s', (code, expected, sentence) => {
    const { code: found, sentence: said } = told(code, { stage: 'connecting', received: 0 });
    expect(found).toBe(expected);
    expect(said).toMatch(sentence);
  });

  it.each<[Partial<AttemptStage>, RegExp]>([
    [{ stage: 'tls', received: 0 }, /during the TLS handshake and said no reason; perhaps it does not speak TLS/],
    [{ stage: 'tls' }, /during the TLS handshake and said no reason\.$/],
    [{ stage: 'handshake' }, /before it answered.*; perhaps it wants a client certificate\.$/],
    [{ stage: 'handshake', hasCertificate: true }, /perhaps it does not take our client certificate/],
    [{ stage: 'handshake', isSecure: false, received: 0 }, /perhaps it expects TLS/],
    [{ stage: 'handshake', isSecure: false, received: 5 }, /before it answered the request for a WebSocket\.$/],
  ])('is told where the CSMS closes: %o', (stage, sentence) => {
    expect(told('ECONNRESET', stage)).toMatchObject({
      code: 'closed-early',
      sentence: expect.stringMatching(sentence),
    });
  });

  it.each<[Partial<AttemptStage>, RegExp]>([
    [{ stage: 'connecting' }, /nothing came back/],
    [{ stage: 'tls', received: 0 }, /perhaps it does not speak TLS/],
    [{ stage: 'tls' }, /finish the TLS handshake in time\.$/],
    [{ stage: 'checks' }, /was not checked in time/],
    [{ stage: 'handshake' }, /request for a WebSocket in time\.$/],
    [{ stage: 'handshake', isSecure: false }, /perhaps it expects TLS/],
  ])('is told where the time is over: %o', (stage, sentence) => {
    const failure = timeoutFailure({ ...SECURE, ...stage });
    expect(failure.code).toBe('timeout');
    expect(failure.sentence).toMatch(sentence);
  });
});

describe('a failure of TLS', () => {
  it.each<[string, Partial<AttemptStage>, string, RegExp]>([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', {}, 'tls-alert', /asked for a client certificate and none was sent/],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', {}, 'tls-alert', /asked for a client certificate and none was sent/],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', {}, 'tls-alert', /asked for a client certificate and none was sent/],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', { received: 7 }, 'tls-cipher', /nothing acceptable in what we offered/],
    ['ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY', { received: 7 }, 'tls-cipher', /"insufficient security"/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', { received: 7 }, 'tls-version', /none of the versions/],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', { hasCertificate: true }, 'tls-alert', /does not know the authority/],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', { hasCertificate: true }, 'tls-alert', /corrupt to it/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', { hasCertificate: true }, 'tls-alert', /found no client certificate/],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', {}, 'tls-failed', /it failed/],
    ['ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME', { received: 7 }, 'tls-alert', /no server with the name .* \(SNI\)/],
    ['ERR_SSL_SOME_ALERT_NEW_ONE', {}, 'tls-alert', /"new one": TLS has no more to say/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', {}, 'server-not-tls', /perhaps the URL should start with ws:/],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', {}, 'tls-version', /older version of TLS than TLSv1\.2/],
    ['ERR_SSL_WRONG_CIPHER_RETURNED', {}, 'tls-cipher', /not offered/],
    ['ERR_SSL_KEY_USAGE_BIT_INCORRECT', {}, 'server-certificate-refused', /Key Usage/],
    ['ERR_SSL_BAD_SIGNATURE', {}, 'tls-failed', /TLS with csms\.example:9000 failed: it failed/],
  ])('is told: %s', (code, stage, expected, sentence) => {
    const { code: found, sentence: said } = told(code, stage);
    expect(found).toBe(expected);
    expect(said).toMatch(sentence);
  });

  it('is told without the file names and numbers of OpenSSL', () => {
    const text =
      '80ABCDEF:error:0A000152:SSL routines:tls_finish:unsafe legacy renegotiation disabled:../ssl/x.c:908:\n';
    expect(told('ERR_SSL_UNSAFE_LEGACY', {}, text).sentence).toBe(
      'TLS with csms.example:9000 failed: unsafe legacy renegotiation disabled.',
    );
  });
});

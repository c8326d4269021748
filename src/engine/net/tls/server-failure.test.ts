import { describe, expect, it } from 'vitest';
import { tlsFailure } from './server-failure.ts';

const HELLO = { protocols: ['TLSv1.1'], ciphers: ['TLS_RSA_WITH_AES_128_CBC_SHA'] };

function failed(code: string, more: Partial<Parameters<typeof tlsFailure>[1]> = {}) {
  const error = Object.assign(new Error('80C:error:0A0:SSL routines:a_function:some reason:../file.c:1:'), { code });
  return tlsFailure(error, { hello: HELLO, minVersion: 'TLSv1.2', answered: true, ...more });
}

describe('the failure of a TLS handshake', () => {
  it.each([
    // As OpenSSL 3.0, OpenSSL 3.4 and BoringSSL name the same alerts.
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', '"unknown ca": it does not know the authority'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', '"bad certificate": our certificate is corrupt'],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', '"certificate expired": our certificate is expired'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN', 'the name in it is not the host'],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', '"unrecognized name": our certificate does not carry the name'],
    ['ERR_SSL_TLSV1_ALERT_DECODE_ERROR', 'too long for its buffer'],
    ['ERR_SSL_TLSV1_ALERT_SOMETHING_NEW', '"something new": TLS has no more to say of it'],
  ])('is an alert of the peer in words: %s', (code, words) => {
    const told = failed(code);
    expect(told.code).toBe('tls-alert');
    expect(told.sentence).toContain(words);
  });

  it('is one of the version where the alert says so', () => {
    expect(failed('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION').code).toBe('tls-version');
    expect(failed('ERR_SSL_UNSUPPORTED_PROTOCOL').sentence).toBe(
      'The peer offers TLSv1.1 at most; this port speaks TLSv1.2 and above (A00.FR.313, A00.FR.416).',
    );
    expect(failed('ERR_SSL_UNSUPPORTED_PROTOCOL', { hello: undefined }).sentence).toContain(
      'nothing that could be read',
    );
  });

  it('names suites, as far as a sentence has room for them', () => {
    expect(failed('ERR_SSL_NO_SHARED_CIPHER').sentence).toContain(
      'served here: TLS_RSA_WITH_AES_128_CBC_SHA. A00.FR.319',
    );
    const hello = { protocols: [], ciphers: Array.from({ length: 9 }, (_, index) => `0x000${index}`) };
    expect(failed('ERR_SSL_NO_SHARED_CIPHER', { hello }).sentence).toContain('0x0005 and 3 more');
  });

  it.each([
    ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'ECDSA'],
    ['TLS_RSA_WITH_AES_256_GCM_SHA384', 'RSA'],
  ])('says which certificate is missing for %s', (cipher, key) => {
    const { code, sentence } = failed('ERR_SSL_NO_SHARED_CIPHER', { hello: { protocols: [], ciphers: [cipher] } });
    expect(code).toBe('tls-cipher');
    expect(sentence).toContain(`one with an ${key} key`);
  });

  it('says whether our certificate had been sent where the peer went away', () => {
    expect(failed('ECONNRESET').sentence).toContain('after our certificate had been sent');
    expect(failed('ECONNRESET', { answered: false }).sentence).toContain('before our certificate was sent');
  });

  it("gives OpenSSL's reason where nothing better is known", () => {
    expect(failed('ERR_SSL_ODD')).toEqual({ code: 'tls-failed', sentence: 'The TLS handshake failed: some reason.' });
  });
});

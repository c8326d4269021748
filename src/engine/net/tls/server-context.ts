import { constants, createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type TlsOptions } from 'node:tls';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import type { ClientHello } from './client-hello.ts';
import type { Credential, ListenerTls } from './credential.ts';

/**
 * The cipher suites that are served, best first: those of TLS 1.3, then those with forward secrecy, then the two with
 * plain RSA that A00.FR.318 and A00.FR.421 ask of a CSMS as well. None with CBC (A00.FR.320).
 */
export const SERVED_CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
] as const;

/**
 * At level 0 OpenSSL presents the certificates that it is given and takes those of peers, however weak: the former are
 * so on purpose, and of the latter the checks say what is wrong. Versions, suites and signatures are limited by name.
 */
export const WEAK_ALLOWED = '@SECLEVEL=0';
/** With level 0 come signatures with SHA-1, which are left out here (RFC 9155). */
export const SIGNATURES = [
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ecdsa_secp521r1_sha512',
  'ed25519',
  'ed448',
  'rsa_pss_pss_sha256',
  'rsa_pss_pss_sha384',
  'rsa_pss_pss_sha512',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha256',
  'rsa_pkcs1_sha384',
  'rsa_pkcs1_sha512',
].join(':');

/** A TLS server of a port, and which suites its certificate is for. */
export interface ServerContext {
  readonly options: TlsOptions;
  /** Whether a client can agree with it on a suite of TLS 1.2. */
  fits(ciphers: readonly string[]): boolean;
}

/** How the names of the suites that are served begin, by the kind of key that they are for. */
export const SUITES: Readonly<Record<string, RegExp>> = {
  ec: /^TLS_ECDHE_ECDSA_WITH_AES_(128|256)_GCM/,
  rsa: /^TLS_(ECDHE_)?RSA_WITH_AES_(128|256)_GCM/,
};

/**
 * The TLS servers of a port, of which `contextFor` chooses. Every connection goes through a whole handshake: with a
 * session that is taken up again a station would present no certificate. TLS compression is not built into Node
 * (A00.FR.321).
 *
 * @param boring whether TLS is that of Electron, BoringSSL. It knows no levels, and one certificate a server, so that
 * there is a server for each
 */
export function serverContexts(
  { credentials, trust, minVersion, asksCertificate }: ListenerTls,
  boring: boolean,
): Outcome<readonly ServerContext[]> {
  if (credentials.length === 0) return failure('no-credential', 'There is no certificate to speak TLS with.');
  const common: TlsOptions = {
    ca: [...trust],
    minVersion,
    ciphers: SERVED_CIPHERS.join(':') + (boring ? '' : WEAK_ALLOWED),
    ...(boring ? {} : { sigalgs: SIGNATURES }),
    honorCipherOrder: true,
    secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_COMPRESSION,
    requestCert: asksCertificate,
    // What is wrong with it is told with the request, and decided on with everything else.
    rejectUnauthorized: false,
  };
  const contextOf = (presented: readonly Credential[]): ServerContext => {
    const options = { ...common, cert: presented.map(({ chain }) => chain), key: presented.map(({ key }) => key) };
    createSecureContext(options);
    const suites = presented.map(({ key }) => SUITES[createPrivateKey(key).asymmetricKeyType ?? '']);
    return { options, fits: (ciphers) => ciphers.some((cipher) => suites.some((each) => each?.test(cipher))) };
  };
  try {
    // OpenSSL compares only keys of one kind.
    const foreign = credentials.some(
      ({ chain, key }) => !new X509Certificate(chain).checkPrivateKey(createPrivateKey(key)),
    );
    if (foreign) return failure('bad-credential', 'A certificate comes with the key of another one.');
    return success(boring ? credentials.map((each) => contextOf([each])) : [contextOf(credentials)]);
  } catch (error) {
    return failure('bad-credential', `TLS cannot be spoken with these certificates: ${(error as Error).message}.`);
  }
}

/** The place of the server that can agree with a client: the first one, with TLS 1.3 as well. */
export function contextFor(contexts: readonly ServerContext[], hello: ClientHello | undefined): number {
  if (hello === undefined || hello.protocols.includes('TLSv1.3')) return 0;
  return Math.max(
    0,
    contexts.findIndex(({ fits }) => fits(hello.ciphers)),
  );
}

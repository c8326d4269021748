import { z } from 'zod';
import { OCPP_VERSIONS } from '../ocpp/version.ts';
import { LIMIT_RANGES, type LimitName, SECURITY_PROFILES } from '../session/leg-policy.ts';

const profile = z.literal(SECURITY_PROFILES);
/** As `BasicAuthPassword` bounds it (A00.FR.205), but short ones too: a bench must take what a station has. */
const password = z.string().min(1).max(128);
const certificateId = z.string().min(1).max(100);
const minTls = z.enum(['TLSv1.2', 'TLSv1.3']);

/** What is asked of stations that connect. */
export const listenerSecurity = z.object({
  profile,
  /** The password of stations that have none of their own below; null takes any, but the user name must fit. */
  password: password.nullable(),
  /** Passwords by the identity of the station. */
  passwords: z.record(z.string().min(1).max(255), password).optional(),
  /** Identities that are known; others get a 404. Everybody is where it is left out. */
  stations: z.array(z.string().min(1).max(255)).max(10_000).optional(),
  /** Versions that are accepted; all where it is left out. For the built-in CSMS alone. */
  versions: z.array(z.enum(OCPP_VERSIONS)).min(1).optional(),
  /** Ids of certificates that are presented; those of the bench for this machine where it is left out. */
  certificates: z.array(certificateId).min(1).max(4).optional(),
  /** Name of the CSO, which the owner (O) of certificates of stations must contain (A00.FR.404); any owner will do if left out. */
  organization: z.string().min(1).max(255).optional(),
  /** Ids of roots that stations may be issued under; those of the bench and the imported ones where it is left out. */
  trust: z.array(certificateId).optional(),
  minTls: minTls.optional(),
  /** Whether revocation of certificates of stations is checked; it is where it is left out. */
  revocation: z.boolean().optional(),
  /**
   * Whether permessage-deflate (RFC 7692) is agreed on with stations that offer it. Where it is left out, a proxy does as
   * its CSMS does, and the built-in CSMS agrees on none.
   */
  compression: z.boolean().optional(),
});
export type ListenerSecurity = z.infer<typeof listenerSecurity>;

/** How a CSMS is connected to. Whether over TLS, the URL says: profiles 2 and 3 need wss://, profile 1 needs ws://. */
export const clientSecurity = z.object({
  profile,
  /** User name where it is not the identity of the station (which A00.FR.204 asks for). */
  user: z.string().min(1).max(255).optional(),
  /** Password of Basic authentication, for profiles 1 and 2; a proxy sends it in place of what the station sent. */
  password: password.optional(),
  /** Whether a proxy passes on the `Authorization` of stations where it has no password for them; it does if left out. */
  authorization: z.boolean().optional(),
  /** Id of the certificate that is presented; one that the bench issues to the identity where it is left out. */
  certificate: certificateId.optional(),
  /** Ids of roots; the bench's own and the imported ones, and those of the system, where it is left out. */
  trust: z.array(certificateId).optional(),
  /** Server name for SNI and for the certificate, where it is not that of the URL. */
  serverName: z.string().min(1).max(255).optional(),
  /** Whether a bad certificate of the CSMS ends the attempt; it does where it is left out. */
  verifies: z.boolean().optional(),
  minTls: minTls.optional(),
  revocation: z.boolean().optional(),
  /** Whether permessage-deflate is offered. Where it is left out, a proxy does as the station does, and others do not. */
  compression: z.boolean().optional(),
});
export type ClientSecurity = z.infer<typeof clientSecurity>;

/** What becomes of a station whose CSMS is lost, or not there when the station comes, in a proxy. */
export const UPSTREAM_LOST = ['mirror', 'hold', 'answer'] as const;
/**
 * `mirror`: the station is closed as the CSMS was, or gets a 502. `hold`: it is kept, its calls wait out their time, and
 * the CSMS is called again and again. `answer`: as `hold`, but the built-in CSMS answers meanwhile.
 */
export const upstreamLost = z.enum(UPSTREAM_LOST);
export type UpstreamLost = z.infer<typeof upstreamLost>;

const within = (name: LimitName): z.ZodNumber => {
  const [least, most] = LIMIT_RANGES[name];
  return z.number().int().min(least).max(most);
};

/** Limits that differ from `LIMIT_DEFAULTS`; units are theirs. */
export const limits = z
  .object({
    messageBytes: within('messageBytes'),
    messagesPerSecond: within('messagesPerSecond'),
    connections: within('connections'),
    handshakeMs: within('handshakeMs'),
    headerBytes: within('headerBytes'),
    queueBytes: within('queueBytes'),
    refusalsPerMinute: within('refusalsPerMinute'),
  } satisfies Record<LimitName, z.ZodNumber>)
  .partial();

import type { JsonObject } from '../../../ocpp/json.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import type { NegotiationCode } from '../../../session/negotiation/codes.ts';

/** What the security of a station can suffer, of what is critical (2.x part 2, appendix 1; 1.6 security whitepaper, 8). */
export type SecurityEventKind =
  | 'csms-certificate'
  | 'own-certificate'
  | 'renewed-certificate-discarded'
  | 'tls-version'
  | 'tls-cipher-suite';

/** An event that the CSMS has not been told of. */
export interface SecurityEvent {
  readonly kind: SecurityEventKind;
  /** Wall clock of the station, milliseconds since 1970. */
  readonly at: number;
  readonly sentence: string;
}

/** Names by the version; null for what a version does not know. */
const NAMES: Readonly<Record<SecurityEventKind, { readonly '1.6': string | null; readonly '2.x': string }>> = {
  'csms-certificate': { '1.6': 'InvalidCentralSystemCertificate', '2.x': 'InvalidCsmsCertificate' },
  'own-certificate': { '1.6': 'InvalidChargePointCertificate', '2.x': 'InvalidChargingStationCertificate' },
  'renewed-certificate-discarded': { '1.6': null, '2.x': 'DiscardedRenewedClientCertificate' },
  'tls-version': { '1.6': 'InvalidTLSVersion', '2.x': 'InvalidTLSVersion' },
  'tls-cipher-suite': { '1.6': 'InvalidTLSCipherSuite', '2.x': 'InvalidTLSCipherSuite' },
};

/** Failures to connect that are an event (A00.FR.310, FR.316, FR.323, and the same of profile 3). */
const OF_FAILURE: Partial<Record<NegotiationCode, SecurityEventKind>> = {
  'server-certificate-refused': 'csms-certificate',
  'tls-version': 'tls-version',
  'tls-cipher': 'tls-cipher-suite',
};

/** Characters of techInfo. */
const INFO_MAX = 255;

/** Security events that wait to be told; a failure that repeats itself is told once (A00.FR.316, note). */
export class SecurityEvents {
  #waiting: readonly SecurityEvent[] = [];

  get waiting(): readonly SecurityEvent[] {
    return this.#waiting;
  }

  raise(event: SecurityEvent): void {
    if (!this.#waiting.some(({ kind }) => kind === event.kind)) this.#waiting = [...this.#waiting, event];
  }

  /** An attempt to connect has failed. */
  failed(code: NegotiationCode, sentence: string, at: number): void {
    const kind = OF_FAILURE[code];
    if (kind) this.raise({ kind, at, sentence });
  }

  /** The CSMS knows of it. */
  told(event: SecurityEvent): void {
    this.#waiting = this.#waiting.filter((one) => one !== event);
  }
}

/** The SecurityEventNotification of an event (A04.FR.02); undefined where the version has no such event. */
export function notificationOf(event: SecurityEvent, version: OcppVersion): JsonObject | undefined {
  const type = NAMES[event.kind][version === '1.6' ? '1.6' : '2.x'];
  if (type === null) return undefined;
  const timestamp = new Date(event.at).toISOString();
  return { type, timestamp, techInfo: [...event.sentence].slice(0, INFO_MAX).join('') };
}

import { failure, type Outcome, success } from '../../../session/outcome.ts';
import type { Timer } from '../../clock.ts';
import type { CallOutcome } from '../../rpc/effects.ts';
import { type KeyRequest, makeKeyRequest } from './key-request.ts';
import { checkSigned } from './signed-certificate.ts';
import type { StationSecurity } from './station-security.ts';

/** How often a request is made again, and after how many seconds first (CertSigningRepeatTimes, CertSigningWaitMinimum). */
export interface SigningSettings {
  readonly waitMinimum: number;
  readonly repeatTimes: number;
}

export interface CertificateRenewalOptions {
  readonly security: StationSecurity;
  /** Name of the operator, as it is set now; empty where none is. */
  organization(): string;
  settings(): SigningSettings;
  /** Sends SignCertificate. `requestId` is for the versions that have one (2.1). */
  send(csr: string, requestId: number): Promise<CallOutcome>;
  after(seconds: number, task: () => void): Timer;
  /** By the clock of the CSMS, milliseconds since 1970. */
  now(): number;
  /** Roots that the CSMS has installed, in PEM. */
  installedRoots(): readonly string[];
  /** There is a new security event. */
  onEvent(): void;
}

interface Pending {
  readonly request: KeyRequest;
  readonly requestId: number;
  readonly organization: string;
  readonly roots: readonly string[];
  attempts: number;
  timer: Timer | undefined;
}

/** Gets the station a certificate of its own from the CSMS (A02; 1.6 security whitepaper, A02). */
export class CertificateRenewal {
  readonly #options: CertificateRenewalOptions;
  #pending: Pending | undefined;
  #lastId = 0;

  constructor(options: CertificateRenewalOptions) {
    this.#options = options;
  }

  /** Makes a key and asks for its certificate; a request before this one is forgotten. */
  async request(): Promise<void> {
    const { security } = this.#options;
    this.#forget();
    const requestId = ++this.#lastId;
    const organization = this.#options.organization();
    const [request, roots] = await Promise.all([makeKeyRequest(security.commonName, organization), security.roots()]);
    // Another request may have been made meanwhile.
    if (requestId !== this.#lastId) return;
    this.#pending = { request, requestId, organization, roots, attempts: 0, timer: undefined };
    await this.#send(this.#pending);
  }

  /** Takes what CertificateSigned brings; where it is no good, the CSMS is told why (A02.FR.07). */
  take(chain: string, requestId: number | undefined): Outcome<null> {
    const pending = this.#pending;
    if (!pending) return failure('not-asked', 'No certificate was asked for.');
    // A02.FR.26.
    if (requestId !== undefined && requestId !== pending.requestId) {
      return failure('unknown-request', `No request ${requestId} was made.`);
    }
    const { security } = this.#options;
    this.#forget();
    const { privateKey } = pending.request;
    const checked = checkSigned(chain, {
      privateKey,
      commonName: security.commonName,
      organization: pending.organization,
      roots: [...pending.roots, ...this.#options.installedRoots()],
      now: this.#options.now(),
    });
    if (!checked.ok) {
      security.events.raise({ kind: 'own-certificate', at: this.#options.now(), sentence: checked.error.sentence });
      this.#options.onEvent();
      return checked;
    }
    security.setCertificate({ chain: checked.value, key: privateKey });
    return success(null);
  }

  async #send(pending: Pending): Promise<void> {
    const outcome = await this.#options.send(pending.request.csr, pending.requestId);
    if (pending !== this.#pending) return;
    const answered = outcome.kind === 'result' || outcome.kind === 'error';
    const accepted = outcome.kind === 'result' && outcome.payload.status === 'Accepted';
    const { waitMinimum, repeatTimes } = this.#options.settings();
    // A02.FR.17 to FR.19: again after a time that doubles, for some times. Where it was Rejected, nothing comes.
    if ((answered && !accepted) || pending.attempts >= repeatTimes) return;
    const seconds = waitMinimum * 2 ** pending.attempts;
    pending.attempts += 1;
    pending.timer = this.#options.after(seconds, () => void this.#send(pending));
  }

  #forget(): void {
    this.#pending?.timer?.cancel();
    this.#pending = undefined;
  }
}

import { failure, type Outcome, success } from '../../../session/outcome.ts';
import type { Timer } from '../../clock.ts';
import type { Credential } from '../../net/tls/credential.ts';
import type { CallOutcome } from '../../rpc/effects.ts';
import { type CertificateSubject, type KeyRequest, makeKeyRequest } from './key-request.ts';
import { checkSigned } from './signed-certificate.ts';

/** How often a request is made again, and after how many seconds first (CertSigningRepeatTimes, CertSigningWaitMinimum). */
export interface SigningSettings {
  readonly waitMinimum: number;
  readonly repeatTimes: number;
}

export interface CertificateRenewalOptions {
  /** Whom the certificate is for, as it is set now. */
  subject(): CertificateSubject;
  settings(): SigningSettings;
  /** Roots that its chain may lead to, in PEM, as far as they are known when it is asked for, and when it comes. */
  roots(): Promise<readonly string[]>;
  installedRoots(): readonly string[];
  /** An id that no request of the station has had. */
  newRequestId(): number;
  /** Sends SignCertificate. `requestId` is for the versions that have one (2.1). */
  send(csr: string, requestId: number): Promise<CallOutcome>;
  after(seconds: number, task: () => void): Timer;
  /** By the clock of the CSMS, milliseconds since 1970. */
  now(): number;
  /** One that is good has come. */
  onCertificate(credential: Credential): void;
  /** One that is no good has come, in words why. */
  onRefused(sentence: string): void;
}

interface Pending {
  readonly request: KeyRequest;
  readonly requestId: number;
  readonly subject: CertificateSubject;
  readonly roots: readonly string[];
  attempts: number;
  timer: Timer | undefined;
}

/** Gets the station a certificate with a key of its own from the CSMS (A02; 1.6 security whitepaper, A02). */
export class CertificateRenewal {
  readonly #options: CertificateRenewalOptions;
  #pending: Pending | undefined;
  #latest = 0;

  constructor(options: CertificateRenewalOptions) {
    this.#options = options;
  }

  /** Makes a key and asks for its certificate; a request before this one is forgotten. */
  async request(): Promise<void> {
    const { newRequestId, roots: knownRoots } = this.#options;
    this.#forget();
    const requestId = newRequestId();
    this.#latest = requestId;
    const subject = this.#options.subject();
    const { commonName, organization, country } = subject;
    const [request, roots] = await Promise.all([makeKeyRequest(commonName, organization, country), knownRoots()]);
    // Another request may have been made meanwhile.
    if (requestId !== this.#latest) return;
    this.#pending = { request, requestId, subject, roots, attempts: 0, timer: undefined };
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
    this.#forget();
    const { privateKey } = pending.request;
    const checked = checkSigned(chain, {
      privateKey,
      commonName: pending.subject.commonName,
      organization: pending.subject.organization,
      roots: [...pending.roots, ...this.#options.installedRoots()],
      now: this.#options.now(),
    });
    if (!checked.ok) {
      this.#options.onRefused(checked.error.sentence);
      return checked;
    }
    this.#options.onCertificate({ chain: checked.value, key: privateKey });
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

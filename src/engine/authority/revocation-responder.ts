import type { Outcome } from '../../session/outcome.ts';
import type { Responder, ResponderAnswer, ResponderRequest } from '../net/responder.ts';
import type { HeldCertificate } from './certificate.ts';
import { issuerAsked, malformedRequest, ocspResponse, type Revocations, revocationList } from './revocation.ts';
import { PORTS_MAX } from './revocation-urls.ts';

/** Where the responder is looked for first. */
export const RESPONDER_PORT = 9228;
const FURTHER_PORTS = 20;
/** Milliseconds for which a list is handed out again; it says of itself that it is good for a day. */
const LIST_MS = 60 * 60 * 1000;

/** An authority of the bench with what it issued. */
export interface Answerable {
  readonly id: string;
  readonly issuer: HeldCertificate;
  readonly revocations: Revocations;
}

export interface RevocationResponderOptions {
  listen(port: number, answer: (request: ResponderRequest) => Promise<ResponderAnswer>): Promise<Outcome<Responder>>;
  /** The authorities that it answers for. */
  authorities(): Promise<Outcome<readonly Answerable[]>>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Port that is tried first; 0 for any. */
  readonly port?: number;
}

/** Answers over HTTP whether certificates of the bench were revoked: by OCSP (RFC 6960, A.1) and by lists (RFC 5280). */
export class RevocationResponder {
  readonly #options: RevocationResponderOptions;
  readonly #open: Responder[] = [];
  readonly #lists = new Map<string, { readonly revoked: number; readonly at: number; readonly list: Uint8Array }>();
  #closed = false;

  constructor(options: RevocationResponderOptions) {
    this.#options = options;
  }

  /**
   * Opens the first port that is free: of those that were used before, oldest first, then near the one that is wanted.
   * Yields it; undefined where none can be opened. Others that were used before are opened too, where they are free.
   */
  async start(before: readonly number[]): Promise<number | undefined> {
    const wanted = this.#options.port ?? RESPONDER_PORT;
    const near = wanted === 0 ? [] : Array.from({ length: FURTHER_PORTS + 1 }, (_, i) => wanted + i);
    const old = before.slice(-PORTS_MAX);
    for (const port of new Set([...old, ...near, 0])) {
      // Ports beyond the first are for old certificates alone.
      if (this.#open.length > 0 && !old.includes(port)) break;
      const listening = await this.#options.listen(port, (request) => this.#answer(request));
      if (!listening.ok) continue;
      if (this.#closed) await listening.value.close();
      else this.#open.push(listening.value);
    }
    return this.#open[0]?.port;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#open.splice(0).map((responder) => responder.close()));
  }

  async #answer({ method, path, body }: ResponderRequest): Promise<ResponderAnswer> {
    const [, what, rest = ''] = /^\/([a-z]+)(?:\/(.*))?$/s.exec(path) ?? [];
    if (what !== 'ocsp' && !(what === 'crl' && method === 'GET')) return NOTHING_HERE;
    const authorities = await this.#options.authorities();
    if (!authorities.ok) return { status: 503, type: 'text/plain', body: `${authorities.error.sentence}\n` };
    if (what === 'ocsp') return this.#ocsp(method === 'POST' ? body : requestIn(rest), authorities.value);
    const asked = authorities.value.find(({ id }) => `${id}.crl` === rest);
    if (!asked) return NOTHING_HERE;
    return { status: 200, type: 'application/pkix-crl', body: await this.#list(asked) };
  }

  /** The list of an authority, made anew where more was revoked, or when it is older than an hour: a long one takes its time. */
  async #list({ id, issuer, revocations }: Answerable): Promise<Uint8Array> {
    const now = this.#options.now();
    const revoked = revocations.all.length;
    const last = this.#lists.get(id);
    if (last?.revoked === revoked && now >= last.at && now - last.at < LIST_MS) return last.list;
    const list = await revocationList(issuer, revocations, now);
    this.#lists.set(id, { revoked, at: now, list });
    return list;
  }

  async #ocsp(request: Uint8Array, authorities: readonly Answerable[]): Promise<ResponderAnswer> {
    const type = 'application/ocsp-response';
    const asked = issuerAsked(
      request,
      authorities.map(({ issuer }) => issuer),
    );
    // What no authority here issued is unknown to any of them.
    const found = authorities.find(({ issuer }) => issuer === asked) ?? authorities[0];
    if (!found) return { status: 200, type, body: malformedRequest() };
    return {
      status: 200,
      type,
      body: await ocspResponse(request, found.issuer, found.revocations, this.#options.now()),
    };
  }
}

const NOTHING_HERE = { status: 404, type: 'text/plain', body: 'There is nothing here.\n' } as const;

/** The request of a GET: base64, percent-encoded, after the path (RFC 6960, A.1). */
function requestIn(rest: string): Uint8Array {
  try {
    return Buffer.from(decodeURIComponent(rest), 'base64');
  } catch {
    return Buffer.from(rest, 'base64');
  }
}

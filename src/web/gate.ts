import type { IncomingMessage } from 'node:http';
import { type Access, isOwnHost, isOwnOrigin } from './access.ts';
import type { GuessLimit } from './guess-limit.ts';
import { type NoticePage, PAGES } from './pages.ts';

/** What becomes of a request: it passes, it is refused with a page, or its token is exchanged for the cookie. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse'; readonly page: NoticePage }
  | { readonly kind: 'welcome'; readonly setCookie: string };

/** Decides about every request, upgrades to WebSocket included. */
export interface Gate {
  page(request: IncomingMessage, url: URL): Verdict;
  upgrade(request: IncomingMessage): Verdict;
  /** A file that a page sends or fetches. */
  transfer(request: IncomingMessage): Verdict;
}

const refuse = (page: NoticePage): Verdict => ({ kind: 'refuse', page });

/** A gate that knows the host's names, its token and its cookie. */
export function createGate(access: Access, guesses: GuessLimit, names: ReadonlySet<string>): Gate {
  const attempt = (request: IncomingMessage, succeeds: () => boolean): 'in' | 'out' | 'wait' => {
    const address = request.socket.remoteAddress ?? '';
    if (guesses.exhausted(address)) return 'wait';
    if (succeeds()) return 'in';
    guesses.failed(address);
    return 'out';
  };
  const cookie = (request: IncomingMessage): Verdict => {
    // Never made to wait, lest somebody's guesses put out whoever is in.
    if (access.hasCookie(request)) return { kind: 'pass' };
    return refuse(PAGES.noCookie);
  };
  return {
    page(request, url) {
      if (!isOwnHost(request, names)) return refuse(PAGES.wrongHost);
      if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(PAGES.wrongMethod);
      const token = url.searchParams.get('token');
      if (token === null) return cookie(request);
      const outcome = attempt(request, () => access.isToken(token));
      if (outcome === 'wait') return refuse(PAGES.tooManyGuesses);
      if (outcome === 'out') return refuse(PAGES.wrongToken);
      return { kind: 'welcome', setCookie: access.setCookie };
    },
    upgrade(request) {
      if (!isOwnHost(request, names)) return refuse(PAGES.wrongHost);
      if (!isOwnOrigin(request)) return refuse(PAGES.noCookie);
      return cookie(request);
    },
    transfer(request) {
      if (!isOwnHost(request, names)) return refuse(PAGES.wrongHost);
      // A browser that fetches a file says no origin; the cookie does not go with what other sites begin.
      if (request.method !== 'GET' && !isOwnOrigin(request)) return refuse(PAGES.noCookie);
      return cookie(request);
    },
  };
}

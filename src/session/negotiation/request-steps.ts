import { base64 } from '@scure/base';
import { counted, quoted } from '../../ocpp/words.ts';
import { isOpened } from '../life/connection-row.ts';
import type { LinkFacts } from '../link.ts';
import { maskUrl } from '../secrets/headers.ts';
import type { NegotiationStep } from './explanation.ts';
import { httpStatusInWords } from './http-status.ts';
import { headerValue, headerValues, isServed, listed, step } from './step.ts';

/** Characters of an identity at most (2.1 part 4, 3.1.1). */
const IDENTITY_MAX = 48;
/** Characters of an identifierString (2.1 part 2, primitive datatypes) but for the colon, which part 4, 3.1.1 takes out. */
const NOT_IN_IDENTITY = /[^a-zA-Z0-9*\-_=+|@.]/gu;

/** What the request asks for. */
export function pathStep({ url, opener, attempt }: LinkFacts): NegotiationStep | undefined {
  if (url === '') return undefined;
  const offered = maskUrl(url);
  if (attempt !== undefined) return step('path', 'passed', 'What it asked for.', [], { offered });
  const advice = pathAdvice(url);
  if (advice !== undefined) return step('path', 'advice', advice, ['part 4, 3.1.1'], { offered });
  const sentence = opener === 'peer' ? 'The path that the station asked for.' : 'The URL that Plugscope connected to.';
  return step('path', 'passed', sentence, ['part 4, 3.1.1'], { offered });
}

function pathAdvice(url: string): string | undefined {
  const path = /^(?:[a-z]+:\/\/[^/?#]*)?([^?#]*)/i.exec(url)?.[1] ?? '';
  if (/%(?![0-9a-f]{2})/i.test(path))
    return 'The path has a percent sign that begins no escape: it must be written %25.';
  if (!decodes(path)) return 'The percent-encoding of the path is no UTF-8.';
  if (/[^!-~]|["<>\\^`{|}]/.test(path)) return 'The path has characters that must be percent-encoded (RFC 3986).';
  if (path.length > 1 && path.endsWith('/')) {
    return 'The path ends with a slash: the trailing slash makes the station id empty.';
  }
  if (path.includes('//'))
    return 'The path has two slashes one after the other; some servers take them for another path.';
  if (/\?/.test(url)) return 'The URL has parameters; a station is told by its path alone.';
  if (/^[a-z]+:\/\/[^/?#]*@/i.test(url)) return 'The URL holds a user name; it belongs into the Authorization header.';
  return undefined;
}

function decodes(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Who the station says it is. */
export function identityStep(facts: LinkFacts): NegotiationStep | undefined {
  const { station, peer, attempt, url, offered } = facts;
  if (attempt !== undefined || (url === '' && station === '')) return undefined;
  const wire = { offered: station };
  if (station === '') {
    const sentence = 'The path does not end in the identity of a station.';
    return step('identity', 'failed', sentence, ['part 4, 3.1.1'], wire);
  }
  const length = [...station].length;
  // What 1.6 has instead is not limited by these rules.
  const is2 = offered.length === 0 || offered.some((name) => /^ocpp2/i.test(name));
  if (is2 && length > IDENTITY_MAX) {
    const sentence = `The identity has ${length} characters; ${IDENTITY_MAX} are allowed.`;
    return step('identity', 'advice', sentence, ['part 4, 3.1.1'], wire);
  }
  if (station.includes(':')) {
    const sentence = 'The identity has a colon, at which a user name of Basic authentication ends.';
    return step('identity', 'advice', sentence, ['part 4, 3.1.1', 'A00.FR.204'], wire);
  }
  const odd = [...new Set(station.match(NOT_IN_IDENTITY) ?? [])];
  if (is2 && odd.length > 0) {
    const sentence = `The identity has ${listed(odd.map(quoted))}; allowed are letters, digits and * - _ = + | @ and the full stop.`;
    return step('identity', 'advice', sentence, ['part 4, 3.1.1'], wire);
  }
  const sentence = peer === 'station' ? 'The identity of the station.' : 'The identity that the CSMS was told.';
  return step('identity', 'passed', sentence, ['part 4, 3.1.1'], wire);
}

/** Whether it is an opening handshake of a WebSocket, and how it was answered. */
export function handshakeStep(facts: LinkFacts): NegotiationStep | undefined {
  const { status, requestHeaders, responseHeaders, failure, attempt } = facts;
  const chosen = status === undefined ? undefined : `HTTP ${status}`;
  if (facts.code === 'file-served') return step('handshake', 'passed', failure ?? 'It got the file.', [], { chosen });
  const flaws = isServed(facts) && attempt === undefined ? handshakeFlaws(facts) : [];
  const [flaw] = flaws;
  if (flaw !== undefined) {
    const more = flaws.length > 1 ? ` There is more wrong with ${counted(flaws.length - 1, 'other header')}.` : '';
    const outcome = isOpened(facts) ? 'advice' : 'failed';
    return step('handshake', outcome, `${flaw}${more}`, ['RFC 6455, 4.2.1'], { chosen });
  }
  if (status === undefined) {
    if (attempt !== undefined) return undefined;
    const sentence = failure === undefined ? 'The request waits for its answer.' : 'The request was not answered.';
    return step('handshake', 'not-done', sentence);
  }
  if (status === 101) {
    if (failure === undefined || facts.code === 'no-common-version') {
      // Part 4, 3.3: without a version in common the handshake is completed, and the WebSocket closed at once.
      const sentence =
        failure === undefined ? 'The WebSocket was opened.' : 'The WebSocket was opened, to be closed at once.';
      return step('handshake', 'passed', sentence, ['RFC 6455, 4.2.2'], { chosen });
    }
    return step('handshake', 'failed', failure, ['RFC 6455, 4.2.2'], { chosen });
  }
  const server = headerValue(responseHeaders, 'server');
  const by = !isServed(facts) && server ? ` by ${quoted(server)}` : '';
  const sentence = `It was answered${by} with ${httpStatusInWords(status)} instead of 101.`;
  const location = headerValue(responseHeaders, 'location');
  const redirect = status >= 300 && status < 400 && location ? ` It points to ${quoted(maskUrl(location))}.` : '';
  const offered = headerValue(requestHeaders, 'user-agent');
  return step('handshake', 'failed', `${sentence}${redirect}`, ['RFC 6455, 4.1'], { chosen, offered });
}

/** Headers of RFC 6455, 4.2.1 that are wrong; one that is missing counts only where there is no WebSocket for all that. */
function handshakeFlaws(facts: LinkFacts): readonly string[] {
  const headers = facts.requestHeaders;
  if (headers.length === 0) return [];
  const flaws: string[] = [];
  const judge = (name: string, isRight: (value: string) => boolean, should: string): void => {
    const values = headerValues(headers, name);
    if (values.length === 0) {
      if (facts.code === 'bad-handshake') flaws.push(`The header ${name} is missing; it should be ${should}.`);
    } else if (!values.some(isRight)) {
      flaws.push(`The header ${name} is ${quoted(values.join(', '))}; it should be ${should}.`);
    }
  };
  const has = (token: string) => (value: string) =>
    value
      .toLowerCase()
      .split(/\s*,\s*/)
      .includes(token);
  judge('Upgrade', has('websocket'), '"websocket"');
  judge('Connection', has('upgrade'), '"Upgrade"');
  judge('Sec-WebSocket-Version', (value) => value === '13', '13');
  judge('Sec-WebSocket-Key', isKey, '16 bytes in base64');
  return flaws;
}

function isKey(value: string): boolean {
  try {
    return base64.decode(value).length === 16;
  } catch {
    return false;
  }
}

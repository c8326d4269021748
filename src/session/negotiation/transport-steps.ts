import { counted, quoted } from '../../ocpp/words.ts';
import type { LinkFacts, TlsFacts } from '../link.ts';
import { CAUSES } from './causes.ts';
import type { NegotiationStep } from './explanation.ts';
import { headerValue, isServed, listed, step } from './step.ts';

/** Whether the two sides reached each other. */
export function connectionStep(facts: LinkFacts): NegotiationStep {
  const { remoteAddress, status, tls, url } = facts;
  if (isServed(facts)) {
    const from = remoteAddress === undefined ? '' : ` from ${remoteAddress}`;
    return step('connection', 'passed', `${who(facts)} connected${from}.`, [], { offered: remoteAddress });
  }
  const host = hostOf(url) || 'the CSMS';
  if (facts.code === 'bad-url') return step('connection', 'not-done', 'It did not come to a connection.');
  const failsLater = facts.code !== undefined && CAUSES[facts.code].subject !== 'connection';
  if (status !== undefined || tls !== undefined || failsLater) {
    return step('connection', 'passed', `Plugscope reached ${host}.`, [], { offered: host, chosen: remoteAddress });
  }
  if (facts.failure === undefined && facts.code === undefined) {
    return step('connection', 'not-done', `Plugscope waits for ${host}.`, [], { offered: host });
  }
  return step('connection', 'failed', facts.failure ?? `${host} was not reached.`, [], { offered: host });
}

/** How TLS was spoken, or that it was not. */
export function tlsStep(facts: LinkFacts): NegotiationStep {
  const { tls } = facts;
  if (tls === undefined) return withoutTls(facts);
  const offered = [...(tls.offered?.protocols ?? []), ...(tls.offered?.ciphers ?? [])].join(', ');
  const chosen = [tls.protocol, tls.cipher].filter((part) => part !== '').join(' · ');
  const wire = { offered, chosen };
  if (tls.protocol === '') return step('tls', 'failed', 'The TLS handshake did not come to its end.', [], wire);
  if (isOld(tls.protocol)) {
    const sentence = `${tls.protocol} was agreed on; nothing below TLS 1.2 is allowed.`;
    return step('tls', 'failed', sentence, ['A00.FR.313'], wire);
  }
  const advice = tlsAdvice(facts, tls);
  if (advice) return step('tls', 'advice', advice.sentence, advice.requirements, wire);
  return step('tls', 'passed', `${tls.protocol} with ${tls.cipher}.`, ['A00.FR.313'], wire);
}

function withoutTls(facts: LinkFacts): NegotiationStep {
  const wanted = !isServed(facts) && /^wss:/i.test(facts.url);
  if (wanted) return step('tls', 'not-done', 'It did not come to TLS.');
  if (facts.attempt === 'tls') return step('tls', 'failed', 'The TLS handshake did not come to its end.');
  if (headerValue(facts.requestHeaders, 'authorization') !== undefined) {
    const sentence = 'There is no TLS: the password goes over the network so that anybody on the way can read it.';
    return step('tls', 'advice', sentence, ['A00.FR.206']);
  }
  return step('tls', 'passed', 'There is no TLS.');
}

interface Advice {
  readonly sentence: string;
  readonly requirements: readonly string[];
}

/** What stands, but not as it should. */
function tlsAdvice(facts: LinkFacts, tls: TlsFacts): Advice | undefined {
  const host = nameOf(isServed(facts) ? (headerValue(facts.requestHeaders, 'host') ?? '') : hostOf(facts.url));
  const { serverName, offered } = tls;
  if (serverName && host && serverName.toLowerCase() !== host.toLowerCase()) {
    const sentence = `TLS asked for the server ${quoted(serverName)} (SNI), but the URL names ${quoted(host)}.`;
    return { sentence, requirements: ['RFC 6066, 3'] };
  }
  if (isWithoutForwardSecrecy(tls)) {
    const sentence = `${tls.cipher} has no forward secrecy: whoever gets the key of the server later can read all of it.`;
    return { sentence, requirements: ['A00.FR.319'] };
  }
  const old = (offered?.protocols ?? []).filter(isOld);
  if (old.length > 0) {
    const sentence = `${capitalised(who(facts))} also offers ${listed(old)}, which must not be spoken.`;
    return { sentence, requirements: ['A00.FR.313'] };
  }
  return undefined;
}

/** What was checked of the peer's certificates; undefined where none were asked for. */
export function certificateStep({ tls, policy, opener, attempt }: LinkFacts): NegotiationStep | undefined {
  const checks = tls?.checks ?? [];
  const [own] = tls?.chain ?? [];
  const wire = opener === 'peer' ? { offered: own?.subject } : { chosen: own?.subject };
  const failed = checks.filter(({ outcome }) => outcome === 'failed');
  const worst = failed[0] ?? checks.find(({ outcome }) => outcome === 'advice');
  if (worst) {
    const more = failed.length > 1 ? ` ${counted(failed.length - 1, 'further check')} failed.` : '';
    const outcome = worst.outcome === 'failed' ? 'failed' : 'advice';
    return step('certificate', outcome, `${worst.sentence}${more}`, worst.requirements, wire);
  }
  if (checks.length > 0) {
    const passed = checks.filter(({ outcome }) => outcome === 'passed').length;
    const left = passed < checks.length ? ` ${counted(checks.length - passed, 'check')} could not be made.` : '';
    return step('certificate', 'passed', `It passed ${counted(passed, 'check')}.${left}`, [], wire);
  }
  if (own) return step('certificate', 'not-done', 'A certificate was presented; it was not checked.', [], wire);
  if (policy?.profile === 3 && opener === 'peer' && attempt === undefined) {
    return step('certificate', 'not-done', 'No certificate of the station was seen.', ['A00.FR.401']);
  }
  return undefined;
}

function who({ opener, peer, attempt }: LinkFacts): string {
  if (opener !== 'peer') return 'Plugscope';
  if (attempt !== undefined) return 'Somebody';
  return peer === 'station' ? 'The station' : 'The CSMS';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isOld(protocol: string): boolean {
  return /^(SSL|TLSv1$|TLSv1\.[01]$)/i.test(protocol);
}

/** Key exchange by RSA, as TLS's registry and as OpenSSL name it. TLS 1.3 has none of it. */
function isWithoutForwardSecrecy({ protocol, cipher }: TlsFacts): boolean {
  return protocol === 'TLSv1.2' && (/^TLS_RSA_/.test(cipher) || !/DHE|TLS_/.test(cipher));
}

/** Host with its port, out of a URL; without a user name or a password. */
function hostOf(url: string): string {
  return /^[a-z]+:\/\/(?:[^/?#]*@)?([^/?#]*)/i.exec(url)?.[1] ?? '';
}

/** A host without its port. */
function nameOf(host: string): string {
  return host.startsWith('[') ? host.slice(0, host.indexOf(']') + 1) : host.replace(/:\d*$/, '');
}

import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BenchCertificate } from '../../bridge/methods/authority.ts';
import { systemClock } from '../clock.ts';
import { listenResponder, type Responder, type ResponderAnswer, type ResponderRequest } from '../net/responder.ts';
import { revocationClient } from '../net/revocation-client.ts';
import { createHierarchy } from './authority.ts';
import type { AuthorityDesk } from './authority-desk.ts';
import { Revocations } from './revocation.ts';
import { RevocationResponder, type RevocationResponderOptions } from './revocation-responder.ts';
import { hasOpenssl } from './testing/openssl.ts';
import { type TestDesks, testDesks, unwrap } from './testing/test-desk.ts';

let desks: TestDesks;
let desk: AuthorityDesk;
let base: string;
const made = new Map<string, BenchCertificate>();

async function issue(commonName: string, bad: 'revoked' | 'wrong-root' | null, hierarchy: 'CSO' | 'V2G' = 'CSO') {
  const request = { role: 'station', commonName, names: [] as string[], key: 'ECDSA P-256', hierarchy, bad } as const;
  const { certificates } = unwrap(await desk.issue(request));
  const found = certificates.find(({ label }) => label === commonName) ?? expect.fail(commonName);
  made.set(commonName, found);
  writeFileSync(join(desks.folder, `${commonName}.crt`), await pem(found.id));
}

beforeAll(async () => {
  desks = testDesks();
  desk = desks.open();
  await issue('good', null);
  await issue('revoked', 'revoked');
  await issue('foreign', 'wrong-root');
  await issue('v2g', null, 'V2G');
  const { certificates, responder } = unwrap(await desk.state());
  base = new URL(responder?.ocsp ?? '').origin;
  for (const { role, hierarchy, id } of certificates) {
    if (role === 'root' || role === 'issuing')
      writeFileSync(join(desks.folder, `${hierarchy}-${role}.crt`), await pem(id));
  }
});
afterAll(() => desks.close());

async function pem(id: string): Promise<string> {
  return Buffer.from(unwrap(await desk.export(id, 'pem', '')).base64, 'base64').toString();
}

/** The responder is in this process, so that openssl must not hold it up. */
async function openssl(...args: readonly string[]): Promise<string> {
  const child = spawn('openssl', args, { cwd: desks.folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  await once(child, 'close');
  return said;
}

const about = (name: string, hierarchy = 'CSO') => ['-issuer', `${hierarchy}-issuing.crt`, '-cert', `${name}.crt`];

describe.runIf(hasOpenssl)('what openssl is answered over OCSP', () => {
  it.each([
    ['good', 'good: good'],
    ['revoked', 'revoked: revoked'],
  ])('of the certificate %s', async (name, verdict) => {
    const said = await openssl('ocsp', ...about(name), '-url', `${base}/ocsp`, '-CAfile', 'CSO-root.crt');
    expect(said).toContain('Response verify OK');
    expect(said.replaceAll('.crt', '')).toContain(verdict);
  });

  it('of one that it never issued: unknown', async () => {
    const of = (...args: readonly string[]) =>
      openssl('ocsp', '-issuer', 'CSO-issuing.crt', ...args, '-url', `${base}/ocsp`, '-CAfile', 'CSO-root.crt');
    const said = await of('-serial', '0x4711');
    expect(said).toContain('Response verify OK');
    expect(said).toContain('0x4711: unknown');
    expect(await of('-cert', 'foreign.crt')).toContain('foreign.crt: unknown');
  });

  it('of another hierarchy, at the same place', async () => {
    const said = await openssl('ocsp', ...about('v2g', 'V2G'), '-url', `${base}/ocsp`, '-CAfile', 'V2G-root.crt');
    expect(said).toContain('Response verify OK');
    expect(said).toContain('v2g.crt: good');
  });

  it('of an issuing authority, by its root', async () => {
    const said = await openssl(
      'ocsp',
      '-issuer',
      'CSO-root.crt',
      '-cert',
      'CSO-issuing.crt',
      '-url',
      `${base}/ocsp`,
      '-CAfile',
      'CSO-root.crt',
    );
    expect(said).toContain('Response verify OK');
    expect(said).toContain('CSO-issuing.crt: good');
  });

  it('by GET, with the request in the path (RFC 6960, A.1)', async () => {
    await openssl('ocsp', ...about('revoked'), '-reqout', 'request.der');
    const request = readFileSync(join(desks.folder, 'request.der')).toString('base64');
    for (const path of [encodeURIComponent(request), request]) {
      const response = await fetch(`${base}/ocsp/${path}`);
      expect(response.headers.get('Content-Type')).toBe('application/ocsp-response');
      writeFileSync(join(desks.folder, 'response.der'), Buffer.from(await response.arrayBuffer()));
      const said = await openssl('ocsp', '-respin', 'response.der', '-noverify', '-resp_text');
      expect(said).toContain('Cert Status: revoked');
    }
  });

  it('where the certificate says, and since it was removed too', async () => {
    const text = await openssl('x509', '-in', 'good.crt', '-noout', '-text');
    expect(text).toContain(`OCSP - URI:${base}/ocsp`);
    const list = /URI:(http:\S+\.crl)/.exec(text)?.[1] ?? expect.fail('no list');
    const { id } = made.get('good') ?? expect.fail();
    unwrap(await desk.revoke(id));
    unwrap(await desk.remove(id));
    expect(await openssl('ocsp', ...about('good'), '-url', `${base}/ocsp`, '-noverify')).toContain('good.crt: revoked');
    const response = await fetch(list);
    expect(response.headers.get('Content-Type')).toBe('application/pkix-crl');
    writeFileSync(join(desks.folder, 'list.der'), Buffer.from(await response.arrayBuffer()));
    const crl = await openssl(
      'crl',
      '-inform',
      'DER',
      '-in',
      'list.der',
      '-text',
      '-CAfile',
      'CSO-issuing.crt',
      '-noout',
    );
    expect(crl).toContain('verify OK');
    for (const name of ['good', 'revoked']) {
      expect(crl.toLowerCase()).toContain(`serial number: ${made.get(name)?.serialNumber}`);
    }
  });
});

describe('what another bench is answered', () => {
  it.each(['sound', 'revoked'])('of the certificate %s, over OCSP and by the list', async (name) => {
    if (name === 'sound') await issue(name, null);
    const { certificates } = unwrap(await desk.state());
    const issuing = certificates.find(({ role, hierarchy }) => role === 'issuing' && hierarchy === 'CSO');
    const issuer = new X509Certificate(await pem(issuing?.id ?? ''));
    const certificate = new X509Certificate(await pem(made.get(name)?.id ?? ''));
    const check = revocationClient(systemClock());
    expect(await check(certificate, issuer)).toMatchObject({ state: name === 'sound' ? 'good' : 'revoked' });
    expect(await desk.revocation(certificate, issuer)).toMatchObject({ state: name === 'sound' ? 'good' : 'revoked' });
    expect(await desk.revocation(issuer, issuer)).toMatchObject({ state: 'not-known' });
  });
});

it('a list is the same until more is revoked, or until it is an hour old', async () => {
  let now = Date.now();
  let served: ((request: ResponderRequest) => Promise<ResponderAnswer>) | undefined;
  const listen: RevocationResponderOptions['listen'] = async (port, answer) => {
    served = answer;
    return { ok: true, value: { port, close: async () => {} } };
  };
  const { issuing } = await createHierarchy({ name: 'CSO', organization: 'Bench', keyKind: 'ECDSA P-256', now });
  const issued: Record<string, number | null> = { '01': null, '02': null };
  const authorities = async () =>
    ({ ok: true, value: [{ id: 'a', issuer: issuing, revocations: Revocations.of(issued) }] }) as const;
  await new RevocationResponder({ listen, authorities, now: () => now }).start([]);
  const list = async () => (await served?.({ method: 'GET', path: '/crl/a.crl', body: new Uint8Array() }))?.body;
  const first = await list();
  now += 30 * 60_000;
  expect(await list()).toBe(first);
  issued['01'] = now;
  const second = await list();
  expect(second).not.toEqual(first);
  now += 61 * 60_000;
  expect(await list()).not.toEqual(second);
});

describe('who asks for something else', () => {
  const post = (body: Uint8Array<ArrayBuffer> | string) => fetch(`${base}/ocsp`, { method: 'POST', body });

  it.each(['/', '/crl/none.crl', '/crl/../authority.json', '/authority.json', '/ocsp-other', '/crl'])(
    'finds nothing at %s',
    async (path) => {
      expect((await fetch(`${base}${path}`)).status).toBe(404);
    },
  );

  it('is told that it is no request, or too long', async () => {
    const malformed = await post('hello');
    expect(malformed.status).toBe(200);
    expect(Buffer.from(await malformed.arrayBuffer()).toString('hex')).toBe('30030a0101');
    expect(Buffer.from(await (await fetch(`${base}/ocsp/%%%`)).arrayBuffer()).toString('hex')).toBe('30030a0101');
    expect((await post(new Uint8Array(70_000))).status).toBe(413);
    expect((await fetch(`${base}/ocsp`, { method: 'DELETE' })).status).toBe(405);
  });

  it('hurts nobody by going away, or by sending what is no HTTP', async () => {
    const { port } = new URL(base);
    for (const bytes of [
      'POST /ocsp HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n',
      '\x16\x03\x01\x00',
      'x'.repeat(40_000),
    ]) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.end(bytes);
      socket.destroy();
    }
    expect((await fetch(`${base}/`)).status).toBe(404);
  });
});

describe('the port of the responder', () => {
  const options = { authorities: async () => ({ ok: true, value: [] }) as const, now: () => 0 };
  const taken = (...ports: readonly number[]) => {
    const opened: number[] = [];
    const listen = async (port: number) => {
      if (ports.includes(port) || opened.includes(port))
        return { ok: false, error: { code: 'EADDRINUSE', sentence: '' } } as const;
      opened.push(port);
      return { ok: true, value: { port: port === 0 ? 50_000 : port, close: async () => {} } } as const;
    };
    return { opened, listen };
  };

  it.each([
    ['is 9228 where it is free', [], [], 9228, [9228]],
    ['is the next free one', [9228, 9229], [], 9230, [9230]],
    ['is the one that it was before', [], [9230], 9230, [9230]],
    ['is another one than before where that is taken', [9230], [9230], 9228, [9228]],
    ['is any where all are taken', Array.from({ length: 21 }, (_, i) => 9228 + i), [], 50_000, [0]],
    ['goes with those of before, oldest first, that certificates name', [9228], [9228, 9229, 9240], 9229, [9229, 9240]],
  ])('%s', async (_, others, before, port, opened) => {
    const ports = taken(...others);
    expect(await new RevocationResponder({ ...options, listen: ports.listen }).start(before)).toBe(port);
    expect(ports.opened).toEqual(opened);
  });

  it('is kept, so that a later engine answers for certificates of before', async () => {
    const { port } = new URL(base);
    await desk.close();
    const later = desks.open({ responderPort: 9228 });
    expect(unwrap(await later.state()).responder?.ocsp).toBe(`http://127.0.0.1:${port}/ocsp`);
    await later.close();
  });

  it('is none where none can be opened, and certificates then name none', async () => {
    const listen = async () => ({ ok: false, error: { code: 'EACCES', sentence: 'No.' } }) as const;
    const other = testDesks();
    const without = other.open({ listen });
    expect(unwrap(await without.state()).responder).toBeNull();
    const { chain } = unwrap(await without.ofStation('S1', null));
    expect(Buffer.from(chain.replace(/-----[^-]+-----|\s/g, ''), 'base64').toString('latin1')).not.toContain('http://');
    await other.close();
  });

  it('is refused where it is taken', async () => {
    const first: Responder = unwrap(
      await listenResponder(0, async () => ({ status: 200, type: 'text/plain', body: '' })),
    );
    expect(await listenResponder(first.port, async () => expect.fail())).toMatchObject({
      ok: false,
      error: { code: 'EADDRINUSE' },
    });
    await first.close();
  });
});

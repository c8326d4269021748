import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { connect } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ClientHello, readClientHello } from './client-hello.ts';

/** The hello of Node, as it is on the wire. */
let real: Buffer;

beforeAll(async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', servername: 'csms.test', minVersion: 'TLSv1.2' });
  client.on('error', () => {});
  const [socket] = await once(server, 'connection');
  [real] = await once(socket, 'data');
  client.destroy();
  server.close();
});

function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

/** A hello of these suites, and what follows them. */
function hello(version: number, suites: readonly number[], extensions?: Buffer): Buffer {
  const body = Buffer.concat([
    number(version, 2),
    Buffer.alloc(33),
    number(suites.length * 2, 2),
    ...suites.map((suite) => number(suite, 2)),
    Buffer.from([1, 0]),
    ...(extensions ? [number(extensions.length, 2), extensions] : []),
  ]);
  return Buffer.concat([Buffer.from([1]), number(body.length, 3), body]);
}

/** Puts a message into records of this many bytes. */
function records(message: Buffer, size = message.length): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    parts.push(Buffer.from([0x16, 3, 1]), number(part.length, 2), part);
  }
  return Buffer.concat(parts);
}

describe('a ClientHello', () => {
  it('is read as Node sends it', () => {
    const read = readClientHello(real) as ClientHello;
    expect(read.protocols).toEqual(['TLSv1.3', 'TLSv1.2']);
    expect(read.ciphers).toContain('TLS_AES_128_GCM_SHA256');
    expect(read.ciphers).toContain('TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256');
    expect(read.serverName).toBe('csms.test');
  });

  it('is read from an old client, which sends no extensions', () => {
    const old = hello(0x0301, [0x0005, 0xc02b, 0x1a1a, 0xfedc]);
    expect(readClientHello(records(old))).toEqual({
      protocols: ['TLSv1'],
      // 0x1a1a means nothing (RFC 8701), and 0xfedc is no suite.
      ciphers: ['TLS_RSA_WITH_RC4_128_SHA', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', '0xfedc'],
      serverName: undefined,
    });
  });

  it.each([7, 20, 100])('is put together from records of %i bytes', (size) => {
    expect(readClientHello(records(real.subarray(5), size))).toEqual(readClientHello(real));
  });

  it('is not looked for in more records than any client sends: each byte would have all of them read anew', () => {
    const long = records(Buffer.concat([Buffer.from([1]), number(16_000, 3), Buffer.alloc(16_000)]), 1);
    expect(readClientHello(long.subarray(0, 256 * 6 - 1))).toBe('incomplete');
    expect(readClientHello(long)).toBeUndefined();
  });

  it('is incomplete until its last byte, and does not mind what follows', () => {
    for (let length = 0; length < real.length; length += 1) {
      expect(readClientHello(real.subarray(0, length))).toBe('incomplete');
    }
    expect(readClientHello(Buffer.concat([real, Buffer.from('more')]))).toEqual(readClientHello(real));
  });

  it.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
    ['another kind of record', Buffer.from([0x15, 3, 1, 0, 2, 2, 40])],
    ['another version of records', Buffer.from([0x16, 2, 0])],
    ['an empty record', Buffer.from([0x16, 3, 1, 0, 0])],
    ['a record that is too long', Buffer.from([0x16, 3, 1, 0x40, 1])],
    ['another message', records(Buffer.from([2, 0, 0, 1, 0]))],
    ['a message without end', records(Buffer.from([1, 0xff, 0xff, 0xff, 0]))],
    ['a body that is too short', records(Buffer.from([1, 0, 0, 2, 3, 3]))],
  ])('is not found in %s', (_name, bytes) => {
    expect(readClientHello(bytes)).toBeUndefined();
  });

  it.each([
    ['a host', Buffer.from('\0\0\0\x0a\0\x08\0\0\x05b\xe9\nc ', 'latin1'), 'b%C3%A9%0Ac%20'],
    ['a list without end', Buffer.from([0, 0, 0, 4, 0xff, 0xff, 0, 0]), undefined],
    ['a name without end', Buffer.from([0, 0, 0, 5, 0, 3, 0, 0xff, 0xff]), undefined],
    ['an extension without end', Buffer.from([0, 0, 0xff, 0xff]), undefined],
    ['another kind of name', Buffer.from([0, 0, 0, 6, 0, 4, 1, 0, 1, 65]), undefined],
  ])('never throws on its extensions: %s', (_name, extensions, serverName) => {
    expect(readClientHello(records(hello(0x0303, [0x009c], extensions)))).toEqual({
      protocols: ['TLSv1.2'],
      ciphers: ['TLS_RSA_WITH_AES_128_GCM_SHA256'],
      serverName,
    });
  });

  it('never throws, whatever byte of it is changed', () => {
    for (let at = 0; at < real.length; at += 1) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const changed = Buffer.from(real);
        changed[at] = value;
        expect(() => readClientHello(changed)).not.toThrow();
      }
    }
  });
});

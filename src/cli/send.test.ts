import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RPCClient } from 'ocpp-rpc';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptingAnswers, type RpcCsms, rpcCsms } from '../engine/station/testing/rpc-csms.ts';
import { runHere } from './testing/run-here.ts';
import { linesOf, spawnIn } from './testing/spawn-plugscope.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-send-'));
});
afterEach(() => rm(folder, { recursive: true }));

const send = (...args: readonly string[]) => spawnIn(folder, 'send', ...args);

describe('as a station', { timeout: 60_000 }, () => {
  let csms: RpcCsms;
  const start = async (version: '1.6' | '2.0.1', answers: Record<string, unknown> = {}) => {
    csms = await rpcCsms(`ocpp${version}`, { ...acceptingAnswers(version, 60), ...answers });
  };
  afterEach(() => csms.close());

  it('sends and prints the answer', async () => {
    await start('1.6');
    const { code, out, err } = await send('Heartbeat', '--as', 'station', '--to', csms.url, '--version', '1.6').ended;
    expect([code, err]).toEqual([0, '']);
    const [line] = linesOf(out);
    expect(line).toMatchObject({
      type: 'CALLRESULT',
      action: 'Heartbeat',
      messageId: expect.stringMatching(/^[\da-f-]{36}$/),
      latency: expect.any(Number),
      payload: { currentTime: expect.any(String) },
      violations: [],
    });
    expect(csms.clients[0]?.identity).toBe('plugscope-1');
  });

  it('boots first, takes its payload from a file or a pipe, replaces variables, and records', async () => {
    await start('2.0.1', { DataTransfer: { status: 'Accepted' } });
    const common = ['--as', 'station', '--to', csms.url, '--version', '2.0.1', '--station', 'CS 1/ä', '--boot'];
    await writeFile(join(folder, 'payload.json'), '{"vendorId":"at {{now}}","data":{"number":1.0}}');
    const capture = join(folder, 'sent.plugscope');
    const ended = await send('DataTransfer', `@${join(folder, 'payload.json')}`, ...common, '--capture', capture).ended;
    expect([ended.code, ended.err]).toEqual([0, '']);
    const piped = send('DataTransfer', '-', ...common, '--literal', '--message-id', 'mine');
    piped.child.stdin.end('{"vendorId":"at {{now}}"}');
    expect(linesOf((await piped.ended).out)).toMatchObject([{ messageId: 'mine' }]);
    expect(csms.clients.map(({ identity }) => identity)).toEqual(['CS 1/ä', 'CS 1/ä']);
    expect(csms.received.map(({ method }) => method)).toEqual([
      ...['BootNotification', 'DataTransfer', 'BootNotification', 'DataTransfer'],
    ]);
    expect(csms.badMessages).toEqual([]);
    expect(csms.received[1]?.params).toEqual({
      vendorId: expect.stringMatching(/^at \d{4}-.*Z$/),
      data: { number: 1 },
    });
    expect(csms.received[3]?.params).toEqual({ vendorId: 'at {{now}}' });
    const recorded = linesOf((await runHere('export', capture)).out);
    expect(recorded.map(({ type }) => type)).toEqual([null, 'CALL', 'CALLRESULT', 'CALL', 'CALLRESULT', null]);
    expect((await readFile(capture)).length).toBeGreaterThan(0);
  });

  it('ends with 1 for an error, and where the CSMS does not accept the boot', async () => {
    await start('2.0.1', { BootNotification: { status: 'Pending', interval: 1, currentTime: '2026-11-20T09:00:00Z' } });
    const to = ['--as', 'station', '--to', csms.url, '--version', '2.0.1'];
    const wrong = await send('StatusNotification', '{"evseId":"one"}', ...to).ended;
    expect(wrong.code).toBe(1);
    expect(linesOf(wrong.out)).toMatchObject([{ type: 'CALLERROR', code: expect.any(String), details: {} }]);
    expect(wrong.err).toContain('It breaks its schema, and is sent all the same: The payload lacks "timestamp"');
    const pending = await send('Heartbeat', ...to, '--boot').ended;
    expect([pending.code, pending.out]).toEqual([2, '']);
    expect(pending.err).toContain('answered the BootNotification with "Pending"');
  });

  it('ends with 1 where no answer comes in time', async () => {
    const never = (): Promise<never> => new Promise(() => {});
    await start('1.6', { Heartbeat: never });
    const args = ['--as', 'station', '--to', csms.url, '--version', '1.6', '--timeout', '0.3'];
    const { code, out } = await send('Heartbeat', ...args).ended;
    expect(code).toBe(1);
    expect(linesOf(out)).toMatchObject([{ type: 'timeout', action: 'Heartbeat' }]);
  });

  it('is interrupted at once while a CSMS lets it wait', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const connected = once(silent, 'connection');
    const sending = send('Heartbeat', '--as', 'station', '--to', `ws://127.0.0.1:${port}/`, '--timeout', '600');
    const [socket] = (await connected) as [Socket];
    sending.child.kill('SIGINT');
    expect(await sending.ended).toMatchObject({ code: 2, out: '', err: 'Interrupted before the CSMS was reached.\n' });
    socket.destroy();
    silent.close();
    await start('1.6');
  });

  it('ends with 2 and a sentence where it cannot be sent', async () => {
    await start('1.6');
    const to = ['--as', 'station', '--to', csms.url, '--version', '1.6'];
    for (const [args, sentence] of [
      [['Heartbeat', '--as', 'station'], 'needs --to'],
      [['Heartbeat'], "required option '--as <side>'"],
      [['Heartbeat', '{}', '--template', 'required', ...to], 'either a payload or a --template'],
      [['GetReport', ...to], 'OCPP 1.6 has no action GetReport'],
      [['DataTransfer', '{"vendorId":"{{transactionId}}"}', ...to], 'looks into a session'],
      [['DataTransfer', '{"vendorId":', ...to], 'This is no JSON'],
      [['DataTransfer', '@/nowhere/payload.json', ...to], 'The payload cannot be read: no such file or directory.'],
      [
        ['Heartbeat', '--as', 'station', '--to', csms.url, '--version', '2.1'],
        'refused the connection with HTTP status 400',
      ],
      [['Heartbeat', '--as', 'station', '--to', 'ws://127.0.0.1:9'], 'refused'],
      [['Heartbeat', '--as', 'csms', '--to', csms.url], '--to is for --as station'],
      [['Heartbeat', '--header', 'nonsense', ...to], 'It must be "name: value"'],
    ] as const) {
      const { code, out, err } = await runHere('send', ...args);
      expect([code, out], args.join(' ')).toEqual([2, '']);
      expect(err.toLowerCase(), args.join(' ')).toContain(sentence.toLowerCase());
    }
  });
});

describe('as a CSMS', { timeout: 60_000 }, () => {
  it('waits for the station that is meant, until it has booted, sends, and prints the answer', async () => {
    const args = ['--as', 'csms', '--listen', '127.0.0.1:0', '--station', 'CS-2', '--boot'];
    const csms = send('Reset', '{"type":"Immediate"}', ...args);
    const [, url = ''] = await csms.told(/ at (ws:\S+)<id>/);
    const heard: string[] = [];
    const stations = ['CS-1', 'CS-2'].map((identity) => {
      const client = new RPCClient({
        endpoint: url,
        identity,
        protocols: ['ocpp2.0.1'],
        reconnect: false,
      } as ConstructorParameters<typeof RPCClient>[0]);
      const hear = client.handle.bind(client) as (action: string, answer: () => object) => void;
      hear('Reset', () => {
        heard.push(identity);
        return { status: 'Scheduled' };
      });
      return client;
    });
    for (const client of stations) await client.connect();
    const boot = { reason: 'PowerUp', chargingStation: { model: 'M', vendorName: 'V' } };
    for (const client of stations) await client.call('BootNotification', boot);
    const { code, out } = await csms.ended;
    expect(code).toBe(0);
    expect(linesOf(out)).toMatchObject([{ type: 'CALLRESULT', action: 'Reset', payload: { status: 'Scheduled' } }]);
    expect(heard).toEqual(['CS-2']);
    await Promise.all(stations.map((client) => client.close({ force: true })));
  });

  it('ends with 2 where no station comes in time', async () => {
    const { code, err } = await send('Reset', '--as', 'csms', '--listen', '127.0.0.1:0', '--wait', '0.2').ended;
    expect(code).toBe(2);
    expect(err).toContain('No station has connected in time.');
  });
});

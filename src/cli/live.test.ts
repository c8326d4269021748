import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { runHere } from './testing/run-here.ts';
import { linesOf, type Spawned, spawnIn } from './testing/spawn-plugscope.ts';

let folder: string;
const running: Spawned[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-test-'));
});
afterEach(async () => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

function start(...args: readonly string[]): Spawned {
  const process = spawnIn(folder, ...args);
  running.push(process);
  return process;
}

/** Starts a command that listens on a free port of the loopback; yields the URL that it tells. */
async function listening(command: string, ...args: readonly string[]): Promise<readonly [Spawned, string]> {
  const process = start(command, '--listen', '127.0.0.1:0', ...args);
  const [, url = ''] = await process.told(/connect to (wss?:\/\/127\.0\.0\.1:\d+\/)<id>/);
  return [process, url];
}

async function stopped(process: Spawned, signal: NodeJS.Signals): Promise<Record<string, unknown>[]> {
  process.child.kill(signal);
  const { code, out } = await process.ended;
  expect(code).toBe(0);
  return linesOf(out);
}

// Each starts processes with workers of their own, which takes its time on a busy machine.
describe('the live commands', { timeout: 60_000 }, () => {
  it('show a station at a CSMS through a proxy, and leave behind what was captured alone', async () => {
    const capture = join(folder, 'a.plugscope');
    const [csms, csmsUrl] = await listening('csms');
    const [proxy, proxyUrl] = await listening('proxy', '--upstream', csmsUrl, '--capture', capture);
    const station = start('station', '--url', proxyUrl, '--version', '1.6', '--id', 'CP-7');
    const booted = (line: Record<string, unknown>): boolean =>
      line.type === 'CALLRESULT' && line.action === 'BootNotification';
    for (const process of [station, csms, proxy]) {
      expect(await process.line(booted)).toMatchObject({ station: 'CP-7', version: '1.6', findings: [] });
    }
    expect((await stopped(station, 'SIGINT')).at(-1)).toMatchObject({ kind: 'closed', station: 'CP-7' });
    const lines = await stopped(proxy, 'SIGTERM');
    expect(lines.map(({ entry }) => entry)).toEqual(lines.map((_, index) => index + 1));
    expect(lines.at(-1)).toMatchObject({ kind: 'closed' });
    await stopped(csms, 'SIGINT');

    expect(await readdir(folder)).toEqual(['a.plugscope']);
    const exported = await runHere('export', capture);
    // A file has the facts of its links; who watches live is told the events alone.
    const withoutFacts = linesOf(exported.out).map(({ opening: _, negotiation: __, closing: ___, ...line }) => line);
    expect(withoutFacts).toEqual(lines);
    expect((await runHere('validate', capture)).code).toBe(0);
  });

  it('speak the security profiles that their flags say, with certificates of one bench', async () => {
    const data = ['--data', folder];
    const secret = join(folder, 'password.txt');
    await writeFile(secret, 'correct horse battery\n');
    const profile2 = ['--security-profile', '2', '--password-file', secret];
    const [csms, csmsUrl] = await listening('csms', '--security-profile', '3', ...data);
    const towards = ['--upstream', csmsUrl, '--upstream-security-profile', '3'];
    const [proxy, proxyUrl] = await listening('proxy', ...profile2, ...towards, ...data);
    expect([csmsUrl, proxyUrl].map((url) => url.slice(0, 6))).toEqual(['wss://', 'wss://']);
    const station = start('station', '--url', proxyUrl, '--id', 'CS-7', ...profile2, ...data);
    const booted = (line: Record<string, unknown>): boolean =>
      line.type === 'CALLRESULT' && line.action === 'BootNotification';
    for (const process of [station, csms, proxy]) await process.line(booted);
    for (const process of [station, proxy, csms]) {
      const lines = await stopped(process, 'SIGINT');
      expect(JSON.stringify(lines)).not.toContain('correct horse');
    }
  });

  it('say what flags do not go together', async () => {
    const { code, err } = await runHere('station', '--url', 'ws://localhost:1/', '--security-profile', '3');
    expect(code).toBe(2);
    expect(err).toContain('the URL of the CSMS must start with wss://');
  });

  it('show a broken message with its findings as soon as it comes', async () => {
    const [csms, url] = await listening('csms');
    const station = new WebSocket(`${url}CP-8`, 'ocpp1.6');
    await once(station, 'open');
    station.send('[2,"a","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Busy"}]');
    expect(await csms.line(({ type }) => type === 'CALL')).toMatchObject({
      summary: 'Connector 1 Busy',
      findings: [{ rule: 'schema.enum', pointer: '/status' }],
    });
    expect(await csms.line(({ type }) => type === 'CALLERROR')).toMatchObject({ direction: 'to-station' });
    station.terminate();
    await csms.line(({ kind }) => kind === 'closed');
    await stopped(csms, 'SIGINT');
  });

  it('end quietly when whoever reads their output goes away', async () => {
    const [csms, url] = await listening('csms');
    csms.child.stdout.destroy();
    const station = new WebSocket(`${url}CP-9`, 'ocpp2.0.1');
    station.on('error', () => {});
    expect(await csms.ended).toMatchObject({ code: 0, signal: null });
    expect(await readdir(folder)).toEqual([]);
  });

  it('say why they cannot start, and end with 2', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { code, err } = await start('csms', '--listen', `127.0.0.1:${port}`).ended;
    taken.close();
    expect(code).toBe(2);
    expect(err).toContain(String(port));
    expect(await readdir(folder)).toEqual([]);

    const wrongUrl = await runHere('proxy', '--upstream', 'http://csms.example');
    expect(wrongUrl.code).toBe(2);
    expect(wrongUrl.err).toContain('It must be a URL that starts with ws:// or wss://.');
    const wrongPort = await runHere('csms', '--listen', '70000');
    expect(wrongPort.err).toContain('It must be PORT or HOST:PORT');
    const wrongVersion = await runHere('station', '--url', 'ws://localhost', '--version', '1.5');
    expect(wrongVersion.err).toContain('Allowed choices are 1.6, 2.0.1, 2.1.');
    expect([wrongPort.code, wrongVersion.code]).toEqual([2, 2]);
  });

  it('say why a station has no connection', async () => {
    const station = start('station', '--url', 'ws://127.0.0.1:9', '--id', 'CP-1');
    await station.told(/ECONNREFUSED|refused/i);
    await stopped(station, 'SIGINT');
  });
});

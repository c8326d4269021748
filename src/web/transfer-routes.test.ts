import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sampleHandlers } from '../bridge/testing/sample-handlers.ts';
import { createTransfers, type Transfers } from '../engine/files/transfers.ts';
import { eventually } from '../engine/testing/eventually.ts';
import { startWebHost, type WebHost } from './host.ts';
import { createTransferRoutes } from './transfer-routes.ts';

let folder: string;
let host: WebHost;
let transfers: Transfers;
let cookie: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-web-'));
  writeFileSync(join(folder, 'index.html'), '<title>workbench</title>');
  transfers = createTransfers();
  const connect = () => ({ handlers: sampleHandlers(), subscribe: () => () => {}, close: () => {} });
  host = await startWebHost({ connect, transfers, files: folder, port: 0 });
  const welcome = await fetch(host.urls[0], { redirect: 'manual' });
  cookie = welcome.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterEach(async () => {
  await host.close();
  transfers.close();
  rmSync(folder, { recursive: true, force: true });
});

const origin = (): string => `http://127.0.0.1:${host.port}`;

function upload(body: string, headers: Record<string, string> = { cookie, origin: origin() }, name = 'a.log') {
  return fetch(`${origin()}/transfer?name=${encodeURIComponent(name)}`, { method: 'POST', body, headers });
}

it('takes a file in, under a ticket that nobody guesses', async () => {
  const { ticket } = await (await upload('frames', undefined, '../../etc/field.log')).json();
  expect(ticket).toMatch(/^[\w-]{43}$/);
  const file = transfers.uploaded(ticket);
  expect(file?.name).toBe('field.log');
  expect(file?.path).toMatch(/[/\\]file\.log$/);
  expect(readFileSync(file?.path ?? '', 'utf8')).toBe('frames');
});

it('hands a file out once, and removes it', async () => {
  const { ticket, file, ready } = await transfers.download('Bericht "ä".html');
  writeFileSync(file.path, '<html>');
  const url = `${origin()}/transfer/${ticket}`;
  expect((await fetch(url, { headers: { cookie } })).status).toBe(404);
  ready();
  const answer = await fetch(url, { headers: { cookie } });
  expect(await answer.text()).toBe('<html>');
  expect(answer.headers.get('content-disposition')).toBe(
    `attachment; filename="plugscope-file"; filename*=UTF-8''Bericht%20%22%C3%A4%22.html`,
  );
  expect(answer.headers.get('content-type')).toBe('application/octet-stream');
  expect((await fetch(url, { headers: { cookie } })).status).toBe(404);
  await eventually(() => expect(existsSync(file.path)).toBe(false));
});

it('hands out a file whatever its name is cut to', async () => {
  // The cut goes through the middle of the last character.
  const { ticket, file, ready } = await transfers.download(`${'a'.repeat(199)}\u{1f50c}.html`);
  writeFileSync(file.path, 'x');
  ready();
  const answer = await fetch(`${origin()}/transfer/${ticket}`, { headers: { cookie } });
  expect(await answer.text()).toBe('x');
});

it('goes on where the disk takes no file', async () => {
  const broken = { ...transfers, upload: () => Promise.reject(new Error('ENOSPC: no space left on device')) };
  const { createServer } = await import('node:http');
  const routes = createTransferRoutes(broken);
  const server = createServer((request, response) => {
    void routes.serve({ kind: 'upload', name: 'a' }, request, response);
  }).listen(0);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  expect((await fetch(url, { method: 'POST', body: 'x' })).status).toBe(500);
  server.closeAllConnections();
  server.close();
});

it('is closed to whoever has no cookie, and to pages of others', async () => {
  const { ticket, file, ready } = await transfers.download('a');
  writeFileSync(file.path, 'x');
  ready();
  expect((await fetch(`${origin()}/transfer/${ticket}`)).status).toBe(401);
  expect((await upload('x', { origin: origin() })).status).toBe(401);
  expect((await upload('x', { cookie, origin: 'http://evil.example' })).status).toBe(401);
  expect((await upload('x', { cookie })).status).toBe(401);
});

it('takes no file that is too large, whatever it says of its size', async () => {
  const { createServer } = await import('node:http');
  const routes = createTransferRoutes(transfers, 10);
  const server = createServer((request, response) => {
    void routes.serve({ kind: 'upload', name: 'a' }, request, response);
  }).listen(0);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  expect((await fetch(url, { method: 'POST', body: 'x'.repeat(11) })).status).toBe(413);
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('x'.repeat(11)));
      controller.close();
    },
  });
  const streamed = await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit).catch(() => undefined);
  expect([413, undefined]).toContain(streamed?.status);
  expect((await fetch(url, { method: 'POST', body: 'x'.repeat(10) })).status).toBe(200);
  server.closeAllConnections();
  server.close();
});

import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import { test } from './pages/workbench.ts';

test('gives nothing without the token', async ({ page, host }) => {
  const response = await page.goto(new URL('/', host.url).href);
  expect(response?.status()).toBe(401);
  await expect(page.getByRole('heading')).toHaveText('This workbench needs its key');
});

test('says what to do about a wrong token', async ({ page, host }) => {
  const response = await page.goto(new URL('/?token=wrong', host.url).href);
  expect(response?.status()).toBe(401);
  await expect(page.getByRole('heading')).toHaveText('This key does not fit');
});

test('takes the token out of the URL and leaves a cookie that no script reads', async ({
  page,
  context,
  workbench,
}) => {
  await expect(workbench.grid).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
  const cookies = await context.cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict', path: '/' }]);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.reload();
  await expect(workbench.grid).toBeVisible();
});

test('lets no page of another origin talk to the engine', async ({ context, host, workbench }) => {
  await expect(workbench.grid).toBeVisible();
  const { port } = new URL(host.url);
  // Same host, other port: the browser sends the cookie along, so only the check of the origin keeps it out.
  const stranger = await context.newPage();
  await stranger.route('http://127.0.0.1:1/', (route) => route.fulfill({ contentType: 'text/html', body: '<p>hello' }));
  await stranger.goto('http://127.0.0.1:1/');
  const outcome = await stranger.evaluate(
    (url) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
    `ws://127.0.0.1:${port}/bridge`,
  );
  expect(outcome).toBe('refused');
});

test('refuses a name that was made to resolve to this machine', async ({ context, host, workbench }) => {
  await expect(workbench.grid).toBeVisible();
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const { port } = new URL(host.url);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/bridge`, {
    headers: { cookie, host: 'evil.example', origin: 'http://evil.example' },
  });
  const status = await new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.on('error', () => {});
  });
  expect(status).toBe(403);
});

test('lives under a policy that lets no stranger in', async ({ page, workbench }) => {
  await expect(workbench.grid).toBeVisible();
  const response = await page.request.get(new URL('/', page.url()).href);
  expect(response.headers()['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
});

test('ends in good order when it is interrupted', async ({ host, workbench }) => {
  await expect(workbench.rows('BootNotification').first()).toBeVisible();
  expect(await host.stop()).toBe(0);
  await expect(workbench.status).not.toContainText('engine connected');
});

import { once } from 'node:events';
import { expect } from '@playwright/test';
import { type ClientOptions, WebSocket } from 'ws';
import { CertificatesPane } from './pages/certificates-pane.ts';
import { ConnectionsPane } from './pages/connections-pane.ts';
import { test, type Workbench } from './pages/workbench.ts';

const PASSWORD = 'of-the-file';

/** Asks stations for certificates and changes nothing else; yields host and port where they come in now. */
async function askForCertificates(workbench: Workbench): Promise<string> {
  const { page } = workbench;
  const form = await workbench.chooseRole('Proxy');
  await form.getByText('Security towards stations').click();
  await form.getByRole('combobox', { name: 'Profile of stations' }).click();
  await page.getByRole('option', { name: /^Profile 3/ }).click();
  await form.getByRole('button', { name: 'Apply' }).click();
  await expect(form).toBeHidden();
  const url = await page
    .getByText(/^wss:\/\/.*<id>$/)
    .first()
    .textContent();
  return `localhost:${new URL((url ?? '').replace('<id>', '')).port}`;
}

/** A station of ours with a certificate of its own: `open` until it is closed, or the status that it was refused with. */
async function connect(url: string, options: ClientOptions): Promise<{ socket: WebSocket; ended: string }> {
  const socket = new WebSocket(url, ['ocpp2.1'], options);
  const ended = new Promise<string>((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (request, { statusCode }) => {
      request.destroy();
      resolve(String(statusCode));
    });
    socket.on('error', ({ message }) => resolve(message));
  });
  return { socket, ended: await ended };
}

test('lets stations in by certificates of the bench, and refuses bad and revoked ones by their fault', async ({
  page,
  workbench,
}) => {
  const place = await askForCertificates(workbench);

  // The built-in station comes back over TLS, with a certificate that the bench issued to it by itself.
  await expect(page.getByRole('button', { name: 'Links with stations: 2.1 · TLS · profile 3' })).toBeVisible();
  const connections = new ConnectionsPane(page);
  await connections.show();
  await connections.choose('Open');
  await connections.rows(/Open.*CS-0001.*In/).click();
  await expect(connections.verdict).toHaveText('Open');
  await connections.tab('TLS and certificates').click();
  await expect(connections.part).toContainText('TLSv1.3');
  const chain = connections.part.getByRole('region', { name: 'Certificates of the station' });
  await expect(chain.getByRole('group').first()).toContainText('CS-0001');
  expect(
    await chain
      .getByRole('listitem')
      .filter({ hasText: /^Passed/ })
      .count(),
  ).toBeGreaterThan(5);
  await expect(chain.getByText('Failed')).toHaveCount(0);

  const root = await (await fetch(`http://${place}/plugscope-root.pem`)).text();
  const certificates = new CertificatesPane(page);
  await certificates.show();
  await certificates.issue('CS-GOOD');
  const good = { ca: root, pfx: await certificates.exportPkcs12(PASSWORD), passphrase: PASSWORD };
  await certificates.issue('CS-PAST', 'expired');
  const expired = { ca: root, pfx: await certificates.exportPkcs12(PASSWORD), passphrase: PASSWORD };

  const first = await connect(`wss://${place}/CS-GOOD`, good);
  expect(first.ended).toBe('open');
  first.socket.close();
  await once(first.socket, 'close');
  expect((await connect(`wss://${place}/CS-PAST`, expired)).ended).toBe('403');

  await certificates.choose('CS-GOOD');
  await certificates.revoke();
  expect((await connect(`wss://${place}/CS-GOOD`, good)).ended).toBe('403');

  await connections.show();
  await connections.choose('Trouble');
  // Both are there before the pointer is over the list, which then stands still.
  await expect(connections.rows(/CS-(GOOD|PAST)/)).toHaveCount(2);
  await connections.rows('CS-PAST').click();
  await expect(connections.verdict).toHaveText('Refused with 403');
  await expect(connections.saying(/^The certificate is refused: it expired on /)).toBeVisible();
  await expect(chain).toContainText('FailedIt expired on');
  await connections.rows('CS-GOOD').click();
  await expect(connections.saying(/^The certificate is refused: it was revoked on /)).toBeVisible();
});

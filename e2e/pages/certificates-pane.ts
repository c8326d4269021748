import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';

/** The pane of the bench certificate authority as a user sees it. */
export class CertificatesPane {
  readonly pane: Locator;
  readonly tree: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.pane = page.getByRole('region', { name: 'Certificates', exact: true });
    this.tree = this.pane.getByRole('tree', { name: 'Certificates of the bench' });
  }

  /** Opens it by its button in the rail. */
  async show(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Certificates' }).click();
    await this.tree.waitFor();
  }

  get selected(): Locator {
    return this.tree.getByRole('treeitem', { selected: true });
  }

  /** Has a certificate issued to a station: a sound one, or one with this wrong. It is then shown. */
  async issue(station: string, bad?: string): Promise<void> {
    await this.pane.getByRole('button', { name: 'New certificate…' }).click();
    const form = this.#page.getByRole('dialog', { name: 'New certificate' });
    await form.getByRole('textbox', { name: /Common name/ }).fill(station);
    if (bad !== undefined) {
      await form.getByRole('combobox', { name: 'Sound or bad on purpose' }).click();
      await this.#page.getByRole('option', { name: `Bad: ${bad}` }).click();
    }
    await form.getByRole('button', { name: 'Issue' }).click();
    await this.selected.filter({ hasText: station }).waitFor();
    // Going away it gives the keyboard back, which closes a menu that was opened meanwhile.
    await form.waitFor({ state: 'hidden' });
  }

  /** Shows the certificate of this name. */
  async choose(name: string): Promise<void> {
    await this.tree.getByRole('treeitem').filter({ hasText: name }).click();
  }

  /** Exports key and chain of the one that is shown; yields what was saved. */
  async exportPkcs12(password: string): Promise<Buffer> {
    await this.pane.getByRole('button', { name: 'Export' }).click();
    await this.#page.getByRole('menuitem', { name: 'Key and chain (PKCS#12)…' }).click();
    await this.pane.getByRole('textbox', { name: 'Password of the file' }).fill(password);
    const download = this.#page.waitForEvent('download');
    await this.pane.getByRole('button', { name: 'Export' }).last().click();
    return readFile(await (await download).path());
  }

  /** Revokes the one that is shown. */
  async revoke(): Promise<void> {
    await this.pane.getByRole('button', { name: 'Revoke…' }).click();
    await this.pane.getByRole('button', { name: 'Revoke', exact: true }).click();
    await this.selected.filter({ hasText: 'revoked' }).waitFor();
  }
}

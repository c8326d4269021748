import { fileURLToPath } from 'node:url';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { type Host, startHost } from './host.ts';

/** The workbench as a user sees it: by roles and names, never by its markup. */
export class Workbench {
  readonly page: Page;
  readonly grid: Locator;
  readonly detail: Locator;
  readonly filter: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.grid = page.getByRole('grid', { name: 'Messages' });
    this.detail = page.getByRole('complementary', { name: 'Selected message' });
    this.filter = page.getByRole('toolbar', { name: 'Filter' });
    this.status = page.getByRole('contentinfo');
  }

  /** Opens the URL that the host printed, and waits until the engine is there, with what it has recorded so far. */
  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.status).toContainText('engine connected');
    await expect(this.grid).toHaveAttribute('aria-busy', 'false');
  }

  /** Rows on screen with these words. */
  rows(text: string | RegExp): Locator {
    return this.grid.getByRole('row').filter({ hasText: text, hasNot: this.page.getByRole('columnheader') });
  }

  /** The row of an entry, where it is on screen. */
  row(entry: number): Locator {
    const name = entry.toLocaleString('en-US');
    return this.grid.getByRole('row').filter({ has: this.page.getByRole('gridcell', { name, exact: true }) });
  }

  /** How many entries the view has, on screen or not. */
  async count(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1;
  }

  get selectedRow(): Locator {
    return this.grid.getByRole('row', { selected: true });
  }

  /** Opens the form that changes the role, and chooses one. */
  async chooseRole(role: 'Proxy' | 'CSMS only' | 'Station only'): Promise<Locator> {
    await this.page.getByRole('button', { name: /^Role: / }).click();
    const form = this.page.getByRole('dialog', { name: 'Role of Plugscope' });
    await form.getByRole('radio', { name: role }).check();
    return form;
  }

  /** Where the filter is written. */
  get expression(): Locator {
    return this.filter.getByRole('combobox', { name: 'Filter expression' });
  }

  /** Imports a trace of `fixtures/energy` as a user does, and waits until it is what is shown. */
  async importTrace(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Files: open, import, export' }).click();
    await this.page.getByRole('menuitem', { name: 'Import…' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Import' });
    const trace = fileURLToPath(new URL(`../../fixtures/energy/${name}.ndjson`, import.meta.url));
    await dialog.getByLabel('A file on this computer').setInputFiles(trace);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(this.page.getByRole('button', { name: 'Back to the live session' })).toBeVisible({ timeout: 30_000 });
    await expect(this.row(1)).toBeVisible();
  }

  /** Shows only messages with this text. */
  async filterText(text: string): Promise<void> {
    await this.expression.fill(JSON.stringify(text));
    await this.expression.press('Enter');
  }
}

/** Tests of the workbench, each with a host and an engine of its own. */
export const test = base.extend<{ hostArgs: readonly string[]; host: Host; workbench: Workbench }>({
  hostArgs: [[], { option: true }],
  host: async ({ hostArgs }, use) => {
    const host = await startHost(...hostArgs);
    await use(host);
    await host.stop();
  },
  workbench: async ({ page, host }, use) => {
    // What the page complains of is wrong, whatever the test is about: above all, breaches of its own policy.
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const workbench = new Workbench(page);
    await workbench.open(host.url);
    await use(workbench);
    expect(complaints).toEqual([]);
  },
});

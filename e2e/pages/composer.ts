import type { Locator, Page } from '@playwright/test';

/** The composer as a user sees it. */
export class ComposerPane {
  readonly page: Page;
  readonly pane: Locator;
  readonly to: Locator;
  readonly action: Locator;
  readonly send: Locator;
  readonly form: Locator;
  readonly payload: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole('region', { name: 'Composer', exact: true });
    const bar = this.pane.getByRole('toolbar', { name: 'Composer' });
    this.to = bar.getByRole('combobox', { name: 'To', exact: true });
    this.action = bar.getByRole('combobox', { name: 'Action', exact: true });
    this.send = bar.getByRole('button', { name: 'Send', exact: true });
    this.form = this.pane.getByRole('form', { name: 'Payload' });
    this.payload = this.pane.locator('.monaco-editor').first();
  }

  /** Shows the pane. */
  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Panes' })
      .getByRole('button', { name: /^Composer/ })
      .click();
  }

  /** Chooses an action by typing its name. */
  async chooseAction(name: string): Promise<void> {
    await this.action.click();
    await this.page.keyboard.type(name);
    await this.page.getByRole('option', { name, exact: true }).click();
  }

  /** Chooses to whom it goes. */
  async choosePeer(name: RegExp): Promise<void> {
    await this.to.click();
    await this.page.getByRole('option', { name }).click();
  }

  /** Replaces the text in the editor as a paste does, which completes nothing. */
  async paste(text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.payload.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.press('ControlOrMeta+v');
  }

  /** The field of a property in the form; of those with that name, the first. */
  field(name: string): Locator {
    return this.form
      .getByLabel(name, { exact: true })
      .and(this.form.locator('input:not([type=checkbox]), select'))
      .first();
  }

  /** The box that says whether a property is there. */
  box(name: string): Locator {
    return this.form.getByRole('checkbox', { name: new RegExp(`^${name}\\b`) }).first();
  }

  /** What was sent, the latest first. */
  get runs(): Locator {
    return this.pane.getByRole('article');
  }

  tab(name: 'Answers' | 'History' | 'Snippets'): Locator {
    return this.pane.getByRole('tab', { name });
  }
}

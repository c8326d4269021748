import type { Locator, Page } from '@playwright/test';

/** The pane with breakpoints and held messages as a user sees it. */
export class InterceptPane {
  readonly page: Page;
  readonly pane: Locator;
  readonly breakpoints: Locator;
  readonly queue: Locator;
  readonly held: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole('region', { name: 'Intercept', exact: true });
    this.breakpoints = this.pane.getByRole('region', { name: 'Breakpoints' });
    this.queue = this.pane.getByRole('region', { name: 'Held messages' });
    this.held = this.pane.getByRole('region', { name: 'Held message', exact: true });
  }

  /** Shows the pane by its place in the rail. */
  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Panes' })
      .getByRole('button', { name: /^Intercept/ })
      .click();
    await this.pane.waitFor();
  }

  /** Adds a breakpoint that is on from now. */
  async add(filter: string): Promise<void> {
    const field = this.breakpoints.getByRole('combobox', { name: 'New breakpoint' });
    await field.fill(filter);
    await field.press('Enter');
  }

  /** A place in the queue. */
  row(name: string | RegExp): Locator {
    return this.queue.getByRole('listitem').getByRole('button', { name });
  }

  /** The editor with the text of the message that is looked at. */
  get editor(): Locator {
    return this.held.locator('.monaco-editor[role=code], .monaco-editor').first();
  }

  /** Replaces a word in the text that is being edited. */
  async replaceWord(word: string, by: string): Promise<void> {
    await this.editor.getByText(word, { exact: false }).first().dblclick();
    await this.page.keyboard.type(by);
  }
}

import type { Locator, Page } from '@playwright/test';

/** The pane of connections as a user sees it. */
export class ConnectionsPane {
  readonly pane: Locator;
  readonly list: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.pane = page.getByRole('region', { name: 'Connections', exact: true });
    this.list = this.pane.getByRole('grid', { name: 'Connections' });
  }

  /** Opens it by its button in the rail. */
  async show(): Promise<void> {
    await this.#page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Connections' }).click();
    await this.pane.waitFor();
  }

  /** Lists connections of a kind. */
  async choose(kind: 'All' | 'Open' | 'Trouble' | 'Attempts'): Promise<void> {
    await this.pane.getByRole('group', { name: 'Which connections' }).getByRole('button', { name: kind }).click();
  }

  /** Rows on screen with these words. */
  rows(text: string | RegExp): Locator {
    return this.list.getByRole('row').filter({ hasText: text });
  }

  get selected(): Locator {
    return this.list.getByRole('row', { selected: true });
  }

  /** The verdict on the connection whose card is shown. */
  get verdict(): Locator {
    return this.pane.getByRole('heading', { level: 3 }).first();
  }

  /** A paragraph of the card with these words, such as the one with the cause. */
  saying(words: RegExp): Locator {
    return this.pane.getByRole('paragraph').filter({ hasText: words });
  }

  tab(name: string): Locator {
    return this.pane.getByRole('tab', { name, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.pane.getByRole('button', { name });
  }

  /** The part of the card that is shown. */
  get part(): Locator {
    return this.pane.getByRole('tabpanel');
  }
}

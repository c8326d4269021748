import type { Locator, Page } from '@playwright/test';

/** The pane of rules as a user sees it. */
export class RulesPane {
  readonly page: Page;
  readonly pane: Locator;
  readonly tools: Locator;
  readonly list: Locator;
  /** The rule that is being edited. */
  readonly editor: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole('region', { name: 'Rules', exact: true });
    this.tools = this.pane.getByRole('toolbar', { name: 'Rules' });
    this.list = this.pane.getByRole('list', { name: /^Rules, in the order/ });
    this.editor = this.pane.getByRole('region', { name: /^Rule / });
  }

  /** Shows the pane by its key. */
  async show(): Promise<void> {
    await this.page.keyboard.press('2');
    await this.tools.waitFor();
  }

  /** The row of a rule. */
  row(name: string | RegExp): Locator {
    return this.list.getByRole('listitem').filter({ has: this.page.getByRole('button', { name }) });
  }

  /** Chooses a rule to edit it. */
  async edit(name: string): Promise<void> {
    await this.row(name).getByRole('button', { name }).click();
  }

  /** Names of the rules, in their order. */
  async names(): Promise<string[]> {
    const switches = await this.list.getByRole('checkbox').all();
    return Promise.all(
      switches.map(async (box) => ((await box.getAttribute('aria-label')) ?? '').replace(/ is on$/, '')),
    );
  }

  /** Adds a rule of a kind; it is then being edited. */
  async add(kind: string): Promise<void> {
    await this.tools.getByRole('button', { name: 'Add a rule…' }).click();
    await this.page.getByRole('menuitem', { name: kind, exact: true }).click();
  }

  /** A field of the rule that is being edited. */
  field(label: string): Locator {
    return this.editor.getByLabel(label, { exact: true });
  }
}

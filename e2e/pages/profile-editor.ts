import type { Locator, Page } from '@playwright/test';

/** Room around the drawing, where its labels stand, in pixels. */
const MARGIN = { left: 56, right: 14, top: 10, bottom: 34 };

/** The profile editor of the energy pane as a user sees it. */
export class ProfileEditorPane {
  readonly page: Page;
  readonly plot: Locator;
  readonly table: Locator;
  readonly form: Locator;
  readonly checks: Locator;
  readonly sending: Locator;

  constructor(page: Page) {
    this.page = page;
    const pane = page.getByRole('region', { name: 'Energy', exact: true });
    this.plot = pane.getByRole('application', { name: 'Drawing of the schedule' });
    this.table = pane.getByRole('table', { name: 'Periods of the schedule' });
    this.form = pane.getByRole('form', { name: 'Profile' });
    this.checks = pane.getByRole('list', { name: 'What is to be said of it' });
    this.sending = pane.getByRole('region', { name: 'Sending', exact: true });
  }

  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Panes' })
      .getByRole('button', { name: /^Energy/ })
      .click();
    await this.page.getByRole('tab', { name: 'Profile', exact: true }).click();
  }

  /** A place in the drawing, in shares of its width from the left and of its height from the top. */
  async place(x: number, y: number): Promise<{ readonly x: number; readonly y: number }> {
    const box = await this.plot.boundingBox();
    if (!box) throw new Error('the drawing is not there');
    return {
      x: box.x + MARGIN.left + (box.width - MARGIN.left - MARGIN.right) * x,
      y: box.y + MARGIN.top + (box.height - MARGIN.top - MARGIN.bottom) * y,
    };
  }

  async point(x: number, y: number): Promise<void> {
    const place = await this.place(x, y);
    await this.page.mouse.move(place.x, place.y);
  }

  async doubleClick(x: number, y: number): Promise<void> {
    const place = await this.place(x, y);
    await this.page.mouse.dblclick(place.x, place.y);
  }

  /** Drags from one place to another, some pixels at a time. */
  async drag(from: readonly [number, number], to: readonly [number, number], release = true): Promise<void> {
    await this.point(...from);
    await this.page.mouse.down();
    const end = await this.place(...to);
    await this.page.mouse.move(end.x, end.y, { steps: 8 });
    if (release) await this.page.mouse.up();
  }

  field(name: string): Locator {
    return this.table.getByLabel(name, { exact: true });
  }

  /** The level of a period, as a number. */
  async level(period: number, name = 'limit'): Promise<number> {
    return Number(await this.field(`${name} of period ${period}`).inputValue());
  }

  /** Writes into a field of the profile, and leaves it. */
  async write(name: string, text: string): Promise<void> {
    const field = this.form.getByLabel(name, { exact: true });
    await field.fill(text);
    await field.press('Enter');
  }
}

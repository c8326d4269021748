import type { Download, Locator, Page } from '@playwright/test';

/** The pane with the charts of energy. */
export class EnergyPane {
  readonly page: Page;
  readonly pane: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole('region', { name: 'Energy', exact: true });
  }

  /** Shows the pane, and one of its charts. */
  async show(chart?: string): Promise<void> {
    await this.page.keyboard.press('6');
    if (chart !== undefined) await this.tab(chart).click();
  }

  tab(name: string): Locator {
    return this.pane.getByRole('tab', { name, exact: true });
  }

  /** What is shown of the station, the transaction, and so on. */
  choice(name: 'Station' | 'EVSE' | 'Connector' | 'Transaction'): Locator {
    return this.pane.getByRole('combobox', { name, exact: true });
  }

  button(name: string | RegExp): Locator {
    return this.pane.getByRole('button', { name });
  }

  chart(title: string | RegExp): Chart {
    return new Chart(this.page, this.pane.getByRole('figure', { name: title }));
  }
}

/** One chart, wherever it is shown. */
export class Chart {
  readonly page: Page;
  readonly figure: Locator;
  /** Takes pointer and keys; its text value is what stands under the cursor. */
  readonly cursor: Locator;

  constructor(page: Page, figure: Locator) {
    this.page = page;
    this.figure = figure;
    this.cursor = figure.getByRole('slider');
  }

  /** The first and the last moment that are shown. */
  async range(): Promise<readonly [number, number]> {
    const [from, to] = await Promise.all(
      ['aria-valuemin', 'aria-valuemax'].map((name) => this.cursor.getAttribute(name)),
    );
    return [Number(from), Number(to)];
  }

  /** Points at a place, as shares of width and height. */
  async point(x: number, y: number): Promise<void> {
    const box = await this.cursor.boundingBox();
    if (!box) throw new Error('The chart is not shown.');
    await this.page.mouse.move(box.x + box.width * x, box.y + box.height * y);
  }

  async drag(from: number, to: number): Promise<void> {
    await this.point(from, 0.4);
    await this.page.mouse.down();
    await this.point((from + to) / 2, 0.4);
    await this.point(to, 0.4);
    await this.page.mouse.up();
  }

  series(name: string): Locator {
    return this.figure.getByRole('list', { name: 'Series' }).getByRole('button', { name, exact: true });
  }

  async export(what: 'Save as PNG' | 'Save as SVG' | 'Save the values as CSV'): Promise<Download> {
    const download = this.page.waitForEvent('download');
    await this.menu(what);
    return download;
  }

  async menu(what: string): Promise<void> {
    await this.figure.getByRole('button', { name: /^Save or copy/ }).click();
    await this.page.getByRole('menuitem', { name: what }).click();
  }
}

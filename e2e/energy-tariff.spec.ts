import { expect, type Page } from '@playwright/test';
import { test } from './pages/workbench.ts';

/** The tab of tariff and cost, with a transaction of the trace. */
class TariffPane {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get totals() {
    return this.#page.getByRole('region', { name: 'Totals' });
  }

  get side() {
    return this.#page.getByRole('region', { name: 'Cost and tariff' });
  }

  get periods() {
    return this.#page.getByRole('region', { name: 'Charging periods' });
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('6');
    await this.#page.getByRole('tab', { name: 'Tariff and cost' }).click();
  }

  async choose(transaction: RegExp): Promise<void> {
    await this.#page.getByRole('combobox', { name: 'Transaction' }).click();
    await this.#page.getByRole('option', { name: transaction }).click();
  }
}

test('calculates what a transaction costs, says why, and leads to the messages', async ({ page, workbench }) => {
  await workbench.importTrace('tariff-change');
  await expect(workbench.rows('SetDefaultTariff').first()).toBeVisible();

  const pane = new TariffPane(page);
  await pane.open();
  await pane.choose(/a7c1-tariff-0001/);
  await expect(pane.totals.getByRole('row', { name: /^Total/ })).toHaveText(/5\.67.*5\.67/);
  await expect(pane.side).toContainText('right to the cent');
  await expect(pane.side).toContainText('0.28 EUR/kWh from 22:00 to 06:00, else 0.45 EUR/kWh, plus 21 % VAT');
  await expect(pane.periods).toContainText('energy price 1 applies: from 22:00 to 06:00');
  await expect(pane.periods).toContainText('tariff WIND-NIGHT from here on');

  // The tariff leads to the message that brought it.
  await pane.side
    .getByRole('heading', { name: /WIND-NIGHT/ })
    .getByRole('button')
    .click();
  await expect(page.getByRole('row', { selected: true }).filter({ hasText: 'ChangeTransactionTariff' })).toBeVisible();

  // A station that leaves out the tax is found out.
  await pane.choose(/a7c1-tariff-0002/);
  await expect(pane.side).toContainText(/Exactly what the station says comes out if tax is left out/);
  await expect(pane.side).toContainText('CSMS, running cost: right to the cent');
});

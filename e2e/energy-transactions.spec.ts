import { expect } from '@playwright/test';
import { expectAccessible } from './pages/accessibility.ts';
import { EnergyPane } from './pages/energy-pane.ts';
import { test } from './pages/workbench.ts';

test('verifies what the meter signed of each transaction, with the key of the user where no message has one', async ({
  page,
  workbench,
}) => {
  await workbench.importTrace('signed-values');
  await expect(workbench.rows('SIGN-1').first()).toBeVisible();

  const energy = new EnergyPane(page);
  await energy.show('Transactions');
  await energy.choice('Station').click();
  await page.getByRole('option', { name: /^SIGN-1\b(?!6)/ }).click();
  const list = page.getByRole('grid', { name: 'Transactions' });
  const signed = page.getByRole('region', { name: 'Signed meter values' });

  await list.getByRole('row', { name: /8d1f3c52-sound/ }).click();
  await expect(signed).toContainText('All 2 signed values are valid.');
  await expect(signed.getByRole('row', { name: /^Signed energy/ })).toContainText('7.4210 kWh');

  await list.getByRole('row', { name: /b7702e19-changed/ }).click();
  await expect(signed).toContainText('1 of 2 signed values: The signature is not valid');
  await expect(energy.pane).toContainText('The signed energy is 9.421 kWh, 2 kWh more than 7.421 kWh by register');

  // The key that another transaction of the same meter sent verifies the one that came without.
  await list.getByRole('row', { name: /f1c6a0d3-with-key/ }).click();
  await signed.getByText('Transaction.Begin').click();
  const key = (await signed.locator('code').first().textContent()) ?? '';
  await list.getByRole('row', { name: /e4a95d80-unknown/ }).click();
  await expect(signed).toContainText('There is no public key of this meter');
  await signed.getByRole('textbox').fill(key);
  await expect(signed).toContainText('All 2 signed values are valid.');

  // An end leads to its message.
  await signed
    .getByRole('row', { name: /^Signed end/ })
    .getByRole('button')
    .click();
  await expect(workbench.selectedRow).toContainText('TransactionEvent');
  await expectAccessible(page);
});

import { expect, type Page } from '@playwright/test';
import type { Workbench } from '../pages/workbench.ts';
import { type FakeWindow, test } from './fixture.ts';

const grow = (page: Page, rows: number) =>
  page.evaluate((more) => (window as unknown as FakeWindow).fakeEngine.grow(more), rows);

/** The rows on screen as they are read. */
const onScreen = ({ grid }: Workbench) =>
  grid
    .locator('[data-index]')
    .evaluateAll((rows) => rows.map((row) => [row.textContent, row.getBoundingClientRect().y]));

/** The same, once all of them are read and what the wheel began has come to rest. */
async function atRest(workbench: Workbench): Promise<unknown> {
  let before: unknown;
  await expect(async () => {
    const last = before;
    await expect(workbench.grid.locator('[data-index][aria-busy]')).toHaveCount(0);
    before = await onScreen(workbench);
    expect(before).toEqual(last);
  }).toPass();
  return before;
}

test('follows new messages until the user scrolls up', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await expect(workbench.row(1000)).toBeInViewport();
  await grow(page, 500);
  await expect(workbench.row(1500)).toBeInViewport();
  // With the message below instead of beside, it follows on.
  await workbench.grid.evaluate((grid) => grid.toggleAttribute('data-marked', true));
  await page.setViewportSize({ width: 1200, height: 900 });
  await grow(page, 1);
  await expect(workbench.row(1501)).toBeInViewport();
  await expect(workbench.grid).toHaveAttribute('data-marked');
  await page.setViewportSize({ width: 1440, height: 900 });

  await workbench.grid.hover();
  await page.mouse.wheel(0, -700);
  const jump = page.getByRole('button', { name: /jump to end/ });
  await expect(workbench.row(1501)).not.toBeInViewport();
  await expect(workbench.filter.getByRole('button', { name: 'Follow new messages' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  const before = await atRest(workbench);
  await grow(page, 300);
  await expect(jump).toHaveText(/^300 new/);
  expect(await onScreen(workbench)).toEqual(before);

  await jump.click();
  await expect(workbench.row(1801)).toBeInViewport();
  await expect(jump).toBeHidden();
  await grow(page, 100);
  await expect(workbench.row(1901)).toBeInViewport();
});

test('lets go while thousands of messages a second arrive', async ({ page, open }) => {
  const workbench = await open('rows=400000&rate=2000');
  await workbench.grid.hover();
  await page.mouse.wheel(0, -400);
  await expect(page.getByRole('button', { name: /new · jump to end/ })).toBeVisible();
  const before = await atRest(workbench);
  const count = await workbench.count();
  await expect.poll(() => workbench.count()).toBeGreaterThan(count + 1000);
  expect(await onScreen(workbench)).toEqual(before);
});

test('follows again when the user scrolls to the end', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.grid.hover();
  await page.mouse.wheel(0, -400);
  await grow(page, 20);
  await expect(page.getByRole('button', { name: /jump to end/ })).toBeVisible();
  await page.mouse.wheel(0, 4000);
  await expect(page.getByRole('button', { name: /jump to end/ })).toBeHidden();
  await grow(page, 20);
  await expect(workbench.row(1040)).toBeInViewport();
});

test('reading a message holds the list still', async ({ page, open }) => {
  const workbench = await open('rows=1000');
  await workbench.row(995).click();
  await expect(workbench.detail).toBeVisible();
  await grow(page, 50);
  const jump = page.getByRole('button', { name: /^50 new/ });
  await expect(jump).toBeVisible();
  await expect(workbench.selectedRow).toBeInViewport();

  // Beside or below: what is read, where it is read and what has the focus stay, and each way has its own sizes.
  const editor = workbench.detail.locator('.monaco-editor').first();
  await expect(editor).toContainText('Authorize');
  for (const kept of [editor, workbench.grid]) await kept.evaluate((one) => one.toggleAttribute('data-marked', true));
  await workbench.expression.focus();
  const size = async () => {
    const box = await workbench.detail.boundingBox();
    return box && [Math.round(box.width), Math.round(box.height)];
  };
  const beside = await size();
  await page.setViewportSize({ width: 1200, height: 900 });
  const separator = page.getByRole('separator', { name: 'Size of the message pane' });
  await expect(separator).toHaveAttribute('aria-orientation', 'horizontal');
  await expect(separator).toHaveAttribute('aria-valuenow', /^48/);
  await expect(workbench.selectedRow).toHaveAttribute('aria-rowindex', '996');
  await expect(workbench.selectedRow).toBeInViewport();
  await expect(jump).toBeVisible();
  await expect(editor).toHaveAttribute('data-marked');
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(separator).toHaveAttribute('aria-orientation', 'vertical');
  await expect.poll(size).toEqual(beside);
  await expect(workbench.selectedRow).toBeInViewport();
  await expect(jump).toBeVisible();
  for (const kept of [editor, workbench.grid]) await expect(kept).toHaveAttribute('data-marked');
  await expect(workbench.expression).toBeFocused();
});

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What of a page is looked at, as CSS selectors. */
export interface Part {
  /** All of the page where nothing is named. */
  readonly within?: readonly string[];
  readonly without?: readonly string[];
}

/** Rules whose outcome depends on colours; all others find the same in both themes. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];
/** Editors are not ours; they bring their own mode for those who listen. */
const EDITORS = ['.monaco-editor', '.monaco-diff-editor'];

/**
 * Holds that axe finds nothing wrong with what is shown: by all of its rules in the theme of the moment, by those that
 * depend on colours in the other one too.
 */
export async function expectAccessible(page: Page, part: Part = {}): Promise<void> {
  const root = page.locator('html');
  const theme = (await root.getAttribute('data-theme')) === 'dark' ? 'dark' : 'light';
  const other = theme === 'dark' ? 'light' : 'dark';
  expect(await faults(page, part), `in the ${theme} theme`).toEqual([]);
  await page.emulateMedia({ colorScheme: other });
  await expect(root).toHaveAttribute('data-theme', other);
  expect(await faults(page, part, OF_COLOURS), `in the ${other} theme`).toEqual([]);
  await page.emulateMedia({ colorScheme: theme });
  await expect(root).toHaveAttribute('data-theme', theme);
}

/** What axe finds wrong in the theme that is shown, in a line each; by all rules where none are named. */
export async function faults(page: Page, part: Part = {}, rules: readonly string[] = []): Promise<string[]> {
  await comesToRest(page);
  // There are no frames of other origins, for which it would open a page more for each run; what was found right is
  // not asked for, since putting that together takes longer than finding it.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  axe.options({
    resultTypes: ['violations'],
    ...(rules.length > 0 && { runOnly: { type: 'rule', values: [...rules] } }),
  });
  for (const selector of part.within ?? []) axe.include(selector);
  for (const selector of [...EDITORS, ...(part.without ?? [])]) axe.exclude(selector);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

/** Until what fades in is there: a dialog that cannot be seen yet does not count as one. */
async function comesToRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

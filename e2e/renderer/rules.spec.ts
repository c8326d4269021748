import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { RuleSettings } from '../../src/workspace/rule.ts';
import { expectAccessible } from '../pages/accessibility.ts';
import { RulesPane } from '../pages/rules-pane.ts';
import { test } from './fixture.ts';

interface RulesWindow extends Window {
  readonly fakeEngine: {
    readonly rules: { fire(id: string, matches: number, hits: number): void; settings(): RuleSettings };
  };
}

const ALL = [
  'Reject the first boot',
  'Meter values that lie',
  'Slow CSMS',
  'Lossy line',
  'Missing fields',
  'CSMS without 2.1',
];

/** The rules as the engine has them. */
function inEngine(page: Page): Promise<RuleSettings> {
  return page.evaluate(() => (window as unknown as RulesWindow).fakeEngine.rules.settings());
}

test('switches rules on and off, and counts live', async ({ page, open }) => {
  await open('rows=200&rules');
  const rules = new RulesPane(page);
  await expect(page.getByRole('button', { name: 'Rules, 4' })).toBeVisible();
  await rules.show();
  await expect.poll(() => rules.names()).toEqual(ALL);
  const loss = rules.row('Lossy line');
  await loss.getByRole('checkbox').check();
  await expect.poll(async () => (await inEngine(page)).rules[3]?.enabled).toBe(true);
  await page.evaluate(() => (window as unknown as RulesWindow).fakeEngine.rules.fire('loss', 3, 2));
  await expect(loss).toContainText('2 × of 3');
  await rules.tools.getByRole('button', { name: /Count from zero/ }).click();
  await expect(loss).toContainText('0 ×');
});

test('writes a rule in the form, with the mistakes of the filter and of values', async ({ page, open }) => {
  await open('rows=200');
  const rules = new RulesPane(page);
  await rules.show();
  await expect(rules.pane.getByRole('heading', { name: 'No rules yet' })).toBeVisible();
  await rules.add('Set a value');
  await rules.field('Name').fill('Fault');
  const filter = rules.field('Messages that match');
  await filter.fill('acton == "StatusNotification"');
  await expect(page.getByRole('status').getByText('There is no field acton; did you mean action?')).toBeVisible();
  await filter.fill('action == "StatusN');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(filter).toHaveValue(/^action == "StatusNotification"/);
  await filter.fill('action == "StatusNotification"');
  expect((await inEngine(page)).rules[0]?.filter, 'nothing counts before its field is left').toBe('');
  await expect(filter).toHaveAttribute('aria-invalid', 'false');
  await rules.field('Place in the payload').fill('connectorStatus');
  await expect(rules.editor.getByText('It must be a JSON pointer')).toBeVisible();
  await rules.field('Place in the payload').fill('/connectorStatus');
  await rules.field('Value, as JSON').fill('Faulted');
  await expect(rules.editor.getByText('This is no JSON; a text needs quotes.')).toBeVisible();
  await rules.field('Value, as JSON').fill('"Faulted"');
  await rules.field('At most').fill('3');
  await page.keyboard.press('Enter');
  await expect(rules.editor.getByRole('alert')).toHaveCount(0);
  await expect
    .poll(async () => (await inEngine(page)).rules)
    .toEqual([
      {
        id: 'rule-1',
        name: 'Fault',
        enabled: false,
        direction: 'both',
        filter: 'action == "StatusNotification"',
        limits: { atMost: 3 },
        action: { kind: 'set', pointer: '/connectorStatus', value: 'Faulted' },
      },
    ]);
  await expect(rules.row('Fault')).toContainText('Set /connectorStatus to "Faulted", at most 3 times');
});

test('has a form for each kind of action', async ({ page, open }) => {
  await open('rows=200&rules');
  const rules = new RulesPane(page);
  await rules.show();
  await rules.edit('Lossy line');
  const kind = rules.editor.getByRole('combobox', { name: 'What is done' });
  await kind.click();
  await expect(page.getByRole('option')).toHaveCount(13);
  const kinds = await page.getByRole('option').allTextContents();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
  for (const name of kinds) {
    await kind.click();
    await page.getByRole('option', { name, exact: true }).click();
    await expect(kind).toHaveText(name);
    await expect(rules.editor.getByRole('alert')).toHaveCount(0);
  }
  await expect.poll(async () => (await inEngine(page)).rules[3]?.action.kind).toBe('subprotocols');
});

test('keeps the form and the JSON in step, and takes nothing that is wrong', async ({ page, open }) => {
  await open('rows=200&rules');
  const rules = new RulesPane(page);
  await rules.show();
  await rules.edit('Slow CSMS');
  await rules.editor.getByRole('tab', { name: 'JSON' }).click();
  const json = rules.editor.getByRole('textbox', { name: 'The rule as JSON' });
  const text = await json.inputValue();
  await json.fill(text.replace('2500', '"soon"'));
  await expect(rules.editor.getByText('action.ms: It must be a number; it is the string "soon".')).toBeVisible();
  await json.fill(text.replace('2500', '75'));
  await expect(json).toHaveAttribute('aria-invalid', 'false');
  await rules.editor.getByRole('tab', { name: 'Form' }).click();
  await expect(rules.field('Time')).toHaveValue('75');
  await rules.field('Time').fill('80');
  await rules.editor.getByRole('tab', { name: 'JSON' }).click();
  await expect(json).toHaveValue(/"ms": 80/);
});

test('changes the order by keys and by dragging, duplicates and deletes, and takes it all back', async ({
  page,
  open,
}) => {
  await open('rows=200&rules');
  const rules = new RulesPane(page);
  await rules.show();
  const [first = '', second = '', third = '', ...others] = ALL;
  await rules.edit(first);
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => rules.names()).toEqual([second, third, first, ...others]);
  await expect(rules.row(first).getByRole('button')).toBeFocused();
  await rules.row('CSMS without 2.1').dragTo(rules.row(second), { targetPosition: { x: 100, y: 4 } });
  await expect.poll(() => rules.names()).toEqual(['CSMS without 2.1', second, third, first, ...others.slice(0, -1)]);
  await rules.edit(third);
  await page.keyboard.press('D');
  await expect.poll(() => rules.names()).toContain('Slow CSMS (copy)');
  await rules.edit(second);
  await page.keyboard.press('Delete');
  await expect.poll(() => rules.names()).not.toContain(second);
  for (let step = 0; step < 5; step++) await page.keyboard.press('Control+z');
  await expect.poll(() => rules.names()).toEqual(ALL);
  await expect(rules.tools.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  await rules.tools.getByRole('button', { name: /^Redo/ }).click();
  await expect.poll(async () => (await rules.names())[0]).toBe(second);
});

test('goes from rule to rule by keys, and switches them', async ({ page, open }) => {
  await open('rows=200&rules');
  const rules = new RulesPane(page);
  await rules.show();
  await rules.edit('Reject the first boot');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press(' ');
  await expect(rules.row('Missing fields').getByRole('checkbox')).not.toBeChecked();
  await page.keyboard.press('Enter');
  await expect(rules.field('Name')).toHaveValue('Missing fields');
});

test('imports a text, says what is wrong with it, and exports a file', async ({ page, open }) => {
  await open('rows=200&rules');
  const rules = new RulesPane(page);
  await rules.show();
  await rules.tools.getByRole('button', { name: 'Import…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import rules' });
  const text = dialog.getByRole('textbox', { name: 'Or its text' });
  const file = { format: 'plugscope-rules', version: 1, rules: [{ name: 'Taken in', action: { kind: 'dro' } }] };
  await text.fill(JSON.stringify(file));
  await dialog.getByRole('button', { name: 'Add to the rules' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Rule 1 ("Taken in"), action.kind: It must be one of');
  await text.fill(JSON.stringify(file).replace('dro', 'drop'));
  await dialog.getByRole('button', { name: 'Add to the rules' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => rules.names()).toEqual([...ALL, 'Taken in']);
  const downloading = page.waitForEvent('download');
  await rules.tools.getByRole('button', { name: 'Export' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('rules.json');
  const saved = JSON.parse(await readFile(await download.path(), 'utf8')) as { rules: unknown[] };
  expect(saved).toMatchObject({ $schema: 'urn:plugscope:rules:1', seed: 42 });
  expect(saved.rules).toHaveLength(7);
});

test('the pane is accessible', async ({ page, open }) => {
  await open('rows=200&rules');
  const rules = new RulesPane(page);
  await rules.show();
  await rules.edit('Missing fields');
  await rules.field('Messages that match').fill('acton == 1');
  await page.keyboard.press('Tab');
  await expect(rules.list.getByText('There is no field acton')).toBeVisible();
  await expectAccessible(page);
  await rules.editor.getByRole('tab', { name: 'JSON' }).click();
  await expectAccessible(page);
  await rules.tools.getByRole('button', { name: 'Import…' }).click();
  await expect(page.getByRole('dialog', { name: 'Import rules' })).toBeVisible();
  await expectAccessible(page);
});

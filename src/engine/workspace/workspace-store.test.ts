import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { EMPTY_WORKSPACE } from '../../workspace/workspace.ts';
import { openWorkspace } from './workspace-store.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-workspace-'));
  path = join(folder, 'kept', 'workspace.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const intercept = { breakpoints: [], senderTimeoutMs: 5000, marginMs: 100 };

it('is empty where there is no file', () => {
  const store = openWorkspace(path);
  expect(store.get()).toEqual(EMPTY_WORKSPACE);
  expect(store.trouble).toBeUndefined();
});

it('keeps what is changed, readable by its owner alone, and tells of it', () => {
  const store = openWorkspace(path);
  const told = vi.fn();
  store.onChange(told);
  expect(store.update({ intercept })).toMatchObject({ ok: true });
  expect(told).toHaveBeenCalledWith({ ...EMPTY_WORKSPACE, intercept });
  expect(openWorkspace(path).get().intercept).toEqual(intercept);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it.each(['no json', '{"format":2}', '{"format":1,"intercept":{}}'])('sets the file %j aside and says so', (text) => {
  openWorkspace(path).update({});
  writeFileSync(path, text);
  const store = openWorkspace(path);
  expect(store.get()).toEqual(EMPTY_WORKSPACE);
  expect(store.trouble?.sentence).toContain(`${path}.unreadable`);
  expect(readFileSync(`${path}.unreadable`, 'utf8')).toBe(text);
  expect(existsSync(path)).toBe(false);
});

it('sets each one aside under a name of its own', () => {
  for (const text of ['first', 'second']) {
    openWorkspace(path).update({});
    writeFileSync(path, text);
    openWorkspace(path);
  }
  expect(readFileSync(`${path}.unreadable`, 'utf8')).toBe('first');
  expect(readFileSync(`${path}.unreadable-2`, 'utf8')).toBe('second');
});

it('sets aside what the system does not let it read', () => {
  // Reading a folder fails for every user.
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'kept'), 'mine');
  const store = openWorkspace(path);
  expect(store.trouble?.sentence).toContain(`${path}.unreadable`);
  expect(store.update({ intercept })).toMatchObject({ ok: true });
  expect(readFileSync(join(`${path}.unreadable`, 'kept'), 'utf8')).toBe('mine');
});

it('says where it cannot be saved, and counts all the same', () => {
  writeFileSync(join(folder, 'kept'), 'a file where the folder should be');
  const store = openWorkspace(path);
  expect(store.update({ intercept })).toMatchObject({ ok: false, error: { code: 'workspace-unwritable' } });
  expect(store.get().intercept).toEqual(intercept);
});

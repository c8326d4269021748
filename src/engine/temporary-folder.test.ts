import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeTemporaryFolder, sweepTemporaryFolders } from './temporary-folder.ts';

const MODULE = new URL('./temporary-folder.ts', import.meta.url).href;
const DAY_MS = 86_400_000;
const NOW = Date.now();
const posix = process.platform !== 'win32';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'plugscope-sweep-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Makes a folder and all that is in it look two days old. */
function age(path: string): void {
  for (const name of readdirSync(path))
    lutimesSync(join(path, name), new Date(NOW - 2 * DAY_MS), new Date(NOW - 2 * DAY_MS));
  lutimesSync(path, new Date(NOW - 2 * DAY_MS), new Date(NOW - 2 * DAY_MS));
}

/** A folder of ours as a crash leaves it: with a file in it, and a lock that nobody holds. */
function left(): string {
  const folder = makeTemporaryFolder('export', root);
  const aside = join(root, 'aside');
  renameSync(folder.path, aside);
  folder.removeNow();
  renameSync(aside, folder.path);
  writeFileSync(join(folder.path, 'secret'), 'what a station said');
  age(folder.path);
  return folder.path;
}

const sweep = (now = NOW) => sweepTemporaryFolders(now, root);

describe('a temporary folder', () => {
  it('is for its owner alone, and goes with all that is in it', async () => {
    const folder = makeTemporaryFolder('live', root);
    if (posix) expect(lstatSync(folder.path).mode & 0o777).toBe(0o700);
    writeFileSync(join(folder.path, 'a'), '');
    await folder.remove();
    await folder.remove();
    expect(readdirSync(root)).toEqual([]);
  });
});

describe('what a crash left', () => {
  it('is swept once it is a day old, and nothing that links in it lead to', async () => {
    const folder = left();
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'kept'), '');
    symlinkSync(elsewhere, join(folder, 'link'), 'junction');
    mkdirSync(join(folder, 'deeper'));
    age(folder);
    expect(await sweep(NOW - 2 * DAY_MS + 1000)).toEqual([]);
    expect(await sweep()).toEqual([folder]);
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(elsewhere)).toEqual(['kept']);
  });

  it('is left alone while its process lives, however long that is', async () => {
    const program = `const { makeTemporaryFolder } = await import(${JSON.stringify(MODULE)});
      const folder = makeTemporaryFolder('live', ${JSON.stringify(root)});
      console.log(folder.path);
      setInterval(() => folder.path, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [said] = await once(child.stdout, 'data');
    const folder = String(said).trim();
    age(folder);
    expect(await sweep()).toEqual([]);
    expect(existsSync(folder)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await sweep()).toEqual([folder]);
  });

  it('is left alone where something in it is younger', async () => {
    const folder = left();
    writeFileSync(join(folder, 'young'), '');
    lutimesSync(folder, new Date(NOW - 2 * DAY_MS), new Date(NOW - 2 * DAY_MS));
    expect(await sweep()).toEqual([]);
  });
});

describe('what may be of others', () => {
  const stays: readonly (readonly [string, (folder: string) => void])[] = [
    ['has no lock', (folder) => rmSync(join(folder, 'plugscope.lock'))],
    [
      'has the lock of something else',
      (folder) => {
        rmSync(join(folder, 'plugscope.lock'));
        const other = new DatabaseSync(join(folder, 'plugscope.lock'));
        other.exec('CREATE TABLE a (b)');
        other.close();
      },
    ],
    ['has text for a lock', (folder) => writeFileSync(join(folder, 'plugscope.lock'), 'no database, but long enough')],
    ['has another name', (folder) => renameSync(folder, join(root, 'plugscope-export-mine'))],
  ];
  const staysOnPosix: typeof stays = [
    ['is open to others', (folder) => chmodSync(folder, 0o750)],
    [
      'is a link to a folder',
      (folder) => {
        renameSync(folder, join(root, 'target'));
        symlinkSync(join(root, 'target'), folder);
        lutimesSync(folder, new Date(NOW - 2 * DAY_MS), new Date(NOW - 2 * DAY_MS));
      },
    ],
    [
      'has a link for a lock',
      (folder) => {
        renameSync(join(folder, 'plugscope.lock'), join(root, 'lock'));
        symlinkSync(join(root, 'lock'), join(folder, 'plugscope.lock'));
      },
    ],
    ['has a lock with two names', (folder) => linkSync(join(folder, 'plugscope.lock'), join(root, 'lock'))],
  ];
  it.each([...stays, ...(posix ? staysOnPosix : [])])('stays: it %s', async (_, change) => {
    const folder = left();
    change(folder);
    for (const name of readdirSync(root)) {
      if (lstatSync(join(root, name)).isDirectory()) age(join(root, name));
    }
    expect(await sweep()).toEqual([]);
    const names = readdirSync(root, { recursive: true }).map(String);
    expect(names.some((name) => name.endsWith('secret'))).toBe(true);
  });

  it.runIf(posix)('stays where others could put something in its place', async () => {
    const folder = left();
    chmodSync(root, 0o777);
    expect(await sweep()).toEqual([]);
    chmodSync(root, 0o1777);
    expect(await sweep()).toEqual([folder]);
  });

  it('is no failure where there is no such folder', async () => {
    expect(await sweepTemporaryFolders(NOW, join(root, 'nowhere'))).toEqual([]);
  });
});

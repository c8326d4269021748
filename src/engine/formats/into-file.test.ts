import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failure, success } from '../../session/outcome.ts';
import { intoFile, type Sink } from './export-session.ts';
import { temporaryFolder } from './testing/exported.ts';

/** Writes a file while somebody else makes one of the same name. */
async function besideAnother(existing: 'replace' | 'keep') {
  const folder = temporaryFolder();
  const path = join(folder, 'out.csv');
  writeFileSync(`${path}.part`, 'theirs');
  const write = async (sink: Sink) => {
    await sink('ours');
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, 'theirs');
    return success(null);
  };
  const { ok } = await intoFile(path, write, existing);
  return { ok, folder, texts: readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) };
}

it('keeps a file that got the name meanwhile, and any other beside it', async () => {
  expect(await besideAnother('keep')).toMatchObject({ ok: false, texts: ['theirs', 'theirs'] });
});

it('replaces it where whoever named it said so', async () => {
  expect(await besideAnother('replace')).toMatchObject({ ok: true, texts: ['ours', 'theirs'] });
});

it('leaves nothing behind of what failed', async () => {
  const folder = temporaryFolder();
  await intoFile(join(folder, 'out.csv'), async () => failure('x', 'It failed.'), 'keep');
  expect(readdirSync(folder)).toEqual([]);
});

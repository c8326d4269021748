import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKeyRequest } from '../engine/station/security/key-request.ts';
import { makeOperator } from '../engine/station/testing/operator.ts';
import { fakeCredentials } from '../engine/testing/fake-credentials.ts';
import { FileCredentials } from './pem-files.ts';

let folder: string;
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-pem-'));
  const operator = await makeOperator(Date.now());
  const { csr, privateKey } = await makeKeyRequest('CS-1', 'Bench');
  const files = {
    'chain.pem': await operator.sign(csr),
    'key.pem': privateKey,
    'other.key': (await makeKeyRequest('CS-1', 'Bench')).privateKey,
    'roots.pem': `# two of them\n${operator.root}\n${operator.root}\n`,
    'empty.pem': 'nothing here',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(file(name), content);
});
afterAll(() => rm(folder, { recursive: true }));

describe('certificates of files', () => {
  it('take the place of those of the bench where they are named', async () => {
    const credentials = new FileCredentials(fakeCredentials());
    const read = await credentials.read({
      certificate: file('chain.pem'),
      key: file('key.pem'),
      ca: file('roots.pem'),
    });
    if (!read.ok) return expect.fail(read.error.sentence);
    const { certificate, trust } = read.value;
    const credential = { key: expect.stringContaining('PRIVATE KEY'), chain: expect.stringContaining('CERTIFICATE') };
    expect(await credentials.ofCsms([certificate ?? ''])).toMatchObject({ ok: true, value: [credential] });
    expect(await credentials.ofStation('CS-1', certificate ?? '')).toMatchObject({ ok: true, value: credential });
    const roots = await credentials.roots([trust ?? '']);
    expect(roots.ok && roots.value).toHaveLength(2);
  });

  it('leave those of the bench where none is named', async () => {
    const credentials = new FileCredentials(fakeCredentials());
    expect(await credentials.read({})).toEqual({ ok: true, value: { certificate: undefined, trust: undefined } });
    expect(await credentials.ofCsms(null)).toMatchObject({ value: [{ chain: 'csms own' }] });
    expect(await credentials.ofStation('CS-1', null)).toMatchObject({ value: { chain: 'station CS-1' } });
    expect(await credentials.roots(null)).toMatchObject({ value: ['own root', 'imported root'] });
    expect(await credentials.root()).toMatchObject({ value: 'own root' });
  });

  it.each([
    ['a certificate without its key', { certificate: 'chain.pem' }, /needs its key/],
    ['a key without its certificate', { key: 'key.pem' }, /needs its key/],
    ['a key of another one', { certificate: 'chain.pem', key: 'other.key' }, /is not that of the certificate/],
    ['no certificate', { certificate: 'empty.pem', key: 'key.pem' }, /empty\.pem has no certificate/],
    ['no key', { certificate: 'chain.pem', key: 'roots.pem' }, /has no private key/],
    ['no roots', { ca: 'empty.pem' }, /empty\.pem has no certificate/],
    ['a file that is missing', { ca: 'nowhere.pem' }, /nowhere\.pem cannot be read/],
  ])('are refused with a sentence: %s', async (_, names: Record<string, string>, sentence) => {
    const paths = Object.fromEntries(Object.entries(names).map(([flag, name]) => [flag, file(name)]));
    const read = await new FileCredentials(fakeCredentials()).read(paths);
    expect(read).toMatchObject({ ok: false, error: { sentence: expect.stringMatching(sentence) } });
  });
});

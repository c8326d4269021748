import { describe, expect, it } from 'vitest';

/** The script is plain JavaScript without types. */
async function run(program: string, args: readonly string[], options: object): Promise<number> {
  return (await import('./run.mjs' as string)).run(program, args, options);
}

describe('a program that is run', () => {
  const shell = (text: string, output: 'on-failure' | 'never', onFailure?: (last: string) => void) =>
    run(process.execPath, ['-e', text], { cwd: process.cwd(), output, onFailure });

  it('has its last lines kept where it fails', async () => {
    const kept: string[] = [];
    const code = await shell('for (let i = 0; i < 500; i++) console.log(i); process.exitCode = 3', 'never', (last) =>
      kept.push(last),
    );
    expect(code).toBe(3);
    expect(kept).toHaveLength(1);
    expect(kept[0]?.split('\n').at(-1)).toBe('499');
    expect(kept[0]?.split('\n').length).toBeLessThan(200);
  });

  it('says nothing more where it is fine', async () => {
    const kept: string[] = [];
    expect(await shell('console.log(1)', 'on-failure', (last) => kept.push(last))).toBe(0);
    expect(kept).toEqual([]);
  });

  it('says why it could not start', async () => {
    const kept: string[] = [];
    const code = await run('no-such-program', [], {
      cwd: process.cwd(),
      output: 'never',
      onFailure: (l: string) => kept.push(l),
    });
    expect(code).toBe(1);
    expect(kept[0]).toContain('ENOENT');
  });
});

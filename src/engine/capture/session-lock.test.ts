import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockPath } from './format.ts';
import { lockSession } from './session-lock.ts';
import { temporarySession, unwrap } from './testing/session-fixtures.ts';

const MODULE = new URL('./session-lock.ts', import.meta.url).href;

async function lockElsewhere(session: string) {
  const program = `const { lockSession } = await import(${JSON.stringify(MODULE)});
    console.log(lockSession(${JSON.stringify(session)}).ok);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [answer] = await once(child.stdout, 'data');
  expect(String(answer).trim()).toBe('true');
  return child;
}

describe('lockSession', () => {
  it('is taken once, and again when it was let go', () => {
    const session = temporarySession();
    const lock = unwrap(lockSession(session));
    expect(lockSession(session)).toMatchObject({ ok: false, error: { code: 'session-in-use' } });
    lock.release();
    expect(existsSync(lockPath(session))).toBe(false);
    unwrap(lockSession(session)).release();
  });

  it('says which process holds it, and is free when that was killed', async () => {
    const session = temporarySession();
    const child = await lockElsewhere(session);
    const refused = lockSession(session);
    expect(!refused.ok && refused.error.sentence).toContain(`process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    unwrap(lockSession(session)).release();
  });

  it('says why where the folder cannot be written', () => {
    expect(lockSession('/nowhere/at/all.plugscope')).toMatchObject({
      ok: false,
      error: { code: 'session-unreadable' },
    });
  });
});

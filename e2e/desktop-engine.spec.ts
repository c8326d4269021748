import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';

const UTILITY_PROCESS = fileURLToPath(new URL('./pages/utility-process.mjs', import.meta.url));

test('the engine as built for the desktop runs the starter bench, workers and all', async () => {
  const home = mkdtempSync(join(tmpdir(), 'plugscope-desktop-'));
  const built = new URL('../out/main/engine-process.js', import.meta.url).href;
  const engine = spawn(process.execPath, [UTILITY_PROCESS, built], {
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, LOCALAPPDATA: home },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let asked = 0;
  try {
    for await (const line of createInterface(engine.stdout)) {
      const { m: event, a: args, t, r: answer, e: refusal, kind, sentence } = JSON.parse(line);
      expect(kind, sentence).toBeUndefined();
      // Messages are counted by the index, whose worker is a file of the build of its own; so is that of charts.
      if (event === 'sessionChanged' && args[0].messages > 2 && asked++ === 0) engine.stdin.write('energy.overview\n');
      if (t !== 's') continue;
      expect(refusal).toBeUndefined();
      expect(answer.entries).toBeGreaterThan(0);
      break;
    }
    const exited = once(engine, 'exit');
    engine.stdin.end();
    expect((await exited)[0]).toBe(0);
  } finally {
    engine.kill();
    rmSync(home, { recursive: true, force: true });
  }
});

import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { csmsPeer } from '../engine/testing/web-socket-peers.ts';
import { runHere } from './testing/run-here.ts';
import { linesOf, type Spawned, spawnIn } from './testing/spawn-plugscope.ts';

let folder: string;
const closers: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plugscope-test-'));
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(folder, { recursive: true });
});

async function file(content: unknown): Promise<string> {
  const path = join(folder, 'rules.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const HEAD = { format: 'plugscope-rules', version: 1, seed: 5 };
const PROXY = ['proxy', '--listen', '127.0.0.1:0', '--upstream', 'ws://127.0.0.1:1'];

// Each starts processes with workers of their own, which takes its time on a busy machine.
describe('plugscope proxy --rules', { timeout: 60_000 }, () => {
  it('changes messages, and tells at the end how often each rule fired', async () => {
    const csms = await csmsPeer();
    closers.push(() => csms.close());
    const rules = await file({
      ...HEAD,
      rules: [
        {
          name: 'Reject the boot',
          filter: 'action == "BootNotification"',
          action: { kind: 'answer', payload: { currentTime: '{{now}}', interval: 9, status: 'Rejected' } },
        },
        { name: 'Never', limits: { percent: 0 }, action: { kind: 'drop' } },
        { name: 'Off', enabled: false, action: { kind: 'stall' } },
      ],
    });
    const proxy: Spawned = spawnIn(
      folder,
      'proxy',
      '--listen',
      '127.0.0.1:0',
      '--upstream',
      csms.url,
      '--rules',
      rules,
      '--seed',
      '77',
    );
    closers.push(() => proxy.child.kill('SIGKILL'));
    const [, url = ''] = await proxy.told(/connect to (ws:\/\/127\.0\.0\.1:\d+\/)<id>/);
    const station = new WebSocket(`${url}CS-1`, 'ocpp1.6');
    await once(station, 'open');
    station.send('[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
    const [answer] = await once(station, 'message');
    expect(JSON.parse(String(answer))).toMatchObject([3, 'b', { interval: 9, status: 'Rejected' }]);
    station.send('[2,"h","Heartbeat",{}]');
    await proxy.line(({ action }) => action === 'Heartbeat');
    station.terminate();
    await proxy.line(({ kind }) => kind === 'closed');
    proxy.child.kill('SIGINT');
    const { code, err, out } = await proxy.ended;
    expect(code).toBe(0);
    expect(err.split('\n').map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        'Rules under seed 77 fired:',
        '1 × Reject the boot',
        '0 × Never of 1 matches',
        '0 × Off (off)',
      ]),
    );
    expect(linesOf(out).length).toBeGreaterThan(3);
  });

  it('ends with 2 and sentences where the file cannot be used', async () => {
    const wrong = await file({ ...HEAD, rules: [{ name: 'A', action: { kind: 'set', pointer: 'x', value: 1 } }] });
    const refused = await runHere(...PROXY, '--rules', wrong);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('Rule 1 ("A"), action.pointer: It must be a JSON pointer');
    expect(refused.out).toBe('');
    const broken = await file({ ...HEAD, rules: [{ name: 'A', filter: 'acton == 1', action: { kind: 'drop' } }] });
    expect(await runHere(...PROXY, '--rules', broken)).toMatchObject({
      code: 2,
      err: expect.stringContaining('Rule 1 ("A"): The filter cannot be used: There is no field acton'),
    });
    const missing = await runHere(...PROXY, '--rules', join(folder, 'none.json'));
    expect(missing).toMatchObject({
      code: 2,
      err: expect.stringContaining('none.json cannot be read: no such file or directory.'),
    });
  });

  it('takes a seed with rules alone, and a number', async () => {
    expect(await runHere(...PROXY, '--seed', '3')).toMatchObject({ code: 2 });
    const rules = await file({ ...HEAD, rules: [] });
    expect(await runHere(...PROXY, '--rules', rules, '--seed', 'x')).toMatchObject({
      code: 2,
      err: expect.stringContaining('whole number'),
    });
  });
});

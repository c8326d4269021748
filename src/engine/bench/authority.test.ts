import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { BenchSetup } from '../../bridge/contract.ts';
import { eventsTo } from '../../bridge/events.ts';
import type { AuthorityState } from '../../bridge/methods/authority.ts';
import { unwrap } from '../authority/testing/test-desk.ts';
import { eventually } from '../testing/eventually.ts';
import type { Engine } from './engine.ts';
import { startEngine } from './start-engine.ts';

const SETUP = {
  role: 'csms',
  port: 0,
  station: { id: 'CS-0001', version: '2.1' },
  security: { profile: 3, password: null },
} as const satisfies BenchSetup;

let folder: string;
let engine: Engine;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plugscope-engine-'));
  engine = unwrap(await startEngine({ folder, setup: SETUP }));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

it('tells clients of certificates, and each of what another one changes', async () => {
  const [one, other] = [engine.connect(), engine.connect()];
  const told: AuthorityState[] = [];
  other.subscribe({ ...eventsTo(() => {}), authorityChanged: (state) => void told.push(state) });
  const { certificates, rootUrls } = unwrap(await one.handlers['authority.get']());
  expect(certificates.map(({ role }) => role)).toContain('csms');
  const { port } = engine.bench.state();
  for (const { url } of rootUrls) expect(new URL(url).port).toBe(String(port));
  const changed = unwrap(await one.handlers['authority.renew']('V2G', 'ECDSA P-256'));
  // The bench itself may have had certificates made meanwhile.
  expect(told.at(-1)).toEqual(changed);
  await one.handlers['bench.configure']({ role: 'station', url: 'ws://127.0.0.1:9/', station: SETUP.station });
  await eventually(() => expect(told.at(-1)?.rootUrls).toEqual([]));
});

it('hands a private key to who exports it, and to nothing else: no answer, no event, no session file', async () => {
  const client = engine.connect();
  const said: unknown[] = [];
  client.subscribe(eventsTo((event) => void said.push(event)));
  await eventually(() => expect(engine.recording.status().messages).toBeGreaterThan(3));
  const issue = {
    role: 'station',
    commonName: 'SN-1',
    names: [],
    key: 'ECDSA P-256',
    hierarchy: 'CSO',
    bad: null,
  } as const;
  const state = unwrap(await client.handlers['authority.issue']({ ...issue, names: [] }));
  said.push(state, engine.bench.state(), await client.handlers['link.get'](1), await client.handlers['entry.get'](1));
  const keys = await Promise.all(
    state.certificates.map(async ({ id }) => {
      const file = unwrap(await client.handlers['authority.export'](id, 'key', ''));
      return Buffer.from(file.base64, 'base64').toString();
    }),
  );
  expect(keys.length).toBeGreaterThan(4);
  await engine.close();

  const sessions = readdirSync(folder).filter((name) => name.includes('.plugscope'));
  expect(sessions.length).toBeGreaterThan(0);
  const texts = [JSON.stringify(said), ...sessions.map((name) => readFileSync(join(folder, name), 'latin1'))];
  for (const key of keys) {
    // In none of the forms in which a key could have slipped in.
    const der = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' });
    const [, line = ''] = key.split('\n');
    for (const text of texts) {
      for (const secret of [
        'PRIVATE KEY',
        line,
        der.toString('hex').slice(72, 136),
        der.subarray(36, 68).toString('latin1'),
      ]) {
        expect(text.includes(secret)).toBe(false);
      }
    }
  }
});

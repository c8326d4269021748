import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAuthority, withoutListening } from '../../authority/open-authority.ts';
import { startRecording } from '../../capture/recording.ts';
import { systemClock } from '../../clock.ts';
import { createCsms } from '../../csms/csms.ts';
import { webSocketNetwork } from '../../net/web-socket-network.ts';
import { createProxy } from '../../proxy/proxy.ts';
import { createStation } from '../../station/station.ts';
import { serveParent } from '../child.ts';
import { FUZZ_PASSWORD } from './fuzz-password.ts';

/*
 * The process under test: a proxy to a CSMS that is not to be trusted, the built-in CSMS without security and with that
 * of profile 2, and the built-in station at the CSMS that is not to be trusted, all recorded and indexed. What would end the process in the field ends it here.
 */

/** What the process under test says of itself. */
export interface TargetState {
  readonly proxy: number;
  readonly csms: number;
  /** Port of the CSMS that asks for TLS and for `FUZZ_PASSWORD`. */
  readonly secured: number;
  /** Messages in the index, once it has caught up. */
  readonly messages: number;
  readonly entries: number;
  /** Bytes on the heap after a collection. */
  readonly heap: number;
  /** Rejections that nobody handled, in words. */
  readonly unhandled: readonly string[];
}

const [upstream = ''] = process.argv.slice(2);
const unhandled: string[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(String(reason)));

const folder = mkdtempSync(join(tmpdir(), 'plugscope-fuzz-'));
const clock = systemClock();
const network = webSocketNetwork(clock);
const recording = await startRecording({ path: join(folder, 'fuzz.plugscope'), clock, onFull: 'stop' });
if (!recording.ok) throw new Error(recording.error.sentence);
const recorder = recording.value;
const host = '127.0.0.1';
const proxy = await createProxy({ network, recorder, upstream, port: 0, host });
const csms = await createCsms({ network, recorder, clock, port: 0, host, greets: true });
const authority = openAuthority({
  clock,
  folder: join(folder, 'authority'),
  vault: async () => null,
  stationPort: () => null,
  listen: withoutListening,
});
const secured = await createCsms({
  network,
  recorder,
  clock,
  port: 0,
  host,
  security: { profile: 2, password: FUZZ_PASSWORD, compression: true },
  credentials: authority,
});
if (!proxy.ok || !csms.ok || !secured.ok) throw new Error('the bench under test cannot listen');
const station = createStation({
  network,
  recorder,
  clock,
  random: Math.random,
  url: `${upstream}/built-in`,
  id: 'BUILT-IN',
  version: '2.1',
});
station.start();
const ports = { proxy: proxy.value.port, csms: csms.value.port, secured: secured.value.port };
const running = [proxy.value, csms.value, secured.value];

async function state(): Promise<TargetState> {
  while (recorder.status().lag > 0) await sleep(5);
  const { messages, entries } = recorder.status();
  globalThis.gc?.();
  const { heapUsed: heap } = process.memoryUsage();
  return { ...ports, messages, entries, heap, unhandled };
}

serveParent(state, async () => {
  await station.stop();
  for (const one of running) await one.close();
  await recorder.close();
  rmSync(folder, { recursive: true, force: true });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRecording } from '../src/engine/capture/recording.ts';
import { systemClock } from '../src/engine/clock.ts';
import { webSocketNetwork } from '../src/engine/net/web-socket-network.ts';
import { createProxy } from '../src/engine/proxy/proxy.ts';
import { serveParent } from '../src/engine/testing/child.ts';

/** Plugscope with everything on: every frame journalled before it is forwarded, parsed, paired, validated, indexed. */
const folder = mkdtempSync(join(tmpdir(), 'plugscope-bench-'));

const clock = systemClock();
const recording = await startRecording({ path: join(folder, 'bench.plugscope'), clock, onFull: 'stop' });
if (!recording.ok) throw new Error(recording.error.sentence);
const recorder = recording.value;
const proxy = await createProxy({
  network: webSocketNetwork(clock),
  recorder,
  upstream: process.argv[2] ?? '',
  port: 0,
  host: '127.0.0.1',
  // Unless the soak asks for it: it is the relay that is measured, not the pace that it holds peers to.
  limits: process.argv[3] === 'default-limits' ? {} : { messagesPerSecond: 1_000_000 },
});
if (!proxy.ok) throw new Error(proxy.error.sentence);
const running = proxy.value;

export interface Drained {
  readonly port: number;
  /** Entries that the index was behind when it was asked. */
  readonly lag: number;
  readonly drainSeconds: number;
  readonly messages: number;
  readonly findings: number;
  /** Bytes of memory that are resident. */
  readonly rss: number;
}

async function drained(): Promise<Drained> {
  const { lag } = recorder.status();
  const start = performance.now();
  while (recorder.status().lag > 0) await sleep(5);
  const drainSeconds = (performance.now() - start) / 1000;
  const { messages, errors, warnings } = recorder.status();
  return {
    port: running.port,
    lag,
    drainSeconds,
    messages,
    findings: errors + warnings,
    rss: process.memoryUsage.rss(),
  };
}

serveParent(drained, async () => {
  await running.close();
  await recorder.close();
  rmSync(folder, { recursive: true, force: true });
});

import { serve } from '../bridge/server.ts';
import type { EngineClient } from '../engine/bench/engine-client.ts';
import { startEngine } from '../engine/bench/start-engine.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { createKeyRingClient } from './key-ring-vault.ts';
import { portMainChannel } from './port-channel.ts';

// The engine's process: each window's port becomes a client of the engine.
const post = (message: FromEngine): void => process.parentPort.postMessage(message);
const tell = (title: string, sentence: string): void => post({ kind: 'failed', title, sentence });
const report = (method: string, error: unknown): void => console.error(`${method} failed:`, error);

const keyRing = createKeyRingClient((id, question) => post({ kind: 'key-ring', id, question }));
const starting = startEngine({ vault: () => keyRing.vault() });
let latest: EngineClient | undefined;
let wanted: string | undefined;

process.parentPort.on('message', async ({ data, ports: [port] }) => {
  const message = data as ToEngine;
  // At once: the engine may need a key in order to start.
  if (message.kind === 'key-ring') {
    keyRing.answered(message.id, message.answer);
    return;
  }
  const started = await starting;
  if (!started.ok) {
    tell('Plugscope could not start', started.error.sentence);
    return;
  }
  const engine = started.value;
  if (message.kind === 'client' && port) {
    const client = engine.connect();
    latest = client;
    const channel = portMainChannel(port);
    channel.onClose(() => client.close());
    serve(channel, client.handlers, client.subscribe, report);
    if (wanted !== undefined) void open(client, wanted);
  } else if (message.kind === 'open') {
    if (latest) void open(latest, message.path);
    else wanted = message.path;
  } else if (message.kind === 'close') {
    await engine.close();
    process.exit(0);
  }
});

async function open(client: EngineClient, path: string): Promise<void> {
  wanted = undefined;
  const opened = await client.handlers['session.open'](path);
  if (!opened.ok) tell('This file could not be opened', opened.error.sentence);
}

// The workbench in the browser, from the command line: one engine, served until it is interrupted.
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine/bench/engine.ts';
import type { EngineClient } from '../engine/bench/engine-client.ts';
import { STARTER_SETUP, startEngine } from '../engine/bench/start-engine.ts';
import { startWebHost, type WebHost } from './host.ts';
import { openBrowser } from './open-browser.ts';
import { parseServeOptions, type ServeOptions } from './options.ts';

/** Folder of the built workbench, in the project. */
const FILES = fileURLToPath(new URL('../../out/renderer', import.meta.url));

const options = parseServeOptions(process.argv.slice(2));
if (!options.ok) end(options.error.sentence);
const engine = await startEngine({
  folder: options.value.data,
  setup: { ...STARTER_SETUP, port: options.value.stationPort },
});
if (!engine.ok) end(engine.error.sentence);
const host = await serve(engine.value, options.value);
tell(engine.value, host, options.value);
if (options.value.openBrowser) openBrowser(host.urls[0]);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void finish(engine.value, host);
  });
}

async function serve(engine: Engine, { port, host, allowedHosts, open }: ServeOptions): Promise<WebHost> {
  const connect = (): EngineClient => {
    const client = engine.connect();
    if (open !== undefined) void show(client, open);
    return client;
  };
  const report = (method: string, error: unknown): void => console.error(`${method} failed:`, error);
  try {
    return await startWebHost({ connect, transfers: engine.transfers, files: FILES, port, host, allowedHosts, report });
  } catch (error) {
    await engine.close();
    end(`The workbench cannot be served: ${(error as Error).message}.`);
  }
}

async function show(client: EngineClient, path: string): Promise<void> {
  const opened = await client.handlers['session.open'](path);
  if (!opened.ok) console.error(opened.error.sentence);
}

function tell(engine: Engine, host: WebHost, { port }: ServeOptions): void {
  const { stationUrls, notices } = engine.bench.state();
  if (host.moved) console.log(`Port ${port} is taken by another program; this is the next free one.`);
  for (const { sentence } of notices) console.log(sentence);
  for (const url of host.urls) console.log(`Workbench    ${url}`);
  for (const url of stationUrls) console.log(`Stations at  ${url}<id>`);
  console.log(`Recording    ${engine.recording.path}`);
  console.log('Ctrl-C ends it.');
}

async function finish(engine: Engine, host: WebHost): Promise<void> {
  await host.close();
  await engine.close();
  process.exit(0);
}

function end(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type Recording, type RecordingStatus, startRecording } from '../engine/capture/recording.ts';
import { openSession, type SessionReader } from '../engine/capture/session-reader.ts';
import { type Clock, systemClock } from '../engine/clock.ts';
import { sessionEntries } from '../engine/formats/session-entries.ts';
import type { Network } from '../engine/net/socket.ts';
import { webSocketNetwork } from '../engine/net/web-socket-network.ts';
import type { Recorder } from '../engine/recorder.ts';
import { makeTemporaryFolder } from '../engine/temporary-folder.ts';
import type { Outcome } from '../session/outcome.ts';
import { entryLines } from './entry-lines.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

/** Time between two looks whether the index has caught up, at the end. */
const LOOK_MS = 20;

/** What an endpoint needs of the world. */
export interface Means {
  readonly network: Network;
  readonly clock: Clock;
  readonly recorder: Recorder;
}

/** An endpoint that runs. */
export interface Running {
  /** What runs, and how to reach it, in a sentence. */
  readonly sentence: string;
  stop(): Promise<void>;
}

/**
 * Runs an endpoint until the user ends it, and prints every entry as soon as it is indexed. Without `capture` the
 * session is a temporary one, of which nothing is left.
 */
export async function runLive(
  capture: string | undefined,
  terminal: Terminal,
  start: (means: Means) => Promise<Outcome<Running>>,
): Promise<ExitCode> {
  const asked = stopSignal();
  const stop = AbortSignal.any([asked.signal, terminal.closed]);
  const folder = capture === undefined ? makeTemporaryFolder('live') : undefined;
  try {
    return await record(capture ?? join(folder?.path ?? '', 'live.plugscope'), terminal, stop, start);
  } finally {
    await folder?.remove();
    asked.release();
  }
}

async function record(
  path: string,
  terminal: Terminal,
  stop: AbortSignal,
  start: (means: Means) => Promise<Outcome<Running>>,
): Promise<ExitCode> {
  const clock = systemClock();
  const recording = await startRecording({
    path,
    clock,
    onFull: 'stop',
    onProgress: (bytes, total) => terminal.progress(`${path}: reading in ${bytes} of ${total} bytes`),
  });
  if (!recording.ok) return failed(terminal, `${path}: ${recording.error.sentence}`);
  try {
    const reader = await openSession(path);
    if (!reader.ok) return failed(terminal, reader.error.sentence);
    try {
      return await print(recording.value, reader.value, terminal, stop, () =>
        start({ network: webSocketNetwork(clock), clock, recorder: recording.value }),
      );
    } finally {
      await reader.value.close();
    }
  } finally {
    await recording.value.close();
  }
}

async function print(
  recording: Recording,
  reader: SessionReader,
  terminal: Terminal,
  stop: AbortSignal,
  start: () => Promise<Outcome<Running>>,
): Promise<ExitCode> {
  const printer = new Printer(reader, terminal, recording.status().entries);
  await reader.openView('');
  reader.onViewGrown(() => printer.wake());
  const ended = new Promise<RecordingStatus | undefined>((resolve) => {
    stop.addEventListener('abort', () => resolve(undefined), { once: true });
    recording.onStatus((status) => status.state === 'stopped' && resolve(status));
    if (stop.aborted) resolve(undefined);
  });
  const running = await start();
  if (!running.ok) return failed(terminal, running.error.sentence);
  terminal.note(running.value.sentence);
  const full = await ended;
  await running.value.stop();
  if (full !== undefined) return failed(terminal, `Nothing is recorded any more: ${full.failure?.sentence}`);
  await printer.printAll(recording);
  return EXIT.ok;
}

function failed(terminal: Terminal, sentence: string): ExitCode {
  terminal.note(sentence);
  return EXIT.failed;
}

/** Prints entries in their order, each once. */
class Printer {
  readonly #reader: SessionReader;
  readonly #terminal: Terminal;
  #printed: number;
  #awake = false;
  #broken = false;
  #printing: Promise<void> = Promise.resolve();

  constructor(reader: SessionReader, terminal: Terminal, printed: number) {
    this.#reader = reader;
    this.#terminal = terminal;
    this.#printed = printed;
  }

  /** There is more to print. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    this.#printing = this.#printing
      .then(() => this.#print())
      .catch((error: unknown) => {
        this.#broken = true;
        this.#terminal.note(`What is recorded cannot be shown: ${error instanceof Error ? error.message : error}`);
      });
  }

  /** Resolves when all that is recorded is printed, or cannot be any more. */
  async printAll(recording: Recording): Promise<void> {
    // What was recorded in this turn of the event loop counts from its end on.
    await setImmediate();
    while (!this.#broken && !this.#terminal.closed.aborted) {
      const { entries, indexFailure } = recording.status();
      if (this.#printed >= entries || indexFailure !== undefined) break;
      await setTimeout(LOOK_MS);
    }
    await this.#printing;
  }

  async #print(): Promise<void> {
    this.#awake = false;
    for await (const entry of sessionEntries(this.#reader, this.#printed + 1)) {
      await this.#terminal.write(entryLines(entry, this.#terminal));
      this.#printed = entry.row.entry;
    }
  }
}

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type TrafficFrame, traffic } from '../fixtures/sessions/traffic.ts';
import type { ViewState } from '../src/bridge/contract.ts';
import { type Recording, startRecording } from '../src/engine/capture/recording.ts';
import { openSession, type SessionReader } from '../src/engine/capture/session-reader.ts';
import { systemClock } from '../src/engine/clock.ts';
import { type ExportRequest, exportSession } from '../src/engine/formats/export-session.ts';

/*
 * Records made-up traffic as fast as one thread can make it, with the index running behind, then asks the session
 * that this made. Says what the engine's memory was, how far the index lagged and how long it took to drain, how long
 * filters and an export take, and how long rows on screen wait while a filter runs.
 *
 *   node bench/capture.ts [--messages N] [--json]
 */

const STATIONS = 100;
/** Rows on screen. */
const SCREEN_ROWS = 50;
/** Between two frames of a screen, in milliseconds. */
const FRAME_MS = 16;
/** Frames of one event-loop turn. */
const TURN = 64;
const MEGA = 1_000_000;

/** What is asked of the session that was recorded, and how the language says it. */
const FILTERS: readonly (readonly [string, string])[] = [
  ['everything', ''],
  ['action', 'action == "TransactionEvent"'],
  ['station', 'station == "CS-7"'],
  ['direction', 'direction == to-csms'],
  ['type', 'type == result'],
  ['findings', 'finding'],
  ['latency', 'latency > 500ms'],
  ['time of day', 'time > 10:05:00'],
  ['path, rare value', 'payload.eventType == "Started"'],
  ['path, exists', 'payload.eventType'],
  ['path, number', 'payload.seqNo > 20'],
  ['path, any item', 'payload.meterValue[*].sampledValue[*].measurand == "SoC"'],
  ['other side', 'response.idTokenInfo.status == "Accepted"'],
  ['text, nowhere', '"no such text"'],
  ['text, everywhere', '"energy.active"'],
  ['text, not ASCII', '"größer"'],
  ['text, expression', 'text matches "CARD[0-9]7"'],
  ['text and action', 'action == "Authorize" and "card7\\""'],
];

interface QueryTime {
  readonly filter: string;
  readonly milliseconds: number;
  /** Of all threads of this process: what it would take on a machine with nothing else to do. */
  readonly cpuMilliseconds: number;
  readonly count: number;
  /** The longest wait for a screenful of rows meanwhile, in milliseconds. */
  readonly rowsMilliseconds: number;
}

interface Reading {
  readonly openMilliseconds: number;
  readonly queries: readonly QueryTime[];
  readonly exportSeconds: number;
  /** Of the whole process, which by then has recorded as well. */
  readonly rssMaxMegabytes: number;
}

interface Report {
  readonly messages: number;
  /** Making the traffic without recording it. */
  readonly madePerSecond: number;
  readonly recordedPerSecond: number;
  /** What recording adds to the thread for one message, in microseconds. */
  readonly costMicroseconds: number;
  readonly lagAtEnd: number;
  readonly drainSeconds: number;
  readonly indexedPerSecond: number;
  readonly rssMaxMegabytes: number;
  readonly frameMegabytes: number;
  readonly fileMegabytes: number;
  readonly reading: Reading;
}

async function run(messages: number): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-bench-'));
  const path = join(folder, 'bench.plugscope');
  try {
    const sample = Math.min(messages, 100_000);
    const make = (): Promise<void> => inTurns(sample, (frame) => void Buffer.from(frame.text));
    // Once for nothing, so that the compiler has done its work.
    await make();
    const making = await timed(make);
    const started = await startRecording({ path, clock: systemClock(), onFull: 'stop' });
    if (!started.ok) throw new Error(started.error.sentence);
    const recording = started.value;
    const rss = watchMemory();
    const begun = performance.now();
    const bytes = await record(recording, messages);
    const recorded = performance.now();
    const lagAtEnd = recording.status().lag;
    while (recording.status().lag > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const drained = performance.now();
    await recording.close();
    return {
      messages,
      madePerSecond: (sample / making) * 1000,
      recordedPerSecond: (messages / (recorded - begun)) * 1000,
      costMicroseconds: ((recorded - begun) / messages - making / sample) * 1000,
      lagAtEnd,
      drainSeconds: (drained - recorded) / 1000,
      indexedPerSecond: (messages / (drained - begun)) * 1000,
      rssMaxMegabytes: rss() / MEGA,
      frameMegabytes: bytes / MEGA,
      fileMegabytes: statSync(path).size / MEGA,
      reading: await read(path),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes so many frames, some each turn. */
async function inTurns(messages: number, each: (frame: TrafficFrame) => void): Promise<void> {
  let count = 0;
  for (const frame of traffic(STATIONS)) {
    if (count >= messages) return;
    each(frame);
    count += 1;
    if (count % TURN === 0) await new Promise(setImmediate);
  }
}

/** Records so many frames; yields their bytes once the last one may be forwarded. */
async function record(recording: Recording, messages: number): Promise<number> {
  const links = Array.from({ length: STATIONS }, (_, index) => {
    const station = `CS-${index}`;
    const link = recording.openLink({
      peer: 'station',
      opener: 'peer',
      station,
      url: `/${station}`,
      requestHeaders: [],
      offered: ['ocpp2.1'],
    });
    recording.negotiated(link, { status: 101, chosen: 'ocpp2.1', version: '2.1' });
    return link;
  });
  let bytes = 0;
  let released = 0;
  const all = Promise.withResolvers<void>();
  const release = (): void => {
    released += 1;
    if (released === messages) all.resolve();
  };
  await inTurns(messages, ({ station, direction, text }) => {
    const data = Buffer.from(text);
    bytes += data.byteLength;
    recording.frame(links[station] ?? 1, direction, 'received', data, false, release);
  });
  await all.promise;
  return bytes;
}

/** Watches the memory of this process; yields how to end that and learn the most bytes that were resident. */
function watchMemory(): () => number {
  let most = 0;
  const sample = (): void => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const sampler = setInterval(sample, 50);
  return () => {
    clearInterval(sampler);
    sample();
    return most;
  };
}

async function read(path: string): Promise<Reading> {
  const rss = watchMemory();
  const begun = performance.now();
  const opened = await openSession(path);
  if (!opened.ok) throw new Error(opened.error.sentence);
  const reader = opened.value;
  const { view } = await openView(reader, '');
  const screen = await reader.rows(view, 0, SCREEN_ROWS);
  const openMilliseconds = performance.now() - begun;
  if (screen.length === 0) throw new Error('The session has no rows.');
  const queries: QueryTime[] = [];
  // Once for nothing: the first to ask reads the file from disk.
  await wholeView(reader, '"warm"', view);
  for (const [filter, asked] of FILTERS) {
    const start = performance.now();
    const before = process.cpuUsage();
    const { count, rowsMilliseconds } = await wholeView(reader, asked, view);
    const { user, system } = process.cpuUsage(before);
    const cpuMilliseconds = (user + system) / 1000;
    queries.push({ filter, milliseconds: performance.now() - start, cpuMilliseconds, count, rowsMilliseconds });
  }
  const exportMilliseconds = await timed(() => exportAll(reader));
  await reader.close();
  return { openMilliseconds, queries, exportSeconds: exportMilliseconds / 1000, rssMaxMegabytes: rss() / MEGA };
}

/** Opens a view and waits until it has looked at every entry; asks for rows of another one all the while. */
async function wholeView(
  reader: SessionReader,
  filter: string,
  other: number,
): Promise<{ readonly count: number; readonly rowsMilliseconds: number }> {
  const whole = Promise.withResolvers<number>();
  const waiting = new Map<number, number>();
  let view = -1;
  let over = false;
  const stop = reader.onViewGrown((state) => {
    if (state.scanned < state.entries) return;
    waiting.set(state.view, state.count);
    if (state.view === view) whole.resolve(state.count);
  });
  const state = await openView(reader, filter);
  view = state.view;
  const early = state.scanned === state.entries ? state.count : waiting.get(view);
  if (early !== undefined) whole.resolve(early);
  const scrolling = (async () => {
    let longest = 0;
    for (let start = 0; !over; start += SCREEN_ROWS) {
      longest = Math.max(longest, await timed(() => reader.rows(other, start, SCREEN_ROWS)));
      await new Promise((resolve) => setTimeout(resolve, FRAME_MS));
    }
    return longest;
  })();
  const count = await whole.promise;
  over = true;
  const rowsMilliseconds = await scrolling;
  stop();
  await reader.closeView(view);
  return { count, rowsMilliseconds };
}

async function openView(reader: SessionReader, filter: string): Promise<ViewState> {
  const opened = await reader.openView(filter);
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

/** Writes the whole session as NDJSON to nowhere. */
async function exportAll(reader: SessionReader): Promise<void> {
  const request: ExportRequest = { format: 'ndjson', name: 'bench', filter: '', mask: null, now: 0 };
  const control = { signal: new AbortController().signal, progress: () => {} };
  const written = await exportSession(reader, request, async () => {}, control);
  if (!written.ok) throw new Error(written.error.sentence);
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await task();
  return performance.now() - start;
}

function print(report: Report): void {
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  console.log(`messages      ${whole(report.messages)} (${whole(report.frameMegabytes)} MB)`);
  console.log(`made          ${whole(report.madePerSecond)}/s without recording`);
  console.log(`recorded      ${whole(report.recordedPerSecond)}/s (${report.costMicroseconds.toFixed(1)} µs each)`);
  console.log(`index         ${whole(report.indexedPerSecond)}/s from first to last`);
  console.log(`lag at end    ${whole(report.lagAtEnd)} entries, drained in ${report.drainSeconds.toFixed(1)} s`);
  console.log(`memory        ${whole(report.rssMaxMegabytes)} MB resident at most`);
  console.log(`file          ${whole(report.fileMegabytes)} MB`);
  const { openMilliseconds, queries, exportSeconds, rssMaxMegabytes } = report.reading;
  console.log(`open          ${whole(openMilliseconds)} ms to the first rows`);
  for (const { filter, milliseconds, cpuMilliseconds, count, rowsMilliseconds } of queries) {
    const times = `${milliseconds.toFixed(0).padStart(6)} ms (${cpuMilliseconds.toFixed(0)} ms of processor)`;
    const waited = `rows waited ${rowsMilliseconds.toFixed(0)} ms`;
    console.log(`${filter.padEnd(18)}${times.padEnd(32)}${whole(count).padStart(12)} rows, ${waited}`);
  }
  console.log(`export        ${exportSeconds.toFixed(1)} s as NDJSON`);
  console.log(`memory        ${whole(rssMaxMegabytes)} MB resident at most while reading`);
}

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
});
const report = await run(Number(values.messages));
if (values.json) console.log(JSON.stringify(report));
else print(report);

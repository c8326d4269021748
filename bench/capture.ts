import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type TrafficFrame, traffic } from '../fixtures/sessions/traffic.ts';
import { type Recording, startRecording } from '../src/engine/capture/recording.ts';
import { openSession, type SessionReader } from '../src/engine/capture/session-reader.ts';
import { systemClock } from '../src/engine/clock.ts';

/*
 * Records made-up traffic as fast as one thread can make it, with the index running behind, then asks the session
 * that this made. Says what the engine's memory was, how far the index lagged and how long it took to drain.
 *
 *   node bench/capture.ts [--messages N] [--json]
 */

const STATIONS = 100;
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
  readonly count: number;
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
  readonly queries: readonly QueryTime[];
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
    let rssMax = 0;
    const sampler = setInterval(() => {
      rssMax = Math.max(rssMax, process.memoryUsage.rss());
    }, 50);
    const begun = performance.now();
    const bytes = await record(recording, messages);
    const recorded = performance.now();
    const lagAtEnd = recording.status().lag;
    while (recording.status().lag > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const drained = performance.now();
    await recording.close();
    clearInterval(sampler);
    return {
      messages,
      madePerSecond: (sample / making) * 1000,
      recordedPerSecond: (messages / (recorded - begun)) * 1000,
      costMicroseconds: ((recorded - begun) / messages - making / sample) * 1000,
      lagAtEnd,
      drainSeconds: (drained - recorded) / 1000,
      indexedPerSecond: (messages / (drained - begun)) * 1000,
      rssMaxMegabytes: rssMax / MEGA,
      frameMegabytes: bytes / MEGA,
      fileMegabytes: statSync(path).size / MEGA,
      queries: await query(path),
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

async function query(path: string): Promise<readonly QueryTime[]> {
  const opened = await openSession(path);
  if (!opened.ok) throw new Error(opened.error.sentence);
  const reader = opened.value;
  const times: QueryTime[] = [];
  // Once for nothing: the first to ask reads the file from disk.
  await wholeView(reader, '"warm"');
  for (const [filter, asked] of FILTERS) {
    let count = 0;
    const milliseconds = await timed(async () => {
      count = await wholeView(reader, asked);
    });
    times.push({ filter, milliseconds, count });
  }
  await reader.close();
  return times;
}

/** Opens a view and waits until it has looked at every entry; yields how many it has. */
async function wholeView(reader: SessionReader, filter: string): Promise<number> {
  const whole = Promise.withResolvers<number>();
  const waiting = new Map<number, number>();
  let view = -1;
  const stop = reader.onViewGrown((state) => {
    if (state.scanned < state.entries) return;
    waiting.set(state.view, state.count);
    if (state.view === view) whole.resolve(state.count);
  });
  const opened = await reader.openView(filter);
  if (!opened.ok) throw new Error(opened.error.sentence);
  const state = opened.value;
  view = state.view;
  const early = state.scanned === state.entries ? state.count : waiting.get(view);
  if (early !== undefined) whole.resolve(early);
  const count = await whole.promise;
  stop();
  await reader.closeView(view);
  return count;
}

async function timed(task: () => Promise<void>): Promise<number> {
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
  for (const { filter, milliseconds, count } of report.queries) {
    console.log(`${filter.padEnd(18)}${milliseconds.toFixed(0).padStart(6)} ms ${whole(count).padStart(12)} rows`);
  }
}

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
});
const report = await run(Number(values.messages));
if (values.json) console.log(JSON.stringify(report));
else print(report);

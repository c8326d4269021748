import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { EnergyDesk } from '../src/engine/energy/energy-desk.ts';
import type { EnergySource } from '../src/engine/energy/energy-source.ts';
import type { SamplesQuestion, ShownSamples } from '../src/session/energy/metering/samples-question.ts';
import type { StationSeries } from '../src/session/energy/metering/series-question.ts';
import type { EnergyOverview } from '../src/session/energy/overview.ts';
import { FIRST_SAMPLE, METERED_STATION, makeMeterSession, SAMPLES_A_MESSAGE } from './meter-session.ts';
import type { PaintTimes } from './paint-times.ts';
import { GOAL, measureWeek, PROFILES } from './schedule-week.ts';
import { median } from './statistics.ts';

/*
 * Makes sessions of 1 k, 100 k and 5 M meter values (or those named), gathers each as the workbench does, and asks for
 * what charts show. Says how fast samples are taken in, next to how fast their messages are parsed alone, what memory
 * they take, how long answers wait while the session is read, and how long charts wait when it is. Then calculates
 * composite schedules of a week. With --browser it also opens each session in the built workbench and says how soon
 * its charts are drawn, and how many frames a second there are while they are zoomed and moved along.
 *
 *   node bench/charts.ts [--samples N,N,…] [--browser] [--json]
 */

/** A chart of some 1,000 pixels. */
const POINTS = 2000;
const QUESTIONS = 15;
const MEGA = 1_000_000;
const SECOND = 1000;
/** Milliseconds after which what draws in a browser is ended: it waits for something that does not come. */
const PAINT_MOST = 600_000;
const PAINT = fileURLToPath(new URL('./browser/chart-paint.ts', import.meta.url));

interface ChartTimes {
  readonly samples: number;
  readonly messages: number;
  readonly megabytes: number;
  /** Reading the messages from the file and `JSON.parse`, nothing else. */
  readonly parseSeconds: number;
  /** Until the worker had started and answered, which gathers what is small. */
  readonly firstSeconds: number;
  /** From then on. */
  readonly gatherSeconds: number;
  /** The longest wait for an overview while the session was read, in milliseconds. */
  readonly waitedMilliseconds: number;
  /** What gathering added to the memory of the process: on the way, and at its end. */
  readonly memoryMostMegabytes: number;
  readonly memoryMegabytes: number;
  /** Milliseconds from question to answer, in the middle of many. */
  readonly overview: number;
  readonly oneSeries: number;
  readonly allSeries: number;
  readonly zoomed: number;
  readonly points: number;
  /** In a browser, where one is asked for. */
  readonly paint?: PaintTimes;
}

async function measure(samples: number, inBrowser: boolean): Promise<ChartTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'plugscope-bench-'));
  const path = join(folder, 'bench.plugscope');
  const desk = new EnergyDesk();
  try {
    const { messages, bytes } = makeMeterSession(path, samples);
    const parseSeconds = parseAll(path) / SECOND;
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const memory = watchMemory();
    const begun = performance.now();
    const { source } = desk.lease(path);
    await overviewOf(source);
    const first = performance.now();
    const waitedMilliseconds = await whole(source);
    const gatherSeconds = (performance.now() - first) / SECOND;
    const firstSeconds = (first - begun) / SECOND;
    const memoryMostMegabytes = (memory() - before) / MEGA;
    const series = await idsOf(source);
    const seconds = (messages * SAMPLES_A_MESSAGE) / series.length;
    const end = FIRST_SAMPLE + seconds * SECOND;
    const middle = (FIRST_SAMPLE + end) / 2;
    const part = ((end - FIRST_SAMPLE) * 0.01) / 2;
    const ask = (ids: readonly string[], from: number, to: number) =>
      ({ parts: [{ station: METERED_STATION, series: ids }], from, to, points: POINTS, by: 'extremes' }) as const;
    const one = await timesOf(source, ask(series.slice(0, 1), FIRST_SAMPLE, end));
    const answers = {
      samples,
      messages,
      megabytes: bytes / MEGA,
      parseSeconds,
      firstSeconds,
      gatherSeconds,
      waitedMilliseconds,
      memoryMostMegabytes,
      memoryMegabytes: (process.memoryUsage.rss() - before) / MEGA,
      overview: median(await repeated(() => overviewOf(source))),
      oneSeries: one.milliseconds,
      allSeries: (await timesOf(source, ask(series, FIRST_SAMPLE, end))).milliseconds,
      zoomed: (await timesOf(source, ask(series.slice(0, 1), middle - part, middle + part))).milliseconds,
      points: one.points,
    };
    if (!inBrowser) return answers;
    await desk.close();
    return { ...answers, paint: measurePaint(path, messages) };
  } finally {
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a process of its own, which knows the types of a browser. */
function measurePaint(session: string, entries: number): PaintTimes {
  const args = ['--disable-warning=ExperimentalWarning', PAINT, session, String(entries)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', timeout: PAINT_MOST })) as PaintTimes;
}

const overviewOf = (source: EnergySource): Promise<EnergyOverview> =>
  source.ask('energy.overview', []) as Promise<EnergyOverview>;

/** Waits until a session is gathered; yields the longest wait for an answer meanwhile, in milliseconds. */
async function whole(source: EnergySource): Promise<number> {
  let longest = 0;
  for (;;) {
    const start = performance.now();
    const { scanned, entries } = await overviewOf(source);
    longest = Math.max(longest, performance.now() - start);
    if (entries > 0 && scanned === entries) return longest;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function idsOf(source: EnergySource): Promise<readonly string[]> {
  const [station] = (await source.ask('energy.series', [[METERED_STATION]])) as readonly StationSeries[];
  return station?.series.map(({ id }) => id) ?? [];
}

async function timesOf(
  source: EnergySource,
  question: SamplesQuestion,
): Promise<{ readonly milliseconds: number; readonly points: number }> {
  let points = 0;
  const times = await repeated(async () => {
    const answer = (await source.ask('energy.samples', [question])) as readonly ShownSamples[];
    points = answer[0]?.at.length ?? 0;
  });
  return { milliseconds: median(times), points };
}

async function repeated(task: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < QUESTIONS; run++) {
    const start = performance.now();
    await task();
    times.push(performance.now() - start);
  }
  return times;
}

/** Reads every message and parses it; yields how long that took, in milliseconds. */
function parseAll(path: string): number {
  const database = new DatabaseSync(path, { readOnly: true });
  const start = performance.now();
  for (const { data } of database.prepare('SELECT data FROM frame ORDER BY entry').iterate()) JSON.parse(String(data));
  const took = performance.now() - start;
  database.close();
  return took;
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

function print(times: ChartTimes): void {
  const whole = (value: number): string => Math.round(value).toLocaleString('en');
  const { samples, messages, megabytes, parseSeconds, gatherSeconds } = times;
  const rates = `${whole(messages / gatherSeconds)} messages/s, ${whole(samples / gatherSeconds)} samples/s`;
  const ratio = `${(gatherSeconds / parseSeconds).toFixed(1)} times as long as parsing alone`;
  console.log(`${whole(samples)} samples in ${whole(messages)} messages (${whole(megabytes)} MB)`);
  console.log(`  first answer ${times.firstSeconds.toFixed(2)} s after the first question`);
  console.log(`  gathered     in ${gatherSeconds.toFixed(2)} s more, ${rates}, ${ratio}`);
  console.log(`  meanwhile    an overview waited ${whole(times.waitedMilliseconds)} ms at most`);
  const bytes = (times.memoryMegabytes * MEGA) / samples;
  console.log(
    `  memory       ${whole(times.memoryMegabytes)} MB more (${whole(bytes)} bytes a sample), ${whole(times.memoryMostMegabytes)} MB at most`,
  );
  const questions = `one series ${times.oneSeries.toFixed(1)} ms (${whole(times.points)} points), all ${times.allSeries.toFixed(1)} ms`;
  console.log(
    `  answers      overview ${times.overview.toFixed(1)} ms, ${questions}, a hundredth ${times.zoomed.toFixed(1)} ms`,
  );
  if (!times.paint) return;
  const { first, again, moves } = times.paint;
  console.log(`  in a browser first paint ${whole(first)} ms, ${whole(again)} ms once gathered`);
  for (const { name, framesPerSecond, middle, most, worst, work, workMost, settled } of moves) {
    const every = `a frame every ${middle.toFixed(1)} ms, 95 % ${most.toFixed(1)} ms, 99 % ${worst.toFixed(1)} ms`;
    const worked = `of which work ${work.toFixed(1)} ms, 95 % ${workMost.toFixed(1)} ms`;
    console.log(`    ${name.padEnd(25)} ${whole(framesPerSecond)} frames/s: ${every}; ${worked}`);
    console.log(`    ${''.padEnd(25)} in full detail ${whole(settled)} ms after the last`);
  }
}

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000,100000,5000000' },
    browser: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const charts: ChartTimes[] = [];
for (const samples of values.samples.split(',')) {
  charts.push(await measure(Number(samples), values.browser));
  const last = charts.at(-1);
  if (!values.json && last) print(last);
}
const schedules = [4, 24, 96].map((periodsPerDay) => ({ periodsPerDay, ...measureWeek(periodsPerDay) }));
if (values.json) {
  const times = schedules.map(({ pieces, ...others }) => ({ ...others, pieces: pieces.length }));
  console.log(JSON.stringify({ charts, schedules: times }));
} else {
  for (const { periodsPerDay, pieces, median: middle, worst } of schedules) {
    const what = `composite of a week from ${PROFILES} profiles of ${periodsPerDay} periods a day, ${pieces.length} pieces`;
    console.log(`${what}: ${middle.toFixed(2)} ms, 95 % ${worst.toFixed(2)} ms (goal ${GOAL} ms)`);
  }
}

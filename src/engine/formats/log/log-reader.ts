import type { Direction } from '../../../ocpp/direction.ts';
import type { ReadOptions } from '../../../session/files.ts';
import { failure, type Outcome } from '../../../session/outcome.ts';
import { DirectionClues } from '../frame-clues.ts';
import { type ByteSource, type FileHead, type FormatReader, type ImportedItem, NO_STATION } from '../imported.ts';
import { linesOf } from '../lines.ts';
import { type LogLine, readLogLine } from './log-line.ts';
import type { TimeContext } from './time-stamp.ts';

/** Frames from which it is learnt whose log it is. */
const SAMPLE_FRAMES = 2000;
const SAMPLE_LINES = 50_000;
/** Votes for the other side that are put up with: a peer that sends what it must not is no reason to give up. */
const DISSENT_MAX = 0.1;

const BARE = /^\s*\[\s*[2-6]\s*,\s*"/;

/** Reads lines of which each is a frame and nothing else. */
export const FRAMES_READER: FormatReader = {
  title: 'frames, one a line',
  detects: ({ lines }: FileHead) => lines.length > 0 && lines.every((line) => BARE.test(line)),
  read: readLog,
};

/** Reads logs in which frames stand somewhere on their lines. */
export const LOG_READER: FormatReader = {
  title: 'a log with frames in it',
  detects: ({ lines, text }) => !text.includes('\0') && lines.some((line) => /\[\s*[2-6]\s*,\s*\\?"/.test(line)),
  read: readLog,
};

/** Whose log it is, learnt from requests that only one side sends. */
export interface Perspective {
  /** What "received" means; null where nothing told. */
  readonly incoming: Direction | null;
  readonly sentence: string | null;
}

/** What a line was taken for. */
export interface TakenLine {
  readonly number: number;
  readonly text: string;
  /** Undefined where the line holds no frame, which is no fault. */
  readonly parts: LogLine | undefined;
  readonly frame: Outcome<TakenFrame> | undefined;
}

export interface TakenFrame {
  readonly wall: number;
  readonly timeFrom: 'line' | 'line before' | 'file';
  readonly station: string;
  readonly stationFrom: 'line' | 'option' | 'nowhere';
  readonly direction: Direction;
  readonly directionFrom: 'word' | 'frame';
}

async function* readLog(source: ByteSource, options: ReadOptions): AsyncGenerator<ImportedItem> {
  const perspective = await learnPerspective(source, options);
  const told = new Set<string>();
  const tell = (place: string, sentence: string): ImportedItem[] => {
    if (told.has(sentence)) return [];
    told.add(sentence);
    return [{ kind: 'assumed', place, sentence }];
  };
  if (perspective.sentence) yield* tell('the file', perspective.sentence);
  for await (const line of takenLines(source, options, perspective)) {
    const place = `line ${line.number}`;
    if (line.frame === undefined || !line.parts) continue;
    if (!line.frame.ok) {
      yield { kind: 'fault', place, error: line.frame.error };
      continue;
    }
    const { wall, timeFrom, station, stationFrom, direction, directionFrom } = line.frame.value;
    if (timeFrom === 'file') yield* tell(place, 'Lines without a time stamp have the time of the file.');
    if (timeFrom === 'line before') yield* tell(place, 'Lines without a time stamp have that of the line before.');
    if (stationFrom === 'nowhere') yield* tell(place, `Lines that name no station are of the station "${NO_STATION}".`);
    if (directionFrom === 'frame') yield* tell(place, 'Where no word tells, the direction is that of the action.');
    const data = Buffer.from(line.parts.frame.text);
    yield {
      kind: 'frame',
      place,
      frame: { wall, station, version: null, direction, data, binary: false, link: null },
    };
  }
}

/** The lines of a log, each with what it was taken for. Lines that cannot be read come as text with a failure. */
export async function* takenLines(
  source: ByteSource,
  options: ReadOptions,
  perspective: Perspective,
): AsyncGenerator<TakenLine> {
  const context: TimeContext = { zone: options.zone, day: source.modified };
  const clues = new DirectionClues();
  let last: number | undefined;
  for await (const { number, text } of linesOf(source.open())) {
    if (!text.ok) {
      yield { number, text: '', parts: NO_PARTS, frame: text };
      continue;
    }
    const parts = readLogLine(text.value, context, options);
    if (!parts) {
      yield { number, text: text.value, parts, frame: undefined };
      continue;
    }
    const station = options.station ?? parts.station?.id ?? NO_STATION;
    const direction = directionOf(parts, station, perspective, clues);
    if (direction === undefined) {
      const error = failure('direction-unknown', `Nothing tells the direction of this frame${wordOf(parts)}.`);
      yield { number, text: text.value, parts, frame: error };
      continue;
    }
    clues.note(station, parts.frame.text, direction.direction);
    const timeFrom = parts.time ? 'line' : last === undefined ? 'file' : 'line before';
    const wall = parts.time?.wall ?? last ?? source.modified;
    last = wall;
    const stationFrom = options.station !== undefined ? 'option' : parts.station ? 'line' : 'nowhere';
    yield {
      number,
      text: text.value,
      parts,
      frame: { ok: true, value: { wall, timeFrom, station, stationFrom, ...direction } },
    };
  }
}

const NO_PARTS: LogLine = {
  frame: { start: 0, end: 0, text: '' },
  time: undefined,
  direction: undefined,
  station: undefined,
};

/** Looks at the first frames of a log: does "received" mean that the CSMS wrote it, or the station? */
export async function learnPerspective(source: ByteSource, options: ReadOptions): Promise<Perspective> {
  const context: TimeContext = { zone: options.zone, day: source.modified };
  const clues = new DirectionClues();
  const votes = { 'to-csms': 0, 'to-station': 0 };
  const words = new Set<string>();
  let frames = 0;
  let lines = 0;
  for await (const { text } of linesOf(source.open())) {
    lines += 1;
    if (frames >= SAMPLE_FRAMES || lines > SAMPLE_LINES) break;
    const parts = text.ok ? readLogLine(text.value, context, options) : undefined;
    if (!parts) continue;
    frames += 1;
    const sense = parts.direction?.sense;
    const told = clues.tell('', parts.frame.text);
    if (told === undefined || (sense !== 'in' && sense !== 'out')) continue;
    votes[(sense === 'in') === (told === 'to-csms') ? 'to-csms' : 'to-station'] += 1;
    if (words.size < 4) words.add(parts.direction?.word ?? '');
  }
  return judged(votes, [...words]);
}

function judged(votes: Readonly<Record<Direction, number>>, words: readonly string[]): Perspective {
  const total = votes['to-csms'] + votes['to-station'];
  if (total === 0) return { incoming: null, sentence: null };
  const incoming: Direction = votes['to-csms'] >= votes['to-station'] ? 'to-csms' : 'to-station';
  const named = words.map((word) => `"${word.trim()}"`).join(', ');
  if (total - votes[incoming] > total * DISSENT_MAX) {
    const sentence = `The words ${named} contradict what the actions say, so they are not heeded.`;
    return { incoming: null, sentence };
  }
  const author = incoming === 'to-csms' ? 'CSMS' : 'charging station';
  const sentence = `The words ${named} are read as those of a ${author}'s log: so say ${votes[incoming]} of ${total} requests whose action tells.`;
  return { incoming, sentence };
}

function directionOf(
  parts: LogLine,
  station: string,
  { incoming }: Perspective,
  clues: DirectionClues,
): Pick<TakenFrame, 'direction' | 'directionFrom'> | undefined {
  const sense = parts.direction?.sense;
  if (sense === 'to-csms' || sense === 'to-station') return { direction: sense, directionFrom: 'word' };
  if (sense !== undefined && incoming !== null) {
    const same = (sense === 'in') === (incoming === 'to-csms');
    return { direction: same ? 'to-csms' : 'to-station', directionFrom: 'word' };
  }
  const told = clues.tell(station, parts.frame.text);
  return told && { direction: told, directionFrom: 'frame' };
}

function wordOf({ direction }: LogLine): string {
  return direction ? `, since it is not known whose log this is ("${direction.word.trim()}")` : '';
}

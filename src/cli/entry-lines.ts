import type { ExportedEntry } from '../engine/formats/line-format.ts';
import { ndjsonLine } from '../engine/formats/ndjson.ts';
import type { Finding, Severity } from '../session/finding.ts';
import type { RowType, TimelineRow } from '../session/timeline.ts';
import { duration, plain } from '../session/words.ts';
import type { Style, Terminal } from './terminal.ts';

/** Findings of one entry that are listed. */
const FINDINGS_MAX = 5;
const SENTENCE_MAX = 200;

const MARKS = {
  info: ['i', 'cyan'],
  warning: ['!', 'yellow'],
  error: ['✖', 'red'],
} as const satisfies Record<Severity, readonly [string, Style]>;

/** What is said of the type of a frame. */
const TYPE_WORDS = {
  CALL: '·',
  CALLRESULT: 'result ·',
  CALLERROR: 'error ·',
  CALLRESULTERROR: 'result rejected ·',
  SEND: '·',
  malformed: 'malformed ·',
} as const satisfies Record<RowType, string>;

/** An entry as text with its line breaks: readable for people, else as Plugscope NDJSON. */
export function entryLines(entry: ExportedEntry, terminal: Pick<Terminal, 'interactive' | 'paint'>): string {
  if (!terminal.interactive) return `${ndjsonLine(entry, undefined)}\n`;
  const findings = entry.findings.slice(0, FINDINGS_MAX).map((finding) => findingLine(finding, terminal));
  const more = entry.findings.length - findings.length;
  return [rowLine(entry.row, terminal), ...findings, ...(more > 0 ? [`    and ${more} more`] : []), ''].join('\n');
}

function rowLine(row: TimelineRow, { paint }: Pick<Terminal, 'paint'>): string {
  const toCsms = row.direction === 'to-csms';
  const arrow = paint(toCsms ? 'cyan' : 'magenta', toCsms ? '→' : '←');
  const station = plain(row.station, 24);
  const time = paint('dim', localTime(row.wall));
  if (row.kind !== 'frame') return `${time} ${station} ${paint('dim', `${arrow} ${row.summary}`)}`;
  const action = paint('bold', plain(row.action ?? '', 40));
  const type = row.type === null ? '' : TYPE_WORDS[row.type];
  const latency = row.latency === null ? '' : paint('dim', duration(row.latency));
  return [time, station, arrow, action, type, row.summary, latency].filter((part) => part !== '').join(' ');
}

function findingLine({ severity, rule, sentence }: Finding, { paint }: Pick<Terminal, 'paint'>): string {
  const [mark, style] = MARKS[severity];
  return `    ${paint(style, `${mark} ${plain(sentence, SENTENCE_MAX)}`)} ${paint('dim', rule)}`;
}

/** Time of day with milliseconds, in the zone of this machine. */
function localTime(wall: number): string {
  const at = new Date(wall);
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = `${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  return `${two(at.getHours())}:${two(at.getMinutes())}:${seconds}`;
}

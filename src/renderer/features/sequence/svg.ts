import type { TimelineRow } from '../../../session/timeline.ts';
import { timeOfDay } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { arrowOf, gapOf, IDLE, labelOf, markWords, type Standing } from './arrows.ts';
import type { Lanes } from './lanes.ts';

const LANE = 240;
const TIMES = 120;
const HEAD = 40;
const ROW = 36;

/** A picture of its own of some rows, in black on white, such as for a report. */
export function sequenceSvg(rows: readonly TimelineRow[], lanes: Lanes, standing: (link: number) => Standing): string {
  const width = TIMES + lanes.lanes.length * LANE;
  const height = HEAD + rows.length * ROW + 12;
  const xOf = (index: number): number => TIMES + (index + 0.5) * LANE;
  const heads = lanes.lanes.map(
    ({ title }, index) =>
      `<text x="${xOf(index)}" y="20" text-anchor="middle" font-weight="600">${escaped(visibleLine(title, 30))}</text>` +
      `<line x1="${xOf(index)}" x2="${xOf(index)}" y1="30" y2="${height}" stroke="#9aa3ad"/>`,
  );
  const body = rows.map((row, index) => rowSvg(row, rows[index - 1], HEAD + index * ROW));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${heads.join('')}${body.join('')}</svg>`;

  function rowSvg(row: TimelineRow, before: TimelineRow | undefined, top: number): string {
    const gap = gapOf(row, before);
    const idle = gap !== null && gap >= IDLE ? ` · after ${Math.round(gap / 1000)} s` : '';
    const time = `<text x="8" y="${top + 28}" font-family="monospace" font-size="11">${timeOfDay(row.wall)}</text>`;
    const arrow = arrowOf(row, standing(row.link));
    const y = top + 26;
    if (arrow === null) {
      return `${time}<text x="${TIMES + 8}" y="${y}" font-style="italic">${escaped(labelOf(row) + idle)}</text>`;
    }
    const from = xOf(lanes.indexOf(arrow.from, row.station));
    const to = xOf(lanes.indexOf(arrow.to, row.station));
    const colour = arrow.wrong ? '#b01e1e' : row.direction === 'to-csms' ? '#0b58a3' : '#00635a';
    const side = to > from ? -1 : 1;
    const tip = arrow.stopped
      ? `<path d="M${to - 5},${y - 5} l10,10 m0,-10 l-10,10" stroke="${colour}" stroke-width="2"/>`
      : `<path d="M${to},${y} l${side * 9},-4 v8 z" fill="${colour}"/>`;
    const mark = arrow.mark === null ? '' : ` (${markWords(arrow.mark)})`;
    const label = escaped(labelOf(row) + mark + idle);
    const dashes = arrow.answer ? ' stroke-dasharray="6 4"' : '';
    return `${time}<line x1="${from}" x2="${to}" y1="${y}" y2="${y}" stroke="${colour}" stroke-width="1.5"${dashes}/>${tip}<text x="${(from + to) / 2}" y="${y - 6}" text-anchor="middle" fill="${colour}">${label}</text>`;
  }
}

/** Text for XML: what a peer wrote stays text. Characters that XML 1.0 forbids were made visible before. */
function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

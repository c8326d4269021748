import type { ReactNode } from 'react';
import type { ImportPreview, PreviewLine } from '../../../session/files.ts';
import { dateAndTime } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import css from './files.module.css';

/** What the first lines of a file were taken for. */
export function PreviewTable({ preview }: { preview: ImportPreview }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
    <section className={css.preview} aria-label="First lines" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th>Place</th>
            <th>Time</th>
            <th>Station</th>
            <th>Version</th>
            <th>Direction</th>
            <th>What stands there</th>
          </tr>
        </thead>
        <tbody>
          {preview.lines.map((line) => (
            <Row key={line.place} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ line }: { line: PreviewLine }): ReactNode {
  const { place, taken, problem } = line;
  return (
    <tr className={problem === null ? '' : css.problem}>
      <td>{place}</td>
      {taken === null ? (
        <td colSpan={4}>{problem === null ? <span className={css.none}>no frame</span> : visibleLine(problem, 200)}</td>
      ) : (
        <>
          <td className={css.time}>{dateAndTime(taken.wall)}</td>
          <td>{visibleLine(taken.station, 48)}</td>
          <td>{taken.version ?? <span className={css.none}>unknown</span>}</td>
          <td>{taken.direction === 'to-csms' ? '→ CSMS' : '← CSMS'}</td>
        </>
      )}
      <td className={css.wire}>{marked(line)}</td>
    </tr>
  );
}

/** The text of a line, its parts marked by what they were taken for. */
function marked({ text, spans }: PreviewLine): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { start, end, as } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    if (start > at) parts.push(visibleLine(text.slice(at, start), 400));
    parts.push(
      <mark key={start} className={css[as]} title={`taken for the ${as}`}>
        {visibleLine(text.slice(start, end), 400)}
      </mark>,
    );
    at = end;
  }
  if (at < text.length) parts.push(visibleLine(text.slice(at), 400));
  return parts;
}

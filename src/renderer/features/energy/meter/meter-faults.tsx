import type { ReactNode } from 'react';
import type { StationSeries } from '../../../../session/energy/metering/series-question.ts';
import { count } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import css from './meter-table.module.css';

/** What was wrong with meter values, so that nobody misses any without being told. */
export function MeterFaults({ stations }: { stations: readonly StationSeries[] }): ReactNode {
  const { energy } = useWorkbench();
  const faults = stations.flatMap(({ station, faults: all }) => all.map((fault) => ({ station, ...fault })));
  const repeated = stations.reduce((sum, one) => sum + one.repeated, 0);
  if (faults.length === 0 && repeated === 0) return null;
  return (
    <ul className={css.faults} aria-label="Remarks on the meter values">
      {faults.map(({ station, code, sentence, entry, count: many }) => (
        <li key={`${station}${code}`}>
          {many === 1 ? '' : `${count(many)} times: `}
          {visibleLine(sentence, 160)}{' '}
          <button
            type="button"
            className={css.entry}
            title={`Select message ${entry}`}
            onClick={() => energy.select(entry)}
          >
            {entry}
          </button>
        </li>
      ))}
      {repeated > 0 && (
        <li>
          {repeated === 1 ? '1 sample' : `${count(repeated)} samples`} came more than once, such as in a message sent
          again, and count once.
        </li>
      )}
    </ul>
  );
}

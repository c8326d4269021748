import { Layers } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { StationChoice } from '../../../../session/energy/overview.ts';
import { count, dateAndTime, span } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { Button } from '../../../components/button.tsx';
import { NOTHING_SWITCHED } from '../../../components/chart/time-chart.tsx';
import { Check } from '../../../components/check.tsx';
import { Popover } from '../../../components/popover.tsx';
import { MEMORY } from './memory.ts';
import css from './meter-list.module.css';
import { type MeterPart, partKey } from './meter-parts.ts';

/** Stations and transactions that are listed at once; a search finds the others. */
const LISTED = 100;

/** Chooses other stations and transactions whose values are shown beside those of the first one. */
export function ComparedWith({ parts }: { parts: readonly MeterPart[] }): ReactNode {
  const { energy } = useWorkbench();
  const { overview, switched } = useStore(energy.state);
  const [search, setSearch] = useState('');
  const compared = switched[MEMORY.compared] ?? NOTHING_SWITCHED;
  const own = parts[0]?.key;
  const rows = rowsOf(overview?.stations ?? [], search.toLowerCase()).filter(({ key }) => key !== own);
  return (
    <Popover
      title="Compare with"
      trigger={
        <Button look="quiet">
          <Layers size={14} aria-hidden />
          {parts.length > 1 ? `Compare (${parts.length - 1})` : 'Compare'}
        </Button>
      }
    >
      <input
        className={css.find}
        type="search"
        aria-label="Search stations and transactions"
        placeholder="Search stations and transactions"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className={css.rows}>
        {rows.slice(0, LISTED).map(({ key, label, indent }) => (
          <div key={key} className={indent ? css.indented : undefined}>
            <Check
              label={label}
              checked={compared[key] ?? false}
              onChange={(on) => energy.switchSeries(MEMORY.compared, key, on)}
            />
          </div>
        ))}
        {rows.length === 0 && <p className={css.nothing}>There is nothing else of that name.</p>}
        {rows.length > LISTED && <p className={css.nothing}>{count(rows.length - LISTED)} more; search for them.</p>}
      </div>
    </Popover>
  );
}

interface Row {
  readonly key: string;
  readonly label: string;
  readonly indent: boolean;
}

function rowsOf(stations: readonly StationChoice[], search: string): readonly Row[] {
  return stations.flatMap(({ station, transactions }): readonly Row[] => {
    const isNamed = station.toLowerCase().includes(search);
    const found = transactions.toReversed().filter(({ id }) => isNamed || id.toLowerCase().includes(search));
    const rows = found.map(({ id, startedAt, endedAt }) => ({
      key: partKey(station, id),
      label: `${dateAndTime(startedAt).slice(0, 16)} · ${endedAt === null ? 'goes on' : span(endedAt - startedAt)} · ${visibleLine(id, 40)}`,
      indent: true,
    }));
    const itself = { key: partKey(station, null), label: `${visibleLine(station, 40)}, all the time`, indent: false };
    return isNamed || rows.length > 0 ? [itself, ...rows] : [];
  });
}

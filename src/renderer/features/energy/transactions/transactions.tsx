import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { TransactionRow } from '../../../../session/energy/transactions/transactions-question.ts';
import { count, countOf, dateAndTime, span } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { Button } from '../../../components/button.tsx';
import { DataTable } from '../../../components/data-table.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { amount, power } from './amounts.ts';
import { keysOfStation } from './meter-keys.ts';
import { SignedPanel } from './signed-panel.tsx';
import { TransactionDetail } from './transaction-detail.tsx';
import css from './transactions.module.css';

/** Rows that are shown at first, and added at a time. */
const PAGE = 50;
/** The most that one question may ask for. */
const ROWS_MAX = 200;

/** The transactions of a station: what was measured of each, and what its meter signed. */
export function Transactions(): ReactNode {
  const { energy } = useWorkbench();
  const { station, transaction } = useStore(energy.state);
  const [page, setPage] = useState({ station, skip: 0, shown: PAGE });
  const { skip, shown } = page.station === station ? page : { skip: 0, shown: PAGE };
  const { answer, failure } = useEnergyQuestion(
    'energy.transactions',
    station === null ? null : [{ station, skip, count: shown }],
  );
  if (failure !== null) return <p className={css.empty}>{failure}</p>;
  if (station === null || answer === null) return null;
  const { rows, inAll } = answer;
  if (rows.length === 0) {
    return (
      <p className={css.empty}>
        No message of {visibleLine(station, 60)} names a transaction yet. A transaction appears with its
        StartTransaction or TransactionEvent.
      </p>
    );
  }
  const selected = rows.find(({ id }) => id === transaction) ?? rows[0];
  const turn = (change: { readonly skip?: number; readonly shown?: number }): void =>
    setPage({ station, skip, shown, ...change });
  return (
    <div className={css.pane}>
      <div className={css.list}>
        <List rows={rows} selected={selected?.id ?? null} onSelect={energy.chooseTransaction} />
        {inAll > PAGE && (
          <div className={css.more}>
            {count(skip + 1)} to {count(skip + rows.length)} of {countOf(inAll, 'transaction')}{' '}
            {skip > 0 && <Button onClick={() => turn({ skip: Math.max(0, skip - shown) })}>Later</Button>}
            {skip + rows.length < inAll && (
              <>
                {shown < ROWS_MAX && (
                  <Button onClick={() => turn({ shown: Math.min(ROWS_MAX, shown + PAGE) })}>Show more</Button>
                )}
                <Button onClick={() => turn({ skip: skip + rows.length })}>Earlier</Button>
              </>
            )}
          </div>
        )}
      </div>
      {selected && <Detail key={selected.id} station={station} row={selected} />}
    </div>
  );
}

function List({
  rows,
  selected,
  onSelect,
}: {
  rows: readonly TransactionRow[];
  selected: string | null;
  onSelect: (id: string) => void;
}): ReactNode {
  // A column that says nothing of any transaction takes the room of others.
  const discharges = rows.some(({ energy }) => energy.exported.some((reading) => reading.energy !== 0));
  const onKeyDown = (event: KeyboardEvent<HTMLTableSectionElement>): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const next =
      rows[
        Math.max(
          0,
          rows.findIndex(({ id }) => id === selected),
        ) + by
      ];
    if (next === undefined) return;
    onSelect(next.id);
    const lines = event.currentTarget.querySelectorAll('tr');
    lines[rows.indexOf(next)]?.focus();
  };
  return (
    <DataTable className={css.table} role="grid" aria-label="Transactions">
      <thead>
        <tr>
          <th scope="col">Transaction</th>
          <th scope="col" className={css.number}>
            EVSE
          </th>
          <th scope="col">Begin</th>
          <th scope="col" className={css.number}>
            Duration
          </th>
          <th scope="col" className={css.number}>
            Charged
          </th>
          {discharges && (
            <th scope="col" className={css.number}>
              Discharged
            </th>
          )}
          <th scope="col" className={`${css.number} ${css.spare}`}>
            Average
          </th>
          <th scope="col" className={css.spare}>
            Stopped by
          </th>
          <th scope="col" className={css.number}>
            Signed
          </th>
        </tr>
      </thead>
      <tbody onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <Row key={row.id} row={row} selected={row.id === selected} discharges={discharges} onSelect={onSelect} />
        ))}
      </tbody>
    </DataTable>
  );
}

function Row({
  row: { id, evseId, startedAt, startKnown, endedAt, energy, stoppedReason, signedValues },
  selected,
  discharges,
  onSelect,
}: {
  row: TransactionRow;
  selected: boolean;
  /** There is a column for what went back. */
  discharges: boolean;
  onSelect: (id: string) => void;
}): ReactNode {
  const { imported, exported, averageImport } = energy;
  return (
    <tr className={css.row} aria-selected={selected} tabIndex={selected ? 0 : -1} onClick={() => onSelect(id)}>
      <td className={css.id} title={visibleLine(id, 255)}>
        {visibleLine(id, 36)}
      </td>
      <td className={css.number}>{evseId === 0 ? '' : evseId}</td>
      <td title={startKnown ? undefined : 'Its start is not in the session.'}>
        {startKnown ? '' : 'before '}
        {dateAndTime(startedAt).slice(0, -'.000'.length)}
      </td>
      <td className={css.number}>{endedAt === null ? 'goes on' : span(endedAt - startedAt)}</td>
      <td className={css.number}>{imported[0] ? amount(imported[0].energy) : ''}</td>
      {discharges && <td className={css.number}>{exported[0]?.energy ? amount(exported[0].energy) : ''}</td>}
      <td className={`${css.number} ${css.spare}`}>{averageImport === null ? '' : power(averageImport)}</td>
      <td className={css.spare}>{stoppedReason === null ? '' : visibleLine(stoppedReason, 40)}</td>
      <td className={css.number}>{signedValues === 0 ? '' : count(signedValues)}</td>
    </tr>
  );
}

function Detail({ station, row }: { station: string; row: TransactionRow }): ReactNode {
  const { preferences } = useWorkbench();
  const meterKeys = useStore(preferences.state, (state) => state.meterKeys);
  const keys = keysOfStation(meterKeys, station);
  const { answer, failure } = useEnergyQuestion('energy.signed', [{ station, transaction: row.id, keys }]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too
    <section className={css.detail} aria-label={`Transaction ${visibleLine(row.id, 36)}`} tabIndex={0}>
      <TransactionDetail row={row} signedEnergy={answer?.energy ?? null} />
      {failure !== null && <p className={css.sentence}>{failure}</p>}
      {answer && <SignedPanel picture={answer} station={station} evseId={row.evseId} />}
    </section>
  );
}

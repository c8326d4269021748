import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { TransactionChoice as OneTransaction } from '../../../session/energy/overview.ts';
import { stationOf, transactionOf } from '../../app/energy-choice.ts';
import { dateAndTime, span } from '../../app/format.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { SearchChoice } from '../../components/search-choice.tsx';

/** Which transaction of the station, the latest one first; without one, all of its time. */
export function TransactionChoice(): ReactNode {
  const { energy } = useWorkbench();
  const board = useStore(energy.state);
  const transactions = stationOf(board)?.transactions ?? [];
  const chosen = transactionOf(board, board.transaction);
  const words = (id: string): string => {
    const one = transactionOf(board, id);
    return one ? transactionWords(one) : visibleLine(id, 40);
  };
  return (
    <SearchChoice
      label="Transaction"
      none={transactions.length === 0 ? 'No transaction' : 'All the time'}
      options={transactions.map(({ id }) => id).toReversed()}
      value={board.transaction}
      shown={words}
      caption={chosen && <span title={words(chosen.id)}>{shortWords(chosen)}</span>}
      onChange={energy.chooseTransaction}
    />
  );
}

/** As little of a transaction as tells it from its neighbours. */
function shortWords({ startedAt, endedAt }: OneTransaction): string {
  return `${dateAndTime(startedAt).slice(5, 16)} · ${endedAt === null ? 'goes on' : span(endedAt - startedAt)}`;
}

/** A transaction in a line, such as `2026-11-20 10:05 · 42 min · tx-1`. */
function transactionWords({ id, startedAt, endedAt, evseId }: OneTransaction): string {
  const length = endedAt === null ? 'goes on' : span(endedAt - startedAt);
  const place = evseId === 0 ? '' : ` · ${evseId}`;
  return `${dateAndTime(startedAt).slice(0, 16)}${place} · ${length} · ${visibleLine(id, 40)}`;
}

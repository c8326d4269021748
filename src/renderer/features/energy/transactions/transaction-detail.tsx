import type { ReactNode } from 'react';
import type { EnergyReading } from '../../../../session/energy/metering/transaction-energy.ts';
import type { TransactionRow } from '../../../../session/energy/transactions/transactions-question.ts';
import { countOf, dateAndTime, span } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { FactsTable } from '../../../components/data-table.tsx';
import { EntryLink } from '../entry-link.tsx';
import { amount, power } from './amounts.ts';
import css from './transactions.module.css';

const BY: Readonly<Record<EnergyReading['by'], string>> = {
  meterStart: 'meterStop minus meterStart',
  register: 'register',
  interval: 'sum of intervals',
  power: 'power over time',
};

/** What was said and measured of a transaction, each way to measure it beside the others. */
export function TransactionDetail({
  row,
  signedEnergy,
}: {
  row: TransactionRow;
  /** Wh; null where none follows from signed values. */
  signedEnergy: number | null;
}): ReactNode {
  const { startedAt, startKnown, endedAt, startEntry, endEntry, idToken, stoppedReason, messages, energy } = row;
  const { imported, exported, averageImport, averageExport, peakImport, peakExport } = energy;
  return (
    <>
      <h3 className={css.heading}>Transaction {visibleLine(row.id, 60)}</h3>
      <FactsTable className={css.facts}>
        <tbody>
          <tr>
            <th scope="row">{startKnown ? 'Begin' : 'First heard of'}</th>
            <td>
              {dateAndTime(startedAt)} <EntryLink entry={startEntry} />
            </td>
          </tr>
          <tr>
            <th scope="row">End</th>
            <td>
              {endedAt === null ? 'It goes on' : dateAndTime(endedAt)}{' '}
              {endEntry !== null && <EntryLink entry={endEntry} />}
              {endedAt !== null && <span className={css.small}> after {span(endedAt - startedAt)}</span>}
            </td>
          </tr>
          {stoppedReason !== null && (
            <tr>
              <th scope="row">Stopped by</th>
              <td>{visibleLine(stoppedReason, 60)}</td>
            </tr>
          )}
          {idToken !== null && (
            <tr>
              <th scope="row">idToken</th>
              <td>{visibleLine(idToken, 60)}</td>
            </tr>
          )}
          <tr>
            <th scope="row">Messages</th>
            <td>{countOf(messages, 'message')}</td>
          </tr>
          <Readings name="Charged" readings={imported} />
          <Readings name="Discharged" readings={exported} />
          {averageImport !== null && (
            <tr>
              <th scope="row">Average</th>
              <td>
                {power(averageImport)}
                {averageExport !== null && averageExport !== 0 && ` charged, ${power(averageExport)} discharged`}
              </td>
            </tr>
          )}
          {peakImport && (
            <tr>
              <th scope="row">Peak</th>
              <td>
                {power(peakImport.value)} <EntryLink entry={peakImport.entry} />
                {peakExport && peakExport.value !== 0 && (
                  <>
                    {' '}
                    charged, {power(peakExport.value)} <EntryLink entry={peakExport.entry} /> discharged
                  </>
                )}
              </td>
            </tr>
          )}
        </tbody>
      </FactsTable>
      <Difference signed={signedEnergy} reading={imported[0]} />
    </>
  );
}

function Readings({ name, readings }: { name: string; readings: readonly EnergyReading[] }): ReactNode {
  return readings.map((reading, index) => (
    <tr key={reading.by}>
      {index === 0 ? <th scope="row">{name}</th> : <td />}
      <td>
        {amount(reading.energy)} <span className={css.small}>{wordsOf(reading)}</span>
        {reading.begin && reading.end && (
          <span className={css.small}>
            : {amount(reading.begin.value)} <EntryLink entry={reading.begin.entry} /> to {amount(reading.end.value)}{' '}
            <EntryLink entry={reading.end.entry} />
          </span>
        )}
      </td>
    </tr>
  ));
}

function wordsOf({ by, phases, location, interpolated, rolledOver, reset, complete }: EnergyReading): string {
  return [
    `by ${BY[by]}${phases ? ' of L1, L2 and L3' : ''}${location === 'Outlet' ? '' : ` at ${location}`}`,
    interpolated ? 'interpolated' : '',
    rolledOver ? 'the register rolled over' : '',
    reset ? 'the register was reset' : '',
    complete ? '' : 'not complete',
  ]
    .filter((word) => word !== '')
    .join(', ');
}

/** Registers are read in whole Wh or coarser; less than that is no difference. */
const SAME_WITHIN = 1;

function Difference({ signed, reading }: { signed: number | null; reading: EnergyReading | undefined }): ReactNode {
  if (signed === null || reading === undefined) return null;
  const difference = signed - reading.energy;
  if (Math.abs(difference) <= SAME_WITHIN) return null;
  return (
    <p className={css.difference}>
      The signed energy is {amount(signed)}, {amount(Math.abs(difference))} {difference > 0 ? 'more' : 'less'} than{' '}
      {amount(reading.energy)} by {BY[reading.by]}.
    </p>
  );
}

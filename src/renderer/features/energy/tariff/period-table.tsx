import { Fragment, type ReactNode } from 'react';
import type { ChargeRow, TariffPicture } from '../../../../session/energy/tariffs/tariff-picture.ts';
import { count } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { DIMENSION_WORDS, money, priceWords, quantityWords, stationTime } from './money-words.ts';
import css from './tariff.module.css';

/** Every charging period with the price that was used for each thing, and why. */
export function PeriodTable({ picture }: { picture: TariffPicture }): ReactNode {
  const { once, periods, periodsInAll, currency } = picture;
  return (
    <section aria-label="Charging periods" className={css.periods}>
      <DataTable className={css.table}>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">Paid for</th>
            <th scope="col" className={css.number}>
              Quantity
            </th>
            <th scope="col" className={css.number}>
              Price
            </th>
            <th scope="col">Applies</th>
            <th scope="col" className={css.number}>
              Amount
            </th>
            <th scope="col" className={css.number}>
              Tax
            </th>
            <th scope="col" className={css.number}>
              With tax
            </th>
          </tr>
        </thead>
        <tbody>
          {once.length > 0 && (
            <>
              <Head words="Once, at the start of the transaction" />
              {once.map((row, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their places
                <Charge key={index} row={row} currency={currency} />
              ))}
            </>
          )}
          {periods.map((period) => (
            <Fragment key={`${period.from} ${period.because}`}>
              <Head
                at={`${stationTime(period.from, period.offset)}–${stationTime(period.to, period.offset)}`}
                words={visibleLine(`${period.tariffId ?? 'no tariff'} · ${period.because}`, 200)}
                note={
                  period.interpolated
                    ? `energy until then interpolated between the meter values of ${stationTime(period.interpolated.from, period.offset)} and ${stationTime(period.interpolated.to, period.offset)}`
                    : undefined
                }
              />
              {period.rows.map((row) => (
                <Charge key={row.dimension} row={row} currency={currency} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </DataTable>
      {periodsInAll > periods.length && (
        <p className={css.small}>
          The first {count(periods.length)} of {count(periodsInAll)} periods.
        </p>
      )}
    </section>
  );
}

function Head({ at, words, note }: { at?: string; words: string; note?: string | undefined }): ReactNode {
  return (
    <tr className={css.period}>
      <th scope="rowgroup" colSpan={8}>
        {at !== undefined && <span className={css.time}>{at}</span>}
        {words}
        {note !== undefined && <span className={css.small}> · {note}</span>}
      </th>
    </tr>
  );
}

function Charge({ row, currency }: { row: ChargeRow; currency: string | null }): ReactNode {
  const { dimension, element, conditions, passedOver, exclTax, inclTax } = row;
  const why = passedOver.length > 0 ? `Not used: ${passedOver.join('; ')}` : undefined;
  const applies = element === null ? 'no price applies' : `${element}. ${conditions === '' ? 'always' : conditions}`;
  return (
    <tr className={element === null ? css.unused : undefined}>
      <td />
      <td>{DIMENSION_WORDS[dimension]}</td>
      <td className={css.number}>{quantityWords(row)}</td>
      <td className={css.number}>{element === null ? '–' : priceWords(row, currency)}</td>
      <td title={why}>
        {applies}
        {why !== undefined && <span className={css.small}> ({passedOver.join('; ')})</span>}
      </td>
      <td className={css.number}>{money(exclTax, currency, 4)}</td>
      <td className={css.number}>{money(inclTax - exclTax, currency, 4)}</td>
      <td className={css.number}>{money(inclTax, currency, 4)}</td>
    </tr>
  );
}

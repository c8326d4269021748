import { Check, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReportComparison, TariffPicture, TotalRow } from '../../../../session/energy/tariffs/tariff-picture.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EntryLink } from '../entry-link.tsx';
import { DIMENSION_WORDS, sumWords } from './money-words.ts';
import css from './tariff.module.css';

/** The sums as they are calculated, as the station says, and as the CSMS says, side by side. */
export function Totals({ picture }: { picture: TariffPicture }): ReactNode {
  const { totals, currency, station, csms, ended } = picture;
  return (
    <section aria-label="Totals">
      <h3 className={css.heading}>{ended ? 'Final cost' : 'Cost so far'}</h3>
      <DataTable className={css.table}>
        <thead>
          <tr>
            <th scope="col">With tax</th>
            <th scope="col" className={css.number}>
              Calculated
            </th>
            <th scope="col" className={css.number}>
              Station {station && <EntryLink entry={station.entry} />}
            </th>
            <th scope="col" className={css.number}>
              CSMS {csms && <EntryLink entry={csms.entry} />}
            </th>
          </tr>
        </thead>
        <tbody>
          {totals.map((row) => (
            <Row key={row.dimension} row={row} currency={currency} wrong={wrongIn(row, station, csms)} />
          ))}
        </tbody>
      </DataTable>
    </section>
  );
}

interface Wrong {
  readonly station: boolean;
  readonly csms: boolean;
}

function wrongIn({ dimension }: TotalRow, station: ReportComparison | null, csms: ReportComparison | null): Wrong {
  const wrong = (comparison: ReportComparison | null) =>
    comparison?.sums.some((sum) => sum.dimension === dimension && !sum.agrees) ?? false;
  return { station: wrong(station), csms: wrong(csms) };
}

function Row({ row, currency, wrong }: { row: TotalRow; currency: string | null; wrong: Wrong }): ReactNode {
  const { dimension, calculated, station, csms } = row;
  const tax = (sum: TotalRow['calculated']) =>
    sum?.exclTax == null ? undefined : `${sumWords(sum, 'exclTax', currency)} without tax`;
  return (
    <tr className={dimension === 'total' ? css.total : undefined}>
      <th scope="row">{DIMENSION_WORDS[dimension]}</th>
      <td className={css.number} title={tax(calculated)}>
        {sumWords(calculated, 'inclTax', currency)}
      </td>
      {(
        [
          ['station', station],
          ['csms', csms],
        ] as const
      ).map(([who, sum]) => (
        <td key={who} className={`${css.number} ${wrong[who] ? css.wrong : ''}`} title={tax(sum)}>
          {wrong[who] && <TriangleAlert size={12} aria-label="differs" />} {sumWords(sum, 'inclTax', currency)}
        </td>
      ))}
    </tr>
  );
}

/** Whether a report is right, and what is the matter with it. */
export function Verdict({ who, comparison }: { who: string; comparison: ReportComparison | null }): ReactNode {
  if (!comparison) return null;
  const { agrees, sentences, entry, final } = comparison;
  return (
    <div className={css.verdict}>
      <p className={agrees ? css.right : css.wrong}>
        {agrees ? <Check size={14} aria-hidden="true" /> : <TriangleAlert size={14} aria-hidden="true" />}
        <span>
          {who}, {final ? 'final cost' : 'running cost'}: {agrees ? 'right to the cent' : 'differs'}{' '}
          <EntryLink entry={entry} />
        </span>
      </p>
      {sentences.length > 0 && (
        <ul className={css.sentences}>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

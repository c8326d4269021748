import type { ReactNode } from 'react';
import type { ShownTariff, TariffPicture } from '../../../../session/energy/tariffs/tariff-picture.ts';
import { timeOfDay } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { FactsTable } from '../../../components/data-table.tsx';
import { EntryLink } from '../entry-link.tsx';
import css from './tariff.module.css';

const KINDS: Readonly<Record<ShownTariff['kind'], string>> = {
  default: 'default tariff of the EVSE (SetDefaultTariff)',
  driver: "the driver's tariff (Authorize)",
  changed: 'changed during the transaction (ChangeTransactionTariff)',
};

/** The tariffs of a transaction in words, with the messages that brought them. */
export function TariffWords({ picture }: { picture: TariffPicture }): ReactNode {
  const { tariffs, answer } = picture;
  return (
    <section aria-label="Tariffs">
      {tariffs.map((tariff) => (
        <div key={`${tariff.tariffId} ${tariff.from}`} className={css.tariff}>
          <h3 className={css.heading}>
            Tariff {visibleLine(tariff.tariffId, 60)} <EntryLink entry={tariff.entry} />
          </h3>
          <p className={css.small}>
            {KINDS[tariff.kind]}, from {timeOfDay(tariff.from)}
            {tariff.toldEntry !== tariff.entry && (
              <>
                {' '}
                by <EntryLink entry={tariff.toldEntry} />
              </>
            )}
          </p>
          <FactsTable>
            <tbody>
              {tariff.lines.map(({ what, words }) => (
                <tr key={what}>
                  <th scope="row">{what}</th>
                  <td>{words}</td>
                </tr>
              ))}
            </tbody>
          </FactsTable>
          {tariff.description !== null && <p className={css.small}>“{visibleLine(tariff.description, 300)}”</p>}
        </div>
      ))}
      {answer && (
        <p className={css.small}>
          GetTariffs was last answered {visibleLine(answer.status, 40)}
          {answer.assignments.length > 0 &&
            `: ${answer.assignments
              .slice(0, 20)
              .map(({ tariffId, evseIds, idTokens }) =>
                visibleLine(
                  `${tariffId}${evseIds.length > 0 ? ` at EVSE ${evseIds.join(', ')}` : ''}${idTokens.length > 0 ? ` for ${idTokens.join(', ')}` : ''}`,
                  200,
                ),
              )
              .join('; ')}`}{' '}
          <EntryLink entry={answer.entry} />
        </p>
      )}
    </section>
  );
}

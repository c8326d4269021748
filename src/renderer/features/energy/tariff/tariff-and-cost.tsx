import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import type { TariffPicture } from '../../../../session/energy/tariffs/tariff-picture.ts';
import { useWorkbench } from '../../../app/workbench.ts';
import { EmptyPane } from '../../../components/empty-pane.tsx';
import { EnergyTimeChart } from '../energy-time-chart.tsx';
import { EntryLink } from '../entry-link.tsx';
import { useEnergyQuestion } from '../use-energy-question.ts';
import { costSpec } from './cost-spec.ts';
import { money } from './money-words.ts';
import { PeriodTable } from './period-table.tsx';
import css from './tariff.module.css';
import { TariffWords } from './tariff-words.tsx';
import { Totals, Verdict } from './totals.tsx';

/** For how many points there is room: a chart is seldom wider than this. */
const POINTS = 2000;

/** What a transaction costs, who says so, and why. */
export function TariffAndCost(): ReactNode {
  const { energy } = useWorkbench();
  const { station, transaction } = useStore(energy.state);
  const { answer, failure } = useEnergyQuestion(
    'energy.tariff',
    station === null || transaction === null ? null : [{ station, transaction, points: POINTS }],
  );
  const spec = useMemo(() => answer && costSpec(answer), [answer]);
  if (transaction === null)
    return <EmptyPane className={css.empty}>Choose a transaction to see what it costs.</EmptyPane>;
  if (failure !== null) return <EmptyPane className={css.empty}>{failure}</EmptyPane>;
  if (!answer || !spec) return <EmptyPane className={css.empty} />;
  const nothing = answer.reports.length === 0 && answer.tariffs.length === 0;
  if (nothing) return <Nothing picture={answer} />;
  return (
    <div className={css.pane}>
      <div className={css.main}>
        <div className={css.chart}>
          <EnergyTimeChart id="tariff" spec={spec} table={false} />
        </div>
        {answer.periods.length > 0 && <PeriodTable picture={answer} />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too */}
      <section className={css.side} aria-label="Cost and tariff" tabIndex={0}>
        {answer.missing !== null && <p className={css.sentence}>{answer.missing}</p>}
        <Totals picture={answer} />
        <Limits picture={answer} />
        <Verdict who="Station" comparison={answer.missing === null ? answer.station : null} />
        <Verdict who="CSMS" comparison={answer.missing === null ? answer.csms : null} />
        <Remarks picture={answer} />
        <TariffWords picture={answer} />
      </section>
    </div>
  );
}

function Nothing({ picture }: { picture: TariffPicture }): ReactNode {
  return (
    <EmptyPane title="Nothing about the cost of this transaction" className={css.empty}>
      <p>{picture.missing}</p>
      <p>
        Costs are calculated from a tariff of SetDefaultTariff, Authorize or ChangeTransactionTariff (OCPP 2.1), and
        compared with TransactionEvent.costDetails, totalCost of its answer, and CostUpdated.
      </p>
      <Remarks picture={picture} />
    </EmptyPane>
  );
}

/** That a minimum or maximum cost counts instead of what was used. */
function Limits({ picture }: { picture: TariffPicture }): ReactNode {
  const { typeOfCost, uncapped, currency } = picture;
  if (typeOfCost === null || typeOfCost === 'NormalCost' || uncapped?.inclTax == null) return null;
  return (
    <p className={css.sentence}>
      {typeOfCost === 'MinCost' ? 'The minimum cost counts' : 'The maximum cost was reached'}: what was used would come
      to {money(uncapped.inclTax, currency)} with tax
      {uncapped.exclTax === null ? '' : `, ${money(uncapped.exclTax, currency)} without`} (
      {typeOfCost === 'MinCost' ? 'I12.FR.38' : 'I12.FR.39'}).
    </p>
  );
}

function Remarks({ picture }: { picture: TariffPicture }): ReactNode {
  if (picture.remarks.length === 0) return null;
  return (
    <ul className={css.sentences} aria-label="Remarks">
      {picture.remarks.map(({ sentence, entry }) => (
        <li key={`${entry ?? ''} ${sentence}`}>
          {sentence} {entry !== null && <EntryLink entry={entry} />}
        </li>
      ))}
    </ul>
  );
}

import type { ReactNode } from 'react';
import type { EnergyOverview } from '../../../session/energy/overview.ts';
import { count } from '../../app/format.ts';
import css from './energy-pane.module.css';

/** There is nothing to see yet: what there has to be. */
export function NoEnergy({
  overview,
  failure,
}: {
  overview: EnergyOverview | null;
  failure: string | null;
}): ReactNode {
  if (overview === null) return <p className={css.empty}>{failure ?? 'Reading the session…'}</p>;
  const reading = overview.scanned < overview.entries;
  return (
    <div className={css.empty}>
      <h3>{reading ? 'Nothing about energy so far' : 'Nothing about energy in this session'}</h3>
      {reading && (
        <p>
          {count(overview.scanned)} of {count(overview.entries)} entries are looked at.
        </p>
      )}
      <p>
        Charts appear as soon as a station says something about energy: MeterValues, StartTransaction or
        TransactionEvent with meter values. SetChargingProfile and SetDERControl add limits, SetDefaultTariff adds
        costs.
      </p>
      <p>
        Point a station at Plugscope, start a transaction with the built-in station, or open a session that has one.
      </p>
    </div>
  );
}

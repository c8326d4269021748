import type { ReactNode } from 'react';
import type { EnergyOverview } from '../../../session/energy/overview.ts';
import { count } from '../../app/format.ts';
import { EmptyPane } from '../../components/empty-pane.tsx';

/** There is nothing to see yet: what there has to be. */
export function NoEnergy({
  overview,
  failure,
}: {
  overview: EnergyOverview | null;
  failure: string | null;
}): ReactNode {
  if (overview === null) return <EmptyPane>{failure ?? 'Reading the session…'}</EmptyPane>;
  const reading = overview.scanned < overview.entries;
  return (
    <EmptyPane title={reading ? 'Nothing about energy so far' : 'Nothing about energy in this session'}>
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
    </EmptyPane>
  );
}

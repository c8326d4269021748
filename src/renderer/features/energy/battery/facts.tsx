import { CircleCheck, CircleX, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EnergyBalance, NeedsAndReached } from '../../../../session/energy/battery/battery-picture.ts';
import { dateAndTime, span, timeOfDay } from '../../../app/format.ts';
import { EntryLink } from '../entry-link.tsx';
import { amount } from '../transactions/amounts.ts';
import css from './battery.module.css';
import { percent } from './battery-words.ts';

/** Names with their values. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }): ReactNode {
  return (
    <table className={css.facts}>
      <tbody>
        {facts.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What went into a battery and came out of it. */
export function Balance({ balance }: { balance: EnergyBalance }): ReactNode {
  const { from, to, taken, given, socAtStart, socAtEnd, roundTrip, noRoundTrip } = balance;
  const energy = (value: number | null): string => (value === null ? '–' : amount(Math.round(value * 10) / 10));
  return (
    <>
      <Facts
        facts={[
          ['Energy in', energy(taken)],
          ['Energy out', energy(given)],
          ['State of charge', `${percent(socAtStart)} to ${percent(socAtEnd)}`],
          ['Measured', `${timeOfDay(from).slice(0, 8)} to ${timeOfDay(to).slice(0, 8)} (${span(to - from)})`],
          ...(roundTrip ? [['Round trip', percent(100 * roundTrip.efficiency)] as const] : []),
        ]}
      />
      {roundTrip ? (
        <p className={css.small}>
          Estimated at the meter: {energy(roundTrip.takenPerPercent)} for each percent charged (over{' '}
          {percent(roundTrip.up)}), {energy(roundTrip.givenPerPercent)} for each percent discharged (over{' '}
          {percent(roundTrip.down)}).
        </p>
      ) : (
        <p className={css.small}>No round trip: {noRoundTrip}</p>
      )}
    </>
  );
}

const VERDICTS = {
  reached: { Icon: CircleCheck, words: 'Reached', tone: css.good },
  missed: { Icon: CircleX, words: 'Missed', tone: css.error },
  open: { Icon: Clock, words: 'Not reached yet', tone: css.muted },
} as const;

const UNTIL = { departure: 'At departure', end: 'At the end', latest: 'So far' } as const;

/** What an EV asked for, beside what it got. */
export function Needs({ needs }: { needs: NeedsAndReached }): ReactNode {
  const { at, entry, transfer, departure, targetSoC, energy, until, untilIs, soc, net, verdict } = needs;
  const shown = verdict && VERDICTS[verdict];
  const early = untilIs === 'end' && departure !== null && until !== null && departure > until;
  return (
    <section className={css.needs} aria-label="Needs of the EV">
      <h4 className={css.heading}>
        {shown ? (
          <span className={`${css.verdict} ${shown.tone}`}>
            <shown.Icon size={14} aria-hidden />
            {shown.words}
          </span>
        ) : (
          'Needs of the EV'
        )}
        <EntryLink entry={entry} />
      </h4>
      <table className={css.compare}>
        <thead>
          <tr>
            <td />
            <th scope="col">Asked for</th>
            <th scope="col">{UNTIL[untilIs]}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">State of charge</th>
            <td>{percent(targetSoC)}</td>
            <td>{percent(soc)}</td>
          </tr>
          <tr>
            <th scope="row">Energy</th>
            <td>{energy === null ? '–' : amount(energy)}</td>
            <td>{net === null ? '–' : amount(Math.round(net * 10) / 10)}</td>
          </tr>
          <tr>
            <th scope="row">Time</th>
            <td>{departure === null ? '–' : timeOfDay(departure).slice(0, 8)}</td>
            <td>{until === null ? '–' : timeOfDay(until).slice(0, 8)}</td>
          </tr>
        </tbody>
      </table>
      <p className={css.small}>
        Said at {dateAndTime(at).slice(0, 19)}
        {transfer === null ? '' : `, for ${transfer}`}.
        {early && ` It left ${span(departure - until)} before the departure that it had announced.`}
      </p>
    </section>
  );
}

import type { ReactNode } from 'react';
import { quantity, secondsText } from '../../../../session/energy/der/der-words.ts';
import type { FrequencyPicture } from '../../../../session/energy/grid/frequency-picture.ts';
import { localTime } from '../../../components/chart/time-words.ts';
import { DataTable } from '../../../components/data-table.tsx';
import { EntryLink } from '../entry-link.tsx';
import css from './frequency.module.css';

/** How well power followed what was asked. */
export function ResponseWords({ picture }: { picture: FrequencyPicture }): ReactNode {
  const { summary, responses, refused, curve, threshold } = picture;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys too
    <section className={css.words} aria-label="How power followed" tabIndex={0}>
      {curve && (
        <p className={css.sentence}>
          {curve.inForce ? 'In force' : 'Last in force'}: {curve.mode}, profile {curve.profileId}{' '}
          <EntryLink entry={curve.entry} />, baseline {quantity(curve.baseline, 'W')}
          {curve.signalPower !== null && `, signal adds ${quantity(curve.signalPower, 'W')}`}
          {threshold !== null && `; recalculated from ${threshold} mHz on (Q08.FR.07)`}.
        </p>
      )}
      {summary ? (
        <dl className={css.summary}>
          <Fact name="Mean distance">{quantity(summary.meanDeviation, 'W')}</Fact>
          <Fact name={`Within ${quantity(summary.tolerance, 'W')}`}>
            {quantity(summary.within * 100, '%')} of the time
          </Fact>
          <Fact name="Changes followed">
            {summary.followed} of {summary.changes}
          </Fact>
          <Fact name="Response time, to 90 %">
            {summary.medianSeconds === null
              ? 'none to be seen'
              : `median ${secondsText(summary.medianSeconds)}, slowest ${secondsText(summary.slowestSeconds ?? 0)}`}
          </Fact>
        </dl>
      ) : (
        <p className={css.note}>Asked and delivered power are never known together here.</p>
      )}
      <p className={css.note}>
        As exact as meter values are close together. What DER controls take away is not part of what profiles ask for.
      </p>
      {refused.length > 0 && (
        <>
          <h3 className={css.heading}>Signals that were refused</h3>
          <ul className={css.list}>
            {refused.map(({ at, entry, signal, reason, status }) => (
              <li key={entry}>
                {localTime(at, 'seconds')} signal {signal}: {status}
                {reason !== null && `, ${reason}`} <EntryLink entry={entry} />
              </li>
            ))}
          </ul>
        </>
      )}
      {responses.length > 0 && (
        <DataTable className={css.table}>
          <caption className="visually-hidden">Changes of asked power</caption>
          <thead>
            <tr>
              <th scope="col">At</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Followed after</th>
            </tr>
          </thead>
          <tbody>
            {responses.map(({ at, from, to, seconds, entry }) => (
              <tr key={at}>
                <td>{localTime(at, 'seconds')}</td>
                <td className={css.number}>{quantity(from, 'W')}</td>
                <td className={css.number}>{quantity(to, 'W')}</td>
                <td>
                  {seconds === null ? (
                    'not seen'
                  ) : (
                    <>
                      {seconds === 0 ? 'at once' : secondsText(seconds)} <EntryLink entry={entry} />
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

import { CircleCheck, CircleHelp, FastForward, Hourglass, type LucideIcon } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Reconnection, StationLife } from '../../../session/life/life.ts';
import { count, countOf, span } from '../../app/format.ts';
import { useLiveAnswer } from '../../app/use-live-answer.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import css from './card.module.css';
import { clockSpec } from './life-specs.ts';
import { backOffWords, clockWords, expectedWords, VERDICT_WORDS } from './life-words.ts';
import { Moment } from './moment.tsx';
import { SmallChart } from './small-chart.tsx';

/** All messages of the station have a part in it: it is asked for less often. Milliseconds. */
const EVERY = 3000;
/** A chart of fewer estimates, or over a shorter time in milliseconds, would say less than the words. */
const CHARTED = 4;
const CHARTED_OVER = 10_000;
/** Rows of the history that are shown at first. */
const FIRST = 50;

/** What a station did to stay connected, and what its clock says. */
export function StationPart({ station, link }: { station: string; link: number }): ReactNode {
  const { answer, current, failure } = useLiveAnswer(
    station === '' ? null : `station ${station}`,
    (engine) => engine['connections.station'](station),
    () => true,
    EVERY,
  );
  if (station === '') return <p className={css.quiet}>Nobody said which station this was.</p>;
  if (failure !== null) return <p className={css.bad}>{visibleLine(failure, 300)}</p>;
  if (!current || answer === undefined) return null;
  if (answer === null) return <p className={css.quiet}>The session knows no station of this name.</p>;
  const { connections, failedAttempts, retryBackOff, reconnections, clock } = answer;
  return (
    <>
      <p className={css.lead}>
        <strong>{visibleLine(station, 60)}</strong> was connected {countOf(connections, 'time')};{' '}
        {failedAttempts === 0 ? 'no attempt failed' : `${countOf(failedAttempts, 'attempt')} failed`}.
      </p>
      <dl className={css.facts}>
        <dt>RetryBackOffWaitMinimum</dt>
        <BackOff value={retryBackOff.waitMinimum} unit="s" />
        <dt>RetryBackOffRandomRange</dt>
        <BackOff value={retryBackOff.randomRange} unit="s" />
        <dt>RetryBackOffRepeatTimes</dt>
        <BackOff value={retryBackOff.repeatTimes} unit="times" />
        <dt>Clock</dt>
        <dd>{clock === null ? <span className={css.quiet}>no message tells a time</span> : clockWords(clock)}</dd>
      </dl>
      {clock && <Clock clock={clock} />}
      <Reconnections reconnections={reconnections} link={link} />
    </>
  );
}

function BackOff({ value, unit }: { value: number | null; unit: 's' | 'times' }): ReactNode {
  return <dd className={value === null ? css.quiet : undefined}>{backOffWords(value, unit)}</dd>;
}

function Clock({ clock: { latest } }: { clock: NonNullable<StationLife['clock']> }): ReactNode {
  const { selection } = useWorkbench();
  const spec = useMemo(() => clockSpec(latest), [latest]);
  const [first, last] = [latest[0], latest.at(-1)];
  if (!first || !last || latest.length < CHARTED || last.at - first.at < CHARTED_OVER) return null;
  return <SmallChart spec={spec} onSelect={(entry) => void selection.selectEntry(entry)} />;
}

const VERDICTS: Readonly<Record<Reconnection['verdict'], { readonly icon: LucideIcon; readonly look: string }>> = {
  'as-asked': { icon: CircleCheck, look: css.passed ?? '' },
  'too-early': { icon: FastForward, look: css.advice ?? '' },
  'too-late': { icon: Hourglass, look: css.advice ?? '' },
  'not-known': { icon: CircleHelp, look: css.quiet ?? '' },
};

function Reconnections({ reconnections, link }: { reconnections: readonly Reconnection[]; link: number }): ReactNode {
  const [shown, setShown] = useState(FIRST);
  if (reconnections.length === 0) {
    return <p className={css.quiet}>It never came back, because it was never lost, or has not tried yet.</p>;
  }
  return (
    <section className={css.part} aria-label="Reconnections">
      <h3 className={css.heading}>Reconnections</h3>
      <table className={css.history}>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Attempt</th>
            <th scope="col">Ended in</th>
            <th scope="col">Waited</th>
            <th scope="col">Expected</th>
            <th scope="col">Verdict</th>
          </tr>
        </thead>
        <tbody>
          {reconnections.slice(0, shown).map((one) => (
            <Line key={one.link} one={one} selected={one.link === link} />
          ))}
        </tbody>
      </table>
      {reconnections.length > shown && (
        <Button onClick={() => setShown(reconnections.length)}>Show all {count(reconnections.length)}</Button>
      )}
    </section>
  );
}

function Line({ one, selected }: { one: Reconnection; selected: boolean }): ReactNode {
  const { connections } = useWorkbench();
  const { icon: Icon, look } = VERDICTS[one.verdict];
  return (
    <tr aria-current={selected || undefined}>
      <td>
        <button type="button" className={css.link} onClick={() => connections.turnTo(one.link)}>
          <Moment at={one.at} />
        </button>
      </td>
      <td>{count(one.attempt)}</td>
      <td>{one.succeeded ? 'a connection' : 'a failure'}</td>
      <td>{span(one.waited)}</td>
      <td className={one.expected === null ? css.quiet : undefined}>{expectedWords(one.expected)}</td>
      <td>
        <span className={`${css.outcome} ${look}`}>
          <Icon size={14} aria-hidden />
          {VERDICT_WORDS[one.verdict]}
        </span>
      </td>
    </tr>
  );
}

import type { ReactNode } from 'react';
import type { OverLimit } from '../../../../session/energy/site/over-limit.ts';
import { countOf } from '../../../app/format.ts';
import { ageWords, localTime } from '../../../components/chart/time-words.ts';
import { valueWords } from '../../../components/chart/value-words.ts';
import css from './site.module.css';
import { WATTS } from './site-spec.ts';

/** Times over the limit that are listed. */
const LISTED = 200;

/** When the site took more than it may, each to be looked at closely. */
export function OverList({
  over,
  onShow,
  onPoint,
}: {
  over: readonly OverLimit[];
  onShow: (range: { readonly from: number; readonly to: number }) => void;
  onPoint: (at: number | null) => void;
}): ReactNode {
  if (over.length === 0) return <p className={css.hint}>Never over the limit in this time.</p>;
  return (
    <section aria-label="Over the limit">
      <h4 className={css.heading}>{`Over the limit ${countOf(over.length, 'time')}`}</h4>
      <ul className={css.over}>
        {over.slice(0, LISTED).map((each) => {
          const room = (each.to - each.from) * 2;
          return (
            <li key={each.from}>
              <button
                type="button"
                className={css.link}
                title="Look at it closely"
                onClick={() => onShow({ from: each.from - room, to: each.to + room })}
                onMouseEnter={() => onPoint(each.at)}
                onMouseLeave={() => onPoint(null)}
              >
                {`${localTime(each.from, 'seconds')} to ${localTime(each.to, 'seconds')}`}
              </button>
              <span>{`${ageWords(each.to - each.from)}, by up to ${valueWords(Math.round(each.highest - each.limit), WATTS)}`}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

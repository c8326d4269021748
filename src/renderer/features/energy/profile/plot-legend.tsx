import type { ReactNode } from 'react';
import type { OcppVersion } from '../../../../ocpp/version.ts';
import type { ScheduleDraft } from '../../../../session/energy/profile-draft/draft.ts';
import type { DraftPicture } from '../../../../session/energy/profile-draft/picture.ts';
import css from './plot.module.css';
import { DRAWN } from './plot-target.ts';

/** What the lines of the drawing are, and what was taken for granted. */
export function PlotLegend({
  schedule,
  picture,
  shownEvseId,
  version,
}: {
  schedule: ScheduleDraft;
  picture: DraftPicture | null;
  shownEvseId: number;
  version: OcppVersion;
}): ReactNode {
  const there = DRAWN.filter((quantity) => schedule.periods.some(({ values }) => values[quantity] !== undefined));
  const drawn = there.length === 0 ? (['limit'] as const) : there;
  const place = shownEvseId === 0 ? 'the station' : `${version === '1.6' ? 'connector' : 'EVSE'} ${shownEvseId}`;
  return (
    <ul className={css.legend} aria-label="Lines">
      {drawn.map((quantity) => (
        <li key={quantity}>
          <Sample className={css[quantity]} dash={quantity === 'setpoint' ? '7 3' : ''} width={2.5} />
          {drawn.length === 1 ? 'This schedule' : quantity}
        </li>
      ))}
      <li>
        <Sample className={css.nowSample} dash="4 3" width={1.75} />
        {`Composite of ${place} now`}
      </li>
      <li>
        <Sample className={css.thenSample} dash="" width={1.25} />
        With this profile
      </li>
      {picture?.problem && <li className={css.problem}>{picture.problem.sentence}</li>}
      {picture?.assumed.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      {picture?.cut && <li>There are more steps than are shown.</li>}
    </ul>
  );
}

function Sample({ className, dash, width }: { className: string | undefined; dash: string; width: number }): ReactNode {
  return (
    <svg width={22} height={8} aria-hidden className={className}>
      <line x1={0} x2={22} y1={4} y2={4} stroke="var(--hue)" strokeWidth={width} strokeDasharray={dash} />
    </svg>
  );
}

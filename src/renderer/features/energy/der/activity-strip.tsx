import { type CSSProperties, type PointerEvent, type ReactNode, useRef } from 'react';
import type { DerPicture } from '../../../../session/energy/der/der-picture.ts';
import { TITLES } from '../../../../session/energy/der/der-words.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import { timeTicks } from '../../../components/chart/time-ticks.ts';
import { localTime } from '../../../components/chart/time-words.ts';
import { useSize } from '../../../components/chart/use-size.ts';
import css from './strip.module.css';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A stretch of time in a row of the strip. */
interface Bar {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly label: string;
  readonly entry: number;
  readonly tone: 'default' | 'scheduled' | 'alarm';
}

/** When which control was active, with alarms, and what the station told of starts and ends. */
export function ActivityStrip({
  picture,
  range,
  cursor,
  chosen,
  onPoint,
  onChoose,
  onSelect,
}: {
  picture: DerPicture;
  range: Range;
  cursor: number | null;
  /** Entry of the control that is drawn. */
  chosen: number | undefined;
  onPoint: (at: number | null) => void;
  onChoose: (entry: number) => void;
  onSelect: (entry: number) => void;
}): ReactNode {
  const lane = useRef<HTMLDivElement>(null);
  const size = useSize(lane);
  const ticks = size ? timeTicks(range, size.width) : [];
  const shareOf = (at: number): number => (100 * (at - range.from)) / (range.to - range.from);
  const onPointerMove = (event: PointerEvent): void => {
    const box = lane.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const share = (event.clientX - box.left) / box.width;
    onPoint(share < 0 || share > 1 ? null : range.from + share * (range.to - range.from));
  };
  const alarms = alarmBars(picture, range);
  return (
    <section className={css.strip} aria-label="When which control was active">
      <div className={css.rows} onPointerMove={onPointerMove} onPointerLeave={() => onPoint(null)}>
        <div className={css.over} ref={lane} aria-hidden>
          {ticks.map(({ at }) => (
            <span key={at} className={css.grid} style={{ left: `${shareOf(at)}%` }} />
          ))}
          {cursor !== null && cursor >= range.from && cursor <= range.to && (
            <span className={css.cursor} style={{ left: `${shareOf(cursor)}%` }} />
          )}
        </div>
        {alarms.length > 0 && <Row name="Alarms" bars={alarms} shareOf={shareOf} onClick={onSelect} />}
        {picture.startStops.length > 0 && (
          <Row name="Start and stop" bars={[]} shareOf={shareOf} onClick={onSelect}>
            {picture.startStops.map(({ id, started, at, entry }) => (
              <button
                key={entry}
                type="button"
                className={css.tick}
                data-started={started ? '' : undefined}
                style={{ left: `${shareOf(at)}%` }}
                title={`${visibleLine(id, 40)} ${started ? 'started' : 'ended'}, ${localTime(at, 'seconds')}`}
                aria-label={`${visibleLine(id, 40)} ${started ? 'started' : 'ended'}, ${localTime(at, 'seconds')}`}
                onClick={() => onSelect(entry)}
              />
            ))}
          </Row>
        )}
        {picture.activity.map(({ type, title, spans }) => (
          <Row
            key={type}
            name={title}
            bars={spans.map((span, index) => ({
              key: String(index),
              ...span,
              words: `${title}: ${visibleLine(span.id, 40)}${span.isDefault ? ', default' : ''}, ${timesOf(span)}`,
              label: visibleLine(span.id, 40),
              tone: span.isDefault ? 'default' : 'scheduled',
            }))}
            shareOf={shareOf}
            chosen={chosen}
            onClick={onChoose}
          />
        ))}
      </div>
      <div className={css.axis} aria-hidden>
        {ticks.map(({ at, label }) => (
          <span key={at} style={{ left: `${shareOf(at)}%` }}>
            {label}
          </span>
        ))}
      </div>
    </section>
  );
}

function Row({
  name,
  bars,
  shareOf,
  chosen,
  onClick,
  children,
}: {
  name: string;
  bars: readonly Bar[];
  shareOf: (at: number) => number;
  chosen?: number | undefined;
  onClick: (entry: number) => void;
  children?: ReactNode;
}): ReactNode {
  return (
    <div className={css.row}>
      <span className={css.name} title={name}>
        {name}
      </span>
      <div className={css.lane}>
        {bars.map((bar) => (
          <button
            key={bar.key}
            type="button"
            className={css.bar}
            data-tone={bar.tone}
            data-chosen={bar.entry === chosen ? '' : undefined}
            style={placeOf(shareOf(bar.from), shareOf(bar.to))}
            title={bar.words}
            aria-label={bar.words}
            onClick={() => onClick(bar.entry)}
          >
            {bar.label}
          </button>
        ))}
        {children}
      </div>
    </div>
  );
}

function alarmBars({ alarms }: DerPicture, range: Range): readonly Bar[] {
  return alarms.map(({ type, fault, from, to, entry, extraInfo, takenOverBy }) => {
    const label = `${fault ?? 'Alarm'}, ${TITLES[type]}`;
    const over = takenOverBy === null ? '' : `, then ${TITLES[takenOverBy]} took over`;
    const info = extraInfo === null ? '' : `, ${visibleLine(extraInfo, 80)}`;
    const end = to ?? range.to;
    return {
      key: String(entry),
      from: Math.max(from, range.from),
      to: Math.min(end, range.to),
      words: `${label}${info}, ${timesOf({ from, to: end })}${to === null ? ', not ended' : ''}${over}`,
      label,
      entry,
      tone: 'alarm',
    };
  });
}

function placeOf(from: number, to: number): CSSProperties {
  return { left: `${from}%`, width: `${Math.max(0, to - from)}%` };
}

function timesOf({ from, to }: Range): string {
  return `${localTime(from, 'seconds')} to ${localTime(to, 'seconds')}`;
}

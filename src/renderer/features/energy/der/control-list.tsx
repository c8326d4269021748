import type { KeyboardEvent, ReactNode } from 'react';
import type { DerControlSummary, DerPicture } from '../../../../session/energy/der/der-picture.ts';
import { count } from '../../../app/format.ts';
import { visibleLine } from '../../../app/visible-text.ts';
import css from './der.module.css';
import { StateMark } from './state-mark.tsx';
import { VerdictLine } from './verdict-line.tsx';

/** Every control that there is, the active ones first. */
export function ControlList({
  picture,
  onChoose,
}: {
  picture: DerPicture;
  onChoose: (entry: number) => void;
}): ReactNode {
  const { controls, controlsInAll, selected } = picture;
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = controls.findIndex(({ entry }) => entry === selected?.entry);
    const next = controls[at + by];
    if (by === 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(next.entry);
    const rows = event.currentTarget.querySelectorAll<HTMLElement>('[role="option"]');
    rows[at + by]?.focus();
  };
  return (
    <div className={css.list}>
      <div role="listbox" aria-label="DER controls" onKeyDown={onKeyDown}>
        {controls.map((control) => (
          <Row
            key={control.entry}
            control={control}
            chosen={control.entry === selected?.entry}
            onChoose={() => onChoose(control.entry)}
          />
        ))}
      </div>
      {controls.length < controlsInAll && (
        <p className={css.note}>
          {count(controls.length)} of {count(controlsInAll)} controls are shown.
        </p>
      )}
    </div>
  );
}

function Row({
  control: { title, id, isDefault, priority, state, verdict },
  chosen,
  onChoose,
}: {
  control: DerControlSummary;
  chosen: boolean;
  onChoose: () => void;
}): ReactNode {
  const worthSaying = verdict?.tone === 'warning' || verdict?.tone === 'error';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
    <div
      role="option"
      className={css.row}
      aria-selected={chosen}
      tabIndex={chosen ? 0 : -1}
      data-idle={state === 'active' ? undefined : ''}
      onClick={onChoose}
    >
      <span className={css.rowHead}>
        <span className={css.rowTitle}>{title}</span>
        <StateMark state={state} />
      </span>
      <span className={css.rowFoot}>
        <code title={id}>{visibleLine(id, 40)}</code>
        <span>
          {isDefault ? 'default' : 'scheduled'}, priority {priority}
        </span>
      </span>
      {worthSaying && <VerdictLine verdict={verdict} />}
    </div>
  );
}

import { Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Breakpoint } from '../../../workspace/breakpoint.ts';
import { countOf } from '../../app/format.ts';
import { IconButton } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import css from './breakpoints.module.css';
import { FilterInput, isUsable } from './filter-input.tsx';
import pane from './intercept.module.css';

const WAYS = [
  { value: 'both', label: 'Both ways' },
  { value: 'to-csms', label: '→ CSMS' },
  { value: 'to-station', label: '← Station' },
] as const;

/** A breakpoint, to be changed in place. Its filter holds from when the field is left or Enter is pressed. */
export function BreakpointRow({
  breakpoint,
  hits,
  fault,
  onChange,
  onRemove,
}: {
  breakpoint: Breakpoint;
  hits: number;
  fault: string | undefined;
  onChange: (breakpoint: Breakpoint) => void;
  onRemove: () => void;
}): ReactNode {
  const { enabled, filter, direction, forEver } = breakpoint;
  const [written, setWritten] = useState({ from: filter, text: filter });
  // Changed from elsewhere, as by undo.
  if (written.from !== filter) setWritten({ from: filter, text: filter });
  const { text } = written;
  const commit = (): void => {
    if (text !== filter && isUsable(text)) onChange({ ...breakpoint, filter: text });
  };
  const name = filter === '' ? 'every message' : filter;
  return (
    <li className={css.breakpoint} data-off={!enabled}>
      <input
        type="checkbox"
        className={css.check}
        aria-label={`Hold ${name}`}
        title={enabled ? 'On; switch it off' : 'Off; switch it on'}
        checked={enabled}
        onChange={() => onChange({ ...breakpoint, enabled: !enabled })}
      />
      <FilterInput
        label={`Filter of the breakpoint ${name}`}
        placeholder="every message"
        text={text}
        fault={text === filter ? fault : undefined}
        onText={(next) => setWritten({ from: filter, text: next })}
        onEnter={commit}
        onLeave={commit}
        onEscape={() => setWritten({ from: filter, text: filter })}
      />
      <IconButton label={`Remove the breakpoint ${name}`} onClick={onRemove}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
      <div className={css.options}>
        <Choice
          label={`Direction of ${name}`}
          options={WAYS}
          value={direction}
          onChange={(next) => next && onChange({ ...breakpoint, direction: next })}
        />
        <label className={pane.option} title="Do not let go by itself before the time-out of the sender">
          <input type="checkbox" checked={forEver} onChange={() => onChange({ ...breakpoint, forEver: !forEver })} />
          for ever
        </label>
        <span className={css.hits}>{countOf(hits, 'hit')}</span>
      </div>
    </li>
  );
}

import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import type { Edit } from '../../../../session/energy/profile-draft/edits.ts';
import { useSize } from '../../../components/chart/use-size.ts';
import css from './plot.module.css';
import { PlotDrawing } from './plot-drawing.tsx';
import { keyEdits } from './plot-keys.ts';
import type { PlotProps } from './plot-props.ts';
import { PlotReadout } from './plot-readout.tsx';
import { type PlotScale, secondsAt, valueBounds } from './plot-scale.ts';
import { DRAWN, dragged, type PlotTarget, periodAt, splitAt, targetAt } from './plot-target.ts';

/** Room for labels around the drawing, in pixels. */
const MARGIN = { left: 56, right: 14, top: 10, bottom: 34 } as const;

interface Drag {
  readonly target: PlotTarget;
  readonly scale: PlotScale;
  readonly edit: Edit | null;
}

/** The schedule as a drawing: levels and starts are dragged, a double-click begins a period. */
export function Plot(props: PlotProps): ReactNode {
  const { schedule, index, version, snap, anchor, offset, selected, onSelect, onPreview, onEdit } = props;
  const area = useRef<HTMLDivElement>(null);
  const size = useSize(area);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number } | null>(null);
  // What the clock on the wall shows at the start, in seconds of its day: times are rounded to that clock.
  const shift = Math.round((((anchor + offset) % 86_400_000) + 86_400_000) / 1000) % 86_400;
  const free = useScale(props, size);
  // A scale that moves under the pointer would make the level run away from it.
  const scale = drag?.scale ?? free;
  const hovered = useMemo(
    () => drag?.target ?? (scale && pointer ? targetAt(scale, schedule, pointer.x, pointer.y) : null),
    [drag, scale, pointer, schedule],
  );
  const place = (event: { readonly clientX: number; readonly clientY: number }) => {
    const box = area.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0) - MARGIN.left, y: event.clientY - (box?.top ?? 0) - MARGIN.top };
  };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (!scale || event.button !== 0) return;
    const at = place(event);
    onSelect(periodAt(schedule, secondsAt(scale, at.x)));
    const target = targetAt(scale, schedule, at.x, at.y);
    if (!target) return;
    if (target.kind !== 'end') onSelect(target.period);
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ target, scale, edit: null });
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const at = place(event);
    setPointer(at);
    if (!drag) return;
    const edit = dragged(drag.target, drag.scale, at, { schedule: index, snap, shift });
    if (JSON.stringify(edit) === JSON.stringify(drag.edit)) return;
    setDrag({ ...drag, edit });
    onPreview(edit);
  };
  const endDrag = (keep: boolean): void => {
    if (!drag) return;
    setDrag(null);
    onPreview(null);
    if (keep && drag.edit) onEdit(drag.edit);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape' && drag) {
      event.preventDefault();
      event.stopPropagation();
      endDrag(false);
      return;
    }
    const done = keyEdits(event, { schedule, index, selected, snap, version });
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
    if (done.edits.length > 0) onEdit(...done.edits);
    onSelect(done.selected);
  };

  return (
    <div
      ref={area}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn in with the keyboard, too
      tabIndex={0}
      aria-label="Drawing of the schedule"
      aria-describedby="profile-plot-keys"
      className={css.plot}
      data-cursor={cursorOf(hovered)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => endDrag(true)}
      onPointerCancel={() => endDrag(false)}
      onPointerLeave={() => setPointer(null)}
      onKeyDown={onKeyDown}
      onDoubleClick={(event) => {
        if (!scale) return;
        const edits = splitAt(scale, schedule, place(event), { schedule: index, snap, shift, version });
        if (edits[0]?.kind !== 'add') return;
        onEdit(...edits);
        onSelect(periodAt(schedule, edits[0].seconds) + 1);
      }}
    >
      {scale && size && (
        <PlotDrawing {...props} scale={scale} size={size} hovered={hovered} shift={shift} margin={MARGIN} />
      )}
      {scale && (drag || pointer) && (
        <PlotReadout
          {...props}
          scale={scale}
          pointer={pointer}
          target={hovered}
          dragging={drag !== null}
          margin={MARGIN}
        />
      )}
      <p id="profile-plot-keys" className="visually-hidden">
        Page Up and Page Down choose a period. Arrow keys up and down change its level, left and right its start; with
        Shift in larger steps. Insert begins a period in the middle of it, Delete takes it away. The table below says
        the same.
      </p>
    </div>
  );
}

function useScale(
  { schedule, picture, left, span }: PlotProps,
  size: { readonly width: number; readonly height: number } | null,
): PlotScale | null {
  return useMemo(() => {
    if (!size || size.width < 160 || size.height < 90) return null;
    const drawn = schedule.periods.flatMap(({ values }) => DRAWN.map((quantity) => values[quantity] ?? 0));
    const steps = [picture?.before, picture?.after].flatMap((each) =>
      each ? [...each.limit, ...each.dischargeLimit, ...each.setpoint].filter((value) => value !== null) : [],
    );
    const most = Math.max(...drawn.map(Math.abs), 0);
    // What is far above the drawing would make it flat; it is cut at the edge.
    const near = steps.filter((value) => Math.abs(value) <= Math.max(most * 3, schedule.unit === 'A' ? 32 : 22_000));
    const bounds = valueBounds([...drawn, ...near], schedule.unit === 'A' ? 8 : 4000);
    return {
      width: size.width - MARGIN.left - MARGIN.right,
      height: size.height - MARGIN.top - MARGIN.bottom,
      from: left,
      to: left + span,
      ...bounds,
    };
  }, [schedule, picture, left, span, size]);
}

function cursorOf(target: PlotTarget | null): string {
  if (target === null) return 'draw';
  return target.kind === 'level' ? 'level' : 'edge';
}

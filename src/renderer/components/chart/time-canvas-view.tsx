import { type ReactNode, useEffect, useRef } from 'react';
import css from './chart.module.css';
import { createTimeCanvas, type TimeCanvas } from './time-canvas.ts';
import type { TimeScene } from './time-picture.ts';

/** The canvas of a chart; what it shows is said beside it to those who listen. */
export function TimeCanvasView({ scene }: { scene: TimeScene }): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<TimeCanvas | null>(null);
  const first = useRef(scene);
  useEffect(() => {
    if (!host.current) return;
    const made = createTimeCanvas(host.current, first.current);
    canvas.current = made;
    return () => {
      made.destroy();
      canvas.current = null;
    };
  }, []);
  useEffect(() => {
    first.current = scene;
    canvas.current?.draw(scene);
  }, [scene]);
  return <div ref={host} className={css.canvas} aria-hidden />;
}

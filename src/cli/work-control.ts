import type { WorkControl } from '../engine/formats/import-file.ts';
import { stopSignal } from './stop-signal.ts';
import type { Terminal } from './terminal.ts';

const REDRAW_MS = 200;

/**
 * The control of a long work that shows how far it is where a person watches, and is cancelled where the output is closed
 * or the user asks the process to end: nothing half-done is then left behind.
 */
export function workControl(terminal: Terminal, before: string, unit: string): WorkControl & { end(): void } {
  const stop = stopSignal();
  let next = performance.now() + REDRAW_MS;
  let shown = false;
  return {
    signal: AbortSignal.any([stop.signal, terminal.closed]),
    progress(done) {
      if (performance.now() < next) return;
      next = performance.now() + REDRAW_MS;
      shown = true;
      terminal.progress(`${before} ${Math.round(done).toLocaleString('en')} ${unit}`);
    },
    end() {
      stop.release();
      if (shown) terminal.progress('');
    },
  };
}

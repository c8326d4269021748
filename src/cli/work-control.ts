import type { WorkControl } from '../engine/formats/import-file.ts';
import type { Terminal } from './terminal.ts';

const REDRAW_MS = 200;

/** The control of a long work that shows how far it is where a person watches, and ends when the output is closed. */
export function workControl(terminal: Terminal, before: string, unit: string): WorkControl & { end(): void } {
  let next = performance.now() + REDRAW_MS;
  let shown = false;
  return {
    signal: terminal.closed,
    progress(done) {
      if (performance.now() < next) return;
      next = performance.now() + REDRAW_MS;
      shown = true;
      terminal.progress(`${before} ${Math.round(done).toLocaleString('en')} ${unit}`);
    },
    end() {
      if (shown) terminal.progress('');
    },
  };
}

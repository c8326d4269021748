import type { ViewState } from '../../bridge/contract.ts';
import { type Outcome, success } from '../../session/outcome.ts';
import type { SessionReader } from '../capture/session-reader.ts';

/** Views that one client may have; the one opened first goes when there would be more. */
const VIEWS_MAX = 16;

interface OwnView {
  readonly reader: SessionReader;
  /** Its number with the reader. */
  readonly view: number;
}

/**
 * The views of one client, under numbers of its own, which are never used again: what a client asks of a view of the
 * session before concerns no view of this one, and no view of another client.
 */
export class ClientViews {
  readonly #views = new Map<number, OwnView>();
  #next = 1;

  async open(reader: SessionReader, filter: string): Promise<Outcome<ViewState>> {
    const opened = await reader.openView(filter);
    if (!opened.ok) return opened;
    const state = opened.value;
    const number = this.#next++;
    this.#views.set(number, { reader, view: state.view });
    const [oldest] = this.#views.keys();
    if (this.#views.size > VIEWS_MAX && oldest !== undefined) this.close(oldest);
    return success({ ...state, view: number });
  }

  /** A view of this client with its reader; undefined where it is closed or another's. */
  find(number: number): OwnView | undefined {
    return this.#views.get(number);
  }

  /** What a reader says of a view, under the client's number; undefined where the view is another's. */
  renumbered(reader: SessionReader, state: ViewState): ViewState | undefined {
    for (const [number, own] of this.#views) {
      if (own.reader === reader && own.view === state.view) return { ...state, view: number };
    }
    return undefined;
  }

  close(number: number): void {
    const own = this.#views.get(number);
    this.#views.delete(number);
    // A reader that is closed meanwhile has no views either.
    own?.reader.closeView(own.view).catch(() => {});
  }

  closeAll(): void {
    for (const number of [...this.#views.keys()]) this.close(number);
  }
}

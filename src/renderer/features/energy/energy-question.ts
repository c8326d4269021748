import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api, Arguments, MethodName, Result } from '../../../bridge/contract.ts';
import type { Timing } from '../../app/timing.ts';

/** The questions about energy. */
export type EnergyMethod = Extract<MethodName, `energy.${string}`>;

/** What is known of a question. */
export interface EnergyAnswerState<T> {
  /** The latest answer, which may be to the question before; null until there is one. */
  readonly answer: T | null;
  /** An answer takes so long that it should be said. */
  readonly asking: boolean;
  /** In a sentence, why the engine did not answer the latest question. */
  readonly failure: string | null;
}

/** A question that is asked again and again, as what it is about changes. */
export interface EnergyQuestion<M extends EnergyMethod> {
  readonly state: StoreApi<EnergyAnswerState<Result<M>>>;
  /**
   * Asks at once where the arguments are others than before, else at most every 500 ms. Null is nothing to ask, and
   * forgets the answer.
   */
  ask(args: Arguments<M> | null): void;
  stop(): void;
}

/** Milliseconds between two askings of the same. */
const AGAIN = 500;
/** What takes less than this, in milliseconds, is not said to take time. */
const UNNOTICED = 200;

/** A question to an engine that may be gone for a while. */
export function createEnergyQuestion<M extends EnergyMethod>(
  api: () => Api | null,
  method: M,
  timing: Pick<Timing, 'after'>,
): EnergyQuestion<M> {
  const state = createStore<EnergyAnswerState<Result<M>>>(() => ({ answer: null, asking: false, failure: null }));
  let asked: string | null = null;
  let wanted: Arguments<M> | null = null;
  let resting = false;
  let turn = 0;
  let under = 0;
  let cancelNotice = (): void => {};
  let cancelRest = (): void => {};

  const settle = (change: Partial<EnergyAnswerState<Result<M>>>): void => {
    cancelNotice();
    state.setState({ asking: false, ...change });
  };
  const rest = (): void => {
    cancelRest();
    resting = true;
    cancelRest = timing.after(AGAIN, () => {
      resting = false;
      // What takes longer to answer than to rest is not asked again before its answer is there.
      if (under > 0) rest();
      else if (wanted !== null) send(wanted);
    });
  };
  const send = (args: Arguments<M>): void => {
    const mine = ++turn;
    wanted = null;
    const engine = api();
    if (engine === null) return;
    rest();
    cancelNotice();
    cancelNotice = timing.after(UNNOTICED, () => state.setState({ asking: true }));
    under++;
    const call = engine[method] as (...given: Arguments<M>) => Promise<Result<M>>;
    call(...args)
      .then(
        (answer) => mine === turn && settle({ answer, failure: null }),
        (error: unknown) => mine === turn && settle({ failure: sentenceOf(error) }),
      )
      .finally(() => under--);
  };
  return {
    state,
    ask(args) {
      if (args === null) {
        turn++;
        asked = null;
        wanted = null;
        return settle({ answer: null, failure: null });
      }
      const text = JSON.stringify(args);
      const same = text === asked;
      asked = text;
      if (same && resting) wanted = args;
      else send(args);
    },
    stop() {
      turn++;
      asked = null;
      wanted = null;
      resting = false;
      cancelNotice();
      cancelRest();
    },
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'The engine did not answer.';
}

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api, Arguments, MethodName, Result } from '../../../bridge/contract.ts';
import type { Timing } from '../../app/timing.ts';

/** The questions about energy. */
export type EnergyMethod = Extract<MethodName, `energy.${string}`>;

/** What is known of a question. */
export interface EnergyAnswerState<T> {
  /** The latest answer, which may be to the question before; null until there is one. */
  readonly answer: T | null;
  /** Whether it is the answer to the latest arguments. */
  readonly current: boolean;
  /** An answer takes so long that it should be said. */
  readonly asking: boolean;
  /** In a sentence, why the engine did not answer the latest question. */
  readonly failure: string | null;
}

/** A question that is asked again and again, as what it is about changes. */
export interface EnergyQuestion<M extends EnergyMethod> {
  readonly state: StoreApi<EnergyAnswerState<Result<M>>>;
  /**
   * Asks at once where the arguments are others than before, else at most every 500 ms; but one after the other: while
   * an answer is waited for, the latest arguments wait with it, and those between are never asked. Null is nothing to
   * ask, and forgets the answer.
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
  const state = createStore<EnergyAnswerState<Result<M>>>(() => ({
    answer: null,
    current: false,
    asking: false,
    failure: null,
  }));
  /** The latest arguments. */
  let asked: string | null = null;
  /** What is to be asked next. */
  let wanted: Arguments<M> | null = null;
  let resting = false;
  /** What is being asked; another object each time, so that what was given up is known when it comes. */
  let flight: { readonly text: string | null } | null = null;
  let cancelNotice = (): void => {};
  let cancelRest = (): void => {};

  const rest = (): void => {
    cancelRest();
    resting = true;
    cancelRest = timing.after(AGAIN, () => {
      resting = false;
      if (flight === null && wanted !== null) send(wanted);
    });
  };
  const send = (args: Arguments<M>): void => {
    wanted = null;
    const engine = api();
    if (engine === null) return;
    const mine = { text: asked };
    flight = mine;
    rest();
    cancelNotice();
    cancelNotice = timing.after(UNNOTICED, () => state.setState({ asking: true }));
    const call = engine[method] as (...given: Arguments<M>) => Promise<Result<M>>;
    const over = (change: (current: boolean) => Partial<EnergyAnswerState<Result<M>>>): void => {
      if (flight !== mine) return;
      flight = null;
      const current = mine.text === asked;
      cancelNotice();
      state.setState({ asking: false, ...change(current) });
      if (wanted === null) return;
      if (!current) send(wanted);
      // What takes longer to answer than to rest is given time to rest all the same.
      else if (!resting) rest();
    };
    call(...args).then(
      (answer) => over((current) => ({ answer, current, failure: null })),
      (error: unknown) => over((current) => (current ? { failure: sentenceOf(error) } : {})),
    );
  };
  const giveUp = (): void => {
    asked = null;
    wanted = null;
    flight = null;
    cancelNotice();
  };
  return {
    state,
    ask(args) {
      if (args === null) {
        giveUp();
        state.setState({ answer: null, current: false, asking: false, failure: null });
        return;
      }
      const text = JSON.stringify(args);
      const same = text === asked;
      asked = text;
      if (!same && state.getState().current) state.setState({ current: false });
      if (flight !== null || (same && resting)) wanted = args;
      else send(args);
    },
    stop() {
      giveUp();
      resting = false;
      cancelRest();
    },
  };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'The engine did not answer.';
}

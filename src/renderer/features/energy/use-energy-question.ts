import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Arguments, Result } from '../../../bridge/contract.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { createEnergyQuestion, type EnergyAnswerState, type EnergyMethod } from './energy-question.ts';

/**
 * Asks the engine, and asks anew when the arguments or the data change. The latest question wins; until its answer is
 * there, the one before stays. Null for the arguments asks nothing.
 */
export function useEnergyQuestion<M extends EnergyMethod>(
  method: M,
  args: Arguments<M> | null,
): EnergyAnswerState<Result<M>> {
  const { api, timing, energy } = useWorkbench();
  const revision = useStore(energy.state, ({ overview }) => overview?.revision ?? -1);
  const [question] = useState(() => createEnergyQuestion(api, method, timing));
  const text = JSON.stringify(args);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says when the arguments are others
  useEffect(() => {
    question.ask(args);
  }, [question, text, revision]);
  useEffect(() => () => question.stop(), [question]);
  return useStore(question.state);
}

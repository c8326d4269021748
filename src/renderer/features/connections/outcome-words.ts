import type { NegotiationStep } from '../../../session/negotiation/explanation.ts';

/** How a step or a check ended. */
export type StepOutcome = NegotiationStep['outcome'];

/** The same in words. */
export const OUTCOME_WORDS = {
  passed: 'Passed',
  failed: 'Failed',
  advice: 'Advice',
  'not-done': 'Not done',
} as const satisfies Record<StepOutcome, string>;

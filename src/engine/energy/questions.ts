import type { Arguments, Result } from '../../bridge/contract.ts';
import type { ENERGY_METHODS } from '../../bridge/methods/energy.ts';
import { ENERGY_QUESTIONS } from '../../session/energy/questions.ts';
import type { SessionEnergy } from '../../session/energy/session-energy.ts';

/** A method of the bridge that is answered from what was gathered of a session. */
export type EnergyMethod = keyof typeof ENERGY_METHODS;

/** How each of them is answered. A method that has no line in `ENERGY_QUESTIONS` does not compile. */
export const QUESTIONS: {
  readonly [N in EnergyMethod]: (energy: SessionEnergy, ...args: Arguments<N>) => Result<N>;
} = ENERGY_QUESTIONS;

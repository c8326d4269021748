import type { Failure } from '../../session/outcome.ts';
import type { EnergyProgress } from './energy-scan.ts';
import type { EnergyMethod } from './questions.ts';

/** A question to the energy worker. */
export interface EnergyQuestion {
  readonly id: number;
  readonly method: EnergyMethod;
  readonly args: readonly unknown[];
}

/** What the energy worker says. */
export type EnergyMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly id: number; readonly error: Failure }
  | { readonly kind: 'failed'; readonly error: Failure }
  | { readonly kind: 'progress'; readonly progress: EnergyProgress };

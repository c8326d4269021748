import { z } from 'zod';
import type { EnergyOverview } from '../../../session/energy/overview.ts';
import { method } from '../../method.ts';

/** What the energy of the session on screen is gathered from, and how far that has come. */
export const OVERVIEW_METHODS = {
  /** Stations and transactions so far. The first question makes the engine read the session; `energyChanged` tells of more. */
  'energy.overview': method<EnergyOverview>()(z.tuple([])),
} as const;

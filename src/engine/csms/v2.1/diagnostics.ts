import { acknowledge, type Behaviours21 } from '../behaviour.ts';

/** Block N, Diagnostics: what came with 2.1. NotifyPeriodicEventStream is a SEND, so it has no answer (N11). */
export const diagnostics: Behaviours21<'ClosePeriodicEventStream' | 'OpenPeriodicEventStream'> = {
  ClosePeriodicEventStream: acknowledge,
  // N11.FR.06.
  OpenPeriodicEventStream: () => ({ status: 'Accepted' }),
};

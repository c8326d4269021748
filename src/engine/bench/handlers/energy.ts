import type { Events, Handlers } from '../../../bridge/contract.ts';
import type { EnergyDesk, EnergyLease } from '../../energy/energy-desk.ts';
import { type EnergyMethod, QUESTIONS } from '../../energy/questions.ts';

/** The energy of the session that a client is shown, as faces ask for it. */
export interface ClientEnergy {
  readonly handlers: Pick<Handlers, EnergyMethod>;
  /** The client is shown another session, or is gone. */
  letGo(): void;
}

/** @param shown path of the session that the client is shown */
export function createClientEnergy(
  { energy }: { readonly energy: EnergyDesk },
  shown: () => string,
  tell: Events['energyChanged'],
): ClientEnergy {
  let lease: EnergyLease | undefined;
  let stop = (): void => {};
  const letGo = (): void => {
    stop();
    lease?.release();
    lease = undefined;
  };
  const held = (): EnergyLease => {
    if (lease?.path === shown()) return lease;
    letGo();
    lease = energy.lease(shown());
    stop = lease.source.onProgress(tell);
    return lease;
  };
  const names = Object.keys(QUESTIONS) as EnergyMethod[];
  const handlers = names.map((name) => [name, (...args: unknown[]) => held().source.ask(name, args)]);
  return { handlers: Object.fromEntries(handlers) as ClientEnergy['handlers'], letGo };
}

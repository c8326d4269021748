import { eventsIn } from '../../../fixtures/energy/trace-events.ts';
import type { Api } from '../../bridge/contract.ts';
import type { ENERGY_METHODS, EnergyEvents } from '../../bridge/methods/energy.ts';
import { ENERGY_QUESTIONS } from '../../session/energy/questions.ts';
import { SessionEnergy } from '../../session/energy/session-energy.ts';

type EnergyApi = Pick<Api, keyof typeof ENERGY_METHODS>;

/** What a test does with the energy of recorded sessions. */
export interface FakeEnergyControls {
  /** Takes so many more of the messages that were held back. */
  grow(events: number): void;
}

/** The traces of `fixtures/energy`, each loaded when it is asked for. */
const TRACES = import.meta.glob<string>('../../../fixtures/energy/*.ndjson', { query: '?raw', import: 'default' });

/**
 * Charts as the engine draws them, of the messages of traces in `fixtures/energy` (names apart by commas); `held` of the
 * messages come only when a test says so.
 */
export function createFakeEnergy(
  names: string,
  held: number,
  tell: EnergyEvents['energyChanged'],
): { readonly methods: EnergyApi; readonly controls: FakeEnergyControls } {
  const energy = new SessionEnergy();
  let waiting: ReturnType<typeof eventsIn> = [];
  const take = (count: number): void => {
    for (const event of waiting.slice(0, count)) energy.take(event);
    waiting = waiting.slice(count);
    const entries = energy.progress.entries + count;
    energy.progress = { scanned: entries, entries };
  };
  const ready = readTraces(names).then((events) => {
    waiting = events;
    take(events.length - held);
  });
  const questions = Object.entries(ENERGY_QUESTIONS) as [
    string,
    (energy: SessionEnergy, ...args: never[]) => unknown,
  ][];
  const methods = questions.map(([name, answer]) => [
    name,
    async (...args: never[]) => {
      await ready;
      return answer(energy, ...args);
    },
  ]);
  return {
    methods: Object.fromEntries(methods) as EnergyApi,
    controls: {
      grow(events) {
        take(events);
        tell({ revision: energy.revision, ...energy.progress });
      },
    },
  };
}

/** The messages of all traces in the order of time, their entries numbered anew. */
async function readTraces(names: string): Promise<ReturnType<typeof eventsIn>> {
  const all = names.split(',').filter((name) => name !== '');
  const traces = await Promise.all(
    all.map(async (name) => {
      const read = TRACES[`../../../fixtures/energy/${name}.ndjson`];
      if (!read) throw new Error(`There is no trace ${name}.`);
      return eventsIn(name, await read());
    }),
  );
  const events = traces.flat();
  return traces.length === 1 ? events : events.toSorted((a, b) => a.at - b.at);
}

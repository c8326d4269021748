import type { EnergyAnswer, EnergyRequest } from './event.ts';
import { evseOf, objectOf, objectsOf } from './event-fields.ts';

/** EVSEs (connectors of 1.6) that messages of a station named. */
export class EvseNumbers {
  readonly #numbers = new Set<number>();

  /** In ascending order, without 0. */
  get ascending(): readonly number[] {
    return [...this.#numbers].sort((a, b) => a - b);
  }

  take({ version, direction, kind, request }: EnergyRequest | EnergyAnswer): void {
    // A CSMS may name any; the station knows which there are.
    if (kind !== 'request' || direction !== 'to-csms') return;
    if (version === '1.6') {
      this.#add(evseOf(request, 'connectorId'));
      return;
    }
    this.#add(evseOf(request, 'evseId'));
    this.#add(evseOf(objectOf(request, 'evse'), 'id'));
    for (const name of ['reportData', 'eventData']) {
      for (const data of objectsOf(request, name)) {
        this.#add(evseOf(objectOf(objectOf(data, 'component'), 'evse'), 'id'));
      }
    }
  }

  #add(number: number | undefined): void {
    if (number) this.#numbers.add(number);
  }
}

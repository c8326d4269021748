import type { EnergyAnswer, EnergyRequest } from '../event.ts';
import { evseOf, integerOf, numberOf, objectOf, objectsOf, textOf } from '../event-fields.ts';

/** A battery as BatterySwap describes it. */
export interface SwapBattery {
  /** The EVSE that stands for the slot. */
  readonly slot: number;
  readonly serialNumber: string;
  /** Percent. */
  readonly stateOfCharge: number | null;
  /** Percent. */
  readonly stateOfHealth: number | null;
  readonly productionDate: string | null;
}

/** What a station said of batteries that were put in or taken out (S03). */
export interface SwapEvent {
  readonly at: number;
  readonly entry: number;
  readonly event: string;
  readonly requestId: number | null;
  readonly idToken: string | null;
  readonly batteries: readonly SwapBattery[];
}

/** A swap that the CSMS asked for (S02). */
export interface SwapRequest {
  readonly at: number;
  readonly entry: number;
  readonly requestId: number | null;
  readonly idToken: string | null;
  readonly status: string;
  readonly reason: string | null;
}

/** A battery in a slot, from when to when it was there. */
export interface SlotStay {
  readonly slot: number;
  readonly serialNumber: string | null;
  /** Null where it was there before the session. */
  readonly from: number | null;
  /** Null where it still is. */
  readonly to: number | null;
  readonly put: SwapBattery | null;
  readonly taken: SwapBattery | null;
  readonly putEntry: number | null;
  readonly takenEntry: number | null;
}

const HELD_MAX = 20_000;

/** What a station said of its batteries being swapped. */
export class Swaps {
  readonly events: SwapEvent[] = [];
  readonly requests: SwapRequest[] = [];
  readonly #stays: SlotStay[] = [];
  /** The place of the stay that goes on in each slot. */
  readonly #open = new Map<number, number>();

  /** In the order in which they began, as far as that is known. */
  get stays(): readonly SlotStay[] {
    return this.#stays;
  }

  takeEvent({ request, at, entry }: EnergyRequest): void {
    const batteries = objectsOf(request, 'batteryData').flatMap((data): readonly SwapBattery[] => {
      const slot = evseOf(data, 'evseId');
      if (slot === undefined) return [];
      return [
        {
          slot,
          serialNumber: textOf(data, 'serialNumber') ?? '',
          stateOfCharge: numberOf(data, 'soC') ?? null,
          stateOfHealth: numberOf(data, 'soH') ?? null,
          productionDate: textOf(data, 'productionDate') ?? null,
        },
      ];
    });
    const event = textOf(request, 'eventType') ?? '';
    if (this.events.length >= HELD_MAX) return;
    this.events.push({
      at,
      entry,
      event,
      requestId: integerOf(request, 'requestId') ?? null,
      idToken: textOf(objectOf(request, 'idToken'), 'idToken') ?? null,
      batteries,
    });
    for (const battery of batteries) {
      if (event === 'BatteryIn') this.#put(battery, at, entry);
      if (event === 'BatteryOut') this.#taken(battery, at, entry);
    }
  }

  takeRequest({ request, response, requestAt, requestEntry }: EnergyAnswer): void {
    if (this.requests.length >= HELD_MAX) return;
    const info = objectOf(response, 'statusInfo');
    this.requests.push({
      at: requestAt,
      entry: requestEntry,
      requestId: integerOf(request, 'requestId') ?? null,
      idToken: textOf(objectOf(request, 'idToken'), 'idToken') ?? null,
      status: textOf(response, 'status') ?? '',
      reason: textOf(info, 'additionalInfo') ?? textOf(info, 'reasonCode') ?? null,
    });
  }

  #put(put: SwapBattery, at: number, entry: number): void {
    const { slot, serialNumber } = put;
    // Nothing said that the one before was taken out; where it went, nobody knows.
    this.#close(slot, at, null, null);
    this.#open.set(slot, this.#stays.length);
    const stay = { slot, serialNumber, from: at, to: null, put, taken: null, putEntry: entry, takenEntry: null };
    this.#stays.push(stay);
  }

  #taken(taken: SwapBattery, at: number, entry: number): void {
    if (this.#close(taken.slot, at, taken, entry)) return;
    const { slot, serialNumber } = taken;
    const stay = { slot, serialNumber, from: null, to: at, put: null, taken, putEntry: null, takenEntry: entry };
    this.#stays.push(stay);
  }

  #close(slot: number, to: number, taken: SwapBattery | null, takenEntry: number | null): boolean {
    const place = this.#open.get(slot);
    const stay = place === undefined ? undefined : this.#stays[place];
    if (place === undefined || !stay) return false;
    this.#open.delete(slot);
    this.#stays[place] = { ...stay, to, taken, takenEntry };
    return true;
  }
}

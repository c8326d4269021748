import type { EnergyEvent, EnergyRequest } from '../event.ts';
import { evseOf, instantOf, objectOf, objectsOf, textOf } from '../event-fields.ts';
import type { Topic, TopicExtent } from '../topic.ts';
import { Storages } from './storage.ts';
import { Swaps } from './swaps.ts';

/** Actions that tell of batteries other than those of EVs, whose state of charge is a meter value. */
export const BATTERY_ACTIONS = ['BatterySwap', 'RequestBatterySwap', 'NotifyEvent', 'NotifyReport'] as const;

/** Whether a slot has a battery in it, as the station says (chapter 2 of block S). */
export interface SlotState {
  readonly state: string;
  readonly at: number;
  readonly entry: number;
}

/** Batteries that are swapped, and stationary ones. */
export class BatteryTopic implements Topic {
  readonly swaps = new Swaps();
  readonly storages = new Storages();
  /** The latest of each slot. */
  readonly slots = new Map<number, SlotState>();
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  take(event: EnergyEvent): void {
    if (event.kind === 'answer') {
      if (event.action !== 'RequestBatterySwap' || event.direction !== 'to-station') return;
      this.swaps.takeRequest(event);
      this.#reach(event.requestAt);
      return;
    }
    if (event.kind !== 'request' || event.direction !== 'to-csms') return;
    if (event.action === 'BatterySwap') {
      this.swaps.takeEvent(event);
      this.#reach(event.at);
    } else if (event.action === 'NotifyEvent') {
      this.storages.takeEvent(event);
      this.#slotStates(event);
    } else if (event.action === 'NotifyReport') {
      this.storages.takeReport(event);
      this.#slotStates(event);
    }
    for (const { points } of this.storages.all) {
      const [first, last] = [points.StateOfCharge[0], points.StateOfCharge.at(-1)];
      if (first && last) {
        this.#reach(first.at);
        this.#reach(last.at);
      }
    }
  }

  extent(): TopicExtent | undefined {
    return this.#from <= this.#to ? { topics: ['battery'], from: this.#from, to: this.#to } : undefined;
  }

  #reach(at: number): void {
    this.#from = Math.min(this.#from, at);
    this.#to = Math.max(this.#to, at);
  }

  #slotStates({ action, request, at, entry }: EnergyRequest): void {
    for (const data of objectsOf(request, action === 'NotifyReport' ? 'reportData' : 'eventData')) {
      if (textOf(objectOf(data, 'variable'), 'name')?.toLowerCase() !== 'availabilitystate') continue;
      const slot = evseOf(objectOf(objectOf(data, 'component'), 'evse'), 'id');
      const state = textOf(data, 'actualValue') ?? textOf(objectsOf(data, 'variableAttribute')[0], 'value');
      if (slot === undefined || slot === 0 || state === undefined) continue;
      this.slots.set(slot, { state, at: instantOf(data, 'timestamp') ?? at, entry });
    }
  }
}

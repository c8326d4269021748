import type { JsonObject } from '../../../ocpp/json.ts';
import type { EnergyRequest } from '../event.ts';
import { instantOf, objectOf, objectsOf, textOf } from '../event-fields.ts';

/** What is told of a stationary battery over time: the names of its variables in the device model. */
export const STORAGE_VARIABLES = ['StateOfCharge', 'Power', 'EnergyImportRegister', 'EnergyExportRegister'] as const;
export type StorageVariable = (typeof STORAGE_VARIABLES)[number];

/** A value at a time, with its message. */
export interface StoragePoint {
  readonly at: number;
  readonly value: number;
  readonly entry: number;
}

/** A stationary battery of a station: a component LocalEnergyStorage of its device model. */
export interface Storage {
  /** Its instance; empty where there is only one. */
  readonly instance: string;
  identity: string | null;
  /** Wh. */
  capacity: number | null;
  /** Each in the order of time. */
  readonly points: Readonly<Record<StorageVariable, StoragePoint[]>>;
}

const COMPONENT = 'localenergystorage';
const STORAGES_MAX = 100;
const POINTS_MAX = 200_000;
/** Units in which the appendix lets values be, as factors to the base unit. */
const FACTORS: Readonly<Record<string, number>> = { kW: 1000, kWh: 1000, MW: 1e6, MWh: 1e6 };

/** The stationary batteries of a station, as NotifyReport and NotifyEvent tell of them. */
export class Storages {
  readonly #all = new Map<string, Storage>();
  readonly #factors = new Map<string, number>();

  get all(): readonly Storage[] {
    return [...this.#all.values()];
  }

  takeReport({ request, at, entry }: EnergyRequest): void {
    for (const data of objectsOf(request, 'reportData')) {
      const unit = textOf(objectOf(data, 'variableCharacteristics'), 'unit');
      const name = nameOf(data);
      const storage = this.#storageOf(data);
      if (!storage || name === undefined) continue;
      this.#factors.set(`${storage.instance} ${name}`, FACTORS[unit ?? ''] ?? 1);
      const attribute = objectsOf(data, 'variableAttribute').find(
        (one) => (textOf(one, 'type') ?? 'Actual') === 'Actual',
      );
      this.#told(storage, name, textOf(attribute, 'value'), at, entry);
    }
  }

  takeEvent({ request, at, entry }: EnergyRequest): void {
    for (const data of objectsOf(request, 'eventData')) {
      const name = nameOf(data);
      const storage = this.#storageOf(data);
      if (!storage || name === undefined) continue;
      this.#told(storage, name, textOf(data, 'actualValue'), instantOf(data, 'timestamp') ?? at, entry);
    }
  }

  #storageOf(data: JsonObject): Storage | undefined {
    const component = objectOf(data, 'component');
    if (textOf(component, 'name')?.toLowerCase() !== COMPONENT) return undefined;
    const instance = textOf(component, 'instance') ?? '';
    const known = this.#all.get(instance);
    if (known || this.#all.size >= STORAGES_MAX) return known;
    const points = { StateOfCharge: [], Power: [], EnergyImportRegister: [], EnergyExportRegister: [] };
    const storage: Storage = { instance, identity: null, capacity: null, points };
    this.#all.set(instance, storage);
    return storage;
  }

  #told(storage: Storage, name: string, text: string | undefined, at: number, entry: number): void {
    if (text === undefined) return;
    if (name === 'identity') storage.identity = text;
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) return;
    const factor = this.#factors.get(`${storage.instance} ${name}`) ?? 1;
    // The appendix names it both ways.
    if (name === 'capacity' || name === 'energycapacity') storage.capacity = value * factor;
    const variable = STORAGE_VARIABLES.find((one) => one.toLowerCase() === name);
    if (variable === undefined) return;
    const points = storage.points[variable];
    if (points.length >= POINTS_MAX) return;
    const place = points.findLastIndex((point) => point.at <= at) + 1;
    points.splice(place, 0, { at, value: value * factor, entry });
  }
}

function nameOf(data: JsonObject): string | undefined {
  return textOf(objectOf(data, 'variable'), 'name')?.toLowerCase();
}

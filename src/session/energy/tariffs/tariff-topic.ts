import { parseTariff } from '../../../ocpp/tariff/parse-tariff.ts';
import type { EvseKind } from '../../../ocpp/tariff/tariff.ts';
import type { EnergyAnswer, EnergyEvent, EnergyRequest } from '../event.ts';
import { evseOf, instantOf, integerOf, objectOf, objectsOf, textOf } from '../event-fields.ts';
import type { Topic, TopicExtent } from '../topic.ts';
import { DefaultTariffs } from './default-tariffs.ts';
import type { KnownTariff, RefusedTariff, TariffKind, ToldTariff } from './known-tariff.ts';
import { kindOfTransfer, type Payment, paymentOf } from './payment.ts';
import { ReportedCosts } from './reported-costs.ts';

/** Actions that tell of tariffs and costs. 1.6 has none of them. */
export const TARIFF_ACTIONS = [
  'SetDefaultTariff',
  'GetTariffs',
  'ClearTariffs',
  'ChangeTransactionTariff',
  'Authorize',
  'TransactionEvent',
  'CostUpdated',
  'ReserveNow',
  'NotifyEVChargingNeeds',
] as const;

/** Tariffs and reservations of a station that are kept; a session may be made of them. */
const KEPT_MAX = 20_000;

/** A line of the latest GetTariffs answer. */
export interface TariffAssignment {
  readonly tariffId: string;
  readonly tariffKind: string | null;
  readonly validFrom: number | null;
  readonly evseIds: readonly number[];
  readonly idTokens: readonly string[];
}

/** What an answer to GetTariffs said. */
export interface TariffsAnswer {
  readonly entry: number;
  readonly at: number;
  readonly status: string;
  readonly assignments: readonly TariffAssignment[];
}

/** Tariffs, costs and what decides between prices, of one station. */
export class TariffTopic implements Topic {
  readonly defaults = new DefaultTariffs();
  readonly costs = new ReportedCosts();
  readonly #byId = new Map<string, KnownTariff[]>();
  readonly #drivers = new Map<string, KnownTariff[]>();
  readonly #changes = new Map<string, KnownTariff[]>();
  readonly #told = new Map<string, ToldTariff[]>();
  readonly #refused: RefusedTariff[] = [];
  readonly #reservations = new Map<number, number>();
  readonly #reserved = new Map<string, number>();
  readonly #payments = new Map<string, Payment>();
  readonly #transfers: { readonly evseId: number; readonly at: number; readonly kind: EvseKind }[] = [];
  #answer: TariffsAnswer | undefined;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  take(event: EnergyEvent): void {
    if (event.kind !== 'request' && event.kind !== 'answer') return;
    if (this.costs.take(event)) this.#seen(event.at);
    if (event.kind === 'request') this.#request(event);
    else this.#answered(event);
  }

  extent(): TopicExtent | undefined {
    return this.#from > this.#to ? undefined : { topics: ['tariffs'], from: this.#from, to: this.#to };
  }

  /** The tariffs that ever had an id, in the order in which they came: an id is unique, or should be (I08.FR.08). */
  withId(tariffId: string): readonly KnownTariff[] {
    return this.#byId.get(tariffId) ?? [];
  }

  /** The tariff of a driver that was given last by an instant. */
  driverAt(idToken: string, instant: number): KnownTariff | undefined {
    return this.#drivers.get(idToken)?.findLast(({ at }) => at <= instant);
  }

  /** Tariffs that a transaction was changed to. */
  changesOf(transaction: string): readonly KnownTariff[] {
    return this.#changes.get(transaction) ?? [];
  }

  /** Tariffs that a transaction said it uses, in the order of the station's time. */
  toldBy(transaction: string): readonly ToldTariff[] {
    return this.#told.get(transaction) ?? [];
  }

  get refused(): readonly RefusedTariff[] {
    return this.#refused;
  }

  /** The latest answer to GetTariffs. */
  get tariffsAnswer(): TariffsAnswer | undefined {
    return this.#answer;
  }

  /** When the ReserveNow was received that a transaction used. */
  reservedAt(transaction: string): number | undefined {
    return this.#reserved.get(transaction);
  }

  paymentOf(transaction: string): Payment | undefined {
    return this.#payments.get(transaction);
  }

  /** AC or DC, by what the EV at an EVSE asked for between two instants. */
  transferAt(evseId: number, from: number, to: number): EvseKind | undefined {
    return this.#transfers.findLast((each) => each.evseId === evseId && each.at >= from && each.at <= to)?.kind;
  }

  #request(event: EnergyRequest): void {
    const { action, request, entry } = event;
    if (action === 'NotifyEVChargingNeeds') {
      const [evseId, kind] = [evseOf(request, 'evseId'), kindOfTransfer(request)];
      if (evseId !== undefined && kind && this.#transfers.length < KEPT_MAX) {
        this.#transfers.push({ evseId, at: instantOf(request, 'timestamp') ?? event.at, kind });
      }
    }
    if (action !== 'TransactionEvent') return;
    const info = objectOf(request, 'transactionInfo');
    const transaction = textOf(info, 'transactionId');
    if (transaction === undefined) return;
    const tariffId = textOf(info, 'tariffId');
    if (tariffId !== undefined) {
      const at = instantOf(request, 'timestamp') ?? event.at;
      const told = { tariffId, at, entry, triggerReason: textOf(request, 'triggerReason') ?? null };
      const list = this.#told.get(transaction);
      if (!list) this.#told.set(transaction, [told]);
      else if (list.length < KEPT_MAX) list.splice(list.findLastIndex((each) => each.at <= at) + 1, 0, told);
      this.#seen(at);
    }
    const reservation = integerOf(request, 'reservationId');
    const reservedAt = reservation === undefined ? undefined : this.#reservations.get(reservation);
    if (reservedAt !== undefined && !this.#reserved.has(transaction)) this.#reserved.set(transaction, reservedAt);
    const payment = paymentOf(objectOf(request, 'idToken'));
    if (payment && !this.#payments.has(transaction)) this.#payments.set(transaction, payment);
  }

  #answered(event: EnergyAnswer): void {
    const { action, request, response, at } = event;
    if (action === 'SetDefaultTariff') this.#set(event, 'default', event.requestEntry);
    else if (action === 'ChangeTransactionTariff') this.#set(event, 'changed', event.requestEntry);
    else if (action === 'Authorize') this.#authorized(event);
    else if (action === 'ClearTariffs') this.#cleared(event);
    else if (action === 'GetTariffs') this.#answer = tariffsAnswer(event);
    else if (action === 'ReserveNow' && textOf(response, 'status') === 'Accepted') {
      const id = integerOf(request, 'id');
      // The reservation lasts from when the request was received (I12.FR.07); a request to a station counts as it went.
      if (id !== undefined && this.#reservations.size < KEPT_MAX) this.#reservations.set(id, event.requestAt);
    }
    if (['SetDefaultTariff', 'ChangeTransactionTariff', 'ClearTariffs', 'GetTariffs'].includes(action)) this.#seen(at);
  }

  #authorized(event: EnergyAnswer): void {
    if (event.response.tariff === undefined) return;
    this.#seen(event.at);
    if (textOf(objectOf(event.response, 'idTokenInfo'), 'status') === 'Accepted')
      this.#set(event, 'driver', event.entry);
  }

  #set(event: EnergyAnswer, kind: TariffKind, entry: number): void {
    const { action, request, response, at } = event;
    const payload = kind === 'driver' ? response.tariff : request.tariff;
    const transaction = kind === 'changed' ? textOf(request, 'transactionId') : undefined;
    const parsed = parseTariff(payload);
    const status = kind === 'driver' ? 'Accepted' : (textOf(response, 'status') ?? 'no status');
    if (status !== 'Accepted' || !parsed.ok) {
      const tariffId = parsed.ok ? parsed.value.tariffId : null;
      const sentence = parsed.ok
        ? `The station answered ${status}.`
        : `${status === 'Accepted' ? '' : `The station answered ${status}. `}${parsed.error.sentence}`;
      if (this.#refused.length < KEPT_MAX) {
        this.#refused.push({
          entry,
          at,
          action,
          tariffId,
          sentence,
          ...(transaction !== undefined && { transaction }),
        });
      }
      return;
    }
    const idToken = kind === 'driver' ? textOf(objectOf(request, 'idToken'), 'idToken') : undefined;
    // A driver's tariff has no validFrom, and one that is there is ignored (I08.FR.10).
    const { validFrom, ...always } = parsed.value;
    const tariff = kind === 'driver' || validFrom === undefined ? always : parsed.value;
    const known: KnownTariff = {
      kind,
      tariff,
      entry,
      at,
      ...(kind === 'default' && { evseId: evseOf(request, 'evseId') ?? 0 }),
      ...(idToken !== undefined && { idToken }),
      ...(transaction !== undefined && { transaction }),
    };
    push(this.#byId, tariff.tariffId, known);
    if (kind === 'default') this.defaults.install(known);
    if (idToken !== undefined) push(this.#drivers, idToken, known);
    if (transaction !== undefined) push(this.#changes, transaction, known);
  }

  #cleared({ request, response, at }: EnergyAnswer): void {
    const accepted = objectsOf(response, 'clearTariffsResult').filter((each) => textOf(each, 'status') === 'Accepted');
    if (accepted.length === 0) return;
    const named = accepted.flatMap((each) => textOf(each, 'tariffId') ?? []);
    const asked = Array.isArray(request.tariffIds)
      ? request.tariffIds.filter((id): id is string => typeof id === 'string')
      : undefined;
    const evseId = evseOf(request, 'evseId');
    // A result without an id is of what was asked for: all of it.
    const tariffIds = named.length > 0 ? named : asked;
    this.defaults.clear({ at, ...(tariffIds && { tariffIds }), ...(evseId !== undefined && { evseId }) });
  }

  #seen(at: number): void {
    this.#from = Math.min(this.#from, at);
    this.#to = Math.max(this.#to, at);
  }
}

function push(lists: Map<string, KnownTariff[]>, key: string, known: KnownTariff): void {
  const list = lists.get(key);
  if (!list) lists.set(key, [known]);
  else if (list.length < KEPT_MAX) list.push(known);
}

function tariffsAnswer({ entry, at, response }: EnergyAnswer): TariffsAnswer {
  return {
    entry,
    at,
    status: textOf(response, 'status') ?? 'no status',
    assignments: objectsOf(response, 'tariffAssignments')
      .slice(0, 1000)
      .map((each) => ({
        tariffId: textOf(each, 'tariffId') ?? '',
        tariffKind: textOf(each, 'tariffKind') ?? null,
        validFrom: instantOf(each, 'validFrom') ?? null,
        evseIds: Array.isArray(each.evseIds) ? each.evseIds.filter((id): id is number => typeof id === 'number') : [],
        idTokens: Array.isArray(each.idTokens)
          ? each.idTokens.filter((id): id is string => typeof id === 'string')
          : [],
      })),
  };
}

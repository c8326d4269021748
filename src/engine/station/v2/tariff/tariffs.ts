import type { JsonObject } from '../../../../ocpp/json.ts';
import type { RequestOf } from '../../../../ocpp/messages.ts';
import { parseTariff } from '../../../../ocpp/tariff/parse-tariff.ts';
import type { Tariff } from '../../../../ocpp/tariff/tariff.ts';
import type { Follower } from '../../dialect.ts';
import type { Evse, IdToken, Transaction } from '../../evse.ts';
import type { StationCore } from '../../station-core.ts';
import type { DeviceModel } from '../device-model.ts';
import { costDetailsOf } from './cost-details.ts';
import { DefaultTariffs } from './default-tariffs.ts';
import { hasTooManyElements } from './tariff-faults.ts';
import { TransactionCost } from './transaction-cost.ts';

type Event = RequestOf<'2.1', 'TransactionEvent'>;

/** What a TransactionEvent says beside what 2.0.1 knows. */
export interface CostAdditions {
  readonly tariffId?: string;
  readonly costDetails?: Event['costDetails'];
}

export interface TariffsOptions {
  readonly core: StationCore;
  readonly model: DeviceModel;
  /** Sends an event of nothing but the cost (I12.FR.03), or of another tariff (I11.FR.07). */
  event(evse: Evse, transaction: Transaction, triggerReason: 'RunningCost' | 'TariffChanged'): void;
  /** TariffCostCtrlr.Problem is another from now on; `techCode` is a reason code. */
  problem(techCode: string | undefined): void;
}

/** A tariff that came with an authorization (I08). */
export interface DriverTariff {
  readonly tariff: Tariff;
  readonly idToken: IdToken;
  readonly receivedAt: number;
}

interface Running {
  readonly cost: TransactionCost;
  /** Whether the id of the tariff is still to be told (I07.FR.32, I08.FR.22). */
  untold: boolean;
  /** When the cost was last told. */
  toldAt: number;
  /** The tariff is of the transaction, not the default one. */
  ofDriver: boolean;
}

/** The tariffs of the station and what transactions cost by them (2.1, I07 to I12). */
export class Tariffs implements Follower {
  readonly defaults = new DefaultTariffs();
  readonly #options: TariffsOptions;
  readonly #drivers = new Map<string, DriverTariff>();
  /** Drivers whose cost the CSMS calculates, since their tariff could not be (I08.FR.33). */
  readonly #central = new Set<string>();
  readonly #running = new Map<Transaction, Running>();

  constructor(options: TariffsOptions) {
    this.#options = options;
  }

  /** Whether tariffs are in use at all; otherwise requests for them are not supported (I07.FR.01, I11.FR.01). */
  get enabled(): boolean {
    return this.#options.model.text('TariffCostCtrlr', 'Enabled', 'Tariff') === 'true';
  }

  /** Tariffs of drivers that are in use (I08.FR.07), each with the EVSE where a transaction goes on by it. */
  drivers(): readonly { readonly tariff: Tariff; readonly idToken: IdToken; readonly evseId?: number }[] {
    this.#forgetUnused();
    const { evses } = this.#options.core;
    const running = evses.flatMap(({ id: evseId, transaction }) => {
      const { cost, ofDriver } = (transaction && this.#running.get(transaction)) ?? {};
      return transaction && cost?.tariff && ofDriver
        ? [{ tariff: cost.tariff, idToken: transaction.idToken, evseId }]
        : [];
    });
    const waiting = [...this.#drivers.values()].filter(
      ({ tariff }) => !running.some((each) => each.tariff.tariffId === tariff.tariffId),
    );
    return [...running, ...waiting];
  }

  /** Whether the station has a tariff with this id, in use or not (I07.FR.04). */
  has(tariffId: string): boolean {
    const { core } = this.#options;
    const ofEvses = core.evses.flatMap(({ id }) => this.defaults.list(id, core.now()));
    const inUse = [...this.#running.values()].flatMap(({ cost }) => cost.tariff ?? []);
    const all = [...ofEvses, ...inUse, ...[...this.#drivers.values()].map(({ tariff }) => tariff)];
    return all.some((tariff) => tariff.tariffId === tariffId);
  }

  /** Forgets tariffs of drivers; a transaction goes on with what it has (I10.FR.07). Yields their ids. */
  clearDrivers(tariffIds: readonly string[] | undefined, evseId: number | undefined): readonly string[] {
    const isNamed = (tariff: Tariff, at: number | undefined) =>
      (tariffIds?.includes(tariff.tariffId) ?? true) && (evseId === undefined || evseId === at);
    const cleared = this.drivers().filter((each) => isNamed(each.tariff, each.evseId));
    for (const { tariff } of cleared) {
      for (const [token, each] of this.#drivers) if (each.tariff === tariff) this.#drivers.delete(token);
      for (const running of this.#running.values()) if (running.cost.tariff === tariff) running.ofDriver = false;
    }
    return cleared.map(({ tariff }) => tariff.tariffId);
  }

  /** The tariff of a running transaction, if it has one. */
  tariffOf(transaction: Transaction): Tariff | undefined {
    return this.#running.get(transaction)?.cost.tariff;
  }

  /** Another tariff counts for a transaction from now on (I11.FR.07, FR.08). */
  change(evse: Evse, transaction: Transaction, tariff: Tariff): void {
    const running = this.#running.get(transaction);
    if (!running) return;
    const { core, event } = this.#options;
    core.runner.refresh(evse);
    running.cost.record(evse.session, core.now(), 0);
    running.cost.use(tariff, core.now());
    running.untold = true;
    running.ofDriver = true;
    event(evse, transaction, 'TariffChanged');
  }

  /** What an AuthorizeResponse that accepts a driver says of his tariff; whether he may charge by it (I08). */
  authorized(idToken: IdToken, response: JsonObject): boolean {
    const key = idToken.token.toLowerCase();
    this.#drivers.delete(key);
    this.#central.delete(key);
    if (response.tariff === undefined || !this.enabled) return true;
    const { core, model } = this.#options;
    const parsed = parseTariff(response.tariff);
    if (!parsed.ok || hasTooManyElements(parsed.value)) {
      this.#problem(true, parsed.ok ? 'TooManyElements' : 'InvalidValue');
      // I08.FR.31 to FR.33.
      const handling = model.text('TariffCostCtrlr', 'HandleFailedTariff', 'Tariff');
      if (handling === 'CentralCost') this.#central.add(key);
      return handling !== 'Deauthorize';
    }
    // I08.FR.10.
    const { validFrom: _, ...tariff } = parsed.value;
    this.#drivers.set(key, { tariff, idToken, receivedAt: core.now() });
    // I08.FR.35.
    this.#problem(false);
    return true;
  }

  begins(evse: Evse, transaction: Transaction): void {
    const { core } = this.#options;
    const now = transaction.startedAt;
    const cost = new TransactionCost(now, transaction.reservedAt);
    this.#forgetUnused();
    const key = transaction.idToken.token.toLowerCase();
    const driver = this.#drivers.get(key)?.tariff;
    const tariff = driver ?? (this.#central.has(key) ? undefined : this.defaults.at(evse.id, core.now()));
    const ofDriver = driver !== undefined;
    this.#running.set(transaction, { cost, untold: tariff !== undefined, toldAt: now, ofDriver });
    cost.record(evse.session, now, 0);
    if (tariff && this.enabled) cost.use(tariff, now);
  }

  advanced(evse: Evse, transaction: Transaction): void {
    const running = this.#running.get(transaction);
    if (!running) return;
    const { core, event } = this.#options;
    running.cost.record(evse.session, core.now(), this.#seconds('Tariff'));
    if (this.#isDue(running)) event(evse, transaction, 'RunningCost');
  }

  ended(_evse: Evse, transaction: Transaction): void {
    const running = this.#running.get(transaction);
    this.#running.delete(transaction);
    // I08.FR.06, FR.07.
    const key = transaction.idToken.token.toLowerCase();
    this.#drivers.delete(key);
    this.#central.delete(key);
    // I12.FR.43.
    if (running?.cost.tariff) this.#problem(false);
  }

  /** What an event says of tariff and cost (I12.FR.01, FR.02). */
  additions(evse: Evse, transaction: Transaction, eventType: Event['eventType']): CostAdditions {
    const running = this.#running.get(transaction);
    const tariff = running?.cost.tariff;
    if (!running || !tariff) return {};
    const told = running.untold ? { tariffId: tariff.tariffId } : {};
    running.untold = false;
    const ended = eventType === 'Ended';
    const tells = ended || (this.#tellsRunning && (eventType === 'Started' || this.#isDue(running)));
    if (!tells || !this.#calculates) return told;
    const now = this.#options.core.now();
    running.toldAt = now;
    running.cost.record(evse.session, now, 0);
    const evaluation = running.cost.evaluate(now, ended);
    return evaluation ? { ...told, costDetails: costDetailsOf(evaluation, tariff, ended) } : told;
  }

  get #calculates(): boolean {
    return this.enabled && this.#options.model.text('TariffCostCtrlr', 'Enabled', 'Cost') === 'true';
  }

  get #tellsRunning(): boolean {
    return this.#options.model.text('TariffCostCtrlr', 'Enabled', 'RunningCost') === 'true';
  }

  #isDue({ cost, toldAt }: Running): boolean {
    const interval = this.#seconds('Cost');
    if (!cost.tariff || interval === 0 || !this.#calculates || !this.#tellsRunning) return false;
    return this.#options.core.now() - toldAt >= 1000 * interval;
  }

  #seconds(instance: 'Tariff' | 'Cost'): number {
    return Number(this.#options.model.text('TariffCostCtrlr', 'Interval', instance));
  }

  #problem(is: boolean, techCode?: string): void {
    const { model, problem } = this.#options;
    if (model.text('TariffCostCtrlr', 'Problem') === String(is)) return;
    model.tell('TariffCostCtrlr', 'Problem', String(is));
    problem(techCode);
  }

  /** Of drivers who were authorized and did not come (I08.FR.07). */
  #forgetUnused(): void {
    const { core, model } = this.#options;
    const patience = 1000 * Number(model.text('TxCtrlr', 'EVConnectionTimeOut'));
    for (const [token, { receivedAt }] of this.#drivers) {
      const charges = core.evses.some(({ transaction }) => transaction?.idToken.token.toLowerCase() === token);
      if (!charges && core.now() - receivedAt > patience) this.#drivers.delete(token);
    }
  }
}

import type { ChargingChange, Course, Sample } from '../../../../ocpp/tariff/course.ts';
import { evaluate } from '../../../../ocpp/tariff/evaluate.ts';
import type { AssignedTariff, Evaluation } from '../../../../ocpp/tariff/evaluation.ts';
import type { Tariff } from '../../../../ocpp/tariff/tariff.ts';
import type { ChargingSession } from '../../charging-session.ts';

/** What a transaction uses, and the tariffs by which it is paid. Times are milliseconds since 1970. */
export class TransactionCost {
  readonly #from: number;
  readonly #reservedAt: number | undefined;
  readonly #charging: ChargingChange[] = [];
  readonly #register: Sample[] = [];
  readonly #power: Sample[] = [];
  readonly #current: Sample[] = [];
  readonly #tariffs: AssignedTariff[] = [];

  constructor(from: number, reservedAt: number | undefined) {
    this.#from = from;
    this.#reservedAt = reservedAt;
  }

  /** The tariff in use; undefined where none is. */
  get tariff(): Tariff | undefined {
    return this.#tariffs.at(-1)?.tariff;
  }

  /** From now on this tariff counts; what was used before is not calculated again (I11.FR.08). */
  use(tariff: Tariff, at: number): void {
    this.#tariffs.push({ tariff, from: at });
  }

  /** Takes down what the meter shows, where the last time is `interval` seconds ago or something has changed. */
  record(session: ChargingSession, at: number, interval: number): void {
    const charging = session.phase === 'charging';
    const changed = charging !== (this.#charging.at(-1)?.charging ?? false);
    if (changed) this.#charging.push({ at, charging });
    const last = this.#register.at(-1);
    if (last && !changed && at - last.at < 1000 * interval) return;
    const { energyWh, exportWh, power, current, phases } = session;
    // As the meter shows it, which is what can be checked: to a tenth of a watt-hour.
    this.#register.push({ at, value: Math.round(10 * (energyWh - exportWh)) / 10 });
    this.#power.push({ at, value: power });
    this.#current.push({ at, value: current * phases });
  }

  /** The cost until now; undefined where no tariff is in use. */
  evaluate(to: number, ended: boolean): Evaluation | undefined {
    if (this.#tariffs.length === 0) return undefined;
    const course: Course = {
      from: this.#from,
      to: Math.max(to, this.#from),
      ended,
      charging: this.#charging,
      register: this.#register,
      power: this.#power,
      current: this.#current,
      evseKind: 'AC',
      ...(this.#reservedAt === undefined ? {} : { reservedAt: this.#reservedAt }),
    };
    // The station's clock shows UTC (ClockCtrlr.TimeZone).
    return evaluate({ course, tariffs: this.#tariffs, offsetAt: () => 0 });
  }
}
